"""A page that lists the records of a table, and shows other tables whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.contracts.pages import Page as Declared
from generator.contracts.pages import PageKind
from generator.pages import searching
from generator.pages.draft import Draft, Ground, told
from generator.pages.sharing import Shared
from generator.pages.views import View

KIND = PageKind(template="index.html", needs_table=True, column_options=("groupe",))


@dataclass(frozen=True, slots=True)
class Context:
    """What the template of a page that is not that of a record receives."""

    fiches: list[View] = told("Les lignes de la table de la page.")
    page: Declared = told("La déclaration de la page.")
    options: object = told("Les options que le contrat donne à la page.")
    ancrees: list[dict[str, object]] = told(
        "Les autres tables que la page montre entières : `table`, `lignes`, `colonnes`."
    )
    vedettes: list[View] = told("Les lignes que le contrat met en avant.")


def drafts(declared: Declared, ground: Ground, kind: PageKind = KIND) -> Iterator[Draft]:
    """The page."""
    context = Context(
        fiches=ground.views.table(declared.resource) if declared.resource else [],
        page=declared,
        options=declared.options,
        ancrees=anchored(declared, ground),
        vedettes=ground.views.put_forward(declared),
    )
    yield Draft(
        declared.path, declared.title, declared.template_name(kind), context, declared.description,
        shared=Shared(ground.package(declared.package), listing=True),
        more=searching.of_list(declared, ground),
    )  # fmt: skip


def anchored(declared: Declared, ground: Ground) -> list[dict[str, object]]:
    """The other tables that a page shows whole, so that their records have an address."""
    found: list[dict[str, object]] = []
    for name in declared.anchors:
        rows = ground.views.table(name)
        if name != declared.resource and rows:
            resource = rows[0].record.resource
            columns = [f.name for f in resource.shown if any(row[f.name] is not None for row in rows)]
            first = [resource.label] if resource.label in columns else []
            others = [column for column in columns if column not in first]
            found.append({"table": resource, "lignes": rows, "colonnes": first + others})
    return found
