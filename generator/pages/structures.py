"""Values of several parts as pages show them: points, lists, objects, durations, years of long ago."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from markupsafe import Markup, escape

from generator.text.french import number
from generator.text.interface import count, say
from generator.values.points import degrees
from generator.values.structures import parse
from generator.values.value import Structured, Year

_PARTS = re.compile(r"(-?)P(?:([0-9]+)Y)?(?:([0-9]+)M)?(?:([0-9]+)D)?T?(?:([0-9]+)H)?(?:([0-9]+)M)?(?:([0-9.]+)S)?")
APART = "\u202f; "  # between values on one line
SHORT = 3  # parts of an object that are told in words; one of more is shown as it is


# Of a duration: the word for one, and for several.
_UNITS = (
    ("an", "ans"), ("mois", "mois"), ("jour", "jours"), ("heure", "heures"), ("minute", "minutes"), ("seconde", "secondes"),
)  # fmt: skip


def _point(value: Any) -> Markup:
    """Latitude first, as maps and people say it: « 48,85 ; 2,35 »."""
    lon, lat = degrees(value)
    told = Markup('<data class="point" value="{}">{}</data>')
    return told.format(value, f"{number(lat)}{APART}{number(lon)}")


def _list(value: Structured) -> Markup:
    items: Any = parse(value.json)
    return escape(APART.join(map(_item, items)))


def _item(item: object) -> str:
    if isinstance(item, bool):
        return say("oui") if item else say("non")
    return number(item) if isinstance(item, Decimal) else str(item)


def _object(value: Structured) -> Markup:
    """A small object in words, « clé : valeur » ; any other as JSON."""
    told: Any = parse(value.json)
    plain = isinstance(told, dict) and len(told) <= SHORT and all(isinstance(part, str) for part in told.values())
    if not plain:
        return Markup('<code class="json">{}</code>').format(value)
    return escape(APART.join(say("{key} : {value}", key=key, value=part) for key, part in told.items()))


def _duration(value: object) -> Markup:
    """« 1 an, 6 mois »."""
    found = _PARTS.fullmatch(str(value))
    assert found is not None
    parts = [_amount(amount, *unit) for amount, unit in zip(found.groups()[1:], _UNITS, strict=True) if amount]
    return escape(("−" if found[1] else "") + ", ".join(parts))


def _amount(text: str, one: str, many: str) -> str:
    return count(int(text), one, many) if text.isdigit() else f"{number(text)} {say(many)}"


def _year(value: int) -> Markup:
    """A year, without the zeros that its code needs."""
    return escape(f"−{abs(value)}" if value < 0 else int(value)) if isinstance(value, Year) else escape(value)


READ: Mapping[str, Callable[[Any], Markup]] = MappingProxyType({
    "geopoint": _point, "list": _list, "object": _object, "array": _object, "geojson": _object, "duration": _duration,
    "year": _year,
})  # fmt: skip
