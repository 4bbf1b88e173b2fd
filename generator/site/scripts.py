"""The scripts of the theme, and what each loads: one that no page of a site has is not published there, nor what it alone loads."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

from generator.writing import entries

ASSETS = "assets"
_LOADED = re.compile(r"""\b(?:from|import)[ (]{0,2}(["'])([.]{1,2}/[^"'\n]++)\1""")


def only(theme: Path, script: str) -> frozenset[str]:
    """The files of the theme that a script needs (by its name, without its end) and no other: what it loads, and all that stands in
    the folders of libraries that it alone loads from, their licences too. None when the theme has no such script.
    """
    own = f"{ASSETS}/{script}.js"
    scripts = {f"{ASSETS}/{path}" for path, ordinary in entries(theme / ASSETS) if ordinary and path.endswith(".js")}
    if own not in scripts:
        return frozenset()
    loaded = _loaded(theme, own)
    others = (path for path in scripts - loaded if str(PurePosixPath(path).parent) == ASSETS)
    shared = frozenset().union(*(_loaded(theme, path) for path in others))
    folders = {PurePosixPath(path).parent for path in loaded} - {PurePosixPath(path).parent for path in shared}
    beside = (
        f"{folder}/{path}" for folder in folders - {PurePosixPath(ASSETS)} for path, _ in entries(theme / str(folder))
    )
    return frozenset((*(loaded - shared), *beside))


def _loaded(theme: Path, script: str) -> frozenset[str]:
    """A script and those that it loads, those that they load…: their paths in the theme."""
    found, left = set[str](), [script]
    while left:
        path = left.pop()
        place = theme / path
        if path in found or not place.is_file():
            continue
        found.add(path)
        named = (each[2] for each in _LOADED.finditer(place.read_text(encoding="utf-8")))
        left += [(place.parent / name).resolve().relative_to(theme.resolve()).as_posix() for name in named]
    return frozenset(found)
