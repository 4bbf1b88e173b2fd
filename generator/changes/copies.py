"""A project as it would be with some files changed: copied to where the change can be checked, the project itself untouched."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from generator.diagnostics.finding import Diagnostic
from generator.layout import CONTENT, PACKAGES, SETTINGS, THEME
from generator.writing import OutsideError, Writer, entries, inside


@contextmanager
def copied(root: Path) -> Iterator[Writer]:
    """The content, the contracts, the settings and the theme of a project, to be changed in a folder that lasts as long as the
    context. Links and what is no file are left out.
    """
    with tempfile.TemporaryDirectory() as name:
        writer = Writer(Path(name, "projet"))
        if (root / SETTINGS).is_file():
            writer.copy(root / SETTINGS, SETTINGS)
        for kept in (CONTENT, PACKAGES, THEME):
            for found in _files(root, kept):
                writer.copy(root / found, found)
        yield writer


@contextmanager
def with_file(root: Path, path: str, data: bytes) -> Iterator[Path]:
    """A copy of a project with other bytes in one file of its content."""
    with copied(root) as writer:
        writer.rewrite(path, data)
        yield writer.root


def _files(root: Path, folder: str) -> list[str]:
    """The ordinary files under a folder of a project; none when a link stands on the way."""
    try:
        place = inside(root, folder)
    except OutsideError:
        return []
    return [f"{folder}/{path}" for path, ordinary in entries(place) if ordinary] if place.is_dir() else []


EXPECTED = "version-a-donner"  # what any change of the data calls for, in its time: no fault of the change


def new_ones(before: Sequence[Diagnostic], after: Sequence[Diagnostic]) -> list[Diagnostic]:
    """What is said of a project after a change and was not before, wherever the change moved it."""
    known = Counter(map(_told, before))
    found = []
    for diagnostic in after:
        if diagnostic.code == EXPECTED:
            continue
        key = _told(diagnostic)
        known[key] -= 1
        if known[key] < 0:
            found.append(diagnostic)
    return found


def _told(diagnostic: Diagnostic) -> tuple[str, str]:
    return diagnostic.code, str(diagnostic.message)
