"""Keys, and what names rows: the values that were met, those that are twice, those that nothing holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from generator.tables.python.columns import Values

Columns = tuple[str, ...]


def together(columns: Sequence[Values]) -> Values:
    """The values of several columns, row by row; None where one is null. Of one column, its values."""
    if len(columns) == 1:
        return columns[0]
    return [None if None in row else row for row in zip(*columns, strict=True)]


class Met:
    """The values that columns had: a key, or what other rows name."""

    def __init__(self, columns: Columns) -> None:
        self.columns = columns
        self.seen: set[Any] = set()

    def again(self, values: Values) -> Iterable[int]:
        """The rows, from 0, whose value was met before; all are met from then on."""
        fresh = set(values)
        nulls = values.count(None) if None in fresh else 0
        fresh.discard(None)
        if len(fresh) + nulls == len(values) and self.seen.isdisjoint(fresh):
            self.seen |= fresh
            return ()
        return list(self._again(values))

    def _again(self, values: Values) -> Iterator[int]:
        seen = self.seen
        for row, value in enumerate(values):
            if value is None:
                continue
            if value in seen:
                yield row
            else:
                seen.add(value)

    def lack(self, values: Values, held: Met) -> None:
        """Note values that are not among those that were met elsewhere; they may be later."""
        fresh = set(values)
        fresh.discard(None)
        self.seen |= fresh - held.seen

    def add(self, values: Values) -> None:
        """Note values that may be there several times."""
        self.seen.update(values)
        self.seen.discard(None)
