"""The form of a value in a JSON Schema: what an editor sees of it, which reads YAML 1.2, where the check reads the text itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

from generator.contracts.model import Field
from generator.text.interface import say
from generator.text.spoken import typeset
from generator.values.constraints import Constraints
from generator.values.conversion import Convert
from generator.values.writing import PLAIN

Schema = dict[str, Any]

# A value as our types write it, and what YAML 1.2 makes of it when it stands without quotes (« Core schema », 10.3.2): an
# editor sees the second, the check the first.
_NUMBER, _INTEGER = r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?", "-?(?:0|[1-9][0-9]*)"
_DAY, _HOUR = r"[0-9]{4}-[0-9]{2}-[0-9]{2}", r"[0-9]{2}:[0-9]{2}:[0-9]{2}"
_WRITTEN: dict[str, tuple[tuple[str, ...], str]] = {
    "number": (("string", "number"), _NUMBER),
    "integer": (("string", "integer"), _INTEGER),
    "boolean": (("boolean", "string"), "true|false"),
    "date": (("string",), _DAY),
    "datetime": (("string",), rf"{_DAY}T{_HOUR}(?:\.[0-9]+)?(?:Z|[+-][0-9]{{2}}:[0-9]{{2}})"),
    "time": (("string",), _HOUR),
    "year": (("string", "integer"), "-?[0-9]{4}"),
    "yearmonth": (("string",), "[0-9]{4}-(?:0[1-9]|1[0-2])"),
    "duration": (("string",), "-?P[0-9TYMDHS.]+"),
    "object": (("object", "string"), ""),
    "array": (("array", "string"), ""),
    "list": (("array", "string", "number", "boolean"), ""),
    "geopoint": (("string", "array", "object"), ""),
    "geojson": (("object", "string"), ""),
    "string": (("string", "number"), ""),
    "any": (("string", "number"), ""),
}
_EVERY = ("string", "number", "boolean", "array", "object")  # of what is written as its contract says
_WORD = {"not": {"type": ["array", "null", "number", "object", "string"]}}  # « true » in a text, that no list offers
_NULLS = ("~", "null", "NULL", "null".capitalize())
_PLAIN = (
    ("null", re.compile("|".join(_NULLS))),
    ("boolean", re.compile("[Tt]rue|TRUE|[Ff]alse|FALSE")),
    ("number", re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|0o[0-7]+|0x[0-9a-fA-F]+")),
    ("number", re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)")),
)


def plain_kind(text: str) -> str:
    """What YAML 1.2 makes of a text that stands without quotes: null, boolean, number or string."""
    return next((kind for kind, written in _PLAIN if written.fullmatch(text)), "string")


def value_form(column: Field, convert: Convert, missing: tuple[str, ...], known: Schema | None = None) -> Schema:
    """What a column takes: its form, and the list of the values that are permitted, or of those that are `known`, where another
    is not wrong: it may have been added since. `missing`: the words that stand for an absence there.
    """
    form = _form(column, convert)
    values = column.categories or tuple((value, value) for value in column.constraints.enum)
    if values:
        return _closed(column, values, form, missing)
    words = (_WORD,) if column.type in ("string", "any") else ()
    return _any((*((known,) if known else ()), form, *words, *_listed(missing, form)))


def _form(column: Field, convert: Convert) -> Schema:
    """What the text of a column looks like, with or without quotes."""
    kinds, written = _WRITTEN[column.type] if _plain(column) else (_EVERY, "")
    if any(convert(word)[1] is None for word in _NULLS):
        kinds = (*kinds, "null")
    own = column.constraints
    form: Schema = {"type": kinds[0] if len(kinds) == 1 else list(kinds)}
    patterns = [written] if written else []
    if column.format == "uri":
        patterns.append("[hH][tT][tT][pP][sS]?://.+")
    if not column.prose:  # the constraints of a prose are those of its text without its links
        patterns += _portable(own)
    if patterns:
        form["pattern"] = f"^(?:{patterns[-1]})$"
        form["patternErrorMessage"] = _told(column)
    return form | _bounds(column.type, own)


def _plain(column: Field) -> bool:
    """Whether the texts of a column are written in the plain form of their type."""
    allow = column.writing.allow - {"numbers"}
    own = replace(PLAIN, format=column.published_format, prose=column.prose, allow=allow)
    return column.type == "list" or column.writing == own


def _portable(own: Constraints) -> Iterator[str]:
    """The pattern of a column, unless it holds classes that Python and JavaScript fill otherwise (`\\d`, `\\w`, `\\s`)."""
    if own.pattern is not None and not re.search(r"\\[dDwWsSbB]", own.pattern.written):
        yield own.pattern.written


def _told(column: Field) -> str:
    """What an editor says of a text that has not the form of its column."""
    such = say(" Par exemple : {example}", example=column.example) if column.example else ""
    return say("Ce n’est pas la forme attendue.") + such


def _bounds(kind: str, own: Constraints) -> Schema:
    """The bounds of a number. An editor rounds numbers: a bound that is excluded is given as if it was not."""
    if kind not in ("number", "integer", "year"):
        return {}
    low = own.minimum if own.minimum is not None else own.exclusive_minimum
    high = own.maximum if own.maximum is not None else own.exclusive_maximum
    found = {"minimum": low, "maximum": high}
    return {word: _number(value) for word, value in found.items() if isinstance(value, int | Decimal)}


def _number(value: int | Decimal) -> int | float:
    return int(value) if value == int(value) else float(value)


def _closed(column: Field, values: Iterable[tuple[str, str]], form: Schema, missing: tuple[str, ...]) -> Schema:
    """A closed list: its values with their labels, and the other ways to write them."""
    pairs = list(values)
    plain, parts = _plain(column), column.type in ("object", "array", "list", "geopoint", "geojson")
    numbers = plain and column.type in ("number", "integer", "year")
    truth = plain and column.type == "boolean"
    read = [_number(Decimal(value)) if numbers else value for value, _ in pairs]
    if truth:
        read = [value == "true" for value, _ in pairs]
    told = say("Ce n’est pas une valeur permise : choisissez dans la liste (Ctrl + Espace).")
    closed = {"enum": read, "enumDescriptions": [typeset(label) for _, label in pairs], "errorMessage": told}
    others: list[Schema] = [*_listed(missing, {"pattern": ""})]
    if parts:
        others.append({"type": ["array", "object"]})
    if numbers or truth:
        others.append({"type": "string", "pattern": form["pattern"]})
    kinds = {plain_kind(value) for value, _ in pairs} - {"string"}
    if kinds and (column.type == "string" or not plain):  # « 01 » without quotes is a number for an editor
        others.append({"type": sorted(kinds)})
    return _any((closed, *others))


def _listed(words: Iterable[str], form: Schema) -> Iterator[Schema]:
    """The words that stand for an absence, when the form of the values does not take them already."""
    absent = list(words)
    if absent and "pattern" in form:
        yield {"enum": absent}
        kinds = {plain_kind(word) for word in absent} - {"string"}
        if kinds:
            yield {"type": sorted(kinds)}


def _any(parts: tuple[Schema, ...]) -> Schema:
    return parts[0] if len(parts) == 1 else {"anyOf": list(parts)}
