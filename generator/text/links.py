"""The links of a prose as plain text: what stays of them where nothing can be followed, in a cell, a label or a title."""

from __future__ import annotations

import re
from functools import lru_cache

# `[words](target)`: the words may hold brackets, the target parentheses, or stand between < and >; a title may follow. A
# flood of any of these is read once.
LINK = re.compile(
    r"\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\(\s{0,9}(<[^<>\n]*>|[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)"
    r"(?:\s{1,9}(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?\s{0,9}\)"
)


def without_links(text: str) -> str:
    """Prose whose links keep their words."""
    return LINK.sub(r"\1", text) if "](" in text else text


def relative(here: str, there: str) -> str:
    """The URL of the page or file `there` as written on the page `here` (both from the root of the site)."""
    target, hash_mark, anchor = there.partition("#")
    if target == here and hash_mark:
        return f"#{anchor}"
    steps, rank = above(here), 0
    while not target.startswith(steps[rank][0]):  # the root of the site holds all
        rank += 1
    folder, up = steps[rank]
    return (up + target[len(folder) :] or "./") + hash_mark + anchor


@lru_cache(maxsize=8)
def above(here: str) -> list[tuple[str, str]]:
    """The folders that hold a page, from the nearest to the root of the site, and the way up to each."""
    folders = here.split("/")[:-1]
    return [
        ("".join(f"{name}/" for name in folders[:kept]), "../" * (len(folders) - kept))
        for kept in range(len(folders), -1, -1)
    ]
