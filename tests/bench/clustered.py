"""`python -m tests.bench --spark 1000000 10000000`: what Spark takes to check each row of a table, on a master and two workers of this
machine, beside DuckDB, in one run: whether the time of a row grows, and whether both find the same. Some rows are wrong.

Each check is in a process of its own; what it costs is told without its start, when an executor of each worker is there. The processor
is that of all the processes (/proc): those of Spark are not ours to wait for.
"""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench import validating
from tests.bench.table import number

if TYPE_CHECKING:  # what reads tables is not for what launches
    from generator.tables.source import Table
    from generator.tables.verdict import Verdict

SIZES = (1_000_000, 10_000_000)
GROWTH = 1.0  # of the time of a row, from the first size to the last, at most
LENT, EXECUTOR = "1g", "900m"  # the memory that a worker lends, and that of its executor
_NAMES = {"spark": "Spark", "duckdb": "DuckDB"}
_EACH = 9_973  # a row in so many is wrong
_TICK = os.sysconf("SC_CLK_TCK")
# What is wrong, one after the other: the column, and what it has.
_FAULTS = (("categorie", "x"), ("ouverture", "2024-1-5"), ("numero", ""), ("entite", "999999999"), ("raison", ""))


@dataclass(frozen=True)
class Checked:
    """What a check cost and found: seconds of its start, of the clock and of the processor; the most that a process had in memory, in
    bytes; the rows that are wrong by cause, and the whole verdict as a text.
    """

    start: float
    wall: float
    cpu: float
    memory: int
    causes: dict[str, int]
    verdict: str


