"""What an engine finds, by asking it: it counts and finds what it is sure of, Python decides on the rest, each text once. The verdicts
are those of `python/rows.py`, place for place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Protocol

from generator.diagnostics.finding import MISSING, Diagnostic, Position, fault
from generator.tables.ruled import Blame, Ruled, Texts, ruled
from generator.tables.shape import Column, Key, Reference, Shape
from generator.tables.sql import queries
from generator.tables.sql.expressions import ALWAYS, Expression
from generator.tables.sql.ruling import kept
from generator.tables.sql.sure import token
from generator.tables.verdict import PLACES, PRIMARY, UNIQUE, UNKNOWN, Check

_SOME = 1_000  # combinations that are kept before those that come first are chosen


class Engine(Protocol):
    """What runs statements: `rows` gives those of an answer, `keep` makes a table of it, `load` one of rows of texts."""

    def rows(self, statement: Expression) -> Iterator[tuple[object, ...]]:
        """The rows of an answer."""
        ...

    def keep(self, name: str, statement: Expression) -> None:
        """A table of an answer."""
        ...

    def load(self, name: str, columns: Sequence[str], rows: Iterable[Sequence[str | None]]) -> None:
        """A table of texts."""
        ...


class Interrupted(Exception):
    """An engine that cannot go on, and why: a full disk, a memory that is too small, a cluster that no longer answers."""

    def __init__(self, message: str, hint: str = "", /, **values: object) -> None:
        super().__init__(message)
        self.message, self.hint, self.values = message, hint, values

    def told(self, name: str) -> Diagnostic:
        """What is said of a table, by the name of its file."""
        return fault("fichier-illisible", Position(name), self.message, self.hint, **self.values)


@dataclass(frozen=True, slots=True)
class Found:
    """A cause, its places still numbers of records: `records` are pairs, the second 0 or the record that has the key first."""

    check: Check
    count: int
    records: tuple[tuple[int, int], ...]


@dataclass(slots=True)
class Asked:
    """A table under question: what is asked of it, the columns that its files have, whether its rows are all there, and the names of
    its tables in the engine.
    """

    shape: Shape
    present: frozenset[str]
    name: str
    whole: bool = True
    rows: int = 0
    found: list[Found] = field(default_factory=list)
    said: dict[int, str] = field(default_factory=dict)
    keyed: str = ""

    def compared(self, names: Iterable[str]) -> list[str]:
        """The columns of the staged table where values of columns are compared."""
        return [queries.compared(self.shape.rank(name)) for name in names]


def ask(engine: Engine, tables: Sequence[Asked]) -> None:
    """Fill in what is wrong with tables whose rows are in the engine as texts, under `raw_` and their name."""
    used = _used(tables)
    for table in tables:
        stage(engine, table, used)
    for table in tables:
        for key in table.shape.keys:
            if table.present.issuperset(key.columns):
                table.found += _twice(engine, table, key)
    for table in tables:
        for rule in ruled(table.shape):
            table.found += _broken(engine, table, rule)
    known = {table.shape.name: table for table in tables}
    for table in tables:
        for reference in table.shape.references:
            target = known.get(reference.table) if reference.table else table
            if target is not None and _decidable(table, reference, target):
                table.found += _unknown(engine, table, reference, target)


def _decidable(table: Asked, reference: Reference, target: Asked) -> bool:
    return target.whole and table.present.issuperset(reference.columns) and target.present.issuperset(reference.named)


def _used(tables: Sequence[Asked]) -> dict[str, frozenset[str]]:
    """The columns that keys and references compare, of each table."""
    used: dict[str, set[str]] = {table.shape.name: set() for table in tables}
    for table in tables:
        shape = table.shape
        used[shape.name].update(name for key in shape.keys for name in key.columns)
        for reference in shape.references:
            used[shape.name].update(reference.columns)
            used.get(reference.table or shape.name, set()).update(reference.named)
    return {name: frozenset(columns) for name, columns in used.items()}


def stage(engine: Engine, table: Asked, used: dict[str, frozenset[str]]) -> None:
    """Note what is wrong with the values of a table, and keep what keys and references compare of it, in its table `keyed`."""
    shape, staged = table.shape, f"staged_{table.name}"
    compared = used[shape.name] & table.present
    engine.keep(staged, queries.staged(shape, table.present, compared, f"raw_{table.name}"))
    asked = [(rank, column) for rank, column in enumerate(shape.columns) if column.name in table.present]
    missing = [rank for rank, column in asked if column.name in shape.required]
    doubts = [rank for rank, column in asked if queries.surely(column, rank, column.name in compared) != ALWAYS]
    names = [*map(queries.lacking, missing), *map(queries.doubtful, doubts)]
    table.rows, *numbers = (_whole(each) for each in next(engine.rows(queries.counts(staged, names))))
    found = dict(zip(names, numbers, strict=True))
    for rank in missing:
        if found[queries.lacking(rank)]:
            records = _records(engine, queries.first(staged, queries.lacking(rank), PLACES))
            table.found.append(
                Found(Check(MISSING, (shape.columns[rank].name,)), found[queries.lacking(rank)], records)
            )
    for rank in doubts:
        if found[queries.doubtful(rank)]:
            _decide(engine, table, rank, shape.columns[rank].name in compared)
    table.keyed = staged
    if table.said:
        ranks = [rank for rank, column in asked if column.name in compared]
        table.keyed = f"keyed_{table.name}"
        engine.keep(table.keyed, queries.completed(staged, ranks, table.said))


def _decide(engine: Engine, table: Asked, rank: int, is_compared: bool) -> None:
    """What Python says of the texts of a column that the engine is not sure of."""
    column, staged, counts = table.shape.columns[rank], f"staged_{table.name}", Counter[str]()
    said = f"said_{table.name}_{rank}"
    texts = engine.rows(queries.texts(staged, queries.doubtful(rank)))
    engine.load(said, queries.TOLD, _judged(column, texts, is_compared, counts))
    for kind, count in sorted(counts.items()):
        records = _records(engine, queries.told(staged, queries.doubtful(rank), said, kind, PLACES))
        table.found.append(Found(Check(kind, (column.name,)), count, records))
    if is_compared:
        table.said[rank] = said


def _judged(
    column: Column, texts: Iterable[tuple[object, ...]], is_compared: bool, counts: Counter[str]
) -> Iterator[tuple[str, str | None, str | None]]:
    """What is said of each text, rows of `queries.TOLD`; the rows of each kind of problem are counted on the way."""
    for text, number in texts:
        value, problem = column.convert(str(text))
        if problem is not None:
            counts[problem.code] += _whole(number)
            yield str(text), problem.code, None
        elif is_compared and value is not None:
            yield str(text), None, token(value)


def _twice(engine: Engine, table: Asked, key: Key) -> Iterator[Found]:
    columns = table.compared(key.columns)
    count = _number(engine, queries.again(table.keyed, columns))
    if count:
        records = _records(engine, queries.first_again(table.keyed, columns, PLACES))
        yield Found(Check(PRIMARY if key.primary else UNIQUE, key.columns), count, records)


def _unknown(engine: Engine, table: Asked, reference: Reference, target: Asked) -> Iterator[Found]:
    here, there = table.compared(reference.columns), target.compared(reference.named)
    where = target.keyed if table.shape.like(reference, target.shape) else ""
    count = _number(engine, queries.unknown(table.keyed, here, where, there))
    if count:
        records = _records(engine, queries.unknown(table.keyed, here, where, there, PLACES))
        yield Found(Check(UNKNOWN, reference.columns, reference.table, reference.named), count, records)


def _broken(engine: Engine, table: Asked, rule: Ruled) -> Iterator[Found]:
    """The rows that break a rule: Python judges the combinations of texts that the engine does not know to be right. The first twenty
    rows have the twenty combinations that come first, or some of them.
    """
    columns = {name: queries.raw(table.shape.rank(name)) for name in rule.columns if name in table.present}
    known = kept(rule.rule, table.shape, table.present)
    counts, first = Counter[Blame](), dict[Blame, list[tuple[int, Texts]]]()
    for *texts, number, start in engine.rows(queries.combinations(f"raw_{table.name}", list(columns.values()), known)):
        told = dict(zip(columns, texts, strict=True))
        own = tuple(None if told.get(name) is None else str(told[name]) for name in rule.columns)
        for blame in rule.blames(own) if _whole(number) else ():
            counts[blame] += _whole(number)
            some = first.setdefault(blame, [])
            some.append((_whole(start), tuple(None if text is None else str(text) for text in texts)))
            if len(some) > _SOME:
                some[:] = sorted(some, key=itemgetter(0))[:PLACES]
    for (kind, blamed), count in counts.items():
        some = sorted(first[kind, blamed], key=itemgetter(0))[:PLACES]
        records = _records(
            engine, queries.having(f"raw_{table.name}", list(columns.values()), [each for _, each in some], PLACES)
        )
        yield Found(Check(kind, rule.columns, rule=rule.rank, blamed=blamed), count, records)


def _number(engine: Engine, statement: Expression) -> int:
    return _whole(next(engine.rows(statement))[0])


def _records(engine: Engine, statement: Expression) -> tuple[tuple[int, int], ...]:
    return tuple((_whole(row[0]), _whole(row[1]) if len(row) > 1 else 0) for row in engine.rows(statement))


def _whole(value: object) -> int:
    return int(str(value))
