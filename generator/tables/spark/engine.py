"""Spark 4, for more than one machine: the master and the folder of the files are those that the user gives (local, cluster, object store
through the connectors of Spark itself).

Spark numbers no record: each file is read as lines, numbered by their rank, and a line is a record when it is written as one
(`spark_lines.py`). A file with any other line is read by our own reader here, and handed over.
"""

from __future__ import annotations

import logging
import os
import signal
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import islice
from threading import Event, Thread, current_thread, main_thread

from py4j.protocol import Py4JError, Py4JNetworkError
from pyspark.errors import PySparkException
from pyspark.sql import DataFrame, SparkSession
from pyspark.storagelevel import StorageLevel

from generator.tables.python import rows
from generator.tables.source import Table
from generator.tables.spark.lines import numbered
from generator.tables.sql.asking import Asked, Interrupted, ask
from generator.tables.sql.expressions import Expression
from generator.tables.sql.laying import Laid, Part, handed, lay
from generator.tables.sql.locating import verdicts
from generator.tables.sql.queries import raw
from generator.tables.verdict import Verdict

MASTER, FOLDER = (
    "SPARK_MASTER",
    "SPARK_DOSSIER",
)  # variables of the environment: where Spark is, where it finds the files
ALONE, _EVERY = 60, 2  # seconds without any executor after which nothing more is awaited; between two looks
_HANDED = 20_000  # rows that are handed over together
_SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "OFF",
    "spark.sql.session.timeZone": "UTC",
    "spark.sql.caseSensitive": "true",
}
_ERRORS = (PySparkException, Py4JError, Py4JNetworkError, OSError, RuntimeError)


def check(tables: Sequence[Table], master: str = "", folder: str = "") -> tuple[Verdict, ...]:
    """The verdict of each table, in their order: those of `rows.check`. `master`: where Spark is, else what the environment says, else what
    `spark-submit` says; `folder`: where Spark finds the files by their names, when it is not where we do.
    """
    laid = [lay(table, trusted=False) for table in tables]
    if not all(each.alike for each in laid):
        return rows.check(tables)
    asked = [Asked(each.table.shape, each.present, str(rank)) for rank, each in enumerate(laid)]
    stopped: Interrupted | None = None
    engine: Spark | None = None
    try:
        engine = Spark(master or os.environ.get(MASTER, ""))
        for each, own in zip(laid, asked, strict=True):
            _raw(engine, each, own, folder or os.environ.get(FOLDER, ""))
        ask(engine, asked)
        return verdicts(laid, asked, None)
    except Interrupted as why:
        stopped = why
        for each in laid:  # what Spark no longer gives is read here
            each.parts = [replace(part, lines=None) for part in each.parts]
        return verdicts(laid, asked, stopped)
    finally:
        if engine is not None:
            engine.close()


