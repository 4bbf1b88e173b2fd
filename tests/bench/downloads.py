"""`python -m tests.bench --formats`: what the downloads cost on the real content, in CPU seconds, all formats together, and apart what
each page gives; and what each format takes of memory and time for 10,000 rows and for 100,000, its library and the catalogue apart.
"""

from __future__ import annotations

import gc
import json
import math
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from generator.commands.check import checked_project
from generator.packages import extracts, folder, formats, metadata
from generator.packages.built import Built, Published
from generator.packages.cited import Citations
from generator.packages.descriptor import DESCRIPTOR, describe
from generator.packages.flat import Flattener
from tests.bench import differences
from tests.bench.stages import Meter

ROOT = Path(__file__).resolve().parent.parent.parent
DATE = "2026-01-01"
LIMIT = 2.0  # CPU seconds of all formats together
ROWS = (10_000, 100_000)
FLAT = 8  # megabytes more for the larger table that are still « flat »
GROWTH = 1.1  # of the exponent of time
PASSES = 3
PAGES = "ce que montre chaque page"


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
    timed(PAGES, lambda: extracts.write(published, extracts.extracts(published.catalogue).values(), place / "e"))
    return spent


def _import(name: str, module: object) -> None:
    """A library is loaded once, and is no part of the measure."""
    if name == "parquet":
        import pyarrow.parquet  # noqa: F401
    if name == "xlsx":
        import xlsxwriter  # noqa: F401


def _memory() -> int:
    missed = 0
    print(f"\nune table de {ROWS[0]} puis de {ROWS[1]} lignes, avec ses libellés : mémoire, secondes, exposant")
    small, large = (_apart(count) for count in ROWS)
    for name in formats.formats():
        (seconds, memory), (longer, more) = small[name], large[name]
        growth = math.log(longer / seconds) / math.log(ROWS[1] / ROWS[0])
        kept = more - memory <= FLAT and growth <= GROWTH
        missed += not kept
        print(
            f"  {_verdict(kept)}  {name:<10}{memory:>6.0f} Mo{more:>6.0f} Mo"
            f"{_number(seconds):>8} s{_number(longer):>8} s{_number(growth):>8}"
        )
    return missed


def _apart(count: int) -> dict[str, list[float]]:
    """For each format, its CPU seconds and the megabytes that it takes, measured where nothing else was done."""
    command = (sys.executable, "-m", "tests.bench.downloads", str(count))
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8", check=True)
    found: dict[str, list[float]] = json.loads(done.stdout)
    return found


def one(count: int) -> dict[str, list[float]]:
    """The same in this process, which is copied for each format: what it has loaded is no part of the measure."""
    with tempfile.TemporaryDirectory() as name:
        built = _prepared(differences.make(Path(name, "projet"), count, 0), Path(name))
        return {form: _forked(form, module, built) for form, module in formats.formats().items()}


def _prepared(root: Path, made: Path) -> Built:
    """The package of a project as the formats take it, its tables in no file yet."""
    project = checked_project(root)
    catalogue, settings = project.catalogue, project.settings
    (planned,) = folder.planned(catalogue, settings)
    descriptor = describe(planned.package, catalogue, settings, DATE, planned.tables)
    (made / "data").mkdir()
    (made / DESCRIPTOR).write_text(json.dumps(descriptor), encoding="utf-8")
    citation = Citations(catalogue, settings).package(planned.package)
    flattener = Flattener(catalogue, settings)
    built = Built(planned.package, made, planned.tables, descriptor, flattener=flattener, citation=citation)
    for sheet in built.labelled:
        for _ in sheet.rows():  # what is kept of the catalogue to read it flat
            pass
    return built


def _forked(form: str, module, built: Built) -> list[float]:  # type: ignore[no-untyped-def]
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.write(writing, json.dumps(_written(form, module, built)).encode("ascii"))
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, encoding="ascii") as stream:
        told = stream.read()
    os.waitpid(child, 0)
    found: list[float] = json.loads(told)
    return found


def _written(form: str, module, built: Built) -> list[float]:  # type: ignore[no-untyped-def]
    _import(form, module)
    meter = Meter()
    meter("avant")
    if module.SCOPE == "package":
        module.write(built.folder / f"essai{module.SUFFIX}", built)
    for table in built.tables if module.SCOPE == "table" else ():
        module.write(built.folder / f"data/{table.sheet.name}{module.SUFFIX}", table.sheet)
    meter("s")
    return [meter.figures["s"], (meter.figures["s (ko)"] - meter.figures["avant (ko)"]) / 1000]


def _number(value: float) -> str:
    return f"{value:.2f}".replace(".", ",")


def _verdict(reached: bool) -> str:
    return "atteint " if reached else "MANQUÉ  "


if __name__ == "__main__":
    gc.disable()  # as the command line does
    print(json.dumps(one(int(sys.argv[1]))))
