"""What is published of a table that DuckDB holds: its canonical CSV, its values by columns or by rows, what they are (facts.py);
the same, to the byte, as what comes of its rows read in Python (tables/values.py).
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from generator.tables.duck.engine import MEMORY, Duck, quoted, refusal
from generator.tables.duck.facts import Asking
from generator.tables.shape import Column
from generator.tables.source import Held, Table
from generator.tables.sql import canon
from generator.tables.sql import expressions as sql
from generator.tables.sql.asking import Interrupted
from generator.tables.sql.queries import raw
from generator.tables.values import Facts
from generator.values.digits import Numbers
from generator.values.types import canonical

DOUBTS = 200  # texts of a column that Python decides on: a table with a column of more is read in Python
_QUOTED = '[",\\r\\n]'
_WIDE = 38  # digits of a decimal


def publishing(table: Table) -> Publishing | None:
    """What publishes a table that is held; None when Python must read its values itself."""
    held = table.held
    if held is None or any(column.type in canon.APART for column in table.shape.columns):
        return None
    try:
        with _engine(held) as engine:
            told = {rank: _doubts(engine, rank, table.shape.columns[rank]) for rank in held.laid.ranks}
    except _Many:
        return None
    return Publishing(table, held, told)


class _Many(Exception):
    """More texts than Python is asked of."""


@contextmanager
def _engine(held: Held) -> Iterator[Duck]:
    with TemporaryDirectory(prefix="generator-", ignore_cleanup_errors=True) as name:
        engine = Duck(Path(name), MEMORY)
        try:
            engine.attach(held.path, "held")
            yield engine
        except Interrupted as why:
            raise refusal(why) from why
        finally:
            engine.close()


def _doubts(engine: Duck, rank: int, column: Column) -> dict[str, str | None]:
    """The texts of a column whose canonical form DuckDB does not know, with that form; None for what is no value."""
    value = sql.column(raw(rank))
    wanted = sql.no(sql.either((canon.absent(column, value), canon.known(column, value))))
    if column.plain:
        return {}
    asked = f"SELECT DISTINCT {raw(rank)} FROM held.raw WHERE {_sql(wanted)} ORDER BY 1 LIMIT {DOUBTS + 1}"
    texts = [str(text) for (text,) in engine.answers(asked)]
    if len(texts) > DOUBTS:
        raise _Many
    values = ((text, column.convert(text)[0]) for text in texts)
    return {text: None if value is None else canonical(value) for text, value in values}


def _sql(expression: sql.Expression) -> str:
    return expression.sql("duckdb")


class Publishing:
    """What publishes a table that is held. Raises OSError when the disk or the memory does not suffice."""

    def __init__(self, table: Table, held: Held, told: dict[int, dict[str, str | None]]) -> None:
        self.held, self._columns, self._told = held, table.shape.columns, told
        self._digits: dict[str, Numbers] | None = None

    def csv(self, path: Path, header: str) -> None:
        """Write the canonical CSV (RFC 4180) in a file, under a header without the end of its line."""
        cells = [_cell(self._text(rank)) for rank in range(len(self._columns))]
        line = " || ',' || ".join(f"coalesce({cell}, '')" for cell in cells)
        if len(cells) == 1:  # no line is blank
            line = f"coalesce({cells[0]}, '\"\"')"
        how = "FORMAT csv, HEADER true, QUOTE '', ESCAPE '', DELIMITER '', NULLSTR ''"
        named = '"' + f"{header}\r".replace('"', '""') + '"'
        with _engine(self.held) as engine:
            engine.run(f"COPY (SELECT {line} || chr(13) AS {named} FROM held.raw) TO {quoted(path)} ({how})")

    def sum(self, header: str) -> str:
        """The SHA-256 of that file, which is not kept."""
        with TemporaryDirectory(prefix="generator-", ignore_cleanup_errors=True) as name:
            path = Path(name) / "canonical.csv"
            self.csv(path, header)
            with path.open("rb") as stream:
                return hashlib.file_digest(stream, "sha256").hexdigest()

    def _text(self, rank: int) -> str:
        """The canonical text of a column, null for none."""
        if rank not in self._told:
            return "NULL::VARCHAR"
        return _sql(canon.published(self._columns[rank], sql.column(raw(rank)), self._told[rank]))

    def batches(self, types: Sequence[str], rows: int) -> Iterator[Any]:
        """The rows as record batches of Arrow of about so many rows, the columns in their order, each of a type (`BIGINT`, `DATE`…)."""
        with _engine(self.held) as engine:
            yield from engine.batches(self._select(types), rows)

    def rows(self, types: Sequence[str]) -> Iterator[tuple[Any, ...]]:
        """The rows, their columns so typed."""
        with _engine(self.held) as engine:
            yield from engine.streamed(self._select(types))

    def _select(self, types: Sequence[str]) -> str:
        listed = (f"CAST({self._text(rank)} AS {kind}) AS v{rank}" for rank, kind in enumerate(types))
        return f"SELECT {', '.join(listed)} FROM held.raw"

    def digits(self) -> dict[str, Numbers]:
        """What the numbers of each column of numbers need."""
        if self._digits is None:
            ranks = [rank for rank, column in enumerate(self._columns) if column.type in ("number", "integer", "year")]
            self._digits = dict(self._counted(ranks)) if ranks else {}
        return self._digits

    def _counted(self, ranks: Sequence[int]) -> Iterator[tuple[str, Numbers]]:
        with _engine(self.held) as engine:
            self._view(engine)
            asked = (ask for rank in ranks for ask in (_needs if self._columns[rank].type == "number" else _need)(rank))
            [answers] = engine.answers(f"SELECT {', '.join(asked)} FROM shown")
            found = iter(answers)
            for rank in ranks:
                column = self._columns[rank]
                if column.type != "number":
                    yield column.name, Numbers(small=next(found) is not False)
                    continue
                before, after, least, ends, unsigned = islice(found, 5)
                before, after = max(before or 1, 1), after or 0
                real = before + after <= 15 or all(map(_is_real, self._long(engine, rank)))
                zeros = frozenset((*(ends or ()), *(() if unsigned is not False else (-1,))))
                yield column.name, Numbers(before, after, real=real, least=least, ends=zeros)

    def _view(self, engine: Duck) -> None:
        """The canonical texts, under `v` and their rank, beside those of the files."""
        listed = (f"{self._text(rank)} AS v{rank}" for rank in range(len(self._columns)))
        engine.run(f"CREATE VIEW shown AS SELECT *, {', '.join(listed)} FROM held.raw")

    def _long(self, engine: Duck, rank: int) -> Iterator[Decimal]:
        """The numbers that have so many digits that a binary fraction may not be each of them."""
        asked = f"SELECT DISTINCT v{rank} FROM shown WHERE length(v{rank}) > 15"
        return (Decimal(text) for (text,) in engine.streamed(asked))

    def facts(self, ordered: Collection[str], most: int) -> list[Facts] | None:
        """What the values of each column are; `ordered`: the types whose values have an order; `most`: different values that are told.
        None when a column has numbers of more digits than DuckDB compares.
        """
        kinds = [self._order(column) if column.type in ordered else None for column in self._columns]
        if "" in kinds:
            return None
        with _engine(self.held) as engine:
            self._view(engine)
            return list(Asking(engine, self._columns, kinds, sorted(self._told), most).facts())

    def _order(self, column: Column) -> str:
        """The type as which the values of a column are put in order; "" when there is none."""
        found = self.digits().get(column.name)
        if found is None:
            return "TIMESTAMP" if column.type == "datetime" else "VARCHAR"
        if column.type != "number":
            return "BIGINT" if found.small else ""
        return f"DECIMAL({_WIDE}, {found.after})" if found.before + found.after <= _WIDE else ""


def _need(rank: int) -> tuple[str]:
    """What is asked of the canonical texts of a column of whole numbers: see Numbers."""
    return (f"bool_and(try_cast(v{rank} AS BIGINT) IS NOT NULL) FILTER (v{rank} IS NOT NULL)",)


def _needs(rank: int) -> tuple[str, ...]:
    """What is asked of those of a column of numbers."""
    value, decimals = f"v{rank}", f"length(split_part(v{rank}, '.', 2))"
    return (
        f"max(length(split_part(ltrim({value}, '-'), '.', 1)))",
        f"max({decimals})",
        f"min({decimals})",
        f"list(DISTINCT {decimals}) FILTER ({value} LIKE '%.%0')",
        f"bool_and(NOT regexp_matches({value}, '^-0([.]0*)?$')) FILTER ({value} IS NOT NULL)",
    )


def _cell(text: str) -> str:
    """A canonical text as a cell of CSV."""
    asked = f"regexp_matches({text}, {quoted(_QUOTED)})"
    return f"CASE WHEN {asked} THEN '\"' || replace({text}, '\"', '\"\"') || '\"' ELSE {text} END"


def _is_real(value: Decimal) -> bool:
    return Decimal(repr(float(value))) == value
