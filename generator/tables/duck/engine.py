"""DuckDB: one process, whose memory is bounded; what does not fit is spilled to a temporary folder, which is always removed.

Its reader of CSV is told everything (`auto_detect=false`, all columns as texts, no word for a null) and only reads what `plain.py` found
plain; the rest is read by ours and copied.
"""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import duckdb

from generator.diagnostics.wording import reason
from generator.tables.duck.parquet import texts
from generator.tables.files import copying
from generator.tables.python import rows
from generator.tables.source import Dialect, Table
from generator.tables.sql.asking import Asked, Interrupted, ask
from generator.tables.sql.expressions import Expression
from generator.tables.sql.laying import FILES, Laid, handed, lay
from generator.tables.sql.locating import verdicts
from generator.tables.sql.queries import raw
from generator.tables.verdict import Verdict

MEMORY = "700MB"  # of DuckDB: the process itself takes some 150 more
THREADS = 4  # at most, however many the machine has: each has its own part of the memory
_LONGEST = 5_000_000  # bytes of a row: records.py stops at as many signs
_BATCH = 10_000  # rows that Python takes at a time


class Irregular(Exception):
    """A file that DuckDB does not read as it was found to be."""


class Duck:
    """DuckDB at work in a temporary folder: an `Engine`."""

    def __init__(self, folder: Path, memory: str = MEMORY, threads: int = 0) -> None:
        self.folder = folder
        self.connection = duckdb.connect(
            config={
                "threads": threads or min(THREADS, os.cpu_count() or 1),
                "memory_limit": memory,
                "temp_directory": str(folder / "spilled"),
                "preserve_insertion_order": True,
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
            }
        )

    def rows(self, statement: Expression) -> Iterator[tuple[object, ...]]:
        """The rows of an answer."""
        return self.streamed(statement.sql("duckdb"))

    def streamed(self, statement: str) -> Iterator[tuple[Any, ...]]:
        """The rows of an answer, other statements being run meanwhile."""
        cursor = self.connection.cursor()
        try:
            cursor.execute(statement)
            while batch := cursor.fetchmany(_BATCH):
                yield from batch
        except duckdb.Error as error:
            raise _told(error) from error
        finally:
            cursor.close()

    def keep(self, name: str, statement: Expression) -> None:
        """A table of an answer."""
        self.run(f"CREATE TABLE {name} AS {statement.sql('duckdb')}")

    def load(self, name: str, columns: Sequence[str], rows: Iterable[Sequence[str | None]]) -> None:
        """A table of texts."""
        path = self.folder / f"{name}.csv"
        try:
            self.copy(path, rows)
            self.run(f"CREATE TABLE {name} AS SELECT * FROM {copied(path, columns)}")
        finally:
            path.unlink(missing_ok=True)

    def copy(self, path: Path, rows: Iterable[Sequence[str | None]]) -> None:
        """Write rows where it will read them."""
        try:
            copying.write(path, rows)
        except OSError as error:
            raise Interrupted(_DISK, _ROOM, why=reason(error)) from error

    def attach(self, path: Path, name: str, new: bool = False) -> None:
        """Have the tables of a file under a name; `new`: a file that is made."""
        self.run(f"ATTACH {quoted(path)} AS {name}{'' if new else ' (READ_ONLY)'}")

    def run(self, statement: str) -> None:
        """Run a statement that answers nothing."""
        try:
            self.connection.execute(statement)
        except duckdb.Error as error:
            raise _told(error) from error

    def number(self, statement: str) -> int:
        """The whole number that a statement answers."""
        return int(str(self.answers(statement)[0][0]))

    def answers(self, statement: str) -> list[tuple[Any, ...]]:
        """The rows of a short answer."""
        try:
            return self.connection.execute(statement).fetchall()
        except duckdb.Error as error:
            raise _told(error) from error

    def batches(self, statement: str, rows: int) -> Iterator[Any]:
        """The rows of an answer by columns: record batches of Arrow, of about so many rows."""
        try:
            yield from self.connection.sql(statement).to_arrow_reader(rows)
        except duckdb.Error as error:
            raise _told(error) from error

    def close(self) -> None:
        """Let go of its memory and files."""
        self.connection.close()


def check(
    tables: Sequence[Table], memory: str = MEMORY, threads: int = 0, folder: Path | None = None
) -> tuple[Verdict, ...]:
    """The verdict of each table, in their order: those of `rows.check`. `folder`: where what does not fit in memory is spilled, in a
    folder that is removed whatever happens; by default that of the system for temporary files.
    """
    laid = [lay(table) for table in tables]
    if not all(each.alike for each in laid):
        return rows.check(tables)
    try:
        return _checked(laid, memory, threads, folder)
    except Irregular:
        if any(table.source.typed for table in tables):
            return rows.check(tables)
        return _checked([lay(table, trusted=False) for table in tables], memory, threads, folder)


