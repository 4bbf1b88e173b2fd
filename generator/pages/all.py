"""All the pages of a site, one after the other, each at its own address."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from generator import layout
from generator.catalogue.project import Project
from generator.diagnostics.finding import Diagnostic
from generator.packages.descriptor import Built
from generator.packages.validation import Verdict, version
from generator.pages import data, fixed, help, moved
from generator.pages.draft import Draft, ground
from generator.pages.kinds import kinds
from generator.pages.page import Page, finish
from generator.pages.renderer import Renderer
from generator.text.interface import say, sentence


class Pages:
    """The pages of a project. Rendering them one by one, `clashes` gathers the addresses that are taken twice."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.ground = ground(project)
        self.renderer = Renderer(self.ground)
        self.clashes: list[Diagnostic] = []

    def pages(self, built: Sequence[Built], reports: Sequence[Verdict]) -> Iterator[Page]:
        """Every page, in a fixed order; of two at one address the first is kept and the other reported."""
        seen: dict[str, Diagnostic | None] = {}  # what is kept of a page: its text would fill the memory
        for draft in self._drafts(built, reports):
            folded = draft.path.casefold()
            reserved = draft.path.split("/")[0] in layout.RESERVED
            if reserved or folded in seen:
                if draft.blame is not None:
                    self.clashes.append(_clash(draft.path, draft.blame, reserved, seen.get(folded)))
                continue
            seen[folded] = draft.blame
            yield finish(self.renderer, draft)

    def _drafts(self, built: Sequence[Built], reports: Sequence[Verdict]) -> Iterator[Draft]:
        yield from fixed.fixed(self.ground)
        yield from data.drafts(self.ground, built, reports, version())
        yield from help.drafts(self.ground)
        yield from fixed.articles(self.ground, self.renderer.link_url)
        for package in self.project.catalogue.contracts.packages.values():
            for page in package.pages:
                yield from kinds()[page.kind].drafts(page, self.ground)
        yield from moved.drafts(self.ground)


def _clash(path: str, blame: Diagnostic, reserved: bool, other: Diagnostic | None) -> Diagnostic:
    """The blame for an address already taken, saying by what."""
    owner = say("une page du site") if other is None else str(other.position)
    message = "L’adresse « {path} » est réservée." if reserved else "L’adresse « {path} » est déjà prise ({owner})."
    return replace(blame, message=sentence(message, path=path, owner=owner))
