"""The ways from row to row across tables: pages whose parts list rows of anywhere, and rows that have something in common."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from generator.catalogue.parts import Part
from generator.catalogue.related import Related
from generator.contracts.pages import Page
from generator.pages.draft import Ground
from generator.pages.views import View

SHARED_TOLD = 2  # things in common that are said of two rows


@dataclass(frozen=True, slots=True)
class Shown:
    """A part as templates see it: its name, its address, what of it makes an anchor, the row that it is about or none, its rows."""

    titre: str
    adresse: str
    nom: str
    sujet: View | None
    fiches: list[View]


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
    return Shown(part.name, part.path, name, subject, [ground.views.of(row) for row in part.rows])


def cutting_several(ground: Ground) -> list[Page]:
    """The pages that cut several tables, in the order of the contracts."""
    packages = ground.project.catalogue.contracts.packages.values()
    return [page for p in packages for page in p.pages if page.parts is not None and page.parts.tables]


def besides(own: Page, ground: Ground) -> list[tuple[Page, Callable[[View], list[str]]]]:
    """All of them but one, each with what gives the names of the parts where a row is."""
    return [(page, _names(page, ground)) for page in cutting_several(ground) if page is not own]


def _names(page: Page, ground: Ground) -> Callable[[View], list[str]]:
    divisions = ground.addresses.divisions
    return lambda view: [part.name for part in divisions.holding(page, view.record)]


def functions(ground: Ground) -> dict[str, Callable[..., Any]]:
    """What templates call these functions."""
    related, views, divisions = Related(ground.addresses), ground.views, ground.addresses.divisions

    def cuttings() -> list[tuple[Page, list[Shown]]]:
        return [(page, [shown(page, part, ground) for part in divisions.of(page)]) for page in cutting_several(ground)]

    def kin(view: View) -> list[Kin]:
        return [
            Kin(views.of(found.row), [views.of(row) for row in found.shared[:SHARED_TOLD]])
            for found in related.of(view.record)
        ]

    return {"decoupages": cuttings, "apparentees": kin}
