"""What the check would say of a project once some files are written: they are written in a copy of it, which is checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.authoring.together import Change, replace_together
from generator.catalogue.project import Project
from generator.changes.copies import copied
from generator.commands.check import checked_project, proven


@contextmanager
def tried(root: Path, changes: Iterable[Change], pages: bool = True) -> Iterator[Project]:
    """The project as it would be, checked; `pages`: those that templates make too. It stands in a folder that lasts as long as
    the context.
    """
    with copied(root) as writer:
        replace_together(writer.root, list(changes))
        project = checked_project(writer.root, lender=root)
        yield proven(project) if pages else project
