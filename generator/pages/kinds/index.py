"""A page that lists the records of a table, and shows other tables whole. Without a template of its own it is a table of the columns that
matter, or a tree, on as many pages as its rows need, with a list for each value of its facets.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.catalogue.listings import Leaf
from generator.catalogue.parts import Part, part_title
from generator.contracts.pages import Page as Declared
from generator.contracts.pages import PageKind
from generator.pages import searching
from generator.pages.draft import Draft, Ground, told
from generator.pages.listing import Block, Option, Step, blocks, options, sorts, steps
from generator.pages.sharing import Shared
from generator.pages.views import View
from generator.text.interface import say

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


@dataclass(frozen=True, slots=True)
class ListContext(Context):
    """What the template of a list that names none receives besides."""

    etapes: list[tuple[str, str]] = told("Les pages au-dessus, pour `p.fil`.")
    blocs: list[Block] = told("Ce que la page montre, table par table.")
    rang: int = told("Le rang de la page parmi celles de la liste, à partir de 1.")
    feuilles: list[Step] = told(
        "Les pages de la liste : `rang`, `adresse`, `premier`, `dernier` ; rien quand elle n’en a qu’une."
    )
    pages: int = told("Combien de pages a la liste.")
    avant: Step | None = told("La page d’avant, ou rien.")
    apres: Step | None = told("La page d’après, ou rien.")
    facettes: list[tuple[str, list[Option]]] = told(
        "Ses facettes : leur titre, leurs valeurs (`nom`, `adresse`, `lignes`, `ici`)."
    )
    partie: Part | None = told("La valeur dont la page est la liste, ou rien.")
    tri: dict[str, str] = told("La colonne par laquelle les lignes sont rangées, et dans quel sens.")
    lignes_en_tout: int = told("Combien de lignes a la liste.")


def drafts(declared: Declared, ground: Ground, kind: PageKind = KIND) -> Iterator[Draft]:
    """The page, or those of the list."""
    return _list(declared, ground) if declared.lists else _alone(declared, ground, kind)


def _list(declared: Declared, ground: Ground) -> Iterator[Draft]:
    """The pages of a list, then those of each value of its facets."""
    listings = ground.addresses.listings
    whole = len(ground.project.catalogue[declared.resource])
    for leaf in listings.of(declared):
        yield _leaf(declared, leaf, listings.of(declared), None, whole, ground)
    for facet in listings.facets(declared):
        for choice in facet.choices:
            for leaf in choice.leaves:
                yield _leaf(declared, leaf, choice.leaves, choice.part, len(choice.part.rows), ground)


def _leaf(
    declared: Declared, leaf: Leaf, leaves: Sequence[Leaf], part: Part | None, whole: int, ground: Ground
) -> Draft:
    """A page of a list."""
    first = leaf.rank == 1 and part is None
    named = declared.title if part is None else part_title(declared, part)
    title = named if leaf.rank == 1 else say("{title}, page {rank}", title=named, rank=leaf.rank)
    above = [(declared.title, declared.path)] if not first else []
    above += [(named, leaves[0].path)] if part is not None and leaf.rank > 1 else []
    named_pages = steps(leaves, leaf)
    context = ListContext(
        fiches=[ground.views.of(node.record) for node in leaf.nodes if node.record.resource.name == declared.resource],
        page=declared,
        options=declared.options,
        ancrees=[],
        vedettes=ground.views.put_forward(declared),
        etapes=above,
        blocs=list(blocks(leaf, declared, ground)),
        rang=leaf.rank,
        feuilles=named_pages,
        pages=len(leaves),
        avant=next((step for step in named_pages if step.rang == leaf.rank - 1), None),
        apres=next((step for step in named_pages if step.rang == leaf.rank + 1), None),
        facettes=options(ground.addresses.listings.facets(declared), leaf.path),
        partie=part,
        tri=sorts(declared),
        lignes_en_tout=whole,
    )
    more = searching.of_list(declared, ground) if first else searching.of_part(declared, None, ground)
    return Draft(
        leaf.path, title, declared.template_name(KIND), context, declared.description if first else "",
        shared=Shared(ground.package(declared.package), listing=True), more=more,
    )  # fmt: skip


def _alone(declared: Declared, ground: Ground, kind: PageKind) -> Iterator[Draft]:
    """A page with a template of its own."""
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
