"""A round that makes again what an edit touches, and nothing else: first the pages that show it, then the rest."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import partial
from pathlib import Path

from generator.authoring.editors import write_schemas
from generator.catalogue.acronyms import acronyms
from generator.catalogue.difference import Difference
from generator.catalogue.project import Project
from generator.commands.making import pipeline
from generator.commands.making.lasting import Lasting
from generator.commands.making.tree import publish
from generator.layout import BUILD, CONTENT, DOCS, SITE, words
from generator.packages import extracts, folder, metadata
from generator.packages.built import Published
from generator.pages import drawings
from generator.pages.all import Pages
from generator.pages.page import Page
from generator.pages.searching import kinds_asked
from generator.pages.templates import TemplateFault, misread
from generator.site import engine, images, manifest, search
from generator.text.interface import say
from generator.writing import Writer, entries


class Paused(Exception):
    """The rest is left for another round, which starts from the same older reading."""


class Narrow:
    """From an older reading of a project, of the same contracts, to a newer one, which `changed` tells apart. `pause`: whether the rest is
    to wait.
    """

    def __init__(
        self, changed: Difference, new: Project, date: str, lasting: Lasting, pause: Callable[[], bool] = lambda: False
    ) -> None:
        self.changed, self.pause = changed, pause
        self.project, self.date, self.lasting = new, date, lasting
        self.pages = Pages(new, date, images.available())
        self.whole: list[str] = []  # what could not be narrowed
        self.broken = False  # whether what lasts is half made
        self.again: tuple[str, ...] = ()  # the files of the pages that were made last

    def seen(self, all_pages: bool = False) -> tuple[str, ...]:
        """Make again the pages that show the edit, or all pages, and publish those that changed: their files on the site."""
        lasting = self.lasting
        if all_pages:
            lasting.pages.doubt()
            self.whole.append(say("un modèle a changé : toutes les pages sont refaites"))
            if wrong := tuple(misread(self.project.root, self.project.templates)):
                raise pipeline.Refused(wrong)
        drafts = [*self.pages.shown()]
        if self.changed.others:  # the pages of packages lead to rows: to those that are gone no more
            drafts += self.pages.told(tuple(lasting.packages.built.values()), ())
        self.round = lasting.pages.round(self.pages, drafts, lasting.helping, self.changed)
        left = lasting.site.parts["fichiers"] - {*self.project.files}
        found = self._shown(self.round.early, self.round.gone(lasting.told), left)
        self.broken = False
        return found

    def rest(self) -> None:
        """Make again the rest: packages, what is told of many rows, what pages give to download, images, the search."""
        self.broken = True
        lasting, project = self.lasting, self.project
        stale = lasting.packages.stale(self.changed.tables)
        self._go_on()
        self._packages(stale)
        built = tuple(lasting.packages.built[name] for name in project.catalogue.contracts.packages)
        published = Published(project.catalogue, project.settings, self.date, built)
        if stale:
            lasting.data.remove(tuple(folder.all_files()))
            folder.write_all(published, lasting.data.root)
            self._data(stale)
        self._go_on()
        self.again = self._shown(partial(self.round.late, self.pages.told(built, ())), ())
        self._go_on()
        if self.changed.said:
            still = lasting.packages.untold(project.catalogue, self.changed.tables)
            lasting.site.remake("descriptions", lambda at: metadata.write(published, at, lasting.site.root, still))
            self._schemas()
            self._extracts(published)
            self._go_on()
            self._pictures()
        lasting.site.remake("fichiers", self._files)
        self._end()

    def addresses(self, seen: Iterable[str]) -> list[str]:
        """The addresses of the pages that show an edit: those of the rows that say something else, then those whose files are `seen`."""
        tables, addresses = self.project.catalogue.tables, self.pages.ground.addresses
        rows = (tables[table].by_key.get(key) for table, key in sorted(self.changed.said, key=str))
        found = (addresses.of(row).partition("#")[0] for row in rows if row is not None)
        others = (path.removesuffix("index.html") for path in seen if path.endswith("index.html"))
        return list(dict.fromkeys((*filter(None, found), *others)))

    def _go_on(self) -> None:
        if self.pause():
            raise Paused

    # --- Pages ---------------------------------------------------------------------------------------------------------------

    def _shown(
        self, make: Callable[[], Iterable[Page]], gone: Collection[str], left: Collection[str] = ()
    ) -> tuple[str, ...]:
        """Have the pages that are made on the site, and no more those that are gone (their paths), nor the joined files that `left`. What
        is refused leaves all as it was, unless a whole site was made for it.
        """
        lasting, root = self.lasting, self.project.root
        try:
            changed = list(make())
            made = self._html(changed, gone)
        except TemplateFault as error:
            raise pipeline.Refused([error.diagnostic]) from error
        except engine.EngineError as error:
            raise pipeline.Refused([pipeline.engine_fault(error)]) from error
        lost = [*left, *(path for page in gone if (path := f"{page}index.html") not in made)]
        settled = lasting.gate.given(made, removed=lost, coming=tuple(self._coming()))
        if settled.findings:
            lasting.gate.undo()
            if not self.broken:
                self._html(lasting.pages.pages(page.path for page in changed), ())
            raise pipeline.Refused(pipeline.blamed(self.project, settled.findings))
        self.round.settle(gone)
        lasting.unindexed = lasting.unindexed or bool(changed or gone)
        self._write(changed, gone)
        names = [path for path, data in {**made, **settled.pages}.items() if lasting.site.put(path, data)]
        lasting.site.remove(lost)
        publish(lasting.docs.root, root / DOCS, [page.file for page in changed])
        publish(lasting.site.root, root / SITE, names)
        return tuple(names)

    def _write(self, changed: Collection[Page], gone: Collection[str]) -> None:
        """Have the texts of pages where the engine reads them."""
        for page in changed:
            self.lasting.docs.put(page.file, page.text)
        self.lasting.docs.remove([f"{page}index.md" for page in gone])

    def _html(self, changed: Collection[Page], gone: Collection[str]) -> Mapping[str, bytes]:
        """The HTML of pages, by their paths on the site; of all pages, when the engine cannot make fewer."""
        lasting = self.lasting
        if not changed and not gone:
            return {}
        texts = {page.file: page.text for page in changed} | {f"{page}index.md": None for page in gone}
        if lasting.warm is not None:
            again = lasting.warm.pages(texts)
            if not again.whole:
                return again.pages
            self.whole.append(str(again.whole))
        else:
            self.whole.append(say("{engine} refait toutes les pages", engine=lasting.name))
        self.broken = True
        self._write(changed, gone)
        made = lasting.engine(lasting.place, lasting.name, pipeline.epoch(self.date)).site
        found = {path: (made / path).read_bytes() for path, _ in entries(made) if path.endswith((".html", ".xml"))}
        shutil.rmtree(made)
        return found

    def _coming(self) -> Iterable[str]:
        """The files that pages may lead to, and that are made after them."""
        ground = self.pages.ground
        yield from (file for extract in ground.extracts.values() for file in extracts.files(extract))
        yield from self.project.files
        yield from self.lasting.pages.pictures
        yield from drawings.paths(self.project.catalogue)
        if self.changed.others:
            built = tuple(self.lasting.packages.built.values())
            told = Published(self.project.catalogue, self.project.settings, self.date, built)
            yield from (path for path, _ in metadata.files(told))

    # --- The rest ------------------------------------------------------------------------------------------------------------

    def _packages(self, stale: Collection[str]) -> None:
        """Write packages again."""
        lasting, data = self.lasting, self.lasting.data
        with tempfile.TemporaryDirectory(dir=lasting.place) as name:
            lasting.packages.write(stale, self.project, self.date, Path(name))
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

    def _extracts(self, published: Published) -> None:
        """What pages give to download, of those whose rows changed."""
        lasting = self.lasting
        before = lasting.extracts.files()
        with tempfile.TemporaryDirectory(dir=lasting.place) as name:
            lasting.extracts.write(published, self.pages.ground.extracts, Path(name))
            lasting.site.take(Path(name))
        lasting.site.remove(before - lasting.extracts.files())

    def _schemas(self) -> None:
        """What an editor reads: it knows the identifiers of rows."""
        catalogue, settings = self.project.catalogue, self.project.settings
        with tempfile.TemporaryDirectory(dir=self.lasting.place) as name:
            write_schemas(catalogue, settings.absolute(words().schemas), Path(name) / words().schemas)
            self.lasting.site.take(Path(name))
            self.lasting.schemas.take(Path(name) / words().schemas)

    def _pictures(self) -> None:
        """The drawings, with their files, and the images that pages name."""
        lasting, ground = self.lasting, self.pages.ground
        lasting.site.remake("dessins", lambda place: drawings.write(ground, place))
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

    def _end(self) -> None:
        """The search, the manifest, and all of it published."""
        lasting, project = self.lasting, self.project
        site = lasting.site.root
        if lasting.unindexed:
            self._go_on()
            shutil.rmtree(site / search.FOLDER, ignore_errors=True)
            search.index(site, tuple(acronyms(project.catalogue)), kinds_asked(project.catalogue.contracts))
            lasting.unindexed = False
        manifest.write(site, pipeline.origin(project, self.date, lasting.name, validate=False))
        for name in (SITE, BUILD):
            publish(lasting.place / name, project.root / name)


def _given(made: Path, place: Path) -> None:
    """A folder that is made already, under another."""
    made.rename(place / made.name)
