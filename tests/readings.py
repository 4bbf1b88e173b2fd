"""Readings of a project one after the other, whose pages are kept from one to the next."""

from __future__ import annotations

from pathlib import Path

from generator.catalogue.declaring import declared
from generator.catalogue.difference import difference
from generator.catalogue.project import Project, read_project
from generator.documents.keeping import Kept as Documents
from generator.pages.all import Pages
from generator.pages.kept import Kept

DATE = "2026-01-01"


class Readings:
    """A project, read again and again by one process, and its pages, made again where they are not as they were."""

    def __init__(self, root: Path) -> None:
        self.root, self.documents, self.pages = root, Documents(), Kept()
        self.project = self.read()
        self.helping = tuple(Pages(self.project, DATE).helping())
        self.changed = self._made(self.project, self.project)

    def again(self) -> set[str]:
        """Read it as it is now; the paths of the pages whose text changed."""
        old, self.project = self.project, self.read()
        return self._made(old, self.project)

    def read(self) -> Project:
        """The project as it is now."""
        self.documents = Documents(self.documents)
        return read_project(self.root, keep=self.documents)

    def _made(self, old: Project, new: Project) -> set[str]:
        pages = Pages(new, DATE)
        changed = declared(old, new, difference(old.catalogue, new.catalogue))
        assert changed is not None, "these have other pages"
        made = self.pages.round(pages, [*pages.shown(), *self.helping], (), changed)
        early = {page.path for page in made.early()}
        self.helping = tuple(pages.helping()) if changed.declared else self.helping
        found = early | {page.path for page in made.late(self.helping)}
        made.settle()
        return found

    def texts(self) -> dict[str, str]:
        """The texts of the pages as they are kept."""
        return {made.page.file: made.page.text for made in self.pages.made.values()}

    def whole(self) -> dict[str, str]:
        """The texts of the same pages, made from nothing."""
        pages = Pages(read_project(self.root), DATE)
        return {page.file: page.text for page in map(pages.finished, (*pages.shown(), *pages.helping()))}