def _checked(laid: Sequence[Laid], memory: str, threads: int, folder: Path | None) -> tuple[Verdict, ...]:
    asked = [Asked(each.table.shape, each.present, str(rank)) for rank, each in enumerate(laid)]
    stopped: Interrupted | None = None
    with tempfile.TemporaryDirectory(prefix="generator-", dir=folder, ignore_cleanup_errors=True) as name:
        engine = Duck(Path(name), memory, threads)
        try:
            for each, own in zip(laid, asked, strict=True):
                load_rows(engine, each, own)
            ask(engine, asked)
            if any(each.counted not in (None, own.rows) for each, own in zip(laid, asked, strict=True)):
                raise Irregular("other rows")
        except Interrupted as why:
            stopped = why
        finally:
            engine.close()
    return verdicts(laid, asked, stopped)


def load_rows(engine: Duck, laid: Laid, asked: Asked) -> None:
    """The rows of a table as they are: those that are held, files that DuckDB reads, and rows that it is handed."""
    if laid.table.held is not None:
        engine.attach(laid.table.held.path, f"held_{asked.name}")
        engine.run(f"CREATE VIEW raw_{asked.name} AS SELECT * FROM held_{asked.name}.raw")
        return
    names, pieces = [raw(rank) for rank in laid.ranks], []
    for part in laid.parts:
        if part.table.source.typed:
            file = part.table.source.files[0].path
            pieces.append(
                f"SELECT {part.rank * FILES} + n + 1 AS n, {', '.join(names)} FROM ({texts(file, part.columns)})"
            )
        elif part.plain is not None:
            source = part.table.source
            number = f"{part.rank * FILES} + row_number() OVER () AS n"
            read = direct(source.files[0].path, part.columns, source.dialect)
            pieces.append(f"SELECT {', '.join([number, *names])} FROM {read}")
    left = [part for part in laid.parts if part.plain is None and not part.table.source.typed]
    if left or not pieces:
        path = engine.folder / f"rows_{asked.name}.csv"
        engine.copy(path, handed(laid, left))
        pieces.append(f"SELECT {', '.join(['n::BIGINT AS n', *names])} FROM {copied(path, ['n', *names])}")
    asked.whole = not laid.stopped
    engine.run(f"CREATE VIEW raw_{asked.name} AS {' UNION ALL '.join(pieces)}")


def direct(path: Path, columns: Sequence[str], dialect: Dialect) -> str:
    """What reads a plain file; an empty cell is an empty text."""
    listed = ", ".join(map(quoted, columns))
    told = f"header={str(dialect.header).lower()}, force_not_null=[{listed}]"
    return _reading(path, columns, dialect.delimiter, told)


def copied(path: Path, columns: Sequence[str]) -> str:
    """What reads a file that `copying` wrote."""
    return _reading(path, columns, ",", f"header=false, nullstr={quoted(copying.NULL)}, allow_quoted_nulls=false")


def _reading(path: Path, columns: Sequence[str], delimiter: str, more: str) -> str:
    typed = ", ".join(f"{quoted(name)}: 'VARCHAR'" for name in columns)
    return (
        f"read_csv({quoted(path)}, auto_detect=false, columns={{{typed}}}, delim={quoted(delimiter)}, quote='\"', escape='\"',"
        f" strict_mode=true, null_padding=false, encoding='utf-8', max_line_size={_LONGEST}, {more})"
    )


def quoted(text: object) -> str:
    """A text as a statement holds it."""
    return "'" + str(text).replace("'", "''") + "'"


def _told(error: duckdb.Error) -> Exception:
    """Why DuckDB stops: what the machine lacks, or a file that is not plain; anything else is a fault of ours."""
    if isinstance(error, duckdb.OutOfMemoryException) and "disk" not in str(error).lower():
        return Interrupted(_MEMORY, _MORE)
    if isinstance(error, duckdb.IOException | duckdb.OutOfMemoryException):
        return Interrupted(_DISK, _ROOM, why=str(error).splitlines()[0][:200])
    return Irregular(str(error)) if isinstance(error, duckdb.InvalidInputException) else error


def refusal(why: Interrupted) -> OSError:
    """The same, as the system says that the disk or the memory does not suffice."""
    return OSError(errno.ENOMEM if why.message == _MEMORY else errno.ENOSPC, why.message)


_MEMORY = "La mémoire permise à DuckDB ne suffit pas : le contrôle s’arrête là, et ses comptes sont partiels."
_MORE = "Fermez d’autres logiciels, ou reprenez sur une machine qui a plus de mémoire."
_DISK = "DuckDB n’écrit plus ce qui passe la mémoire ({why}) : le contrôle s’arrête là, et ses comptes sont partiels."
_ROOM = "Libérez de la place sur le disque des fichiers temporaires, ou nommez-en un autre par la variable TMPDIR."
