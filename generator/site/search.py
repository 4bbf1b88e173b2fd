"""The search index, made from the finished HTML by Pagefind: the only module that knows it.

It indexes what is inside `data-pagefind-body` (the article, by the theme) in French, offline, and the same pages give
the same bytes. It takes « l’école » for one word, which nobody would find by « école »: it is given copies of the pages
where a space follows the apostrophe, and recherche.js takes that space out of what it shows.
"""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from generator.site.failure import Failure
from generator.site.tools import run_tool
from generator.writing import Writer

FOLDER = "pagefind"

# Ready-made interfaces: ours is theme/assets/recherche.js, which needs the engine alone.
_UNUSED = ("pagefind-ui.*", "pagefind-modular-ui.*", "pagefind-component-ui.*", "pagefind-highlight.js")
_BODY = "data-pagefind-body"
_ELISION = re.compile(r"(?<=\w)(?:’|&#8217;|&#x2019;|&rsquo;)(?=\w)", re.IGNORECASE)
_PAGES = re.compile(r"Indexed ([0-9]+) pages?\b")


class SearchError(Failure):
    """The index could not be made."""


def index(site: Path) -> int:
    """Write the index of the pages of `site` into `site/pagefind`; how many pages it holds. Raises SearchError."""
    with tempfile.TemporaryDirectory(dir=site.parent) as copies:  # the system's own may be small, or shared
        _copy(site, Writer(Path(copies)))
        done = run_tool(
            *("-P", "-m", "pagefind"),
            *("--site", copies),
            *("--output-path", str((site / FOLDER).resolve())),
            *("--force-language", "fr"),
            *("--exclude-selectors", ".headerlink"),
        )
    pages = _PAGES.search(done.stdout)
    if done.returncode != 0 or pages is None or int(pages[1]) == 0:
        message = "la recherche n’a pas pu être préparée (code {code}) :"
        raise SearchError(message, code=done.returncode, log=done.stdout.strip())
    for pattern in _UNUSED:
        for path in sorted((site / FOLDER).glob(pattern)):
            path.unlink()
    return int(pages[1])


def _copy(site: Path, copies: Writer) -> None:
    """Copy the pages to index, an apostrophe between two letters being followed by a space."""
    for path in sorted(site.rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        if _BODY in text:
            copies.write(path.relative_to(site).as_posix(), _ELISION.sub("’ ", text))
