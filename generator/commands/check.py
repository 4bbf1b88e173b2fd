"""Read a project and check it: every fault found in one run."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from generator.catalogue.project import Done, Project, read_project
from generator.checks import check
from generator.diagnostics.finding import sort
from generator.text.french import count


def checked_project(root: Path, done: Done = lambda stage, counts: None) -> Project:
    """A project whose diagnostics are all that can be said of its content, in reading order."""
    project = read_project(root, done)
    found = sort([*project.diagnostics, *check(project)])
    done("contrôle", count(len(found), "message"))
    return replace(project, diagnostics=tuple(found))
