"""The questions that are asked of a table, once for every engine: each is a statement of SQLGlot, in no dialect yet.

A table is first staged: one pass over its rows keeps of each what decides, under the number of the record: the texts that the engine
is not sure of (`d`), whether a value that every row must have is missing (`m`), and what keys and references compare (`k`); the
columns of the table are numbered in the order of its shape.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlglot import exp

from generator.tables.shape import Column, Shape
from generator.tables.sql import expressions as sql
from generator.tables.sql.expressions import Expression
from generator.tables.sql.sure import same, sure

RECORD = "n"  # the column of the number of the record


def raw(rank: int) -> str:
    """The column of the texts of a column, where the rows are as they were read."""
    return f"c{rank}"


def doubtful(rank: int) -> str:
    """The column of the texts of a column that only Python can decide on."""
    return f"d{rank}"


def lacking(rank: int) -> str:
    """The column that says that a value is missing in a column that must have one."""
    return f"m{rank}"


def compared(rank: int) -> str:
    """The column of what keys and references compare of a column."""
    return f"k{rank}"


def surely(column: Column, rank: int, is_compared: bool) -> Expression | None:
    """What an engine is sure of in a column; None when Python decides on each text."""
    value = sql.column(raw(rank))
    return None if is_compared and same(column, value) is None else sure(column, value)


def staged(shape: Shape, present: Iterable[str], used: frozenset[str], table: str) -> exp.Select:
    """The staging of a table of texts; `used`: the columns that keys and references compare."""
    names = set(present)
    told, keys = [sql.column(RECORD)], [sql.column(RECORD)]
    for rank, column in enumerate(shape.columns):
        if column.name in names:
            is_compared = column.name in used
            own = [*_of_column(rank, column, column.name in shape.required, is_compared)]
            told += [*own, *((sql.column(raw(rank)),) if is_compared else ())]
            keys += [sql.column(each.alias) for each in own]
            keys += [_key(rank, column, doubtful(rank) in {each.alias for each in own})] if is_compared else []
    inner = exp.select(*told).from_(sql.table(table))
    return exp.select(*keys).from_(inner.subquery("t")) if used & names else inner


def _of_column(rank: int, column: Column, required: bool, is_compared: bool) -> Iterable[exp.Alias]:
    value, held = sql.column(raw(rank)), surely(column, rank, is_compared)
    absent = sql.either((sql.absent(value), sql.among(value, column.missing)))
    if held != sql.ALWAYS:
        known = absent if held is None else sql.either((absent, held))
        yield _alias(sql.unless(known, value), doubtful(rank))
    if required:
        yield _alias(exp.Case().when(absent.copy(), exp.true()), lacking(rank))


def _key(rank: int, column: Column, doubted: bool) -> exp.Alias:
    """What is compared of a column whose doubtful texts are known, if it has some: nothing of these, of which Python decides."""
    value = sql.column(raw(rank))
    told = same(column, value) if surely(column, rank, True) is not None else None
    if told is None:
        return _alias(sql.as_text(exp.null()), compared(rank))
    absent = [sql.absent(value), sql.among(value, column.missing)]
    doubt = [sql.no(sql.absent(sql.column(doubtful(rank))))] if doubted else []
    return _alias(sql.unless(sql.either((*absent, *doubt)), told), compared(rank))


def _alias(value: Expression, name: str) -> exp.Alias:
    return exp.Alias(this=value, alias=exp.to_identifier(name, quoted=True))


def counts(table: str, columns: Sequence[str]) -> exp.Select:
    """How many rows a table has, then how many are not null in each of these columns."""
    counted = [exp.Count(this=sql.column(name)) for name in columns]
    return exp.select(exp.Count(this=exp.Star()), *counted).from_(sql.table(table))


def texts(table: str, column: str) -> exp.Select:
    """Each text of a column, and how many rows have it."""
    name = sql.column(column)
    asked = exp.select(name, exp.Count(this=exp.Star())).from_(sql.table(table))
    return asked.where(sql.no(sql.absent(name))).group_by(name)


def first(table: str, column: str, most: int) -> exp.Select:
    """The first records where a column has something."""
    asked = exp.select(sql.column(RECORD)).from_(sql.table(table)).where(sql.no(sql.absent(sql.column(column))))
    return asked.order_by(sql.column(RECORD)).limit(most)


def told(table: str, column: str, said: str, kind: str, most: int) -> exp.Select:
    """The first records whose text in a column was said to have a problem of a kind (tables of `TOLD`)."""
    right = sql.table(said, "s")
    asked = exp.select(sql.column(RECORD, "t")).from_(sql.table(table, "t"))
    asked = asked.join(right, on=sql.equal(sql.column(column, "t"), sql.column("text", "s")))
    asked = asked.where(sql.equal(sql.column("kind", "s"), sql.text(kind)))
    return asked.order_by(sql.column(RECORD, "t")).limit(most)


TOLD = ("text", "kind", "same")  # what Python said of a text: its problem, or else what keys compare of its value


def completed(table: str, ranks: Sequence[int], said: dict[int, str]) -> exp.Select:
    """What keys and references compare, with what Python said of the texts of some columns (rank → table of `TOLD`)."""
    kept = [sql.column(RECORD, "t")]
    asked = exp.select().from_(sql.table(table, "t"))
    for rank in ranks:
        value = sql.column(compared(rank), "t")
        if rank in said:
            alias = f"s{rank}"
            on = sql.equal(sql.column(doubtful(rank), "t"), sql.column("text", alias))
            asked = asked.join(sql.table(said[rank], alias), on=on, join_type="left")
            value = exp.Coalesce(this=value, expressions=[sql.column("same", alias)])
        kept.append(_alias(value, compared(rank)))
    return asked.select(*kept)


def again(table: str, columns: Sequence[str]) -> exp.Select:
    """How many rows have a key that an earlier row has."""
    inner = _twice(table, columns).subquery("g")
    more = exp.Sum(this=exp.Sub(this=sql.column("c", "g"), expression=sql.number(1)))
    return exp.select(exp.Coalesce(this=more, expressions=[sql.number(0)])).from_(inner)


def first_again(table: str, columns: Sequence[str], most: int) -> exp.Select:
    """The first of these rows, each with the record that has its key first."""
    record, start = sql.column(RECORD, "t"), sql.column("f", "g")
    same_key = sql.every(sql.equal(sql.column(name, "t"), sql.column(name, "g")) for name in columns)
    asked = (
        exp.select(record, start).from_(sql.table(table, "t")).join(_twice(table, columns).subquery("g"), on=same_key)
    )
    return asked.where(exp.NEQ(this=record.copy(), expression=start.copy())).order_by(record.copy()).limit(most)


def _twice(table: str, columns: Sequence[str]) -> exp.Select:
    """The keys that several rows have: how many (`c`), and which has it first (`f`)."""
    names = [sql.column(name) for name in columns]
    number, start = exp.Count(this=exp.Star()), exp.Min(this=sql.column(RECORD))
    asked = exp.select(*names, _alias(number, "c"), _alias(start, "f")).from_(sql.table(table))
    asked = asked.where(sql.every(sql.no(sql.absent(name)) for name in names)).group_by(*(n.copy() for n in names))
    return asked.having(exp.GT(this=number.copy(), expression=sql.number(1)))


def unknown(table: str, columns: Sequence[str], target: str, named: Sequence[str], most: int = 0) -> exp.Select:
    """How many rows name none of the target, "" for none that they could name; or, when asked for so many, the first of them."""
    asked = exp.select(sql.column(RECORD, "a") if most else exp.Count(this=exp.Star())).from_(sql.table(table, "a"))
    told = [sql.no(sql.absent(sql.column(here, "a"))) for here in columns]
    if target:
        pairs = zip(columns, named, strict=True)
        found = exp.select("1").from_(sql.table(target, "b"))
        found = found.where(
            sql.every(sql.equal(sql.column(there, "b"), sql.column(here, "a")) for here, there in pairs)
        )
        told.append(sql.no(exp.Exists(this=found)))
    asked = asked.where(sql.every(told))
    return asked.order_by(sql.column(RECORD, "a")).limit(most) if most else asked


def combinations(table: str, columns: Sequence[str], known: Expression) -> exp.Select:
    """The combinations of texts of columns in the rows that are not known to be right, how many rows have each, and the first that has."""
    names, right = [sql.column(name) for name in columns], exp.Coalesce(this=known, expressions=[exp.false()])
    asked = exp.select(*names, exp.Count(this=exp.Star()), exp.Min(this=sql.column(RECORD))).from_(sql.table(table))
    return asked.where(sql.no(right)).group_by(*(name.copy() for name in names))


def matching(
    table: str, columns: Sequence[str], wanted: Sequence[tuple[str, Sequence[str], bool]], most: int
) -> exp.Select:
    """The texts of columns in the first rows where others have one of some texts, or none when that is wanted."""
    held = []
    for name, among, absent in wanted:
        value = sql.column(name)
        held.append(sql.either((sql.among(value, among), *([sql.absent(value)] if absent else []))))
    asked = exp.select(*map(sql.column, columns)).from_(sql.table(table)).where(sql.every(held))
    return asked.order_by(sql.column(RECORD)).limit(most)


def having(table: str, columns: Sequence[str], wanted: Sequence[Sequence[str | None]], most: int) -> exp.Select:
    """The first records that have one of some combinations of texts."""
    each = (zip(map(sql.column, columns), texts, strict=True) for texts in wanted)
    had = (
        sql.every(sql.absent(name) if text is None else sql.equal(name, sql.text(text)) for name, text in pairs)
        for pairs in each
    )
    return (
        exp.select(sql.column(RECORD))
        .from_(sql.table(table))
        .where(sql.either(had))
        .order_by(sql.column(RECORD))
        .limit(most)
    )
