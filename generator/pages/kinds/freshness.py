"""A page that lists what is to be looked at again: horizons that have passed, rows that are to be verified, dead addresses."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from generator.catalogue.freshness import Kept, State, due, followed, kept, state
from generator.catalogue.records import Record
from generator.contracts.pages import Page as Declared
from generator.contracts.pages import PageKind
from generator.pages.draft import Draft, Ground, told
from generator.pages.views import View

KIND = PageKind(template="freshness.html")


@dataclass(frozen=True, slots=True)
class Row:
    """A row to look at again, what holds it, and what is said of it."""

    ligne: View
    dans: View | None
    etat: State | None
    lieu: Kept | None


@dataclass(frozen=True, slots=True)
class Context:
    """What the template of a page of what is to be looked at again receives."""

    page: Declared = told("La déclaration de la page.")
    options: object = told("Les options que le contrat donne à la page.")
    date: str = told("La date de référence.")
    suivies: int = told("Combien de lignes disent si elles restent sûres.")
    echues: list[Row] = told(
        "Celles dont l’échéance est passée : `ligne`, `dans` (celle qui la contient, ou rien), `etat`, `lieu`."
    )
    retards: list[Row] = told("De même, celles qui sont à revérifier.")
    sans_date: list[Row] = told("De même, celles dont la vérification n’a pas de date.")
    mortes: list[Row] = told("De même, les sources dont l’adresse ne répond plus.")
    sources: list[Row] = told("De même, toutes les sources dont une table dit où elles se lisent.")


def drafts(declared: Declared, ground: Ground) -> Iterator[Draft]:
    """The page."""
    catalogue, today = ground.project.catalogue, datetime.date.fromisoformat(ground.date)
    found = due(catalogue, today)

    def rows(records: Iterable[Record]) -> list[Row]:
        return [_row(record, ground, today) for record in records]

    vaults = [resource.name for resource in catalogue.contracts.resources.values() if resource.vault is not None]
    context = Context(
        page=declared,
        options=declared.options,
        date=ground.date,
        suivies=sum(1 for _ in followed(catalogue)),
        echues=rows(found.passed),
        retards=rows(found.overdue),
        sans_date=rows(found.undated),
        mortes=rows(found.dead),
        sources=rows(record for name in vaults for record in catalogue[name]),
    )
    yield Draft(declared.path, declared.title, declared.template_name(KIND), context, declared.description)


def _row(record: Record, ground: Ground, today: datetime.date) -> Row:
    above = ground.views.of(record.parent) if record.parent is not None else None
    return Row(ground.views.of(record), above, state(record, today), kept(record))
