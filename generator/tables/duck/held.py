"""A table that DuckDB holds for as long as a command lasts: its texts are read once from its files, and checked, counted, described and
published from there. They stand in a file of ours in a temporary folder, which each question opens and closes: no process shares more.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import weakref
from dataclasses import replace
from pathlib import Path

from generator.tables.duck.engine import MEMORY, Duck, Irregular, load_rows
from generator.tables.source import Table
from generator.tables.sql.asking import Asked, Interrupted
from generator.tables.sql.laying import Laid, lay

MOST = 4  # tables that are remembered from one reading of a project to the next
_Stamp = tuple[tuple[int, int, int], ...]
_remembered: list[tuple[Table, _Stamp, Held]] = []


class Held:
    """A table that is held: how it was laid (`laid`), and where its texts are: the table `raw` of the file `path`, each row after its
    number `n`. Its file goes when nobody has it any longer.
    """

    def __init__(self, laid: Laid, folder: Path, rows: int) -> None:
        self.laid, self.path, self.rows = laid, folder / "held.duckdb", rows
        weakref.finalize(self, _remove, folder, os.getpid())


def _remove(folder: Path, process: int) -> None:
    if os.getpid() == process:  # not one that was forked
        shutil.rmtree(folder, ignore_errors=True)


def holding(table: Table) -> Table:
    """The same table, held; or as it is, when DuckDB cannot: whoever asks it will be told why."""
    try:
        stamp = tuple(_stamp(file.path) for file in table.source.files)
        bare = replace(table, shape=replace(table.shape, keys=(), references=(), rules=()))
        known = next((held for one, when, held in _remembered if when == stamp and one == bare), None)
        if known is None:
            known = _held(table, True)
            _remembered[:] = [*_remembered[1 - MOST :], (bare, stamp, known)]
    except (OSError, Interrupted, Irregular):
        return table
    return replace(table, held=known)


def _stamp(path: Path) -> tuple[int, int, int]:
    found = path.stat()
    return found.st_size, found.st_mtime_ns, found.st_ino


def _held(table: Table, trusted: bool) -> Held:
    laid = lay(table, trusted)
    if laid.stopped or not laid.alike:
        raise Irregular("not whole")
    folder = Path(tempfile.mkdtemp(prefix="generator-"))
    try:
        return _filled(laid, folder)
    except Irregular:
        _remove(folder, os.getpid())
        if not trusted or table.source.typed:
            raise
        return _held(table, trusted=False)
    except BaseException:
        _remove(folder, os.getpid())
        raise


def _filled(laid: Laid, folder: Path) -> Held:
    engine = Duck(folder, MEMORY)
    try:
        load_rows(engine, laid, Asked(laid.table.shape, laid.present, "0"))
        engine.attach(folder / "held.duckdb", "held", new=True)
        engine.run("SET force_compression = 'uncompressed'")  # which costs more than it spares of what is soon removed
        engine.run("CREATE TABLE held.raw AS SELECT * FROM raw_0")
        rows = engine.number("SELECT count(*) FROM held.raw")
    finally:
        engine.close()
    if laid.stopped or laid.counted not in (None, rows):
        raise Irregular("other rows")
    return Held(laid, folder, rows)
