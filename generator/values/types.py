"""The types of Table Schema (Data Package v2): how each reads a text, which formats, properties and constraints it may have, how it is
named to readers. What a contract says of a column, and what a published package says, are read by these same readers.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from generator.text.interface import say
from generator.values import booleans, durations, lists, moments, numbers, points, structures, texts
from generator.values.problem import RESERVED_WORD, Problem, Read
from generator.values.value import Structured, Value, Year, canonical
from generator.values.writing import PLAIN, Writing

__all__ = ["TYPES", "Structured", "Value", "ValueType", "Year", "canonical", "fits", "in_words", "published_format"]


@dataclass(frozen=True, slots=True)
class ValueType:
    """A type: what makes the reader of its texts from the way they are written; the formats, the properties and the constraints that
    it may have. `patterned`: any other format is a pattern of strptime.
    """

    name: str
    reader: Callable[[Writing], Read]
    constraints: tuple[str, ...]
    formats: tuple[str, ...] = ()
    properties: tuple[str, ...] = ()
    patterned: bool = False

    def read(self, text: str, form: str = "") -> tuple[Value | None, Problem | None]:
        """(value, None) or (None, problem) of a text in a format, and no other property."""
        return _reader(self.name, Writing(form) if form else PLAIN)(text)

    def written(self, writing: Writing) -> Read:
        """The reader of the texts of a column."""
        return _reader(self.name, writing)


@lru_cache(maxsize=1_000)
def _reader(kind: str, writing: Writing) -> Read:
    return TYPES[kind].reader(writing)


def fits(read: Read, text: str) -> bool:
    """Whether a text that a contract gives as a value is one for the reader of its column."""
    problem = read(text)[1]
    return problem is None or problem.code == RESERVED_WORD  # the contract itself permits it


# Which type may have which constraint: Data Package v2, Table Schema, « Field Constraints ».
_ANY = ("required", "unique", "enum")
_SIZED = (*_ANY, "minLength", "maxLength")
_TEXT = (*_ANY, "pattern", "minLength", "maxLength")
_ORDERED = (*_ANY, "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")

TYPES: dict[str, ValueType] = {
    kind.name: kind
    for kind in (
        ValueType("string", texts.reader, _TEXT, texts.FORMATS),
        ValueType("number", numbers.number, _ORDERED, (), ("decimalChar", "groupChar", "bareNumber")),
        ValueType("integer", numbers.integer, _ORDERED, (), ("groupChar", "bareNumber")),
        ValueType("boolean", booleans.boolean, _ANY, (), ("trueValues", "falseValues")),
        ValueType("date", moments.date, _ORDERED, (moments.ANY,), patterned=True),
        ValueType("datetime", moments.moment, _ORDERED, (moments.ANY,), patterned=True),
        ValueType("time", moments.time, _ORDERED, (moments.ANY,), patterned=True),
        ValueType("year", moments.year, _ORDERED),
        ValueType("yearmonth", moments.yearmonth, _ORDERED),
        ValueType("duration", durations.duration, _ORDERED),
        ValueType("object", structures.mapping, _SIZED),
        ValueType("array", structures.array, _SIZED),
        ValueType("list", lists.reader(_reader), _SIZED, (), ("delimiter", "itemType")),
        ValueType("geopoint", points.point, _ANY, points.FORMATS),
        ValueType("geojson", structures.geojson, _ANY, (structures.TOPOJSON,)),
        ValueType("any", texts.reader, _ANY),
    )
}
# Of the formats that a contract declares, those that published texts have too: the others are written in that of their type.
_KEPT = (*texts.FORMATS, structures.TOPOJSON)


def published_format(form: str) -> str:
    """The format of the published texts of a column; "" for that of its type."""
    return form if form in _KEPT else ""


# How types, and formats of texts, are named to readers.
_WORDS = {
    "string": "texte",
    "number": "nombre",
    "integer": "nombre entier",
    "boolean": "vrai ou faux",
    "date": "date",
    "datetime": "date et heure",
    "time": "heure",
    "year": "année",
    "yearmonth": "mois d’une année",
    "duration": "durée",
    "object": "objet JSON",
    "array": "tableau JSON",
    "list": "liste",
    "geopoint": "point géographique (longitude, latitude)",
    "geojson": "forme géographique (GeoJSON)",
    "topojson": "forme géographique (TopoJSON)",
    "any": "sans type",
    "email": "adresse électronique",
    "uri": "adresse web",
    "binary": "octets en base64",
    "uuid": "identifiant UUID",
}


def in_words(kind: str, form: str = "") -> str:
    """A type, or its published format, as readers are told it: « nombre entier », « adresse web »."""
    return say(_WORDS[published_format(form) or kind])
