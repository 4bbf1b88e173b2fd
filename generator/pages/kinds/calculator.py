"""A page that computes: an example that a table holds, with what it starts from, what follows and how; its script (calculer.js) does
the same with the numbers of whoever reads, by the same formulas.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.catalogue.deriving import MOST_STEPS
from generator.contracts.derive import Series
from generator.contracts.model import Field, Resource
from generator.contracts.pages import Page as Declared
from generator.contracts.pages import PageKind
from generator.pages import searching
from generator.pages.cells import label
from generator.pages.draft import Draft, Ground, told
from generator.pages.sharing import Shared
from generator.pages.views import View
from generator.rules.order import Order
from generator.rules.rule import typeset
from generator.text.expressions import Expression
from generator.text.interface import say
from generator.text.spoken import formula_words, lowered
from generator.values.types import canonical

KIND = PageKind(template="calculator.html", needs_table=True, computes=True)

SCRIPT = "calculer"  # of the theme


@dataclass(frozen=True, slots=True)
class Block:
    """Rows of one table: the example alone, or those nested in it; what they start from, what is computed of them."""

    table: Resource
    lignes: list[View]
    noms: list[str]
    entrees: list[Field]
    sorties: list[Field]


@dataclass(frozen=True, slots=True)
class Steps:
    """A series that starts from each row of a table: its own table, how it is declared, its steps, and the values of each row there."""

    table: Resource
    serie: Series
    lignes: list[View]
    noms: list[str]
    etapes: list[tuple[object, list[object]]]

    @property
    def valeur(self) -> Field:
        """The column of its values."""
        return self.table.field(self.serie.value)


@dataclass(frozen=True, slots=True)
class Context:
    """What the template of a page that computes receives."""

    fiche: View = told("La ligne qui sert d’exemple.")
    page: Declared = told("La déclaration de la page.")
    options: object = told("Les options que le contrat donne à la page.")
    etapes: list[tuple[str, str]] = told("Les pages au-dessus, pour `p.fil`.")
    blocs: list[Block] = told(
        "Ce dont le calcul part et ce qu’il donne : `table`, `lignes` et leurs `noms`, `entrees` et `sorties`, ses colonnes."
    )
    series: list[Steps] = told(
        "Les séries : `table`, `serie`, `lignes` dont elles partent et leurs `noms`, `valeur`, `etapes` (le pas, les valeurs)."
    )
    formules: list[tuple[str, str]] = told("Comment chaque résultat se calcule : son titre, le calcul en mots.")
    pas_de: dict[str, Field] = told("La colonne des étapes de chaque série, par le nom de sa table.")
    modele: str = told("Le même calcul, en JSON, pour le script.")


def drafts(declared: Declared, ground: Ground) -> Iterator[Draft]:
    """The page, when its table has a row; the check says when it has none."""
    example = next(iter((*ground.views.put_forward(declared), *ground.views.table(declared.resource))), None)
    if example is None:
        return
    series = list(_series(example, ground))
    blocks = _blocks(example, [formula for steps in series for formula in steps.serie.formulas], ground)
    pages = ground.package(declared.package).pages
    context = Context(
        fiche=example,
        page=declared,
        options=declared.options,
        etapes=[(p.title, p.path) for p in pages if not p.per_record and p.path and _above(p, declared)],
        blocs=blocks,
        series=series,
        formules=list(_formulas(blocks, series)),
        pas_de={steps.table.name: steps.table.field(steps.serie.at) for steps in series},
        modele=json.dumps(_model(blocks, series, ground), ensure_ascii=False, separators=(",", ":")),
    )
    yield Draft(
        declared.path, declared.title, declared.template_name(KIND), context, declared.description,
        source=example.record.document.path, shared=Shared(ground.package(declared.package), listing=True),
        more=searching.of_list(declared, ground) | {"script": SCRIPT},
    )  # fmt: skip


def _above(page: Declared, declared: Declared) -> bool:
    return page.path != declared.path and declared.path.startswith(page.path)


def _tables(example: View, ground: Ground) -> list[tuple[Resource, list[View]]]:
    """The table of the example and those nested in it, with its rows there."""
    own = example.record.resource
    nested = ground.project.catalogue.contracts.children(own.name)
    return [(own, [example]), *((child, ground.views.children(example.record, child.name)) for child in nested)]


def _blocks(example: View, formulas: Sequence[Expression], ground: Ground) -> list[Block]:
    """What is computed, table by table, and the numbers from which it starts; the table of the example first, whatever it has."""
    tables = [(table, rows) for table, rows in _tables(example, ground) if rows]
    all = [*formulas, *(f.computed for table, _ in tables for f in table.fields if f.computed is not None)]
    named = {name for formula in all for name in formula.names}
    found = []
    for table, rows in tables:
        starts = [f for f in table.fields if f.name in named and not f.filled]
        results = [f for f in table.fields if f.computed is not None and set(f.computed.names) <= _reach(table, tables)]
        if starts or results or table is example.record.resource:
            found.append(Block(table, rows, _named(rows), starts, results))
    return found


def _named(rows: Sequence[View]) -> list[str]:
    """The names of rows, a category by its word."""
    name = rows[0].record.resource.label
    return [label(row, name) if row[name] is not None else row.record.label for row in rows]


def _reach(table: Resource, tables: Sequence[tuple[Resource, list[View]]]) -> set[str]:
    """The columns from which those of a table may be computed here."""
    return {f.name for other, _ in tables for f in other.fields if other is table or table.parent == other.name}


def _series(example: View, ground: Ground) -> Iterator[Steps]:
    """The series that start from the example, or from the rows nested in it."""
    origins = {table.name: rows for table, rows in _tables(example, ground)}
    for table in ground.project.catalogue.contracts.resources.values():
        derive = table.derive
        if isinstance(derive, Series) and not derive.ending and origins.get(derive.of):
            rows = origins[derive.of]
            yield Steps(table, derive, rows, _named(rows), _steps(table, derive, rows, ground))


def _steps(table: Resource, series: Series, rows: list[View], ground: Ground) -> list[tuple[object, list[object]]]:
    found: dict[object, list[object]] = {}
    for view in ground.views.table(table.name):
        origin = next((rank for rank, row in enumerate(rows) if view.record.parent is row.record), None)
        if origin is not None:
            found.setdefault(view[series.at], [None] * len(rows))[origin] = view[series.value]
    return sorted(found.items(), key=lambda item: str(item[0]))


def _formulas(blocks: Sequence[Block], series: Sequence[Steps]) -> Iterator[tuple[str, str]]:
    """Each result and how it is computed, with the titles of columns for their names."""
    tables = [*(block.table for block in blocks), *(steps.table for steps in series)]
    titles = {column.name: lowered(column.title) for table in tables for column in table.fields}
    for block in blocks:
        for column in block.sorties:
            if column.computed is not None:
                yield column.title, _in_words(column.computed, titles)
    for steps in series:
        yield say("{valeur}, au départ", valeur=steps.valeur.title), _in_words(steps.serie.start, titles)
        for formula in steps.serie.following:
            before = say("{valeur} d’avant", valeur=lowered(steps.valeur.title))
            yield (
                say("{valeur}, ensuite", valeur=steps.valeur.title),
                _in_words(formula, titles | {steps.serie.value: before}),
            )


def _in_words(formula: Expression, titles: dict[str, str]) -> str:
    return "".join(
        (titles.get(word, word) if name else word) + space for word, name, space in formula_words(formula.text)
    )


def _model(blocks: Sequence[Block], series: Sequence[Steps], ground: Ground) -> dict[str, object]:
    """The calculation as the script reads it: columns with their trees (text/expressions.py), and the values of the example."""
    return {
        "pas": MOST_STEPS,
        "blocs": [
            {
                "nom": block.table.name,
                "entrees": [_entry(column, block) for column in block.entrees],
                "sorties": [
                    {"nom": f.name, "titre": f.title, "decimales": f.decimals, "arbre": f.computed.tree()}
                    for f in block.sorties
                    if f.computed is not None
                ],
                "lignes": block.noms,
                "ordres": list(_orders(block, ground)),
            }
            for block in blocks
        ],
        "series": [
            {
                "nom": steps.table.name,
                "de": steps.serie.of,
                "pas": steps.serie.at,
                "valeur": steps.serie.value,
                "decimales": steps.valeur.decimals,
                **{name: formula.tree() for name, formula in _bounds(steps.serie)},
                "suite": [{"arbre": f.tree(), "noms": f.names} for f in steps.serie.following],
            }
            for steps in series
        ],
    }


def _orders(block: Block, ground: Ground) -> Iterator[dict[str, str]]:
    """The rules of the table by which one of the numbers to give is at most another, and what they say."""
    asked = {column.name for column in block.entrees}
    for rule in ground.project.catalogue.contracts.rules.get(block.table.name, ()):
        if isinstance(rule, Order) and not rule.when.wanted and {rule.low, rule.high} <= asked:
            yield {"bas": rule.low, "haut": rule.high, "phrase": typeset(rule.message)}


def _bounds(series: Series) -> Iterator[tuple[str, Expression]]:
    return zip(("premier", "dernier", "chaque", "depart"), series.of_row, strict=True)


def _entry(column: Field, block: Block) -> dict[str, object]:
    """A number to be given: what it may be, and those of the example."""
    asked = column.constraints
    return {
        "nom": column.name,
        "titre": column.title,
        "entier": column.type != "number",
        "min": canonical(asked.minimum),
        "max": canonical(asked.maximum),
        "exemple": [canonical(row[column.name]) for row in block.lignes],
    }
