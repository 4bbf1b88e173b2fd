"""`make compare REVISION=… OPTIONS=--etapes`: a build from clean by the code of another revision and by the code here, stage by stage, on
the real content and on ten times as much; the CPU from reading to links is compared, on one core, without what is not ours to spare: the
engine of the search, the drawing of images, Frictionless.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.bench import corpus

LIMIT = 0.65  # of the CPU of the other revision
NOT_OURS = ("recherche",)  # Pagefind; images and Frictionless are left out of these builds
SIZES = (1, 10)
PASSES = {1: 4, 10: 2}

# Runs in either revision: the CPU of each stage, of the process and of those that it waited for.
MEASURE = """
import gc, json, pathlib, resource, sys
gc.disable()
from generator.commands.check import checked_project
from generator.commands.making import pipeline
from generator.site import images
images.available = lambda: False
root, taken = pathlib.Path(sys.argv[1]), {}
def seconds():
    used = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return sum(each.ru_utime + each.ru_stime for each in used)
last = seconds()
def done(stage, told):
    global last
    now = seconds()
    taken[stage] = taken.get(stage, 0) + now - last
    last = now
project = checked_project(root, done)
made = pipeline.build(project, "mkdocs", "2026-01-01", done, validate=False)
if not made.pages:
    sys.exit("\\n".join(str(each.message) for each in made.diagnostics if each.severity == "erreur"))
print(json.dumps({"pages": made.pages, "stages": taken}))
"""

Stages = dict[str, float]


def measure(folder: Path, trees: dict[str, Path], root: Path) -> int:
    """Build at each size by each tree, alternated, print; the number of targets that are missed."""
    missed = 0
    for size in SIZES:
        place = folder / f"x{size}"
        place.mkdir()
        if size == 1:
            for name in ("content", "datapackages"):
                shutil.copytree(root / name, place / name)
            shutil.copyfile(root / "mkdocs.yml", place / "mkdocs.yml")
        else:
            corpus.make(root, place, size)
        best: dict[str, Stages] = {}
        pages = 0
        for side in trees:
            _build(
                trees[side], place
            )  # the first ones compile, and write in folders that are new: they cost less, and do not count
        for number in range(PASSES[size]):
            for side, tree in list(trees.items())[:: -1 if number % 2 else 1]:
                pages, found = _build(tree, place)
                known = best.setdefault(side, found)
                best[side] = {stage: min(taken, known.get(stage, taken)) for stage, taken in found.items()}
        missed += _tell(size, pages, best["avant"], best["ici"])
        shutil.rmtree(place)
    return missed


def _build(tree: Path, place: Path) -> tuple[int, Stages]:
    for name in ("build", "site", ".atelier"):
        shutil.rmtree(place / name, ignore_errors=True)
    os.sync()  # what the former build wrote is not counted to this one
    done = subprocess.run(
        (sys.executable, "-P", "-c", MEASURE, str(place)),
        cwd=tree,
        env=os.environ | {"PYTHONPATH": str(tree), "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": ""},
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=False,
    )
    if done.returncode != 0:
        raise SystemExit(f"La construction a échoué avec le code de {tree.name}.")
    made = json.loads(done.stdout.splitlines()[-1])
    return made["pages"], made["stages"]


def _tell(size: int, pages: int, before: Stages, here: Stages) -> int:
    name = "contenu réel" if size == 1 else f"×{size}"
    print(f"\n{name}, {pages} pages : secondes de calcul d’une construction depuis rien, sans Frictionless ni images")
    for stage in dict.fromkeys((*before, *here)):
        _row(stage, before.get(stage, 0.0), here.get(stage, 0.0))
    whole = [sum(taken for stage, taken in each.items() if stage not in NOT_OURS) for each in (before, here)]
    _row("de la lecture aux liens", *whole)
    ratio = whole[1] / whole[0]
    verdict = "atteint" if ratio <= LIMIT else "NON ATTEINT"
    print(f"  rapport {ratio:.2f}, limite {LIMIT} : {verdict}".replace(".", ","), flush=True)
    return ratio > LIMIT


def _row(stage: str, before: float, here: float) -> None:
    ratio = f"{here / before:9.2f}" if before > 0.05 else " " * 9
    print(f"  {stage:<26}{before:9.2f} avant{here:9.2f} ici{ratio}".replace(".", ","))
