"""What an engine is sure of: a condition on the texts of a column that none fulfils but a text that the column takes. It may leave
out good texts, which Python then reads, each once; it must never take a bad one. tests/test_tables_engines.py holds it to that.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from decimal import Decimal

from generator.tables.shape import Column
from generator.tables.sql import expressions as sql
from generator.tables.sql.expressions import Expression
from generator.tables.sql.portable import portable
from generator.values import booleans
from generator.values.absence import RESERVED
from generator.values.constraints import Constraints
from generator.values.identifiers import MAX_ID
from generator.values.texts import MAX_TEXT
from generator.values.unwritten import NEW_ID, SHAPES
from generator.values.value import Value, Year, canonical
from generator.values.writing import STANDARD, Writing

_LONG = 1_000  # characters of a text that is compared to a pattern: Java follows a repetition by calls
_YEAR = "(?:[1-9][0-9]{3}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9])"
DAY = (
    f"{_YEAR}-"
    "(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)"  # not 29 February
)
HOUR = "(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]"
_DEGREES = r"(?:\.[0-9]{1,20})?"
_POINT = rf"-?(?:[1-9]?[0-9]|1[0-7][0-9]){_DEGREES}, ?-?(?:[1-8]?[0-9]){_DEGREES}"
# Texts that no guard of a contract stops, whatever follows: they begin and end by a letter, a digit or the end of a sentence.
_LETTER = "A-Za-z0-9À-ÖØ-öø-ÿŒœ"
_HARMLESS = rf"[{_LETTER}](?:[^;\t\r\n…(]*[{_LETTER}.!?»%])?"
_HELD = f"^(?:[Tt][Oo][Dd]|[Tt][Bb][Dd]|[Ff].[Xx]|[Xx]{{3}}|[AaÀà] |[Ee][Nn] )|{NEW_ID}"  # of what is to be written
_FORMS = {
    "email": r"[A-Za-z0-9_%+-]+(?:\.[A-Za-z0-9_%+-]+)*"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}",
    "uri": r"[Hh][Tt][Tt][Pp][Ss]?://[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?(?::[0-9]{1,5})?(?:[/?#][!-;=?-~]*)?",
    "uuid": "[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}",
    "binary": "(?:[A-Za-z0-9+/]{4})+|(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)",
}
_ID = "[a-z][a-z0-9]*(?:-[a-z0-9]+)*"
_LONGEST = {"email": 64, "uri": _LONG, "uuid": 36, "binary": _LONG}


def sure(column: Column, value: Expression) -> Expression | None:
    """The condition under which a text, present and in no list of absences, surely is a value; None when Python alone knows."""
    writing = column.writing
    if column.separator or (column.categories and not column.plain):
        return None
    if column.categories:
        return sql.among(value, [name for name, _ in column.categories])
    if column.plain and column.constraints.enum:  # nothing else is one, and Python says now which of these are
        return sql.among(value, [text for text in column.constraints.enum if not column.convert(text)[1]])
    typed = _TYPES.get(column.type, _unknown)(value, writing)
    if (
        column.type == "datetime"
        and STANDARD in writing.allow
        and not writing.format
        and not _bounds(column.constraints)
    ):
        typed = sql.matches(value, f"{DAY}T{HOUR}Z?")
    asked = _constrained(value, column)
    if typed is None or asked is None:
        return None
    named = (sql.matches(value, _ID), sql.compared(sql.length(value), "<=", sql.number(MAX_ID))) if column.is_id else ()
    return sql.every((typed, *named, *asked))


def _unknown(value: Expression, writing: Writing) -> Expression | None:
    return None


def _text(value: Expression, writing: Writing) -> Expression | None:
    if writing.prose or writing.format not in ("", *_FORMS):
        return None
    allow, parts = writing.allow, list[Expression]()
    if not {"formulas", "spaces", "placeholders"} <= allow:
        parts += [sql.matches(value, _HARMLESS), sql.no(sql.contains(value, _HELD))]
        parts.append(sql.no(sql.among(value, sorted(SHAPES.values()))))
    if "absences" not in allow:
        parts.append(sql.no(sql.among(value, sorted(RESERVED))))
    if "length" not in allow:
        parts.append(sql.compared(sql.length(value), "<=", sql.number(MAX_TEXT)))
    if writing.format:
        parts.append(sql.compared(sql.length(value), "<=", sql.number(_LONGEST[writing.format])))
        parts.append(sql.matches(value, _FORMS[writing.format]))
    return sql.every(parts)


def _number(value: Expression, writing: Writing) -> Expression | None:
    if writing.group or not writing.bare or writing.decimal not in ".,":
        return None
    part = rf"(?:[{writing.decimal}][0-9]{{1,12}})?"
    return sql.matches(value, rf"-?[1-9][0-9]{{0,14}}{part}|0{part}")


def _integer(value: Expression, writing: Writing) -> Expression | None:
    if writing.group or not writing.bare:
        return None
    return sql.matches(value, "-?[0-9]{1,18}" if "numbers" in writing.allow else "-?(?:0|[1-9][0-9]{0,17})")


def _boolean(value: Expression, writing: Writing) -> Expression:
    true, false = booleans.words(writing)
    return sql.among(value, (*true, *false))


def _plain(pattern: str) -> Callable[[Expression, Writing], Expression | None]:
    """The condition of a type that has one form, when its contract declares no other."""
    return lambda value, writing: None if writing.format else sql.matches(value, pattern)


_TYPES: dict[str, Callable[[Expression, Writing], Expression | None]] = {
    "string": _text,
    "any": _text,
    "number": _number,
    "integer": _integer,
    "boolean": _boolean,
    "date": _plain(DAY),
    "time": _plain(HOUR),
    "datetime": _plain(f"{DAY}T{HOUR}Z"),
    "year": _plain("[1-9][0-9]{3}"),
    "yearmonth": _plain(f"{_YEAR}-(?:0[1-9]|1[0-2])"),
    "geopoint": _plain(_POINT),
}


def _bounds(c: Constraints) -> list[tuple[Value, str]]:
    found = ((c.minimum, ">="), (c.maximum, "<="), (c.exclusive_minimum, ">"), (c.exclusive_maximum, "<"))
    return [(bound, sign) for bound, sign in found if bound is not None]


def _constrained(value: Expression, column: Column) -> list[Expression] | None:
    """The conditions of the constraints of a column; None when one of them is for Python."""
    found, c = list[Expression](), column.constraints
    if c.enum:
        found.append(sql.among(value, c.enum))
    if c.pattern is not None:
        form = portable(c.pattern.written)
        if not form:
            return None
        longest = min(c.pattern.longest or _LONG, _LONG)
        found += [sql.compared(sql.length(value), "<=", sql.number(longest)), sql.matches(value, form)]
    for least, sign in ((c.min_length, ">="), (c.max_length, "<=")):
        if least is not None:
            found.append(sql.compared(sql.length(value), sign, sql.number(least)))
    for bound, sign in _bounds(c):
        held = _bounded(value, column, sign, bound)
        if held is None:
            return None
        found.append(held)
    return found


def _bounded(value: Expression, column: Column, sign: str, bound: Value) -> Expression | None:
    """The condition of one bound: numbers as numbers; dates and hours as texts, which come in their order."""
    kind = column.type
    if isinstance(bound, Decimal | int) and kind in ("number", "integer", "year"):
        held = Decimal(bound)
        if (
            not held.is_finite()
            or held.adjusted() >= sql.WIDE_BEFORE
            or -int(held.as_tuple().exponent) > sql.WIDE_AFTER
        ):
            return None
        return sql.compared(_decimal(value, column.writing), sign, sql.as_number(sql.text(f"{held:f}")))
    if kind in ("date", "time", "datetime", "yearmonth"):
        told = _iso(kind, bound)
        return sql.compared(value, sign, sql.text(told)) if told else None
    return None


def _iso(kind: str, bound: Value) -> str:
    """A bound as texts of its type are written; "" when it has a part that they have not."""
    if kind == "yearmonth":
        return str(bound)
    if isinstance(bound, datetime.datetime):
        return (
            f"{bound.replace(tzinfo=None).isoformat()}Z" if bound.tzinfo is not None and not bound.microsecond else ""
        )
    if isinstance(bound, datetime.date | datetime.time) and not getattr(bound, "microsecond", 0):
        return bound.isoformat()
    return ""


def _decimal(value: Expression, writing: Writing) -> Expression:
    """A text that is surely a number, as one."""
    return sql.as_number(sql.replaced(value, ",", ".") if writing.decimal == "," else value)


def number_of(column: Column, value: Expression) -> tuple[Expression, Expression]:
    """A text that is surely a number of a column, as one that is added without loss, and how many decimals it is written with."""
    if column.type != "number":
        return sql.as_number(value, "BIGINT"), sql.number(0)
    return _decimal(value, column.writing), sql.after(value, column.writing.decimal)


def same(column: Column, value: Expression) -> Expression | None:
    """The text by which a sure text is compared to others in a key, one for each value (`1.50` and `1.5` are one number), as `token`
    writes it; None when Python alone knows.
    """
    writing = column.writing
    if column.plain:
        return value.copy()
    if column.categories or column.type == "geopoint":
        return None
    if column.type == "boolean":
        return sql.chosen(sql.among(value, booleans.words(writing)[0]), sql.text("true"), sql.text("false"))
    if column.type in ("integer", "year"):
        return sql.as_text(sql.as_number(value, "BIGINT"))
    if column.type == "number":
        plain = sql.replaced(value, ",", ".") if writing.decimal == "," else value
        return sql.chosen(sql.contains(plain, "[.]"), sql.bare(plain), plain)
    if column.type == "datetime":  # one without a zone is in universal time
        return sql.chosen(sql.contains(value, "Z"), value, sql.joined(value, "Z"))
    return value.copy()


def token(value: Value) -> str:
    """The text by which a value is compared to others in a key."""
    if isinstance(value, Year):
        return str(int(value))
    if not isinstance(value, Decimal) or not value.is_finite():
        return canonical(value)
    sign, digits, exponent = value.as_tuple()
    whole = "".join(map(str, digits)).lstrip("0")
    bare = whole.rstrip("0")
    power = int(exponent) + len(whole) - len(bare)
    if abs(power) > _FAR:  # as many zeros would be written
        return f"{'-' * sign}{bare}E{power}" if bare else "0"
    return format(Decimal(f"{'-' * sign}{bare}E{power}"), "f") if bare else "0"


_FAR = 1_000
