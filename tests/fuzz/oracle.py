"""What must hold whatever the content is: no exception, places inside their files, an output that is bounded and commands
nothing, an end.
"""

from __future__ import annotations

import json
import shutil
import signal
import tempfile
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from generator.catalogue.project import Project
from generator.commands.check import checked_project
from generator.diagnostics.finding import Position
from generator.diagnostics.reports import RENDERERS
from generator.packages import folder
from generator.pages.all import Pages
from generator.pages.templates import TemplateFault
from generator.text.characters import FORBIDDEN

SECONDS = 20  # of one example; a fraction of one is usual
LONGEST_REPORT = 1_000_000


class Endless(AssertionError):
    """An example that has not ended after SECONDS."""


@contextmanager
def bounded() -> Iterator[None]:
    """Stop what does not end, even within a regular expression."""

    def stop(number: int, frame: object) -> None:
        raise Endless(f"rien après {SECONDS} s")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def check_project(root: Path, built: bool = False) -> Project:
    """Check a project, and what its check says; `built`: also render what passes."""
    project = checked_project(root)
    for diagnostic in project.diagnostics:
        _check_place(root, diagnostic.position)
    for name, render in RENDERERS.items():
        _check_report(name, render(project.diagnostics, root), len(project.diagnostics))
    if built and not project.faulty:
        _render(project)
    return project


def _check_place(root: Path, place: Position) -> None:
    """A place is the whole file, or a line and a column of it."""
    if not place.line and not place.column:
        return
    text = (root / place.path).read_bytes().decode("utf-8-sig", "replace").replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    assert 1 <= place.line <= len(lines), f"{place} : {len(lines)} lignes"
    longest = max(len(lines[place.line - 1]), len(unicodedata.normalize("NFC", lines[place.line - 1])))
    assert 1 <= place.column <= longest + 1, f"{place} : {longest} caractères"


def _check_report(name: str, told: str, count: int) -> None:
    assert len(told) <= LONGEST_REPORT, f"{name} : {len(told)} caractères pour {count} messages"
    read = told.replace("\ufffd", "?")  # which stands for a character in an excerpt
    found = FORBIDDEN.search(read.replace("\u2060", "") if name == "markdown" else read)  # where it cuts what would act
    assert found is None, f"{name} : U+{ord(found[0]):04X}"
    assert "\r" not in told, name
    if name == "json":
        json.loads(told)
    elif name == "github":
        assert all(line.startswith("::") for line in told.splitlines())
    elif name == "markdown":
        assert all(not line or line[0] in "#|" or line.endswith(".") for line in told.split("\n"))


def _render(project: Project) -> None:
    """The packages and the pages of a project that passed its check."""
    with tempfile.TemporaryDirectory(dir=project.root) as name:
        packages = folder.write(project.catalogue, project.settings, "2026-01-01", Path(name))
        with suppress(TemplateFault):
            for page in Pages(project).pages(packages, ()):
                assert not FORBIDDEN.search(page.text.replace("\u2060", "")), page.path


def lay(root: Path, files: dict[str, bytes]) -> None:
    """Write files under a folder; a name that the system refuses is left out."""
    for name, data in files.items():
        with suppress(OSError, ValueError):
            path = root / name
            if path.resolve().is_relative_to(root.resolve()):
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)


@contextmanager
def laid_over(base: Path, files: dict[str, bytes | None]) -> Iterator[Path]:
    """A project with other files than its own; None for one that is removed. It is put back after."""
    before = {name: (base / name).read_bytes() for name in files if (base / name).is_file()}
    try:
        for name, data in files.items():
            if data is None:
                (base / name).unlink()
            else:
                (base / name).write_bytes(data)
        yield base
    finally:
        for name in files:
            with suppress(OSError):
                (base / name).unlink()
        for name, data in before.items():
            (base / name).write_bytes(data)


def empty(root: Path) -> None:
    """Remove a folder and all it holds."""
    shutil.rmtree(root, ignore_errors=True)
