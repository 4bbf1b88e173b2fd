"""Typed values, and the one text of each: what a cell of a published CSV holds, in the default format of its type in the standard
(Data Package v2, Table Schema), however the content writes it.
"""

from __future__ import annotations

import datetime
from decimal import Decimal

from generator.values.durations import Duration


class Year(int):
    """A year out of 1000–9999, which XML Schema (gYear) writes with four digits all the same: 0800, -0044."""

    __slots__ = ()

    def __str__(self) -> str:
        return f"{'-' if self < 0 else ''}{abs(self):04}"


class NotANumber(str):
    """What a number is that is none (NaN, in the standard): it is within no bounds."""

    __slots__ = ()

    def _beyond(self, other: object) -> bool:
        return False

    __lt__ = __le__ = __gt__ = __ge__ = _beyond


class Structured(str):
    """A value of several parts: its text is what a cell holds, `json` what it is in JSON, `size` how many parts it has."""

    __slots__ = ("json", "size")
    json: str
    size: int

    def __new__(cls, text: str, json: str, size: int) -> Structured:
        """A value that JSON writes as `json`."""
        made = super().__new__(cls, text)
        made.json, made.size = json, size
        return made


Value = str | int | Decimal | bool | datetime.date | datetime.datetime | datetime.time | Duration


def canonical(value: Value | None) -> str:
    """A value as a CSV cell holds it: point decimal, ISO dates, true or false, empty when absent."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, int | Duration):
        return str(value)
    text = value.isoformat().replace("+00:00", "Z")
    return _trimmed(text) if "." in text else text


def _trimmed(text: str) -> str:
    """A moment without the zeros that end its fraction of a second."""
    mark = "Z" if text.endswith("Z") else ""
    return text.removesuffix("Z").rstrip("0") + mark
