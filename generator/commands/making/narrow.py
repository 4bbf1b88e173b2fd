"""A round that makes again what an edit touches, and nothing else: first the pages that show it, then the rest."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from functools import partial

from generator.catalogue.declaring import TEMPLATE
from generator.catalogue.difference import Difference
from generator.catalogue.project import Project
from generator.catalogue.records import Record
from generator.commands.making import pipeline
from generator.commands.making.lasting import Lasting
from generator.commands.making.rest import Rest
from generator.commands.making.showing import Make, Showing
from generator.layout import INDEX
from generator.packages import extracts, metadata
from generator.packages.built import Built, Published
from generator.pages import drawings
from generator.pages.all import Pages
from generator.pages.draft import Draft
from generator.pages.page import Page
from generator.pages.templates import misread
from generator.site import images
from generator.text.interface import say

ABOUT, TELLING = 5, 2  # pages that all others wait for: of the rows that an edit is about, or that show it


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
        self.again: tuple[str, ...] = ()  # the files of the pages that were made last
        configured, sheets = lasting.configure(new.settings)
        self.sheets = {path: sheet for path, sheet in sheets.items() if sheet}
        self.unstyled = sheets.keys() - self.sheets.keys()  # those that are no more
        self.showing = Showing(new, date, lasting, configured=configured, broken=changed.declared)
        self._rest = Rest(changed, self.pages.ground, lasting)
        self._once = lasting.warm is None  # the engine makes all pages, whichever changed
        self.late: tuple[str, ...] = ()  # those that somebody may look at and that the rest changed

    def ahead(self, looked: Collection[str] = ()) -> tuple[str, ...]:
        """Make again and publish, before all the others that show the edit, the pages that it is about, and those that somebody looks at
        (their paths): their files on the site, if they changed. Raises Refused, and nothing is changed.
        """
        lasting, changed, project = self.lasting, self.changed, self.project
        if any(fact[0] == TEMPLATE for fact in changed.facts):
            pipeline.proceed(misread(project.root, project.templates))
        kept = lasting.pages
        if changed.whole:
            kept = kept.anew()
            self.showing.whole.append(say("un contrat a changé : toutes les pages sont refaites"))
        drafts = [*self.pages.shown()]
        if changed.declared and {draft.path for draft in drafts} != kept.made.keys() - lasting.told:
            raise pipeline.Refused(())  # nothing is wrong: other pages are to be made
        if changed.others and not changed.declared:  # pages of packages lead to rows: to those that are gone no more
            drafts += self.pages.told(tuple(lasting.packages.built.values()), ())
        still = () if changed.declared else lasting.helping
        self.kept, self.round = kept, kept.round(self.pages, drafts, still, changed)
        self.coming = tuple(self._coming())
        pages = (f"{path}{INDEX}" for path in self.round.drafts)
        return self.showing.ahead(partial(self._first, looked), looked, self.sheets, (*self.coming, *pages))

    def seen(self) -> tuple[str, ...]:
        """Make again the others, and publish all those that changed: their files on the site. An engine that makes all pages whichever
        changed makes them once, those that tell of many rows too. Raises Refused.
        """
        lasting, gone = self.lasting, self.round.gone(self.lasting.told)
        left = lasting.site.parts["fichiers"] - {*self.project.files} | self.unstyled
        make: Make = self.round.early
        if self._once:
            self.showing.take(make)  # a fault of theirs leaves what lasts as it is
            make, self.coming = self._packages()
        found = self.showing.all(make, gone, left, self.sheets, self.coming)
        self.round.settle(gone)
        lasting.pages = self.kept
        return found

    def rest(self) -> None:
        """Make again the rest: packages, what is told of many rows, what pages give to download, images, the search."""
        rest = self._rest
        self._go_on()
        if not self._once:
            told, coming = self._packages()
            self._go_on()
            self.again = self.showing.all(told, coming=coming)
            self.round.settle()
        self._go_on()
        if self.changed.said or self.changed.declared:
            rest.descriptions()
            rest.extracts()
            self._go_on()
            rest.pictures()
        self._go_on()
        gone = (path for path in rest.end() if path.endswith(INDEX))
        self.late = tuple(dict.fromkeys((*self.again, *gone, *self.lasting.gate.leading(rest.shown))))

    def _packages(self) -> tuple[Make, tuple[str, ...]]:
        """Make again the packages: how the pages that tell of them and of many rows are made, and the files that are made later."""
        self.showing.broken = True
        self._rest.packages()
        return partial(self.round.late, self._told(self._rest.published.packages)), tuple(self._coming())

    def addresses(self, seen: Iterable[str]) -> list[str]:
        """The addresses of the pages that show an edit: those of the rows that say something else, then those whose files are `seen`."""
        others = (path.removesuffix(INDEX) for path in seen if path.endswith(INDEX))
        return list(dict.fromkeys((*self._of_rows(), *others)))

    def _of_rows(self) -> Iterator[str]:
        """The addresses of the pages of the rows that say something else."""
        tables = self.project.catalogue.tables
        yield from filter(
            None, (self._page(tables[table].by_key.get(key)) for table, key in sorted(self.changed.own, key=str))
        )

    def _page(self, row: Record | None) -> str:
        """The address of the page of a row, or of the one that holds it when it has none; "" without any."""
        while row is not None:
            if page := self.pages.ground.addresses.of(row).partition("#")[0]:
                return page
            row = row.parent
        return ""

    def _first(self, looked: Collection[str]) -> Iterator[Page]:
        """The pages that somebody looks at, and some of those that the edit is about, new ones first: those of its rows, or for want of any
        those that show it most. Those that it does not change leave their place to the next ones.
        """
        yield from self.round.early(looked)
        rows = dict.fromkeys(self._of_rows())
        about = sorted(rows or self.round.about(), key=lambda path: path in self.kept.made)
        most = ABOUT if rows else TELLING
        for start in range(0, len(about), most):
            found = list(self.round.early(about[start : start + most]))
            yield from found
            if found:
                return

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