class Spark:
    """A session of Spark: an `Engine`."""

    def __init__(self, master: str = "") -> None:
        builder = SparkSession.builder.appName("generator validate")
        builder = builder.master(master) if master else builder
        for name, value in _SETTINGS.items():
            builder = builder.config(name, value)
        logging.getLogger().addFilter(_untold)
        logging.getLogger("py4j").setLevel(logging.CRITICAL)  # what it writes of an error is also raised
        heard = signal.getsignal(signal.SIGINT)
        try:
            self.session = builder.getOrCreate()
        except _ERRORS as error:
            raise (_asked(error) or Interrupted(_NO_START, _SEE, why=_words(error))) from error
        finally:  # Spark takes Ctrl-C and never gives it back; `close` cancels all the same
            if current_thread() is main_thread():
                signal.signal(signal.SIGINT, heard)
        self.kept: list[DataFrame] = []
        self.left = Event()
        if not str(self.session.sparkContext.master).startswith("local"):
            Thread(target=self._watch, daemon=True).start()

    def _watch(self) -> None:
        """Cancel what is asked when no executor has been there for long: Spark itself would wait for ever."""
        context = self.session.sparkContext
        seen = time.monotonic()
        while not self.left.wait(_EVERY):
            with suppress(*_ERRORS, AttributeError):
                if context._jsc.sc().getExecutorMemoryStatus().size() > 1:  # the driver is one of them
                    seen = time.monotonic()
                elif time.monotonic() - seen > ALONE:
                    context.cancelAllJobs()

    def rows(self, statement: Expression) -> Iterator[tuple[object, ...]]:
        """The rows of an answer: at once when they are few, else a partition at a time, each then a job of its own."""
        try:
            answer = self.session.sql(statement.sql("spark"))
            yield from map(tuple, answer.toLocalIterator() if statement.args.get("group") else answer.collect())
        except _ERRORS as error:
            raise _told(error) from error

    def keep(self, name: str, statement: Expression) -> None:
        """A table of an answer, in the memory of the executors or on their disks."""
        try:
            self.hold(name, self.session.sql(statement.sql("spark")))
        except _ERRORS as error:
            raise _told(error) from error

    def hold(self, name: str, frame: DataFrame) -> None:
        """Name a table that is read several times."""
        frame = frame.persist(StorageLevel.MEMORY_AND_DISK)
        self.kept.append(frame)
        frame.createOrReplaceTempView(name)

    def load(self, name: str, columns: Sequence[str], rows: Iterable[Sequence[str | None]]) -> None:
        """A table of texts, handed over by pieces."""
        schema = ", ".join(f"`{each}` string" for each in columns)
        feed = iter(rows)
        try:
            held = self.session.createDataFrame([tuple(row) for row in islice(feed, _HANDED)], schema)
            while piece := [tuple(row) for row in islice(feed, _HANDED)]:
                held = held.union(self.session.createDataFrame(piece, schema))
            self.hold(name, held)
        except _ERRORS as error:
            raise _told(error) from error

    def close(self) -> None:
        """Let go of what is kept, and of the cluster."""
        self.left.set()
        with suppress(*_ERRORS):
            for frame in self.kept:
                frame.unpersist()
        self.stop()

    def stop(self) -> None:
        """Leave the cluster."""
        with suppress(*_ERRORS):
            self.session.stop()


def _untold(record: logging.LogRecord) -> bool:
    """Ctrl-C is told by the command, not by the trace that py4j writes of it, or of what failed because of it."""
    return not record.exc_info or _asked(record.exc_info[1]) is None


def _raw(engine: Spark, laid: Laid, asked: Asked, folder: str) -> None:
    """The rows of a table as they are: files that Spark reads, and rows that it is handed."""
    names, pieces, parts = [raw(rank) for rank in laid.ranks], list[str](), list[Part]()
    for part in laid.parts:
        name = f"read_{asked.name}_{part.rank}"
        try:
            lines = numbered(engine.session, name, part, folder)
        except _ERRORS as error:
            raise _told(error) from error
        pieces += [name] if lines is not None else []
        parts.append(replace(part, lines=lines))
    laid.parts = parts
    own = [part for part in parts if part.lines is None]
    if own or not pieces:
        engine.load(f"handed_{asked.name}", ["n", *names], handed(laid, own))
        pieces.append(f"handed_{asked.name}")
    asked.whole = not laid.stopped
    columns = ", ".join(["CAST(n AS BIGINT) AS n", *names])
    united = " UNION ALL ".join(f"SELECT {columns} FROM {piece}" for piece in pieces)
    engine.session.sql(united).createOrReplaceTempView(f"raw_{asked.name}")


def _words(error: BaseException) -> str:
    lines = str(error).strip().splitlines()
    return (lines[0] if lines else type(error).__name__)[:200]


def _told(error: BaseException) -> BaseException:
    """Why Spark stops; Ctrl-C, when that is why it no longer answers."""
    return _asked(error) or Interrupted(_LOST, _SEE, why=_words(error))


def _asked(error: BaseException | None) -> KeyboardInterrupt | None:
    """Ctrl-C, when an error came while it was heard: leaving a question, pyspark asks another one, which fails in its turn."""
    while error is not None:
        if isinstance(error, KeyboardInterrupt):
            return error
        error = error.__cause__ or error.__context__
    return None


_NO_START = "Spark ne démarre pas : {why}. Aucune ligne n’est contrôlée."
_LOST = "Spark s’est arrêté ou ne répond plus ({why}) : le contrôle s’arrête là, et ses comptes sont partiels."
_SEE = "Vérifiez l’adresse du maître, la mémoire des machines et leurs journaux, puis relancez."
