"""The small project that the tests share (tests/diagnostics/_base: gardens, another subject than the project's own), and
how to spoil it, check it and build it; what is taken of a long series of cases.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from generator.catalogue.project import Project
from generator.commands.check import checked_project
from generator.diagnostics.finding import Diagnostic
from generator.diagnostics.reports import as_text, summary

ROOT = Path(__file__).resolve().parent.parent
CASES = ROOT / "tests" / "diagnostics"
BASE = CASES / "_base"
STRANGE = ROOT / "tests" / "names_site"  # names that have the signs of every language
SECOND = ROOT / "tests" / "second_site"  # organs: another subject again, with derived tables and pages of its own
GOLDEN = ROOT / "tests" / "golden"
DATE = "2026-01-02"  # the reference date of every build of the tests

# REFAIRE=1 pytest …: write what is found as what is expected (then read the differences: they are the review).
REFRESH = os.environ.get("REFAIRE") == "1"


def series(one_in: int, values: Iterable[Any], name: Callable[[Any], str] | None = None) -> list[Any]:
    """The cases of a long series: one in so many for all runs, the others, marked `grand`, for all but .ci/run. `name` is that of
    a case.
    """
    return [
        pytest.param(
            *(value if isinstance(value, tuple) else (value,)),
            id=name(value) if name else None,
            marks=() if rank % one_in == 0 else pytest.mark.grand,
        )
        for rank, value in enumerate(values)
    ]


def copy_base(folder: Path, theme: bool = False) -> Path:
    """The small project in a new folder; `theme` when the site itself is built."""
    shutil.copytree(BASE, folder, dirs_exist_ok=True)
    if theme:
        shutil.copytree(ROOT / "generator" / "theme", folder / "generator" / "theme", dirs_exist_ok=True)
    return folder


def write(root: Path, files: dict[str, str | bytes]) -> Path:
    """Write files of a project; what was there is replaced."""
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return root


def replace(root: Path, name: str, old: str, new: str) -> None:
    """Replace in a file a text that is there once."""
    path = root / name
    text = path.read_bytes().decode()
    assert text.count(old) == 1, f"{name} : {text.count(old)} fois {old!r}"
    path.write_bytes(text.replace(old, new).encode())


def commit(root: Path, message: str = "état") -> None:
    """Commit everything of a project in a repository of its own."""
    identity = {"GIT_AUTHOR_NAME": "Essai", "GIT_AUTHOR_EMAIL": "essai@exemple.fr", "GIT_CONFIG_GLOBAL": os.devnull}
    identity |= {
        "GIT_COMMITTER_NAME": "Essai",
        "GIT_COMMITTER_EMAIL": "essai@exemple.fr",
        "GIT_CONFIG_SYSTEM": os.devnull,
    }
    for arguments in (("init", "-q"), ("add", "-A"), ("commit", "-q", "--allow-empty", "-m", message)):
        subprocess.run(("git", "-C", str(root), *arguments), check=True, env=os.environ | identity)


def shown(diagnostics: tuple[Diagnostic, ...] | list[Diagnostic], root: Path) -> str:
    """Diagnostics as the terminal shows them, with the summary."""
    return as_text(diagnostics, root) + "\n" + summary(diagnostics) + "\n"


def places(project: Project) -> list[str]:
    """`code path:line:column` of every diagnostic of a project, in order."""
    return [f"{d.code} {d.position}" for d in project.diagnostics]


def checked(root: Path) -> list[str]:
    """`code path:line:column` of everything that `check` says of a project."""
    return places(checked_project(root))


def compare(path: Path, found: str) -> None:
    """Compare with a file of expected text, or write it when REFAIRE=1."""
    if REFRESH:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(found.encode())
    assert path.is_file(), f"{path.relative_to(ROOT)} manque : lancez REFAIRE=1 pytest, puis relisez-le."
    assert found == path.read_bytes().decode()
