"""`python -m tests.bench --frictionless [REVISION]`: the same packages of the real content validated as here and, in the same
run, by the code of another revision, or by Frictionless given each package alone. CPU seconds, the least of alternated passes.
"""

from __future__ import annotations

import gc
import importlib
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from generator.catalogue.records import Catalogue
from generator.commands.check import checked_project
from generator.packages import folder, validation
from generator.packages.built import Built
from tests.bench.report import REREADING_LIMIT as LIMIT

ROOT = Path(__file__).resolve().parent.parent.parent
CODE = "generator/packages/validation.py"
DATE = "2026-01-01"
PASSES = 5

Validate = Callable[[tuple[Built, ...], Catalogue], tuple]


def measure(revision: str, root: Path = ROOT) -> int:
    """Print both times and their ratio; how many targets are missed. `revision`: empty for each package alone."""
    import frictionless  # noqa: F401  # its import is no part of the measure

    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        before = _validate(revision, Path(name)) if revision else _each_alone
        project = checked_project(root)
        built = folder.write(project.catalogue, project.settings, DATE, Path(name) / "paquets")
        gc.disable()  # as the command line does
        ways: tuple[Validate, Validate] = (before, lambda *given: tuple(validation.validate(*given)))
        passes = [[_timed(way, built, project.catalogue) for way in ways] for _ in range(PASSES)]
    (there, said), (here, found) = (min(way, key=lambda each: each[0]) for way in zip(*passes, strict=True))
    tables = [(table.sheet.name, table.files[0].sha256) for package in built for table in package.tables]
    print(
        f"\nfrictionless : {len(tables)} tables, dont {len(set(tables))} distinctes ({PASSES} passages alternés, le moindre)"
    )
    label = f"code de la révision {revision}" if revision else "chaque paquet relu seul"
    for text, seconds in ((label, there), ("ici", here)):
        print(f"  {text:<58}{_number(seconds):>8} s")
    same, reached = said == found, here <= LIMIT * there
    print(f"  {_verdict(reached)}  rapport {_number(here / there)} ({_number(LIMIT)} au plus)")
    print(f"  {_verdict(same)}  les mêmes verdicts, à la lettre")
    return (not reached) + (not same)


def _each_alone(built: tuple[Built, ...], catalogue: Catalogue) -> tuple:
    return tuple(validation.alone(package, catalogue) for package in built)


def _validate(revision: str, place: Path) -> Validate:
    """The function of another revision, among the modules of this one: it sees the same tables."""
    shown = ("git", "-C", str(ROOT), "show", f"{revision}:{CODE}")
    done = subprocess.run(shown, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False)
    if done.returncode != 0:
        raise SystemExit(f"La révision « {revision} » n’a pas {CODE}.")
    (place / "avant.py").write_bytes(done.stdout)
    sys.path.insert(0, str(place))
    module = importlib.import_module("avant")
    return lambda *given: tuple(module.validate(*given))


def _timed(validate: Validate, built: tuple[Built, ...], catalogue: Catalogue) -> tuple[float, list[object]]:
    """CPU seconds, and the verdicts as tuples: each revision has its own class."""
    gc.collect()
    started = time.process_time()
    verdicts = validate(built, catalogue)
    spent = time.process_time() - started
    return spent, [(v.package, v.valid, v.tables, v.rows, v.diagnostics) for v in verdicts]


def _verdict(reached: bool) -> str:
    return "atteint    " if reached else "NON ATTEINT"


def _number(value: float) -> str:
    return f"{value:.2f}".replace(".", ",")
