"""The canonical text of the values of a column, as an expression: what `canonical` makes of what `Column.convert` reads, decided by an
engine where it is sure of it; Python says the others, text by text.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from collections.abc import Mapping as Map

from generator.tables.shape import Column
from generator.tables.sql import expressions as sql
from generator.tables.sql.expressions import Expression
from generator.tables.sql.sure import DAY, HOUR
from generator.values import booleans
from generator.values.meant import MAX_DIGITS

APART = ("duration",)  # types of which two texts may be one value: Python reads the tables that have some
Known = Map[str, str | None]  # what Python said of texts: the canonical one of each


def known(column: Column, value: Expression) -> Expression:
    """The condition under which a text, which is no absence, has the canonical text of `plainly`."""
    if column.plain:
        return sql.ALWAYS
    writing = column.writing
    declared = bool(writing.group) or not writing.bare or writing.decimal not in ".,"
    made = None if declared or column.categories else _FORMS.get(column.type)
    if made is not None and writing.format:
        made = _moment if _moved(column) else None
    return sql.no(sql.ALWAYS) if made is None else made(column, value)


def plainly(column: Column, value: Expression) -> Expression:
    """The canonical text of such a text."""
    if column.type == "boolean":
        return sql.chosen(sql.among(value, booleans.words(column.writing)[0]), sql.text("true"), sql.text("false"))
    if column.type == "number" and column.writing.decimal == ",":
        return sql.replaced(value, ",", ".")
    moved = _moved(column)
    return sql.moved(value, *moved) if moved else value.copy()


def published(column: Column, value: Expression, told: Known) -> Expression:
    """The canonical text of any text of a column, nothing for an absence; `told`: what Python said of those that are not known."""
    found = plainly(column, value)
    for text, by in told.items():
        own = sql.nothing() if by is None else sql.text(by)
        found = sql.chosen(sql.equal(value, sql.text(text)), own, found)
    return sql.unless(absent(column, value), found)


def absent(column: Column, value: Expression) -> Expression:
    """Whether a text is an absence, or there is none."""
    return sql.either((sql.absent(value), sql.among(value, column.missing)))


def compared(column: Column, published: Expression) -> Expression:
    """What two canonical texts of one value have alike: `1.50` and `1.5` are one number."""
    if column.type != "number":
        return published.copy()
    return sql.chosen(sql.contains(published, "[.]"), sql.bare(published), published)


def _number(column: Column, value: Expression) -> Expression:
    mark = column.writing.decimal
    form = sql.matches(value, rf"-?(?:0|[1-9][0-9]*)(?:[{mark}][0-9]+)?")
    unsigned = sql.no(sql.matches(value, rf"-0(?:[{mark}]0+)?"))
    return sql.every((form, unsigned, sql.compared(sql.length(value), "<=", sql.number(MAX_DIGITS))))


def _moved(column: Column) -> tuple[str, str] | None:
    """What moves the digits of a moment from the form that a contract declares to that of its type, each directive being a group, when
    they are digits alone: a pattern, and what replaces it.
    """
    form, wanted = column.writing.format, _MOMENTS.get(column.type, ("", ""))[1]
    parts = _DIRECTIVE.split(form) if form and wanted else []
    names, between = parts[1::2], parts[::2]
    if len(set(names)) < len(names) or not set(names) <= _DIGITS.keys() or not all(map(_PLAIN.fullmatch, between)):
        return None
    places = {name: str(rank) for rank, name in enumerate(names, 1)}
    lacking = set(_DIRECTIVE.findall(wanted)) - set(names)
    if not lacking <= {"M", "S"} or (wanted.count("%") > len(names) + len(lacking)):
        return None
    pattern = "".join(
        re.escape(mark) + (f"([0-9]{{{_DIGITS[names[rank]]}}})" if rank < len(names) else "")
        for rank, mark in enumerate(between)
    )
    by = _DIRECTIVE.sub(lambda found: chr(92) + places[found[1]] if found[1] in places else "00", wanted)
    return f"^{pattern}$", by


def _moment(column: Column, value: Expression) -> Expression:
    """Whether a moment in a declared form is one of the calendar, once moved."""
    pattern, by = _moved(column) or ("", "")
    shape, moved = pattern.removeprefix("^").removesuffix("$"), sql.moved(value, pattern, by)
    return sql.every((sql.matches(value, shape), sql.matches(moved, _MOMENTS[column.type][0])))


_DIRECTIVE = re.compile("%(.)")
_PLAIN = re.compile("[-/.: T]*")
_DIGITS = {"Y": 4, **dict.fromkeys("mdHMS", 2)}
# Of each type, the form of its texts; how it is made.
_MOMENTS = {
    "date": (DAY, "%Y-%m-%d"),
    "time": (HOUR, "%H:%M:%S"),
    "datetime": (f"{DAY}T{HOUR}", "%Y-%m-%dT%H:%M:%S"),
}


def _boolean(column: Column, value: Expression) -> Expression:
    true, false = booleans.words(column.writing)
    return sql.among(value, (*true, *false))


def _like(pattern: str) -> Callable[[Column, Expression], Expression]:
    return lambda column, value: sql.matches(value, pattern)


_FORMS: dict[str, Callable[[Column, Expression], Expression]] = {
    "number": _number,
    "integer": _like("-?[1-9][0-9]{0,17}|0"),
    "boolean": _boolean,
    "date": _like(DAY),
    "time": _like(HOUR),
    "datetime": _like(f"{DAY}T{HOUR}Z"),
    "year": _like("[1-9][0-9]{3}"),
    "yearmonth": _like("[0-9]{4}-(?:0[1-9]|1[0-2])"),
}
