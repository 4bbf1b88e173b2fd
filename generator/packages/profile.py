"""What the values of a table are, column by column, in one reading of its rows and a bounded memory: how many are filled, how many
differ, from which to which, which is the most frequent.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from generator.packages.sheets import Sheet
from generator.tables.values import Facts
from generator.text.interface import count, say
from generator.text.spoken import number
from generator.values.types import Value, canonical

DISTINCT = (
    50_000  # different values of a column that are counted; of those that have more, no value is the most frequent
)
ORDERED = (
    "integer",
    "number",
    "year",
    "yearmonth",
    "date",
    "time",
    "datetime",
)  # types whose values go from one to another
_BATCH = 5_000  # rows at a time


def profiles(sheet: Sheet) -> list[Facts]:
    """What the values of each column of a table are; those of more than DISTINCT are not counted."""
    publishing = sheet.publishing()
    known = publishing.facts(ORDERED, DISTINCT) if publishing is not None else None
    if known is not None:
        return known
    columns = [_Column(field.type in ORDERED) for field in sheet.columns]
    rows = sheet.rows()
    while batch := list(islice(rows, _BATCH)):
        for column, values in zip(columns, zip(*batch, strict=True), strict=True):
            column.add(values)
    return [column.profile() for column in columns]


class _Column:
    """A column whose values are being read."""

    def __init__(self, ordered: bool) -> None:
        self._ordered = ordered
        self._counts: Counter[Any] | None = Counter()
        self._filled = 0
        self._first: Value | None = None
        self._ends: list[Any] = []  # the least and the greatest

    def add(self, values: Sequence[Value | None]) -> None:
        """Take the values of some rows."""
        filled = [value for value in values if value is not None] if None in values else values
        if not filled:
            return
        self._first = filled[0] if self._first is None else self._first
        self._filled += len(filled)
        if self._ordered:
            held: list[Any] = [*self._ends, *filled]
            self._ends = [min(held), max(held)]
        if self._counts is not None:
            self._counts.update(filled)
            if len(self._counts) > DISTINCT:
                self._counts = None

    def profile(self) -> Facts:
        """What they are."""
        least, greatest = self._ends or (None, None)
        counts = self._counts
        if counts is None:
            return Facts(self._filled, self._first, None, least, greatest)
        common = next(iter(counts.most_common(1)), None)
        frequent = common if common is not None and common[1] > 1 else None
        return Facts(self._filled, self._first, len(counts), least, greatest, frequent)


def in_words(profile: Facts) -> Iterator[str]:
    """A profile, in words; nothing of a column that no row fills."""
    if profile.distinct is None:
        yield say("plus de {most} valeurs différentes", most=number(DISTINCT))
    elif profile.distinct:
        yield count(profile.distinct, "seule valeur", "valeurs différentes")
    if profile.least != profile.greatest:
        yield say("de {least} à {greatest}", least=canonical(profile.least), greatest=canonical(profile.greatest))
    if profile.frequent is not None and profile.distinct != 1:
        value, times = profile.frequent
        told = "la plus fréquente : {value} ({times} % des valeurs)"
        yield say(told, value=canonical(value), times=_share(times, profile.filled))


def _share(times: int, whole: int) -> str:
    """A share in percent, of which something is always told."""
    return number(max(1, round(times * 100 / whole))) if times * 200 >= whole else say("moins de 1")
