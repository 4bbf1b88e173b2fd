"""What cuts several tables at once: the pages whose parts list rows of anywhere, and what each row is there."""

from __future__ import annotations

from collections.abc import Callable

from generator.contracts.pages import Page
from generator.pages.draft import Ground
from generator.pages.views import View


class Facets:
    """The pages that cut several tables, in the order of the contracts."""

    def __init__(self, ground: Ground) -> None:
        self._divisions = ground.addresses.divisions
        packages = ground.project.catalogue.contracts.packages.values()
        self.pages = [page for p in packages for page in p.pages if page.parts is not None and page.parts.tables]

    def besides(self, own: Page) -> list[tuple[Page, Callable[[View], list[str]]]]:
        """All of them but one, each with what gives the names of the parts where a row is."""
        return [(page, self._names(page)) for page in self.pages if page is not own]

    def _names(self, page: Page) -> Callable[[View], list[str]]:
        return lambda view: [part.name for part in self._divisions.holding(page, view.record)]
