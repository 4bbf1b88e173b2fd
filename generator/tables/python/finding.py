"""The causes that are found while rows are read: exact counts, and the first places."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from generator.tables.files.reading import Data
from generator.tables.python.keys import Columns
from generator.tables.verdict import PLACES, Cause, Check, Place


@dataclass(slots=True)
class _Told:
    """A place of a cause; of a key twice, its value and where it is first."""

    place: Place
    value: object = None
    other: Place | None = None

    def said(self) -> Place:
        """The place, whole."""
        return replace(self.place, other=self.other)


@dataclass(slots=True)
class _Counted:
    count: int = 0
    told: list[_Told] = field(default_factory=list)


class Found:
    """What is found in a table."""

    def __init__(self) -> None:
        self._causes: dict[Check, _Counted] = {}

    def add(self, check: Check, part: Data, row: int, cell: int, texts: Columns) -> _Told | None:
        """Count a row, from 0, at a cell of it; what is told of it when it is among the first ones."""
        cause = self._causes.setdefault(check, _Counted())
        cause.count += 1
        if len(cause.told) == PLACES:
            return None
        told = _Told(_place(part, row, cell, texts))
        cause.told.append(told)
        return told

    def first(self, columns: Columns, value: object, part: Data, row: int, cell: int) -> None:
        """Say of a key that is twice where it is first."""
        place = _place(part, row, cell, ())
        for check, cause in self._causes.items():
            if check.columns == columns and check.kind.startswith("cle-"):
                for told in cause.told:
                    told.other = place if told.value == value else told.other

    def causes(self) -> tuple[Cause, ...]:
        """All of them, by their kinds and columns."""
        return tuple(
            Cause.of(check, cause.count, tuple(told.said() for told in cause.told))
            for check, cause in sorted(self._causes.items(), key=lambda item: item[0])
        )


def _place(part: Data, row: int, cell: int, texts: Columns) -> Place:
    line, column, length = part.spot(row, cell)
    return Place(part.file, part.number(row), line, column, length, texts)
