"""What the check would say of a project once some files are written: they are written in a copy of it, which is checked."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from generator.catalogue.project import Project
from generator.commands.check import checked_project, proven
from generator.diagnostics.finding import Diagnostic
from generator.layout import CONTENT, PACKAGES, SETTINGS, THEME
from generator.writing import Change, Writer, entries, replace_together


@contextmanager
def tried(root: Path, changes: Iterable[Change], pages: bool = True) -> Iterator[Project]:
    """The project as it would be, checked; `pages`: those that templates make too. It stands in a folder that lasts as long as
    the context.
    """
    with tempfile.TemporaryDirectory() as name:
        writer = Writer(Path(name, "projet"))
        for folder in (CONTENT, PACKAGES, THEME):
            for path, ordinary in entries(root / folder) if (root / folder).is_dir() else ():
                if ordinary:
                    writer.copy(root / folder / path, f"{folder}/{path}")
        if (root / SETTINGS).is_file():
            writer.copy(root / SETTINGS, SETTINGS)
        replace_together(writer.root, list(changes))
        project = checked_project(writer.root)
        yield proven(project) if pages else project


def added(before: Sequence[Diagnostic], after: Sequence[Diagnostic]) -> list[Diagnostic]:
    """The messages that were not there, wherever they stand now."""
    known = Counter(_told(each) for each in before)
    found = []
    for each in after:
        told = _told(each)
        if known[told]:
            known[told] -= 1
        else:
            found.append(each)
    return found


def _told(each: Diagnostic) -> tuple[str, str]:
    return each.code, str(each.message)
