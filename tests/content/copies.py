"""A copy of this content in which tests write: what they wrote is undone."""

from __future__ import annotations

import shutil
from pathlib import Path

from samples import ROOT

from generator.catalogue.project import Project
from generator.commands.check import checked_project
from generator.documents.keeping import Kept

INPUTS = ("content", "datapackages", "mkdocs.yml")


class Copy:
    """A copy of the project; what is made of the files as they are is kept, and the others alone are read again."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.kept = folder, Kept()
        for name in INPUTS:
            (shutil.copytree if (ROOT / name).is_dir() else shutil.copy)(ROOT / name, folder / name)
        self.before = self._files()
        checked_project(folder, keep=self.kept)

    def checked(self) -> Project:
        """The project as it now is."""
        return checked_project(self.folder, keep=Kept(self.kept))

    def undo(self) -> None:
        """Put back every file as it was."""
        now = self._files()
        for path in now.keys() - self.before.keys():
            path.unlink()
        for path, data in self.before.items():
            if now.get(path) != data:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)

    def _files(self) -> dict[Path, bytes]:
        inside = (path for name in INPUTS for path in (self.folder / name, *(self.folder / name).rglob("*")))
        return {path: path.read_bytes() for path in inside if path.is_file()}
