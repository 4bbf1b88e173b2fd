"""Values of several parts as pages show them: points, lists, objects, durations, years of long ago."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from generator.text.interface import count, say
from generator.text.spoken import number
from generator.values.points import degrees
from generator.values.structures import parse
from generator.values.value import Structured

_PARTS = re.compile(r"(-?)P(?:([0-9]+)Y)?(?:([0-9]+)M)?(?:([0-9]+)D)?T?(?:([0-9]+)H)?(?:([0-9]+)M)?(?:([0-9.]+)S)?")
APART = "\u202f; "  # between values on one line
LONGEST = 300  # signs of JSON that a page shows
SHORT = 3  # parts of an object that are told in words; one of more is shown as it is


# Of a duration: the word for one, and for several.
_UNITS = (
    ("an", "ans"), ("mois", "mois"), ("jour", "jours"), ("heure", "heures"), ("minute", "minutes"), ("seconde", "secondes"),
)  # fmt: skip


def _point(value: Any) -> str:
    """Latitude first, as maps and people say it: « 48,85 ; 2,35 »."""
    lon, lat = degrees(value)
    return f"{number(lat)}{APART}{number(lon)}"


def _list(value: Structured) -> str:
    items: Any = parse(value.json)
    return APART.join(map(_item, items))


def _item(item: object) -> str:
    if isinstance(item, bool):
        return say("oui") if item else say("non")
    return number(item) if isinstance(item, Decimal) else str(item)


def _object(value: Structured) -> str:
    """A small object in words, « clé : valeur » ; any other as JSON, cut where it is long: the files have all of it."""
    told: Any = parse(value.json)
    plain = isinstance(told, dict) and len(told) <= SHORT and all(isinstance(part, str) for part in told.values())
    if not plain:
        return value if len(value) <= LONGEST else f"{value[:LONGEST]}…"
    return APART.join(say("{key} : {value}", key=key, value=part) for key, part in told.items())


def _duration(value: object) -> str:
    """« 1 an, 6 mois »."""
    found = _PARTS.fullmatch(str(value))
    assert found is not None
    parts = [_amount(amount, *unit) for amount, unit in zip(found.groups()[1:], _UNITS, strict=True) if amount]
    return ("−" if found[1] else "") + ", ".join(parts)


def _amount(text: str, one: str, many: str) -> str:
    return count(int(text), one, many) if text.isdigit() else f"{number(text)} {say(many)}"


def _year(value: int) -> str:
    """A year, without the zeros that its code needs."""
    return f"−{-value}" if value < 0 else int.__repr__(value)


READ: Mapping[str, Callable[[Any], str]] = MappingProxyType({
    "geopoint": _point, "list": _list, "object": _object, "array": _object, "geojson": _object, "duration": _duration,
    "year": _year,
})  # fmt: skip
