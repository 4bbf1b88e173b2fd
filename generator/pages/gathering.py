"""What templates gather, so that they only show: rows chosen, put together, grouped, ordered, counted.

A row is most often a view; it may be a tuple or a mapping, as other functions of templates give them. What to read of it is
the name of a column or of a nested list, a path through what references lead to (`parcelle.jardin.nom`), or a place in a
tuple (0 is the first). Nothing is changed in place: each function gives a new list.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from generator.contracts.model import Resource
from generator.pages.templates import reach
from generator.pages.views import View, Views
from generator.text.french import fold
from generator.text.names import steps
from generator.text.spoken import alphabetical

Column = str | int
Read = Callable[[Any], Any]


def functions(views: Views) -> dict[str, Callable[..., Any]]:
    """What templates call these functions."""
    return {
        "avec": having, "sans": lacking, "reunis": union, "ensemble": combined, "sauf": except_for,
        "utilise_par": partial(used_by, views), "colonne_vers": naming_column, "regroupe": grouped,
        "categories": by_category, "par_initiale": by_initial, "par_date": by_date, "voisines": neighbours, "total": total,
        "bouts": other_ends, "pareilles": alike, "fondues": merged,
    }  # fmt: skip


def having(rows: Iterable[Any], column: Column, *values: Any) -> list[Any]:
    """Rows whose column is filled (a « no » is not) or, given values, holds one of them."""
    holds = _holding(column, values)
    return [row for row in rows if holds(row)]


def lacking(rows: Iterable[Any], column: Column, *values: Any) -> list[Any]:
    """The rows that `having` leaves out."""
    holds = _holding(column, values)
    return [row for row in rows if not holds(row)]


def _holding(column: Column, values: Sequence[Any]) -> Callable[[Any], bool]:
    """Whether a row holds one of these values; they may come in lists. A reference is compared as it is written, or
    followed when a record is among the values.
    """
    wanted = frozenset(_laid_out(values, list | tuple))
    read = _reader(column, _led if any(isinstance(value, View) for value in wanted) else _written)
    if values:
        return lambda row: read(row) in wanted
    return lambda row: _filled(read(row))


def _filled(value: object) -> bool:
    return value is not None and value is not False and value != "" and value != []


def union(rows: Iterable[Any], *columns: Column) -> list[Any]:
    """All that these columns lead to, row by row, each once: records named, rows of nested lists, values."""
    paths = [_steps(column) for column in columns]
    return list(dict.fromkeys(end for row in rows for path in paths for end in _ends(row, path)))


def combined(*parts: Any) -> list[Any]:
    """Lists end to end, and what stands alone among them, each once; nothing for an absent part."""
    return list(dict.fromkeys(part for part in _laid_out(parts, list) if part is not None))


def except_for(rows: Iterable[Any], *others: Any) -> list[Any]:
    """The rows that are not among others: lists, or rows alone."""
    left_out = frozenset(_laid_out(others, list))
    return [row for row in rows if row not in left_out]


def used_by(views: Views, rows: View | list[View] | None, *tables: str) -> list[View]:
    """The rows of these tables that name one of these rows, by any column: row by row, table by table, each once."""
    named = combined(rows)
    return list(dict.fromkeys(user for row in named for table in tables for user in views.referring(row.record, table)))


def naming_column(resource: Resource, other: str) -> str:
    """The column by which a table names a row of another, the first one if there are several; "" if there is none."""
    return next((key.fields[-1] for key in resource.foreign_keys if key.resource == other), "")


def grouped(rows: Iterable[Any], column: Column, order: Iterable[Any] | None = None) -> list[tuple[Any, list[Any]]]:
    """(what a column leads to, its rows): in order of first appearance, or in this order, without what it leaves out."""
    read = _reader(column, _led)
    groups: dict[Any, list[Any]] = {}
    for row in rows:
        groups.setdefault(read(row), []).append(row)
    return list(groups.items()) if order is None else [(value, groups[value]) for value in order if value in groups]


def by_category(rows: Sequence[View], column: str) -> list[tuple[str, str, list[View]]]:
    """(category, label, its rows), in the order in which the contract lists the categories."""
    declared = rows[0].record.resource.field(column).categories if rows else ()
    labels = dict(declared)
    return [(value, labels[value], found) for value, found in grouped(rows, column, labels)]


def by_initial(rows: Iterable[Any]) -> list[tuple[str, list[Any]]]:
    """(first letter of the name, its rows), in alphabetical order; letters are capitals without accents."""
    groups: dict[str, list[Any]] = {}
    for row in alphabetical(rows):
        groups.setdefault(fold(str(row))[:1].upper(), []).append(row)
    return list(groups.items())


def by_date(rows: Iterable[View], *columns: str) -> list[tuple[str, View]]:
    """(date, row) of rows of any tables, from the oldest: the date is the first of these columns that the row fills, as
    text; rows without date are left out.
    """
    dated = ((next(_dates(row, columns), ""), row) for row in rows)
    return sorted((pair for pair in dated if pair[0]), key=operator.itemgetter(0))


def _dates(row: View, columns: Sequence[str]) -> Iterator[str]:
    """The dates that a row has in those of these columns that its table has."""
    return (str(row[c]) for c in columns if c in row.record.resource.index and row[c] is not None)


def neighbours(rows: Sequence[Any], row: Any) -> tuple[Any, Any]:
    """(what stands before a row in a list, what stands after it), None at the ends."""
    place = next((rank for rank, each in enumerate(rows) if each is row), -1)
    place = rows.index(row) if place < 0 else place
    return rows[place - 1] if place else None, rows[place + 1] if place + 1 < len(rows) else None


def other_ends(links: Iterable[Any], row: Any, *columns: Column) -> list[Any]:
    """What these columns of links lead to from a row that one of them names: the other ends, each once."""
    return except_for(union((link for link in links if row in union([link], *columns)), *columns), row)


def alike(rows: Iterable[Any], row: Any, *columns: Column) -> list[Any]:
    """The rows that hold in all these columns what a row holds there."""
    reads = [_reader(column, _written) for column in columns]
    held = [read(row) for read in reads]
    return [each for each in rows if [read(each) for read in reads] == held]


def merged(rows: Sequence[Any], links: Sequence[Any], ends: Sequence[Column], *columns: Column) -> list[list[Any]]:
    """Rows gathered when a link ties them (by its two `ends`) and they are alike in these columns, else alone; in the order of
    the first of each. So a value that a source repeats is one, with several places.
    """
    groups: list[list[Any]] = []
    for row in rows:
        tied = alike(other_ends(links, row, *ends), row, *columns)
        group = next((group for group in groups if any(each in tied for each in group)), None)
        if group is None:
            groups.append([row])
        else:
            group.append(row)
    return groups


def total(rows: Iterable[Any], *path: Any) -> Any:
    """The sum of what these steps lead to, one after the other: columns, places, keys of a mapping. A list counts for its
    length, what is absent for nothing.
    """
    return sum(_amount(row, path) for row in rows)


def _amount(value: Any, path: Sequence[Any]) -> Any:
    for step in path:
        value = value.get(step) if isinstance(value, Mapping) else _led(value, step)
    return len(value) if isinstance(value, Sequence) and not isinstance(value, str) else value or 0


# --- What a row holds ------------------------------------------------------------------------------------------------


def _steps(column: Column) -> tuple[Column, ...]:
    return (column,) if isinstance(column, int) else steps(column)


def _reader(column: Column, last: Callable[[Any, Any], Any]) -> Read:
    """What reads a column of a row; `last` takes the last step of a path."""
    *above, end = _steps(column)
    if not above:
        return lambda row: last(row, end)

    def read(row: Any) -> Any:
        for step in above:
            row = _led(row, step)
        return last(row, end)

    return read


def _led(row: Any, step: Column) -> Any:
    """What one step leads to: a value, the record that a reference names, a nested list; nothing from nothing."""
    if row is None:
        return None
    if isinstance(row, View) and isinstance(step, str) and not step.startswith("_"):
        return getattr(row, step)  # a column, a nested list
    return row[step] if isinstance(step, int) or isinstance(row, Mapping) else reach(row, step)


def _written(row: Any, step: Column) -> Any:
    """The same, but a reference is left as it is written."""
    if isinstance(row, View) and step in row.record.resource.index:
        return row.record.values[row.record.resource.index[str(step)]]
    return _led(row, step)


def _ends(value: Any, path: Sequence[Column]) -> Iterator[Any]:
    """All that a path leads to, through nested lists."""
    if isinstance(value, list):
        for each in value:
            yield from _ends(each, path)
    elif value is not None and path:
        yield from _ends(_led(value, path[0]), path[1:])
    elif value is not None:
        yield value


def _laid_out(parts: Iterable[Any], kind: Any) -> Iterator[Any]:
    """Parts one by one, those of lists instead of the lists."""
    for part in parts:
        if isinstance(part, kind):
            yield from part
        else:
            yield part
