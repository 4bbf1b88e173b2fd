"""What a round makes again once its pages are seen: packages, what pages give to download, images, the search; each takes its place in
what lasts.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Collection
from functools import partial
from pathlib import Path

from generator.authoring.editors import write_schemas
from generator.catalogue.acronyms import acronyms
from generator.catalogue.declaring import SETTINGS, TEMPLATE
from generator.catalogue.difference import Difference
from generator.catalogue.project import Project
from generator.commands.making import pipeline
from generator.commands.making.lasting import Lasting
from generator.commands.making.tree import publish
from generator.layout import BUILD, CONTENT, SITE, words
from generator.packages import folder, metadata
from generator.packages.built import Published
from generator.pages import drawings
from generator.pages.draft import Ground
from generator.pages.searching import kinds_asked
from generator.site import images, manifest, search
from generator.writing import Writer


class Rest:
    """Of a newer reading of a project, which `changed` tells apart from the older one."""

    def __init__(self, changed: Difference, ground: Ground, lasting: Lasting) -> None:
        self.changed, self.ground, self.lasting = changed, ground, lasting
        self.project: Project = ground.project
        self.stale = self._stale()
        self.shown: frozenset[str] = frozenset()  # files that changed, and that pages show as they are

    @property
    def published(self) -> Published:
        """The packages as they are written."""
        built = tuple(self.lasting.packages.built[name] for name in self.project.catalogue.contracts.packages)
        return Published(self.project.catalogue, self.project.settings, self.ground.date, built)

    def packages(self) -> None:
        """Write again those that hold what changed."""
        lasting, stale = self.lasting, self.stale
        self._packages(stale)
        if stale:
            lasting.data.remove(tuple(folder.all_files()))
            folder.write_all(self.published, lasting.data.root)
            self._data(stale)

    def _stale(self) -> list[str]:
        """The packages that are to be written again."""
        lasting, changed, contracts = self.lasting, self.changed, self.project.catalogue.contracts
        if changed.whole or any(place == SETTINGS for place, _ in changed.facts):
            return [*lasting.packages.built]
        said = {place[:2] for place, _ in changed.facts if place != TEMPLATE}
        own = {name for kind, name in said if kind == "packages"}
        tables = {
            name for name, table in contracts.resources.items() if ("resources", name) in said or table.package in own
        }
        stale = lasting.packages.stale(changed.tables | tables)
        return [name for name in lasting.packages.built if name in stale or name in own]

    def descriptions(self) -> None:
        """What tells of packages to machines, and what an editor reads."""
        lasting, changed, published = self.lasting, self.changed, self.published
        still = () if changed.declared else lasting.packages.untold(self.project.catalogue, changed.tables)
        lasting.site.remake("descriptions", lambda at: metadata.write(published, at, lasting.site.root, still))
        self._schemas()

    def _packages(self, stale: Collection[str]) -> None:
        """Write packages again."""
        lasting, data = self.lasting, self.lasting.data
        with tempfile.TemporaryDirectory(dir=lasting.place) as name:
            lasting.packages.write(stale, self.project, self.ground.date, Path(name))
            for package in stale:
                data.remake(package, partial(_given, Path(name) / package))
        lasting.packages.moved(data.root)

    def _data(self, stale: Collection[str]) -> None:
        """Have on the site the packages that were written again, and what holds all of them."""
        data, site, start = self.lasting.data, self.lasting.site, words().data
        for name in stale:
            made = data.parts[name]
            for path in made:
                site.put(f"{start}{path}", (data.root / path).read_bytes())
            site.remove([f"{start}{path}" for path in site.parts.get(name, frozenset()) - made])
            site.parts[name] = made
        for path in folder.all_files():
            site.put(f"{start}{path}", (data.root / path).read_bytes())

    def extracts(self) -> None:
        """What pages give to download, of those whose rows changed."""
        lasting = self.lasting
        if self.changed.declared:
            lasting.extracts.forget(self.project.catalogue.contracts, self.stale)
        before = lasting.extracts.files()
        with tempfile.TemporaryDirectory(dir=lasting.place) as name:
            lasting.extracts.write(self.published, self.ground.extracts, Path(name))
            lasting.site.take(Path(name))
        lasting.site.remove(before - lasting.extracts.files())

    def _schemas(self) -> None:
        """What an editor reads: it knows the identifiers of rows."""
        catalogue, settings = self.project.catalogue, self.project.settings
        with tempfile.TemporaryDirectory(dir=self.lasting.place) as name:
            write_schemas(catalogue, settings.absolute(words().schemas), Path(name) / words().schemas)
            self.lasting.site.take(Path(name))
            self.lasting.schemas.take(Path(name) / words().schemas)

    def pictures(self) -> None:
        """The drawings, with their files, and the images that pages name."""
        lasting, ground = self.lasting, self.ground
        self.shown |= lasting.site.remake("dessins", lambda place: drawings.write(ground, place))
        if not images.available():
            return
        pictures = {**lasting.pages.pictures, **drawings.pictured(ground)}

        with tempfile.TemporaryDirectory(dir=lasting.place) as name:
            site, kept = Path(name) / "site", Path(name) / "kept"
            images.write(pictures, site, kept, lasting.images.root)
            lasting.site.remake("images", lambda place: site.rename(place))
            lasting.images.remake("images", lambda place: kept.rename(place))

    def _files(self, place: Path) -> None:
        for path in self.project.files:
            Writer(place).copy(self.project.root / CONTENT / path, path)

    def end(self) -> tuple[str, ...]:
        """The joined files, the search, the manifest, and all of it published; the files of the site that are no more."""
        lasting, project = self.lasting, self.project
        site = lasting.site.root
        self.shown |= lasting.site.remake("fichiers", self._files)
        if lasting.unindexed:
            shutil.rmtree(site / search.FOLDER, ignore_errors=True)
            kinds = kinds_asked(project.catalogue.contracts)
            search.index(site, tuple(acronyms(project.catalogue)), kinds, lasting.copies)
            lasting.unindexed = False
        manifest.write(site, pipeline.origin(project, self.ground.date, lasting.name, validate=False))
        publish(lasting.place / BUILD, project.root / BUILD)
        return publish(lasting.place / SITE, project.root / SITE)


def _given(made: Path, place: Path) -> None:
    """A folder that is made already, under another."""
    made.rename(place / made.name)
