"""Which columns the list of a table shows beside the name of each row, and in which order its rows stand."""

from __future__ import annotations

from collections.abc import Sequence

from generator.catalogue.records import Catalogue, Record
from generator.contracts.model import Field, ForeignKey, Resource
from generator.contracts.pages import Page
from generator.text.spoken import order
from generator.values.types import Value, canonical

MOST_COLUMNS = 5  # of a list whose rows have a page of their own, its name among them
_SHORT = 60  # letters of a text that a cell shows whole
_DATED = ("date", "datetime", "year", "yearmonth")
_NUMBERS = ("number", "integer")
_APART = ("uri", "email", "uuid", "binary")  # formats of texts that tell little in a list
_WIDE = ("object", "array", "geojson", "geopoint", "list")


def columns(resource: Resource, page: Page | None, whole: bool) -> tuple[str, ...]:
    """The columns of a list, that of the name first: those that its page or its table declares, else all of them when the list is the
    only place where they are shown (`whole`), else those that tell most in little room, in the order of the contract.
    """
    named = naming(resource)
    declared = (page.layout.columns if page is not None else ()) or resource.listing.columns
    others = [f for f in resource.shown if f.name not in named]
    if whole:
        told = [f.name for f in sorted(others, key=lambda f: f.prose)]
        return tuple(dict.fromkeys((*named, *declared, *told)))
    if declared:
        return tuple(dict.fromkeys((*named, *declared)))
    ranked = sorted((rank, place) for place, f in enumerate(others) if (rank := _rank(f, resource)) is not None)
    kept = {place for _, place in ranked[: max(MOST_COLUMNS - len(named), 0)]}
    return (*named, *(f.name for place, f in enumerate(others) if place in kept))


def naming(resource: Resource) -> tuple[str, ...]:
    """The columns that name a row: its label, or the parts of its key, those of its own before those that name other rows."""
    if resource.label and not resource.unnamed:
        return (resource.label,)
    return tuple(sorted(resource.primary_key, key=lambda name: key_of(resource, name) is not None))


def key_of(resource: Resource, column: str) -> ForeignKey | None:
    """The foreign key that ends at a column."""
    return next((key for key in resource.foreign_keys if key.fields[-1] == column), None)


def _rank(field: Field, resource: Resource) -> tuple[int, bool] | None:
    """How much a column tells in little room: the lowest is the first to be kept, None for one that is kept in no list."""
    key = key_of(resource, field.name)
    if field.prose or field.format in _APART or field.type in _WIDE:
        return None
    if key is None and (field.placed or field.name in resource.primary_key):
        return None
    aside = 10 if field.group or (key is not None and key.resource == resource.name) else 0
    if field.categories or field.constraints.enum or key is not None:
        return aside + 1, not field.required
    if field.type in _DATED or field.type in _NUMBERS:
        return aside + 2, not field.required
    longest = field.constraints.max_length
    short = field.required or (longest is not None and longest <= _SHORT)
    return aside + (3 if short else 4 if field.type == "boolean" else 5), not field.required


# --- Their order -----------------------------------------------------------------------------------------------------


def ordered(rows: Sequence[Record], page: Page, catalogue: Catalogue) -> list[Record]:
    """The rows of a list: as its page declares, else by their names as French orders words. Rows whose table says their rank, or gives
    them no name, stay in the order of their files.
    """
    resource = catalogue.contracts.resources[page.resource]
    ranked = bool(resource.rows.rank) or resource.unnamed
    sorts = page.layout.sort or (() if ranked else (resource.label,))
    found = list(rows)
    for name in reversed([name for name in sorts if name.removeprefix("-") in resource.index]):
        column = name.removeprefix("-")
        filled = [row for row in found if row[column] is not None]
        filled.sort(key=lambda row: _place(row, column, catalogue), reverse=name != column)
        found = [*filled, *(row for row in found if row[column] is None)]
    return found


def _place(row: Record, column: str, catalogue: Catalogue) -> tuple[object, ...]:
    """What orders a value among those of its column: a number, a category by its place when they are in order, else words."""
    field, value = row.resource.field(column), row[column]
    key = key_of(row.resource, column)
    target = catalogue.target(row, key) if key is not None else None
    if target is not None:
        return order(target.label)
    if column == row.resource.label and field.type == "string":
        return order(row.label)
    return _natural(field, value)


def _natural(field: Field, value: Value | None) -> tuple[object, ...]:
    if field.categories_ordered:
        known = [name for name, _ in field.categories]
        return (known.index(str(value)) if str(value) in known else len(known), canonical(value))
    if field.type in _NUMBERS:
        return (value,)
    words = field.label(value) if field.categories else canonical(value)
    return order(words)
