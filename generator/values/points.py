"""Points of the globe: « lon, lat », longitude first, in degrees; or in JSON, as an array or an object."""

from __future__ import annotations

import re
from decimal import Decimal

from generator.values.problem import Problem, Read, wrong
from generator.values.structures import parse
from generator.values.writing import Writing

_NUMBER = r"([+-]?[0-9]{1,3}(?:\.[0-9]{1,20})?)"
_PAIR = re.compile(rf"\s*{_NUMBER}\s*,\s*{_NUMBER}\s*\Z")
_EAST, _NORTH = 180, 90  # degrees, at most
FORMATS = ("array", "object")
Degrees = tuple[Decimal, Decimal]


def point(writing: Writing) -> Read:
    """What reads the points of a column."""
    form = writing.format

    def read(text: str) -> tuple[str | None, Problem | None]:
        pair = _in_json(text, form) if form else _pair(text)
        if pair is None:
            hint = {
                "array": "Un point s’écrit [longitude, latitude], en degrés : [2.3522, 48.8566].",
                "object": 'Un point s’écrit {{"lon": 2.3522, "lat": 48.8566}}, en degrés.',
            }.get(
                form,
                "Un point s’écrit « longitude, latitude », en degrés, avec un point pour les décimales : 2.3522, 48.8566.",
            )
            return wrong("« {text} » n’est pas un point.", text, hint)
        lon, lat = pair
        if abs(lon) <= _EAST and abs(lat) <= _NORTH:
            return as_text(pair), None
        turned = abs(lon) <= _NORTH and abs(lat) <= _EAST
        message = "« {text} » sort du globe : la longitude va de -180 à 180, la latitude de -90 à 90."
        hint = "La longitude vient d’abord : les deux semblent échangées." if turned else "Vérifiez ces degrés."
        return wrong(message, text, hint, "" if form or not turned else f"{lat:f}, {lon:f}")

    return read


def as_text(pair: Degrees) -> str:
    """A point as it is published."""
    lon, lat = (part if part else part.copy_abs() for part in pair)
    return f"{lon:f}, {lat:f}"


def degrees(text: str) -> Degrees:
    """The longitude and the latitude of a published point."""
    lon, lat = text.split(", ")
    return Decimal(lon), Decimal(lat)


def _pair(text: str) -> Degrees | None:
    found = _PAIR.match(text)
    return (Decimal(found[1]), Decimal(found[2])) if found else None


def _in_json(text: str, form: str) -> Degrees | None:
    try:
        value = parse(text)
    except (ValueError, RecursionError):
        return None
    if form == "object" and isinstance(value, dict) and set(value) == {"lon", "lat"}:
        value = [value["lon"], value["lat"]]
    elif form == "object":
        return None
    if not isinstance(value, list) or len(value) != 2 or not all(isinstance(part, Decimal) for part in value):
        return None
    return _pair(f"{value[0]:f}, {value[1]:f}")
