"""The ways from row to row across tables: pages whose parts list rows of anywhere, and rows that have something in common."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from generator.catalogue.parts import Part
from generator.contracts.model import Field, Resource
from generator.contracts.pages import Page
from generator.pages.cells import leaps
from generator.pages.draft import Ground
from generator.pages.views import View

SHARED_TOLD = 2  # things in common that are said of two rows


@dataclass(frozen=True, slots=True)
class Shown:
    """A part as templates see it: its name, its address, that of the page that names all the parts, what of it makes an anchor, the row
    that it is about or none; its rows, read when a template asks for them.
    """

    titre: str
    adresse: str
    toutes: str
    nom: str
    sujet: View | None
    read: Callable[[], list[View]] = field(compare=False)

    @property
    def fiches(self) -> list[View]:
        """Its rows."""
        return self.read()


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a list, and for each facet of the list the names of the parts where it is."""

    fiche: View
    parties: list[list[str]]


@dataclass(frozen=True, slots=True)
class Listed:
    """Rows of a table: its declaration, the facets (name, word) that place one of them at least, the lines."""

    table: Resource
    facettes: list[tuple[str, str]]
    lignes: list[Line]

    @property
    def colonnes(self) -> list[Field]:
        """The columns that the list shows."""
        return [self.table.field(name) for name in self.table.listing.columns]


@dataclass(frozen=True, slots=True)
class Kin:
    """A row that has something in common with another, and what: the rows that both name."""

    fiche: View
    communs: list[View]


def shown(page: Page, part: Part, ground: Ground) -> Shown:
    """A part of a page for templates."""
    prefix = page.parts.path.strip("/").replace("/", "-") if page.parts is not None else ""
    subject = None if part.about is None else ground.views.of(part.about)
    name = f"{prefix}-{part.slug}" if prefix else part.slug
    return Shown(part.name, part.path, page.path, name, subject, lambda: [ground.views.of(row) for row in part.rows])


def cutting_several(ground: Ground) -> list[Page]:
    """The pages that cut several tables, in the order of the contracts."""
    packages = ground.project.catalogue.contracts.packages.values()
    return [page for p in packages for page in p.pages if page.parts is not None and page.parts.tables]


def by_table(part: Shown, own: Page, ground: Ground) -> list[Listed]:
    """The rows of a part, table by table, each with its place on the pages that cut several tables, but for the one that lists it."""
    others = [page for page in cutting_several(ground) if page is not own]
    across = [ground.addresses.divisions.across(own, part.adresse, page) for page in others]
    tables: dict[str, list[tuple[View, list[list[str]]]]] = {}
    for view, *names in zip(part.fiches, *across, strict=True):
        tables.setdefault(view.record.resource.name, []).append((view, names))
    return [_listed(rows, others) for rows in tables.values()]


def _listed(rows: list[tuple[View, list[list[str]]]], pages: list[Page]) -> Listed:
    """Rows of one table with their parts on each page, and the pages that have a place for one of them at least, and not the same for all."""
    columns = list(zip(*(names for _, names in rows), strict=True))
    used = [
        rank
        for rank, names in enumerate(columns)
        if any(names) and (len(rows) == 1 or any(each != names[0] for each in names))
    ]
    lines = [Line(view, [names[rank] for rank in used]) for view, names in rows]
    return Listed(rows[0][0].record.resource, [facet(pages[rank]) for rank in used], lines)


def facet(page: Page) -> tuple[str, str]:
    """How a page that cuts several tables is named above the parts of a row, and its address as a word."""
    name = page.parts.name if page.parts is not None else ""
    return name or page.title, page.path.strip("/").replace("/", "-")


def leading(parts: Iterable[Shown], own: Shown) -> str:
    """Links to the parts of a page, each the item of a list; the one of the page itself says so."""
    return leaps([(part.titre, part.adresse) for part in parts], own.adresse)


def functions(ground: Ground) -> dict[str, Callable[..., Any]]:
    """What templates call these functions."""
    related, views, divisions = ground.related, ground.views, ground.addresses.divisions
    pages = {
        page.path: page for package in ground.project.catalogue.contracts.packages.values() for page in package.pages
    }

    def cuttings() -> list[tuple[Page, list[Shown]]]:
        return [(page, [shown(page, part, ground) for part in divisions.of(page)]) for page in cutting_several(ground)]

    def part_of(path: str, view: View) -> str:
        page = pages[path]
        return next((part.path for part in divisions.holding(page, view.record)), page.path)

    def kin(view: View) -> list[Kin]:
        return [
            Kin(views.of(found.row), [views.of(row) for row in found.shared[:SHARED_TOLD]])
            for found in related.of(view.record)
        ]

    return {"decoupages": cuttings, "partie_de": part_of, "apparentees": kin, "liens_des_parties": leading}
