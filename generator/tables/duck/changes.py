"""Two states of a large table compared by DuckDB: rows are paired by what keys compare; those whose texts have another print are read
again, and Python decides whether two texts say the same value, each pair of texts once.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from functools import lru_cache, partial
from pathlib import Path

from generator.tables.changes import MOST, Changes, Incomparable, Naming, Written
from generator.tables.duck.engine import MEMORY, Duck, Irregular, load_rows
from generator.tables.source import Table
from generator.tables.sql import asking, queries
from generator.tables.sql.asking import Asked, Interrupted
from generator.tables.sql.laying import Laid, lay
from generator.tables.sql.locating import located
from generator.tables.values import KNOWN, value_of
from generator.values.types import canonical


def compare(old: Table, new: Table, naming: Sequence[Naming] = (), links: Sequence[str] = ()) -> Changes:
    """What differs, on the columns that both states have; `links`: those by which rows name others. Raises Incomparable."""
    laid = [lay(old), lay(new)]
    wrong = [said for each in laid for said in each.stopped]
    if wrong or not all(each.alike for each in laid):
        raise Incomparable(wrong[0] if wrong else None)
    with tempfile.TemporaryDirectory(prefix="generator-", ignore_cleanup_errors=True) as name:
        engine = Duck(Path(name), MEMORY)
        try:
            return _Comparison(engine, laid, naming).changes(links)
        except Interrupted as why:
            raise Incomparable(why.told(new.source.files[0].name if new.source.files else "")) from why
        except Irregular as why:
            raise Incomparable from why
        finally:
            engine.close()


class _Comparison:
    """Two states in the engine: `raw_0` and `raw_1` their texts, `keyed` what their keys compare, `pairs` the numbers of their rows."""

    def __init__(self, engine: Duck, laid: Sequence[Laid], naming: Sequence[Naming]) -> None:
        self.engine, self.laid, self.naming = engine, laid, naming
        self.shapes = [each.table.shape for each in laid]
        self.key = self.shapes[1].primary
        kept = [each.present.difference(self.key) for each in laid]
        self.names = [column.name for column in self.shapes[1].columns if column.name in kept[0] & kept[1]]
        named = frozenset(column for each in naming for column in each.named)
        self.asked = [
            self._staged(each, str(rank), frozenset(self.key) | (named if not rank else frozenset()))
            for rank, each in enumerate(laid)
        ]

    def _staged(self, laid: Laid, name: str, columns: frozenset[str]) -> Asked:
        """A table whose rows are in the engine, with what is compared of some columns."""
        load_rows(self.engine, laid, Asked(laid.table.shape, laid.present, name))
        asked = Asked(laid.table.shape, columns & laid.present, name)
        asking.stage(self.engine, asked, {asked.shape.name: asked.present})
        return asked

    def changes(self, links: Sequence[str]) -> Changes:
        for asked in self.asked:
            again = queries.again(asked.keyed, asked.compared(self.key)) if self.key else None
            if again is None or asked.found or self.engine.number(again.sql("duckdb")):
                raise Incomparable
        self._pair()
        self._differ()
        added, removed = (self._number(f"FROM pairs WHERE {side} IS NULL") for side in "ow")
        flags = [f"d{rank}" for rank in range(len(self.names))]
        changed = self._number(f"FROM changed WHERE {' OR '.join(flags)}") if flags else 0
        counts = (
            self.engine.answers(f"SELECT {', '.join(f'count(*) FILTER ({flag})' for flag in flags)} FROM changed")[0]
            if flags
            else ()
        )
        cells = {name: int(str(count)) for name, count in zip(self.names, counts, strict=True) if count}
        linked = [flag for flag, name in zip(flags, self.names, strict=True) if name in links]
        differ = f"FROM changed WHERE {' OR '.join(flags)}" if flags else ""
        return Changes(
            self.asked[0].rows, added, removed, changed,
            used=self._used() if removed else 0,
            naming=self._number(f"FROM changed WHERE {' OR '.join(linked)}") if linked else 0,
            moved=0 if added or removed or changed else self._moved(),
            cells=cells,
            first_added=self._written(1, self._numbers("w FROM pairs WHERE o IS NULL ORDER BY w")),
            first_removed=self._written(0, self._numbers("o FROM pairs WHERE w IS NULL ORDER BY o")),
            first_changed=list(zip(
                self._written(0, self._numbers(f"o {differ} ORDER BY o")),
                self._written(1, self._numbers(f"w {differ} ORDER BY o")),
                strict=True,
            )) if changed else (),
        )  # fmt: skip

    def _pair(self) -> None:
        same = " AND ".join(f"o.{name} = w.{other}" for name, other in zip(*self._keys(), strict=True))
        one, other = (asked.keyed for asked in self.asked)
        self.engine.run(f"CREATE TABLE pairs AS SELECT o.n AS o, w.n AS w FROM {one} o FULL JOIN {other} w ON {same}")

    def _keys(self) -> list[list[str]]:
        return [asked.compared(self.key) for asked in self.asked]

    def _differ(self) -> None:
        """The rows of both states whose values differ, a flag for each column."""
        for rank in (0, 1):
            self.engine.run(f"CREATE TABLE print_{rank} AS SELECT n, {self._print(rank)} AS h FROM raw_{rank}")
        self.engine.run(
            "CREATE TABLE others AS SELECT o, w FROM pairs JOIN print_0 a ON a.n = o JOIN print_1 b ON b.n = w WHERE a.h <> b.h"
        )
        texts = [
            f"{self._text(side, name, alias)} AS {alias}{rank}"
            for rank, name in enumerate(self.names)
            for side, alias in enumerate("ab")
        ]
        self.engine.run(
            f"CREATE TABLE texts AS SELECT {', '.join(['o', 'w', *texts])} FROM others JOIN raw_0 a ON a.n = o JOIN raw_1 b ON b.n = w"
        )
        flags = [f"{self._flag(rank, name)} AS d{rank}" for rank, name in enumerate(self.names)]
        self.engine.run(f"CREATE TABLE changed AS SELECT {', '.join(['o', 'w', *flags])} FROM texts")

    def _flag(self, rank: int, name: str) -> str:
        """Whether a value differs: what its texts say, or what Python says of them."""
        one, other = (shape.column(name) for shape in self.shapes)
        told = f"a{rank} IS DISTINCT FROM b{rank}"
        if one.plain and other.plain:
            return told
        convert = [lru_cache(KNOWN)(partial(value_of, column)) for column in (one, other)]
        pairs = self._rows(f"SELECT DISTINCT a{rank}, b{rank} FROM texts WHERE a{rank} <> b{rank}")
        alike = ((str(a), str(b)) for a, b in pairs if canonical(convert[0](str(a))) == canonical(convert[1](str(b))))
        self.engine.load(f"alike_{rank}", ("a", "b"), alike)
        return f"({told} AND NOT EXISTS (FROM alike_{rank} s WHERE s.a = a{rank} AND s.b = b{rank}))"

    def _print(self, rank: int) -> str:
        """What two rows have in common when their texts are the same: each is preceded by its length."""
        texts = (self._text(rank, name) for name in self.names)
        parts = (f"coalesce(length({text}) || ':' || {text}, '-')" for text in texts)
        return f"md5_number({' || '.join(parts) or repr('')})"

    def _text(self, rank: int, name: str, alias: str = "") -> str:
        """The text of a column; a null for an absence."""
        column = self.shapes[rank].column(name)
        value = queries.raw(self.asked[rank].shape.rank(name))
        value = f"{alias}.{value}" if alias else value
        listed = ", ".join("'" + text.replace("'", "''") + "'" for text in column.missing)
        return f"CASE WHEN {value} IN ({listed}) THEN NULL ELSE {value} END" if listed else value

    def _used(self) -> int:
        """How many of the removed rows another table named."""
        told = []
        for rank, each in enumerate(self.naming, 2):
            asked = self._staged(lay(each.table), str(rank), frozenset(each.columns))
            pairs = zip(asked.compared(each.columns), self.asked[0].compared(each.named), strict=True)
            told.append(f"EXISTS (FROM {asked.keyed} u WHERE {' AND '.join(f'u.{a} = k.{b}' for a, b in pairs)})")
        if not told:
            return 0
        return self._number(
            f"FROM pairs JOIN {self.asked[0].keyed} k ON k.n = o WHERE w IS NULL AND ({' OR '.join(told)})"
        )

    def _moved(self) -> int:
        ranks = "SELECT row_number() OVER (ORDER BY o) AS a, row_number() OVER (ORDER BY w) AS b FROM pairs"
        return self._number(f"FROM ({ranks}) WHERE a <> b")

    def _written(self, rank: int, numbers: Sequence[int]) -> list[Written]:
        """Rows, by their numbers."""
        laid, shape, found = self.laid[rank], self.shapes[rank], []
        rows = located(laid, frozenset(numbers))
        for number in numbers:
            piece, row = rows[number]
            texts = [piece.rows[row][place] if place >= 0 else None for place in piece.order.places]
            values = [value_of(column, text) for column, text in zip(shape.columns, texts, strict=True)]
            found.append(Written(values, piece.file, piece.spot(row, 0)[0]))
        return found

    def _numbers(self, asked: str) -> list[int]:
        return [int(str(row[0])) for row in self._rows(f"SELECT {asked} LIMIT {MOST}")]

    def _number(self, asked: str) -> int:
        return self.engine.number(f"SELECT count(*) {asked}")

    def _rows(self, statement: str) -> Iterator[tuple[object, ...]]:
        return self.engine.streamed(statement)
