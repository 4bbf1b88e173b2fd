"""`make bench REVISION=…`: a build from clean by the code of a revision and by the code here, in turns, stage by stage: as `make compare
OPTIONS=--etapes`, as a table.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from pathlib import Path

from tests.bench import clean, compare, corpus
from tests.bench.clean import LIMIT, NOT_OURS, SIZES, Stages
from tests.bench.staged import ROOT
from tests.bench.table import Table, number, verdict

TOTAL = "de la lecture aux liens"
HEAD = ("Étape", "Avant (s)", "Ici (s)", "Rapport")


def measure(revision: str, sizes: tuple[int, ...] = SIZES) -> Table:
    """Build at each size by each tree; the table. Raises SystemExit for a revision that git does not have."""
    revision = compare.known(revision)
    rows: list[tuple[str, ...]] = []
    notes = []
    missed = 0
    with tempfile.TemporaryDirectory(prefix="avant-") as name:
        folder = Path(name)
        trees = {"avant": folder / "avant", "ici": folder / "ici"}
        compare.check_out(revision, trees["avant"])
        compare.copy(trees["ici"])
        for size in sizes:
            place = _project(folder / f"x{size}", size)
            pages, best = _least(place, trees, size)
            whole = [sum(taken for stage, taken in best[side].items() if stage not in NOT_OURS) for side in trees]
            told = f"{'contenu réel' if size == 1 else f'×{size}'}, {number(pages)} pages"
            rows += _rows(told, best["avant"], best["ici"], whole)
            reached = whole[1] <= LIMIT * whole[0]
            missed += not reached
            notes.append(
                f"{told} : {number(whole[1] / whole[0], 2)} du calcul d’avant, au plus {number(LIMIT, 2)} : {verdict(reached)}"
            )
            shutil.rmtree(place)
    title = f"Une construction depuis rien, à la révision {revision} et ici, en secondes de calcul"
    base = "le moindre de passages alternés, sur un seul cœur, sans Frictionless ni images ; la recherche n’entre pas dans le total"
    return Table("avant-ici", title, HEAD, tuple(rows), (base, *notes), missed)


def _project(place: Path, size: int) -> Path:
    place.mkdir()
    if size > 1:
        corpus.make(ROOT, place, size)
    else:
        compare.site(place, ROOT)
    return place


def _least(place: Path, trees: dict[str, Path], size: int) -> tuple[int, dict[str, Stages]]:
    """Pages, and the least of each stage for each tree; the first builds compile, and do not count."""
    best: dict[str, Stages] = {}
    pages = 0
    for turn in range(-1, clean.PASSES[size]):
        for side, tree in list(trees.items())[:: -1 if turn % 2 else 1]:
            print(f"  ×{size}, {side}, passage {turn + 1} sur {clean.PASSES[size]}", file=sys.stderr, flush=True)
            pages, found = clean._build(tree, place)
            if turn >= 0:
                known = best.setdefault(side, found)
                best[side] = {stage: min(taken, known.get(stage, taken)) for stage, taken in found.items()}
    return pages, best


def _rows(told: str, before: Stages, here: Stages, whole: list[float]) -> list[tuple[str, ...]]:
    pairs = [(stage, before.get(stage, 0.0), here.get(stage, 0.0)) for stage in dict.fromkeys((*before, *here))]
    return [
        (f"{told} : {name}", number(old, 2), number(new, 2), number(new / old, 2) if old > 0.05 else "")
        for name, old, new in (*pairs, (TOTAL, whole[0], whole[1]))
    ]
