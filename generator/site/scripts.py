"""The scripts of the theme, and what each loads: one that no page of a site has is not published there, nor what it alone loads."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Set
from pathlib import Path

from generator.writing import entries

ASSETS = "assets"
_LOADED = re.compile(r"""\b(?:from|import)[ (]{0,2}(["'])([.]{1,2}/[^"'\n]++)\1""")


def only(theme: Path, script: str) -> frozenset[str]:
    """The files of the theme that a script needs (by its name, without its end) and no other: what it loads, and all that stands in
    the folders of libraries that it alone loads from, their licences too. None when the theme has no such script.
    """
    own = f"{ASSETS}/{script}.js"
    files = {f"{ASSETS}/{path}" for path, ordinary in entries(theme / ASSETS) if ordinary}
    if own not in files:
        return frozenset()
    loaded = _loaded(theme, own, files)
    others = (path for path in files - loaded if path.endswith(".js") and posixpath.dirname(path) == ASSETS)
    shared = frozenset().union(*(_loaded(theme, path, files) for path in others))
    folders = set(map(posixpath.dirname, loaded)) - set(map(posixpath.dirname, shared)) - {ASSETS}
    beside = (path for path in files if any(path.startswith(f"{folder}/") for folder in folders))
    return frozenset((*(loaded - shared), *beside))


def _loaded(theme: Path, script: str, files: Set[str]) -> frozenset[str]:
    """A script and those that it loads, those that they load…: their paths in the theme, among its files alone."""
    found, left = set[str](), [script]
    while left:
        path = left.pop()
        if path in found or path not in files:
            continue
        found.add(path)
        text = (theme / path).read_text(encoding="utf-8", errors="replace")  # a theme may be anybody's
        left += [
            posixpath.normpath(posixpath.join(posixpath.dirname(path), each[2])) for each in _LOADED.finditer(text)
        ]
    return frozenset(found)
