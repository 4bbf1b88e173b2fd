"""A round that makes again what an edit touches, and nothing else: first the pages that show it, then the rest."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection, Iterable, Mapping
from functools import partial
from types import MappingProxyType

from generator.catalogue.declaring import TEMPLATE
from generator.catalogue.difference import Difference
from generator.catalogue.project import Project
from generator.commands.making import pipeline
from generator.commands.making.lasting import Lasting
from generator.commands.making.rest import Rest
from generator.commands.making.tree import publish
from generator.layout import DOCS, SITE
from generator.packages import extracts, metadata
from generator.packages.built import Built, Published
from generator.pages import drawings
from generator.pages.all import Pages
from generator.pages.draft import Draft
from generator.pages.page import Page
from generator.pages.templates import TemplateFault, misread
from generator.site import engine, images
from generator.text.interface import say
from generator.writing import entries


class Paused(Exception):
    """The rest is left for another round, which starts from the same older reading."""


class Narrow:
    """From an older reading of a project, of the same tables, to a newer one, which `changed` tells apart. `pause`: whether the rest is
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
        self.engine = False  # whether the engine is to make all pages again
        self.again: tuple[str, ...] = ()  # the files of the pages that were made last

    def seen(self) -> tuple[str, ...]:
        """Make again the pages that show the edit, and publish those that changed: their files on the site. Raises Refused."""
        lasting, changed, project = self.lasting, self.changed, self.project
        if any(fact[0] == TEMPLATE for fact in changed.facts):
            pipeline.proceed(misread(project.root, project.templates))
        kept = lasting.pages
        if changed.whole:
            kept = kept.anew()
            self.whole.append(say("un contrat a changé : toutes les pages sont refaites"))
        drafts = [*self.pages.shown()]
        if changed.declared and {draft.path for draft in drafts} != kept.made.keys() - lasting.told:
            raise pipeline.Refused(())  # nothing is wrong: other pages are to be made
        if changed.others and not changed.declared:  # pages of packages lead to rows: to those that are gone no more
            drafts += self.pages.told(tuple(lasting.packages.built.values()), ())
        self.round = kept.round(self.pages, drafts, () if changed.declared else lasting.helping, changed)
        left = lasting.site.parts["fichiers"] - {*project.files}
        self.engine, sheets = lasting.configure(project.settings)
        found = self._shown(self.round.early, self.round.gone(lasting.told), left, sheets)
        lasting.pages, self.broken = kept, False
        return found

    def rest(self) -> None:
        """Make again the rest: packages, what is told of many rows, what pages give to download, images, the search."""
        self.broken = True
        rest = Rest(self.changed, self.pages.ground, self.lasting)
        self._go_on()
        rest.packages()
        self._go_on()
        self.again = self._shown(partial(self.round.late, self._told(rest.published.packages)), ())
        self._go_on()
        if self.changed.said or self.changed.declared:
            rest.descriptions()
            rest.extracts()
            self._go_on()
            rest.pictures()
        self._go_on()
        rest.end()

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

    def _told(self, built: tuple[Built, ...]) -> Iterable[Draft]:
        """The drafts of the pages that are made last: those that tell of packages, and of what is declared."""
        if self.changed.declared:
            self.lasting.unindexed = True
            self.lasting.helping = tuple(self.pages.helping())
            yield from self.lasting.helping
        yield from self.pages.told(built, ())

    # --- Pages ---------------------------------------------------------------------------------------------------------------

    def _shown(
        self,
        make: Callable[[], Iterable[Page]],
        gone: Collection[str],
        left: Collection[str] = (),
        sheets: Mapping[str, bytes] = MappingProxyType({}),
    ) -> tuple[str, ...]:
        """Have the pages that are made on the site, with the style sheets that are others (empty: gone), and no more the pages that are gone
        (their paths), nor the joined files that `left`. What is refused leaves all as it was, unless a whole site was made for it.
        """
        lasting, root = self.lasting, self.project.root
        try:
            changed = list(make())
            made = {**self._html(changed, gone), **{path: sheet for path, sheet in sheets.items() if sheet}}
        except TemplateFault as error:
            raise pipeline.Refused([error.diagnostic]) from error
        except engine.EngineError as error:
            raise pipeline.Refused([pipeline.engine_fault(error)]) from error
        lost = [*left, *(path for path, sheet in sheets.items() if not sheet)]
        lost += [path for page in gone if (path := f"{page}index.html") not in made]
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
        if not changed and not gone and not self.engine:
            return {}
        texts = {page.file: page.text for page in changed} | {f"{page}index.md": None for page in gone}
        if self.engine:
            self.whole.append(say("mkdocs.yml a changé : le site entier est reconstruit"))
            self.engine = False
        elif lasting.warm is not None:
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
        if self.changed.others or self.changed.declared:
            built = tuple(self.lasting.packages.built.values())
            told = Published(self.project.catalogue, self.project.settings, self.date, built)
            yield from (path for path, _ in metadata.files(told))
