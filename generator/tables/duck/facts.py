"""What the values of a table that DuckDB holds are, column by column: how many are filled, how many differ, from which to which, which is
the most frequent.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.tables.duck.engine import Duck, quoted
from generator.tables.shape import Column
from generator.tables.sql import canon
from generator.tables.sql import expressions as sql
from generator.tables.sql.queries import raw
from generator.tables.values import Facts, value_of
from generator.values.types import Value


@dataclass(frozen=True, slots=True)
class _Seen:
    """A column in one pass: how many rows fill it, about how many values differ; the rows of the first, the least and the greatest."""

    filled: int
    about: int
    rows: tuple[int | None, int | None, int | None]


class Asking:
    """The columns of the view `shown`: the canonical text of each under `v` and its rank, nothing for none, the number `n` of the row.
    `kinds`: the type as which the values of each are put in order, None for none; `present`: the columns that the files have; `most`:
    different values that are told.
    """

    def __init__(
        self, engine: Duck, columns: Sequence[Column], kinds: Sequence[str | None], present: Sequence[int], most: int
    ) -> None:
        self._engine, self._columns, self._present, self._most = engine, columns, present, most
        self._kinds = {rank: kinds[rank] for rank in present if kinds[rank]}

    def facts(self) -> Iterator[Facts]:
        """What the values of each are: one pass over all columns, one for their ends, one over each whose values may be few."""
        seen = self._seen()
        for rank, column in enumerate(self._columns):
            if rank not in seen or not seen[rank].filled:
                yield Facts(0)
                continue
            own = seen[rank]
            distinct, frequent, times = self._few(rank) if own.about <= 2 * self._most + 100 else (None, None, 0)
            first, least, greatest = (self._value(column, rank, row) for row in own.rows)
            common = self._value(column, rank, frequent)
            told = None if common is None else (common, times)
            yield Facts(own.filled, first, distinct, least, greatest, told)

    def _seen(self) -> dict[int, _Seen]:
        parts = list[str]()
        for rank in self._present:
            told = self._ordered(rank)
            ends = f"min({told}), max({told})" if rank in self._kinds else "NULL, NULL"
            about = f"approx_count_distinct({self._compared(rank)})"
            parts.append(f"count(v{rank}), {about}, min(n) FILTER (v{rank} IS NOT NULL), {ends}")
        [found] = self._engine.answers(f"SELECT {', '.join(parts)} FROM shown")
        each = {rank: found[5 * place : 5 * place + 5] for place, rank in enumerate(self._present)}
        rows = self._ends({rank: own[3:] for rank, own in each.items() if rank in self._kinds and own[0]})
        return {rank: _Seen(own[0], own[1], (own[2], *rows.get(rank, (None, None)))) for rank, own in each.items()}

    def _ends(self, ends: dict[int, tuple[object, object]]) -> dict[int, tuple[int, int]]:
        """The first rows of the least and of the greatest values of columns."""
        parts = [
            f"min(n) FILTER ({self._ordered(rank)} = CAST({quoted(end)} AS {self._kinds[rank]}))"
            for rank, pair in ends.items()
            for end in pair
        ]
        [found] = self._engine.answers(f"SELECT {', '.join(parts)} FROM shown") if parts else [()]
        return {rank: (found[2 * place], found[2 * place + 1]) for place, rank in enumerate(ends)}

    def _few(self, rank: int) -> tuple[int | None, int | None, int]:
        """How many values of a column differ; the first row of the most frequent, and how often it comes."""
        groups = (
            f"SELECT min(n) AS f, count(*) AS k FROM shown WHERE v{rank} IS NOT NULL GROUP BY {self._compared(rank)}"
        )
        asked = f"SELECT f, k, count(*) OVER () FROM ({groups}) ORDER BY k DESC, f LIMIT 1"
        [(first, times, distinct)] = self._engine.answers(asked)
        if distinct > self._most:
            return None, None, 0
        return distinct, first if times > 1 else None, times

    def _ordered(self, rank: int) -> str:
        """What puts the values of a column in order."""
        text = f"rtrim(v{rank}, 'Z')" if self._columns[rank].type == "datetime" else f"v{rank}"
        return f"CAST({text} AS {self._kinds.get(rank, 'VARCHAR')})"

    def _compared(self, rank: int) -> str:
        return canon.compared(self._columns[rank], sql.column(f"v{rank}")).sql("duckdb")

    def _value(self, column: Column, rank: int, row: int | None) -> Value | None:
        """The value of a column in a row."""
        if row is None:
            return None
        [(text,)] = self._engine.answers(f"SELECT {raw(rank)} FROM held.raw WHERE n = {row}")
        return value_of(column, text)