def lines(rows: int) -> Iterator[str]:
    """The lines of the table: those of `validating`, some of them wrong; the third fault is a number that the first row has."""
    names = [str(field["name"]) for field in validating.FIELDS]
    first = ""
    for rank, line in enumerate(validating.lines(rows)):
        first = line.partition(",")[0] if rank == 1 else first
        if rank % _EACH or not rank:
            yield line
            continue
        name, text = _FAULTS[rank // _EACH % len(_FAULTS)]
        cells = next(csv.reader([line]))
        cells[names.index(name)] = text or (first if name == "numero" else "")
        yield ",".join(f'"{cell}"' if "," in cell else cell for cell in cells)


def measure(sizes: tuple[int, ...] = SIZES) -> int:
    """Print what each takes, then the targets; how many are missed."""
    found: dict[tuple[str, int], Checked] = {}
    print(
        f"Contrôler chaque ligne d’une table : Spark sur un maître et deux ouvriers d’un cœur et de {LENT[:-1]} Go, DuckDB ensuite ;"
        f" {os.cpu_count()} cœurs, charge {number(os.getloadavg()[0], 1)}.",
        flush=True,
    )
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        for size in sizes:
            path = Path(name) / f"{size}.csv"
            with path.open("w", encoding="utf-8", newline="\n") as out:
                out.writelines(f"{line}\n" for line in lines(size))
            for engine in _NAMES:
                found[engine, size] = _apart(engine, path)
                print(_told(engine, size, found[engine, size]), flush=True)
            path.unlink()
    same = [_same(size, found["spark", size], found["duckdb", size]) for size in sizes]
    return same.count(False) + sum(_growth(found, sizes))


def _apart(engine: str, path: Path) -> Checked:
    command = (sys.executable, "-m", "tests.bench.clustered", engine, str(path))
    done = subprocess.run(command, cwd=validating.ROOT, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        raise SystemExit(f"{_NAMES[engine]} a échoué :\n{done.stderr}")
    return Checked(**json.loads(done.stdout.splitlines()[-1]))


def _told(engine: str, size: int, each: Checked) -> str:
    a_row = number(each.wall / size * 1e6, 2), number(each.cpu / size * 1e6, 2)
    whose = "le plus gros ouvrier" if engine == "spark" else "mémoire"
    return (
        f"  {_NAMES[engine]}, {number(size)} lignes : {number(each.wall, 1)} s, soit {a_row[0]} µs par ligne ; processeur {number(each.cpu, 1)} s,"
        f" soit {a_row[1]} µs par ligne ; {whose} {number(each.memory / 1e6)} Mo ; plus {number(each.start, 1)} s de démarrage"
    )


def _same(size: int, one: Checked, other: Checked) -> bool:
    same = one.verdict == other.verdict
    print(
        f"{'OBJECTIF' if same else 'MANQUÉ'} : même rapport à {number(size)} lignes : {'oui' if same else 'non'}"
        f" ({len(other.causes)} causes, {number(sum(other.causes.values()))} lignes fausses)"
    )
    return same


def _growth(found: dict[tuple[str, int], Checked], sizes: tuple[int, ...]) -> Iterator[bool]:
    """Whether the time of a row grows, by the clock and by the processor."""
    first, last = sizes[0], sizes[-1]
    for what in ("wall", "cpu") if first < last else ():
        ratio = getattr(found["spark", last], what) / last / (getattr(found["spark", first], what) / first)
        label = {"wall": "temps", "cpu": "temps de processeur"}[what]
        print(
            f"{'OBJECTIF' if ratio <= GROWTH else 'MANQUÉ'} : Spark : {label} par ligne, à {number(last)} lignes et à {number(first)} :"
            f" {number(ratio, 2)} fois (au plus {number(GROWTH, 2)})"
        )
        yield ratio > GROWTH


# --- In the process of a check ---


def spark(path: Path) -> Checked:
    """Check with Spark, on a cluster that lives as long."""
    from tests.spark.clusters import WORKERS, cluster, environment

    began = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="spark-", ignore_cleanup_errors=True) as name:
        told = environment(Path(name), memory=EXECUTOR)
        os.environ.update(told)
        with cluster(Path(name), told, LENT) as (address, processes):
            from generator.tables.spark import engine

            session = engine.Spark(address)
            members = session.session.sparkContext._jsc.sc()
            while members.getExecutorMemoryStatus().size() <= WORKERS:  # the driver is one of them
                time.sleep(0.2)
            stop, engine.Spark.stop = engine.Spark.stop, lambda self: None  # type: ignore[method-assign]
            started, before = time.perf_counter(), _processor(os.getpid())
            verdict = engine.check([_table(path)], address)[0]
            wall, cpu = time.perf_counter() - started, _processor(os.getpid()) - before
            memory = max(_fullest(pid) for process in processes[1:] for pid in _children(process.pid))
            stop(session)
    return _checked(started - began, wall, cpu, memory, verdict)


def duckdb(path: Path) -> Checked:
    """The same with DuckDB."""
    began = time.perf_counter()
    from generator.tables.duck import engine

    started, before = time.perf_counter(), time.process_time()
    verdict = engine.check([_table(path)])[0]
    wall, cpu = time.perf_counter() - started, time.process_time() - before
    return _checked(started - began, wall, cpu, _fullest(os.getpid()), verdict)


def _table(path: Path) -> Table:
    from generator.tables.source import Source, Table, files
    from tests.tables import shape_of

    return Table(shape_of("table", validating.SCHEMA), Source(files(path.parent, path.name)))


def _checked(start: float, wall: float, cpu: float, memory: int, verdict: Verdict) -> Checked:
    causes = {f"{cause.kind} {'+'.join(cause.columns)}": cause.count for cause in verdict.causes}
    return Checked(start, wall, cpu, memory, causes, repr(verdict))


def _processor(pid: int) -> float:
    """The seconds of processor of a process, of those that it begot, and of the ended ones that they waited for."""
    stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return sum(map(int, stat[11:15])) / _TICK + sum(map(_processor, _children(pid)))


def _children(pid: int) -> Iterable[int]:
    tasks = Path(f"/proc/{pid}/task").iterdir()
    return [int(child) for task in tasks for child in (task / "children").read_text(encoding="utf-8").split()]


def _fullest(pid: int) -> int:
    """The bytes that a process had at its fullest; 0 for one that has ended."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    return next((int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmHWM")), 0)


if __name__ == "__main__":
    print(json.dumps(asdict({"spark": spark, "duckdb": duckdb}[sys.argv[1]](Path(sys.argv[2])))))
