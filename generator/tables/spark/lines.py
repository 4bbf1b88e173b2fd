"""A file of CSV as Spark reads it: lines, in their order, each a record; only when every line is one for any reader."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from functools import partial

from pyspark.sql import SparkSession

from generator.tables.files.plain import plain_dialect
from generator.tables.sql import expressions as sql
from generator.tables.sql.laying import FILES, Lines, Part

_UNSEEN = r"\x00-\x08\x0a-\x1f\x7f"


def numbered(session: SparkSession, name: str, part: Part, folder: str) -> Lines | None:
    """Make the table of the rows of a file, `n` and its cells, and give what reads some of its lines; None, and no table, when a line is
    not a record. `folder`: where Spark finds it by its name, "" for where we do.
    """
    if not plain_dialect(part.table.source):
        return None
    file, dialect = part.table.source.files[0], part.table.source.dialect
    path = f"{folder.rstrip('/')}/{file.name}" if folder else f"file://{file.path.resolve().as_posix()}"
    read = session.read.option("lineSep", "\n").text(path)
    read = read.selectExpr(
        "rtrim('\r', value) AS value", "_metadata.file_block_start AS b", "monotonically_increasing_id() AS i"
    )
    read.createOrReplaceTempView(f"lines_{name}")
    starts = _starts(session, name, _regular(part.order.width, dialect.delimiter))
    if starts is None:
        return None
    _shifted(session, name, starts)
    _cells(session, name, part, int(dialect.header))
    return partial(_lines, session, name)


def _starts(session: SparkSession, name: str, regular: str) -> list[tuple[int, int]] | None:
    """Of each block of a file, what to add to the number that Spark gives to its lines so that the first line of the file has 0; None when a
    line is not regular. Within a block, the numbers that Spark gives follow the lines.
    """
    asked = f"value <> '' AND is_valid_utf8(value) AND value RLIKE {_text(regular)} AND value NOT LIKE '\ufeff%'"
    blocks = session.sql(
        f"SELECT b, min(i), count(*), count_if(NOT ({asked})) FROM lines_{name} GROUP BY b ORDER BY b"
    ).collect()
    if any(block[3] for block in blocks):
        return None
    before, starts = 0, []
    for block, first, count, _ in blocks:
        starts.append((block, before - first))
        before += count
    return starts


def _shifted(session: SparkSession, name: str, starts: list[tuple[int, int]]) -> None:
    """Number the lines of a file: `i` is now the rank of each, from 0. No line leaves its machine for it: the blocks are told to all."""
    if len(starts) > 1:
        told = ", ".join(f"({block}L, {shift}L)" for block, shift in starts)
        asked = f"SELECT /*+ BROADCAST(s) */ value, i + shift AS i FROM lines_{name} JOIN (VALUES {told} AS s(b, shift)) USING (b)"
    else:
        asked = f"SELECT value, i + {starts[0][1] if starts else 0} AS i FROM lines_{name}"
    session.sql(asked).createOrReplaceTempView(f"ranked_{name}")


def _cells(session: SparkSession, name: str, part: Part, head: int) -> None:
    schema = ", ".join(f"`{column}` string" for column in part.columns)
    options = f"map('sep', {_text(part.table.source.dialect.delimiter)}, 'escape', '\"', 'mode', 'FAILFAST')"
    session.sql(
        f"SELECT {part.rank * FILES + 1 - head} + i AS n, from_csv(value, {_text(schema)}, {options}) AS r"
        f" FROM ranked_{name} WHERE i >= {head}"
    ).createOrReplaceTempView(f"parsed_{name}")
    cells = ", ".join(f"coalesce(r.`{column}`, '') AS `{column}`" for column in part.columns)
    session.sql(f"SELECT n, {cells} FROM parsed_{name}").createOrReplaceTempView(name)


def _lines(session: SparkSession, name: str, wanted: Set[int]) -> Iterator[tuple[int, str]]:
    """The lines of these numbers, from 0."""
    listed = ", ".join(map(str, sorted(wanted)))
    asked = f"SELECT i, value FROM ranked_{name} WHERE i IN ({listed})"
    yield from ((int(line), str(value)) for line, value in session.sql(asked).collect())


def _regular(cells: int, delimiter: str) -> str:
    """A line that is a record of so many cells for any reader."""
    sign = re.escape(delimiter)
    cell = rf'(?:[^"{sign}{_UNSEEN}]*+|"(?:[^"{_UNSEEN}]++|"")*+")'
    return rf"^{cell}(?:{sign}{cell}){{{cells - 1}}}\z"


def _text(value: str) -> str:
    return sql.text(value).sql("spark")
