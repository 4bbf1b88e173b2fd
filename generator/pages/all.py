"""All the pages of a site, one after the other, each at its own address (checks/addresses.py sees to it)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator import layout
from generator.catalogue.project import Project
from generator.layout import EARLIEST
from generator.packages.built import Built
from generator.packages.validation import Verdict, version
from generator.pages import alphabet, data, drawings, fixed, help, moved, specimens, versions
from generator.pages.draft import Draft, Later, drawn_up, ground
from generator.pages.heads import Heads
from generator.pages.kinds import kinds
from generator.pages.page import Page, finish
from generator.pages.renderer import Renderer
from generator.text.interface import say


class Pages:
    """The pages of a project as they read on a date (AAAA-MM-JJ), made one by one. Those that are `pictured` name a picture to share them
    with; `heads.drawings` are these pictures, once pages are made.
    """

    def __init__(self, project: Project, date: str = EARLIEST, pictured: bool = True) -> None:
        self.project = project
        self.ground = ground(project, date)
        self.renderer = Renderer(self.ground)
        self.heads = Heads(project, self.ground.citations, _titles(project), pictured)

    def pages(self, built: Sequence[Built], reports: Sequence[Verdict]) -> Iterator[Page]:
        """Every page, in a fixed order."""
        return map(self.finished, self.later(built, reports))

    def finished(self, draft: Draft | Later) -> Page:
        """The page of a draft."""
        return finish(self.renderer, drawn_up(draft), self.ground, self.heads)

    def unread(self) -> set[str]:
        """The templates that nothing made here has read."""
        cache = self.renderer.environment.cache
        return {*self.project.templates} - {name for _, name in cache or ()}

    def drafts(self, built: Sequence[Built], reports: Sequence[Verdict]) -> Iterator[Draft]:
        """Every page before it is rendered, in the same order."""
        return map(drawn_up, self.later(built, reports))

    def later(
        self, built: Sequence[Built], reports: Sequence[Verdict], helping: Sequence[Draft] | None = None
    ) -> Iterator[Draft | Later]:
        """The same, each made as late as can be. `helping`: those that `helping` made, of the same contracts."""
        yield from fixed.fixed(self.ground)
        yield from self.told(built, reports)
        yield from self.helping() if helping is None else helping
        yield from self._others()

    def shown(self) -> Iterator[Draft | Later]:
        """Those of `later` that are neither `told` nor `helping`."""
        yield from fixed.fixed(self.ground)
        yield from self._others()

    def _others(self) -> Iterator[Draft | Later]:
        yield from fixed.articles(self.ground, self.renderer.link_url)
        for package in self.project.catalogue.contracts.packages.values():
            for page in package.pages:
                kind = kinds()[page.kind]
                yield from getattr(kind, "later", kind.drafts)(page, self.ground)
        yield from drawings.later(self.ground)
        yield from alphabet.later(self.ground)
        yield from moved.drafts(self.ground)

    def told(self, built: Sequence[Built], reports: Sequence[Verdict]) -> Iterator[Draft]:
        """Those that tell of packages: what was written, their versions."""
        yield from data.drafts(self.ground, built, reports, version())
        yield from versions.drafts(self.ground)

    def helping(self) -> Iterator[Draft]:
        """Those that contracts, settings and code alone decide."""
        return help.drafts(self.ground)


def _titles(project: Project) -> dict[str, str]:
    """The titles of the pages that others are under, by their addresses."""
    packages = project.catalogue.contracts.packages.values()
    return {
        layout.words().data: say("Données"),
        **({layout.words().documentation: say("Documentation du générateur")} if project.settings.guides else {}),
        layout.words().specimens: say(specimens.TITLE),
        **{layout.package(package.name): package.title for package in packages},
        **{layout.article(article.name): article.title for article in project.articles if article.name != layout.FRONT},
        **{page.path: page.title for package in packages for page in package.pages if not page.per_record},
    }
