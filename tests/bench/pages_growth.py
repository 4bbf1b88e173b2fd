"""`make bench OPTIONS=--croissance`: what a page more costs, from 300 to 12,000 records, each with its page: CPU and memory, by stage. The
exponent is the power of the number of pages by which a cost grows, what one page alone costs taken away: 1 is proportional, 2 is quadratic.
"""

from __future__ import annotations

import math
import shutil
import statistics
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.bench import records, staged
from tests.bench.staged import Build
from tests.bench.table import Table, number, verdict

SIZES = (300, 1_000, 3_000, 12_000)
PASSES = 3  # the median of which counts
EXPONENT, MEMORY = 1.05, 60_000  # of the whole; bytes a page above the start, at the largest size
SEEN = 0.05  # seconds under which a stage is too short for an exponent
LEAST = 0.001  # seconds
TOTAL = "de la lecture aux liens"
NOTES = (
    "calcul : de chaque construction depuis rien, la médiane de {passes}, sur un seul cœur, sans Frictionless ni images ; la recherche "
    "(Pagefind) est montrée, et n’entre pas dans le total",
    "mémoire : au plus haut, au-dessus de ce que tient le générateur avant de lire, par page ; le plus gros des programmes peut être le moteur ou "
    "la recherche",
    "exposant : moindres carrés entre logarithmes, une fois ôté ce que coûte une construction d’une seule fiche",
)


def measure(sizes: tuple[int, ...] = SIZES, passes: int = PASSES) -> Table:
    """Build libraries of so many books; the table, with what is reached. The first build compiles, and does not count."""
    found: dict[int, list[Build]] = {}
    with tempfile.TemporaryDirectory(prefix="fiches-") as name:
        for count in (1, *sizes):
            place = Path(name) / f"{count}"
            records.make(place, count)
            if count == 1:
                staged.build(place)
            for turn in range(passes):
                made = staged.build(place)
                found.setdefault(count, []).append(made)
                told = f"{number(made.ours(), 2)} s, {number(max(made.memory.values()) / 1e6)} Mo"
                print(
                    f"  {number(count)} fiches, passage {turn + 1} sur {passes} : {told}", file=sys.stderr, flush=True
                )
            shutil.rmtree(place)
    return table(found)


def table(found: dict[int, list[Build]]) -> Table:
    """Costs by stage and by size, exponents, targets."""
    sizes = tuple(count for count in found if count > 1)
    first, largest = found[1], max(found)
    stages = tuple(first[0].stages)
    costs: dict[str, Callable[[Build], float]] = {
        stage: lambda build, stage=stage: build.stages[stage] for stage in stages
    }
    rows = [_row(stage, found, sizes, cost) for stage, cost in costs.items()]
    rows.append(_row(TOTAL, found, sizes, Build.ours))
    grown = exponent(sizes, _added(found, sizes, Build.ours))
    rows += [_held("mémoire du générateur, par page (ko)", found, sizes, lambda build: max(build.memory.values()))]
    rows += [
        _held("mémoire du plus gros des programmes, par page (ko)", found, sizes, lambda build: build.whole.memory)
    ]
    held = _above(found[largest], lambda build: max(build.memory.values()))
    reached = grown <= EXPONENT, held <= MEMORY
    return Table(
        "croissance", "Ce que coûte une page, en millisecondes de calcul, de 300 à 12 000 fiches",
        ("Étape", *(f"{number(count)} fiches" for count in sizes), "Exposant"), tuple(rows),
        (
            *(note.format(passes=len(first)) for note in NOTES),
            f"exposant du total : {number(grown, 2)}, au plus {number(EXPONENT, 2)} : {verdict(reached[0])}",
            f"mémoire par page à {number(largest)} fiches : {number(held / 1000, 1)} ko, au plus {number(MEMORY / 1000)} : "
            f"{verdict(reached[1])}",
        ),
        reached.count(False),
    )  # fmt: skip


def _row(
    name: str, found: dict[int, list[Build]], sizes: tuple[int, ...], cost: Callable[[Build], float]
) -> tuple[str, ...]:
    each = (_median(found[count], cost) / found[count][0].pages * 1000 for count in sizes)
    added = _added(found, sizes, cost)
    shown = number(exponent(sizes, added), 2) if min(added) > SEEN else ""
    return (name, *(number(value, 2) for value in each), shown)


def _held(
    name: str, found: dict[int, list[Build]], sizes: tuple[int, ...], memory: Callable[[Build], float]
) -> tuple[str, ...]:
    return (name, *(number(_above(found[count], memory) / 1000, 1) for count in sizes), "")


def _above(builds: list[Build], memory: Callable[[Build], float]) -> float:
    """Bytes a page above the start."""
    return _median(builds, lambda build: memory(build) - build.start) / builds[0].pages


def _added(found: dict[int, list[Build]], sizes: tuple[int, ...], cost: Callable[[Build], float]) -> list[float]:
    """What so many pages add to what one costs."""
    alone = _median(found[1], cost)
    return [_median(found[count], cost) - alone for count in sizes]


def _median(builds: Sequence[Build], cost: Callable[[Build], float]) -> float:
    return statistics.median(map(cost, builds))


def exponent(counts: Sequence[int], costs: Sequence[float]) -> float:
    """The power of a count by which a cost grows: the slope, by least squares, of one logarithm on the other."""
    return statistics.linear_regression(
        [math.log(count) for count in counts], [math.log(max(cost, LEAST)) for cost in costs]
    ).slope
