"""Rows that were read together, by columns."""

from __future__ import annotations

from collections.abc import Mapping as Map
from collections.abc import Sequence

from generator.tables.files.reading import Data
from generator.tables.python.columns import Checked, Values
from generator.tables.python.keys import Columns, together


class Part:
    """Rows by columns: the texts of each, those that are wrong, what keys compare of them."""

    def __init__(self, part: Data, columns: Sequence[Checked], places: Map[str, int]) -> None:
        self.data = part
        self._checked, self._places = columns, places
        self._columns = list(zip(*part.rows, strict=True)) or [()] * part.order.width
        self._wrong: dict[int, dict[str | None, str]] = {}
        self._values: dict[int, Values] = {}

    def cell(self, place: int) -> int:
        """Where the file has a column, -1 when it has not."""
        return self.data.order.places[place]

    def texts(self, place: int) -> tuple[str | None, ...]:
        """The texts of a column."""
        return self._columns[self.cell(place)]

    def wrong(self, place: int) -> dict[str | None, str]:
        """The texts of a column that are wrong, with their codes."""
        if place not in self._wrong:
            own = self.cell(place) >= 0
            self._wrong[place] = self._checked[place].wrong(self.texts(place)) if own else {}
        return self._wrong[place]

    def together(self, columns: Columns) -> Values | None:
        """What a key compares, row by row; None when the file has not all its columns."""
        places = [self._places[name] for name in columns]
        if any(self.cell(place) < 0 for place in places):
            return None
        return together([self._value(place) for place in places])

    def _value(self, place: int) -> Values:
        if place not in self._values:
            self._values[place] = self._checked[place].values(self.texts(place), self.wrong(place))
        return self._values[place]

    def last(self, columns: Columns) -> int:
        """Where the file has the last of several columns."""
        return self.cell(self._places[columns[-1]])

    def texts_of(self, columns: Columns, row: int) -> tuple[str, ...]:
        """The texts of columns in a row."""
        return tuple(self.texts(self._places[name])[row] or "" for name in columns)
