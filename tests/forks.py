"""A fork of this repository: the machine as it is, with the library of the tutorial in place of the content."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from guides import write_library
from samples import ROOT, commit

# What whoever publishes other data replaces (generator/documentation/publier-vos-donnees.md).
REPLACED = ("content/", "datapackages/", "mkdocs.yml", "tests/content/")
# What `make` compares with what it installed: as old as can be, so that nothing is installed again.
INSTALLED = (
    "generator/requirements.lock",
    "requirements-dev.lock",
    "pyproject.toml",
    "tests/clients/package.json",
    "tests/clients/package-lock.json",
)


def files() -> list[str]:
    """What git tracks here, or would."""
    command = ("git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout
    return [name for each in listed.split(b"\0") if each and (ROOT / (name := os.fsdecode(each))).is_file()]


def fork(folder: Path) -> Path:
    """Make it in a folder, as a repository of one commit, with the environment and the readers in JavaScript that are here."""
    for name in files():
        if not name.startswith(REPLACED):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    with tempfile.TemporaryDirectory() as name:
        library = write_library(Path(name))
        for each in REPLACED:
            if (library / each).is_dir():
                shutil.copytree(library / each, folder / each)
            elif (library / each).is_file():
                shutil.copy2(library / each, folder / each)
    commit(folder)
    for name in INSTALLED:
        os.utime(folder / name, (0, 0))
    for name, held in (
        (".venv", Path(sys.prefix)),
        ("tests/clients/node_modules", ROOT / "tests/clients/node_modules"),
    ):
        if held.is_dir():
            (folder / name).symlink_to(held)
    return folder


def run(folder: Path, *command: str, **more: str) -> subprocess.CompletedProcess[str]:
    """Run a command in a fork, which sees nothing of the tests that run it."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "TESTS_"))}
    environment = inherited | {"PYTHONPATH": str(folder)} | more
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False)
