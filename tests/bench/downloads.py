"""`python -m tests.bench --formats`: what the downloads cost on the real content, in CPU seconds, all formats together, and apart what
each page gives; and the memory that each takes more for 100,000 rows than for 10,000.
"""

from __future__ import annotations

import gc
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from generator.commands.check import checked_project
from generator.packages import extracts, folder, formats, metadata
from generator.packages.built import Published

ROOT = Path(__file__).resolve().parent.parent.parent
DATE = "2026-01-01"
LIMIT = 2.0  # CPU seconds of all formats together
FLAT = 40  # megabytes more for 90,000 rows more that are still « flat »
PASSES = 3
PAGES = "ce que montre chaque page"

# Runs alone: a table of as many rows, written in one format; prints the most memory that it took above the catalogue, in megabytes.
MEMORY = """
import gc, resource, sys, tempfile
from pathlib import Path
from generator.contracts.model import Field, Package, Resource
from generator.contracts.places import Rows
from generator.diagnostics.finding import Position
from generator.packages.formats import formats
from generator.packages.sheets import Sheet
name, count = sys.argv[1], int(sys.argv[2])
here = Position("x")
columns = tuple(Field(f"c{n}", "integer" if n == 0 else "string", (), here, title="t") for n in range(8))
table = Resource("t", "p", "T", "", Rows("csv", "t.csv"), "", columns, ("c0",), (), (), (), ("",), here)
sheet = Sheet("t", "T", "", table, columns, count, lambda: ([n, *(f"texte {n} {k}" for k in range(7))] for n in range(count)))
module = formats()[name]
with tempfile.TemporaryDirectory() as place:
    path = Path(place, "f")
    start = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    if module.SCOPE == "table":
        module.write(path, sheet)
    else:
        module.write_sheets(path, [sheet])
    print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - start) // 1024)
"""


def measure() -> int:
    """Print the table; how many targets are missed."""
    project = checked_project(ROOT)
    gc.disable()  # as the command line does
    made: dict[str, float] = {}
    for _ in range(PASSES):
        with tempfile.TemporaryDirectory(prefix="bench-") as name:
            for what, seconds in _once(project, Path(name)).items():
                made[what] = min(seconds, made.get(what, seconds))
    pages = made.pop(PAGES)
    total = sum(made.values())
    print(f"\ntéléchargements : contenu réel, {PASSES} passages, le moindre")
    for what, seconds in made.items():
        print(f"  {what:<34}{_number(seconds):>8} s")
    print(f"  {_verdict(total < LIMIT)}  tous les formats ensemble : {_number(total)} s ({_number(LIMIT)} au plus)")
    print(f"  à part, {PAGES} (CSV, XLSX) : {_number(pages)} s")
    return (total >= LIMIT) + _memory()


def _once(project, place: Path) -> dict[str, float]:  # type: ignore[no-untyped-def]
    spent: dict[str, float] = {}

    def timed(what: str, act: Callable[[], object]) -> object:
        started = time.process_time()
        try:
            return act()
        finally:
            spent[what] = spent.get(what, 0.0) + time.process_time() - started

    for name, module in formats.formats().items():
        _import(name, module)
    built = timed(
        "jeux (CSV, JSON, XLSX, SQLite…)", lambda: folder.write(project.catalogue, project.settings, DATE, place / "p")
    )
    published = Published(project.catalogue, project.settings, DATE, built)  # type: ignore[arg-type]
    timed("archive de tout, sommes", lambda: folder.write_all(published, place / "p"))
    timed("fiches en JSON, schémas, citations…", lambda: metadata.write(published, place / "m"))
    timed(PAGES, lambda: extracts.write(published, place / "e"))
    return spent


def _import(name: str, module: object) -> None:
    """A library is loaded once, and is no part of the measure."""
    if name == "parquet":
        import pyarrow.parquet  # noqa: F401
    if name == "xlsx":
        import xlsxwriter  # noqa: F401


def _memory() -> int:
    missed = 0
    print("\nmémoire de plus, pour 10 000 puis 100 000 lignes de 8 colonnes")
    for name, module in formats.formats().items():
        if module.SCOPE == "table" or hasattr(module, "write_sheets"):
            small, large = (_peak(name, count) for count in (10_000, 100_000))
            kept = large - small <= FLAT
            missed += not kept
            print(f"  {_verdict(kept)}  {name:<10}{small:>6} Mo{large:>6} Mo")
    return missed


def _peak(name: str, count: int) -> int:
    done = subprocess.run(
        (sys.executable, "-c", MEMORY, name, str(count)), cwd=ROOT, capture_output=True, encoding="utf-8", check=True
    )
    return int(json.loads(done.stdout))


def _number(value: float) -> str:
    return f"{value:.2f}".replace(".", ",")


def _verdict(reached: bool) -> str:
    return "atteint " if reached else "MANQUÉ  "
