"""Spark on a master and two workers of this machine: on each case of tests/tables, the verdict of the engine in Python, place for place
(`make test-spark`; without pyspark and a Java, none is run). That of .ci/run is small (`-m "not grand"`): each type and
each rule once, the texts of one column as the columns of one table; one key in three.
"""

from __future__ import annotations

import csv
import gc
import logging
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Timer, main_thread
from typing import Any

import pytest

pytest.importorskip("pyspark", reason="make test-spark")

from sqlglot import parse_one

from generator.tables.python import rows
from generator.tables.source import Source, Table, files
from generator.tables.spark import engine as spark
from generator.tables.spark import lines as spark_lines
from tests.spark.clusters import SMALL, cluster, environment, java_home
from tests.tables import Case, cases, shape_of, told
from tests.test_tables_engines import many

pytestmark = pytest.mark.skipif(not java_home(), reason="Spark demande Java")


@pytest.fixture(scope="module")
def master(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    patch, folder = pytest.MonkeyPatch(), tmp_path_factory.mktemp("spark")
    told = environment(folder, SMALL)
    for name, value in told.items():
        patch.setenv(name, value)
    stop = spark.Spark.stop
    patch.setattr(spark.Spark, "stop", lambda self: None)  # one session for all the cases
    try:
        with cluster(folder, told) as found:
            patch.setenv(spark.MASTER, found[0])
            yield found
            stop(spark.Spark())
    finally:
        patch.undo()
        shutil.rmtree(folder, ignore_errors=True)


def _marked() -> Iterator[object]:
    small = [case for case in cases() if case.name.startswith(("keys", "missing"))][::3]
    for case in cases():
        kept = case in small or case.name.startswith(("rules : un seul", "rules : une somme"))
        yield pytest.param(case, id=case.name, marks=() if kept else pytest.mark.grand)


@pytest.mark.parametrize("case", list(_marked()))
def test_spark_finds_what_python_finds(case: Case, tmp_path: Path, master: object) -> None:
    tables = case.tables(tmp_path)
    found = spark.check(tables)
    assert told(found[0]) == case.verdict
    assert found == rows.check(tables)


def test_spark_finds_all_that_columns_ask(tmp_path: Path, master: object) -> None:
    """Cases of one column are those of one table; a column that is shorter has its first good text again."""
    own = list(_covering())
    assert len(own) > 20
    columns = []
    for each in own:
        texts = [[text for text in each.get(key, ()) if text.isprintable()] for key in ("good", "wrong")]
        columns.append((texts[0] or [each["good"][0]], texts[1]))
    height = max(len(good) + len(wrong) for good, wrong in columns)
    lines = zip(
        *([*wrong, *good, *good[:1] * (height - len(wrong) - len(good))] for good, wrong in columns), strict=True
    )
    with (tmp_path / "a.csv").open("w", encoding="utf-8", newline="") as out:
        csv.writer(out, quoting=csv.QUOTE_ALL).writerows([[f"v{rank}" for rank in range(len(own))], *lines])
    schema = {"fields": [{**_asked(each), "name": f"v{rank}"} for rank, each in enumerate(own)]}
    table = Table(shape_of("table", schema), Source(files(tmp_path, "a.csv")))
    (found,) = spark.check([table])
    counts = {cause.columns[0]: cause.count for cause in found.causes}
    assert counts == {f"v{rank}": len(wrong) for rank, (_, wrong) in enumerate(columns) if wrong}
    assert found == rows.check([table])[0]


def _covering() -> Iterator[dict[str, Any]]:
    """The cases of one column that bring a type or a rule that those before have not."""
    seen = set[str]()
    for said in (case.said["texts"] for case in cases() if case.said.get("texts", {}).get("good")):
        asked = {f"type {said.get('type')}", *said, *said.get("constraints", {})}
        if not asked <= seen:
            seen |= asked
            yield said


def _asked(said: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in said.items() if key not in ("good", "wrong", "kind")}


def test_rows_are_numbered_in_their_order(tmp_path: Path, master: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two workers read a file by blocks: the places are those of its lines all the same."""
    blocks, starts = list[int](), spark_lines._starts

    def counted(*args: Any) -> list[tuple[int, int]] | None:
        found = starts(*args)
        blocks.append(len(found or ()))
        return found

    monkeypatch.setattr(spark_lines, "_starts", counted)
    table = many(tmp_path, 30_000, "k{n}")
    path = tmp_path / "a.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    for place in (5, 7_777, 15_000, 29_999):
        lines[place] = f"k{place - 1},x\n"
    path.write_text("".join(lines), encoding="utf-8", newline="")
    (found,) = spark.check([table])
    assert blocks[0] > 2
    assert found == rows.check([table])[0]


def test_files_are_where_the_user_says(tmp_path: Path, master: object, monkeypatch: pytest.MonkeyPatch) -> None:
    """Spark reads another copy than ours, by the name of the file: the faults are those of that copy."""
    table = many(tmp_path, 20, "k{n}")
    (tmp_path / "lac").mkdir()
    text = (tmp_path / "a.csv").read_text(encoding="utf-8").replace("k7,7", "k7,x")
    (tmp_path / "lac" / "a.csv").write_text(text, encoding="utf-8", newline="")
    monkeypatch.setenv(spark.FOLDER, (tmp_path / "lac").as_uri())
    (found,) = spark.check([table])
    assert [(cause.kind, [(place.line, place.texts) for place in cause.places]) for cause in found.causes] == [
        ("valeur-du-mauvais-type", [(9, ("x",))])
    ]


def test_ctrl_c_is_ours(
    tmp_path: Path, master: object, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Spark takes it when it starts; what is asked is left, and no trace is written."""
    heard = signal.getsignal(signal.SIGINT)
    raw = spark._raw

    def stopping(engine: spark.Spark, *args: Any) -> None:
        assert signal.getsignal(signal.SIGINT) is heard
        raw(engine, *args)
        Timer(0.5, signal.pthread_kill, [main_thread().ident, signal.SIGINT]).start()
        list(engine.rows(parse_one("SELECT java_method('java.lang.Thread', 'sleep', 20000L)", read="spark")))

    monkeypatch.setattr(spark, "_raw", stopping)
    gc.disable()  # what a callback of the collector raises is lost
    try:
        with pytest.raises(KeyboardInterrupt):
            spark.check([many(tmp_path, 20, "k{n}")])
    finally:
        gc.enable()
    assert not caplog.records


@pytest.mark.parametrize(("first", "told"), [(KeyboardInterrupt, False), (OSError, True)])
def test_what_fails_because_of_ctrl_c_leaves_no_trace(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, first: type[BaseException], told: bool
) -> None:
    """Leaving a question, pyspark asks another, which py4j logs when it fails in its turn."""
    log = logging.getLogger()
    monkeypatch.setattr(log, "filters", [spark._untold])
    try:
        raise first
    except first:
        try:
            raise RuntimeError
        except RuntimeError:
            log.exception("Exception while sending command.")
    assert bool(caplog.records) is told


def test_a_cluster_that_dies_is_a_sentence(tmp_path: Path, master: tuple[str, list[subprocess.Popen[bytes]]]) -> None:
    """Last: the workers are killed, then the master, while a table is read."""
    table = many(tmp_path, 20_000, "k{n}")
    raw = spark._raw

    def dying(*args: object) -> None:
        raw(*args)  # type: ignore[arg-type]
        for process in master[1]:
            os.killpg(process.pid, signal.SIGKILL)
        time.sleep(1)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(spark, "_raw", dying)
        patch.setattr(spark, "ALONE", 3)
        (found,) = spark.check([table])
    assert found.partial
    assert "Spark" in str(found.stopped[0].message)
