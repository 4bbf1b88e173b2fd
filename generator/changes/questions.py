"""What somebody who reviews a change would ask of it. A question is no fault: each has a good answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.catalogue.records import Catalogue, Record
from generator.changes.consequences import Consequences
from generator.changes.diff import Cell, Pair, TableDiff
from generator.changes.release import Release
from generator.changes.values import is_figure, shown
from generator.contracts.model import Resource
from generator.text.interface import Sentence, count, sentence
from generator.text.numerals import NUMBER
from generator.values.types import canonical

GONE, GONE_SHARE = 3, 0.1  # rows of a table that are many to lose: so many at least, and this share of it
FAR = 2  # times: a figure that grew or shrank more


@dataclass(frozen=True, slots=True)
class Question:
    """A question, the kind that it is of, and the row that it is about, if any."""

    kind: str
    told: Sentence
    row: Record | None = None
    column: str = ""


def ask(
    old: Catalogue, new: Catalogue, tables: Sequence[TableDiff], reached: Consequences, releases: Sequence[Release]
) -> Iterator[Question]:
    """The questions, those on figures first."""
    for table in tables:
        resource = new.contracts.resources.get(table.name)
        if resource is not None:
            for pair in table.pairs:
                yield from _pair(pair, resource, new)
    for table in tables:
        yield from _table(table, old, new)
    yield from _columns(old, new)
    for found in reached.derived:
        if found.old is not None and found.old == found.new:
            message = "Un chiffre dont part ce calcul a changé, et son résultat non : est-ce voulu ?"
            yield Question("derived-unchanged", sentence(message), found.row, found.column)
    for release in releases:
        if not release.enough and release.new != release.old:
            message = "« {package} » passe de {old} à {new}, alors que ce changement demande {proposed} : le numéro convient-il ?"
            values = {"package": release.package, "old": release.old, "new": release.new, "proposed": release.proposed}
            yield Question("version", sentence(message, **values))


def _pair(pair: Pair, resource: Resource, catalogue: Catalogue) -> Iterator[Question]:
    """The questions on a row that changed."""
    figures = [cell for cell in pair.cells if is_figure(resource, cell.column) and None not in (cell.old, cell.new)]
    for cell in figures:
        told = _figure(cell)
        if told is not None:
            yield Question(*told, pair.new, cell.column)
    changed = {cell.column for cell in pair.cells}
    figures = [cell for cell in figures if canonical(cell.old) != canonical(cell.new)]
    if figures:
        yield from _beside(pair.new, changed, resource, catalogue, figures[0].column)
    elif changed & {resource.field(name).unit for name in resource.index}:
        message = "L’unité change et le nombre non : lequel des deux était faux ?"
        yield Question("unit-alone", sentence(message), pair.new)


def _beside(
    row: Record, changed: set[str], resource: Resource, catalogue: Catalogue, column: str
) -> Iterator[Question]:
    """The questions on what stands beside a figure that changed, and did not change with it."""
    texts = [n for n in resource.quoted if resource.field(n).type == "string"]
    printed = [n for n in texts if NUMBER.search(str(row[n] or ""))]
    source = source_columns(resource, catalogue)
    for name in printed:
        if name not in changed:
            message = "Le nombre change, « {title} » reste « {value} » : les deux s’accordent-ils ?"
            values = {"title": resource.field(name).title, "value": shown(row, name, catalogue)}
            yield Question("printed-unchanged", sentence(message, **values), row, name)
    if source and not changed & source:
        message = "Le chiffre change, sa source non : l’ancienne valeur était-elle mal recopiée ?"
        yield Question("source-unchanged", sentence(message), row, column)


def source_columns(resource: Resource, catalogue: Catalogue) -> set[str]:
    """The columns that say where a row comes from: those that name a row of a table of sources, with their group."""
    resources = catalogue.contracts.resources
    named = {
        name
        for key in resource.foreign_keys
        if key.resource in resources and resources[key.resource].cited_as
        for name in key.fields
    }
    groups = {resource.field(name).group for name in named} - {""}
    return named | {field.name for field in resource.fields if field.group in groups}


def _figure(cell: Cell) -> tuple[str, Sentence] | None:
    """The kind and the text of what a change of a figure looks like, the surest first."""
    old, new = canonical(cell.old), canonical(cell.new)
    one, other = old.lstrip("-"), new.lstrip("-")
    before, after = abs(float(old)), abs(float(new))
    if old != new and one == other:
        return "sign", sentence("Seul le signe change : est-ce voulu ?")
    if _swapped(one, other):
        return "digits-swapped", sentence("Deux chiffres ont changé de place : est-ce voulu ?")
    if before and after and _digits(one) == _digits(other) and before != after:
        return "power-of-ten", sentence("Seuls la virgule ou les zéros changent : l’ordre de grandeur est-il le bon ?")
    if before and after and not 1 / FAR <= after / before <= FAR:
        return "far", sentence("Le chiffre fait plus que doubler, ou perd plus de la moitié : est-ce voulu ?")
    return None


def _digits(text: str) -> str:
    """The digits of a number, without the zeros around them."""
    return text.replace(".", "").strip("0")


def _swapped(one: str, other: str) -> bool:
    """Whether two digits that follow one another changed places, and nothing else."""
    if len(one) != len(other):
        return False
    apart = [place for place, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    return (
        len(apart) == 2
        and apart[1] == apart[0] + 1
        and one[apart[0]] == other[apart[1]]
        and one[apart[1]] == other[apart[0]]
    )


def _columns(old: Catalogue, new: Catalogue) -> Iterator[Question]:
    """The columns that seem to be renamed."""
    for resource, one, other in alike_columns(old, new):
        message = "« {title} » : la colonne « {old} » semble renommée « {new} » ; faut-il changer ce nom ?"
        yield Question("column-renamed", sentence(message, title=resource.title, old=one, new=other))


def alike_columns(old: Catalogue, new: Catalogue) -> Iterator[tuple[Resource, str, str]]:
    """A column that is gone and another of its table, new, that says the same in every row."""
    for name, table in new.tables.items():
        before = old.tables.get(name)
        gone = [f for f in before.resource.fields if f.name not in table.resource.index] if before else []
        if before is None or not gone:
            continue
        fresh = [f for f in table.resource.fields if f.name not in before.resource.index]
        rows = [(before.by_key[key], row) for key, row in table.by_key.items() if key in before.by_key]
        for one, other in ((one, other) for one in gone for other in fresh if one.type == other.type):
            filled = any(row[other.name] is not None for _, row in rows)
            if filled and all(was[one.name] == row[other.name] for was, row in rows):
                yield table.resource, one.name, other.name


def _table(table: TableDiff, old: Catalogue, new: Catalogue) -> Iterator[Question]:
    """The questions on a table as a whole, and on the rows that seem renamed."""
    if table.name not in old.tables or table.name not in new.tables:
        return
    lost, before = len(table.removed) + table.more_removed, len(old.tables[table.name].by_key)
    before = table.totals.before if table.totals is not None else before
    if lost >= GONE and lost >= before * GONE_SHARE:
        message = "« {title} » perd {lost} sur {before} : sont-elles toutes à retirer ?"
        values = {"title": new.contracts.resources[table.name].title, "lost": count(lost, "ligne"), "before": before}
        yield Question("many-gone", sentence(message, **values))
    for pair in table.renamed:
        if pair.how == "alike":
            column = pair.new.resource.former_ids
            message = "Cette ligne semble être « {old} », renommée : est-ce bien la même ?"
            if column:
                message = "Cette ligne semble être « {old} », renommée : si c’est la même, notez-le dans « {column} »."
            told = sentence(message, old=canonical(pair.old.id[-1]), column=column)
            yield Question("renamed-alike", told, pair.new)
