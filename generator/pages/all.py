"""All the pages of a site, one after the other, each at its own address."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from generator import layout
from generator.catalogue.project import Project
from generator.diagnostics.finding import Diagnostic
from generator.packages.descriptor import Built
from generator.packages.validation import Report, version
from generator.pages import addresses, data, declared, fixed, help
from generator.pages.page import Page
from generator.pages.renderer import Renderer
from generator.pages.views import Views
from generator.text.interface import say, sentence


class Site:
    """The pages of a project. Rendering them one by one, `clashes` gathers the addresses that are taken twice."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.resolve = addresses.resolver(project.catalogue, [article.name for article in project.articles])
        self.renderer = Renderer(
            project.root, project.settings, Views(project.catalogue), self.resolve, project.articles
        )
        self.clashes: list[Diagnostic] = []

    def pages(self, built: Sequence[Built], reports: Sequence[Report]) -> Iterator[Page]:
        """Every page, in a fixed order; of two at one address the first is kept and the other reported."""
        seen: dict[str, Diagnostic | None] = {}  # what is kept of a page: its text would fill the memory
        for page in self._all(built, reports):
            folded = page.path.casefold()
            reserved = page.path.split("/")[0] in layout.RESERVED
            if reserved or folded in seen:
                if page.blame is not None:
                    self.clashes.append(_clash(page.path, page.blame, reserved, seen.get(folded)))
                continue
            seen[folded] = page.blame
            yield page

    def _all(self, built: Sequence[Built], reports: Sequence[Report]) -> Iterator[Page]:
        articles = self.project.articles
        yield from fixed.render_fixed(self.renderer, any(a.name == fixed.HOME for a in articles))
        yield from data.render(self.renderer, built, reports, version())
        yield from help.render(self.renderer)
        yield from fixed.render_articles(articles, self.renderer, self.resolve)
        for package in self.project.catalogue.contracts.packages.values():
            for page in package.pages:
                yield from declared.render(page, self.renderer)
        for resource in self.project.catalogue.contracts.resources.values():
            if resource.former_ids:
                yield from declared.moved(resource.name, self.renderer)


def _clash(path: str, blame: Diagnostic, reserved: bool, other: Diagnostic | None) -> Diagnostic:
    """The blame for an address already taken, saying by what."""
    owner = say("une page du site") if other is None else str(other.position)
    message = "L’adresse « {path} » est réservée." if reserved else "L’adresse « {path} » est déjà prise ({owner})."
    return replace(blame, message=sentence(message, path=path, owner=owner))
