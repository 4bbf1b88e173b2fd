"""`make bench OPTIONS=--constantes`: what a page costs at ten times the real content, for the stages that have a limit of their own."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.bench import corpus, staged
from tests.bench.staged import ROOT, Build
from tests.bench.table import Table, number, verdict

TIMES = 10
PASSES = 3  # the least of which counts
LIMITS = {"pages": 2.2, "liens": 2.0, "mkdocs": 2.2}  # milliseconds of CPU a page
TOLD = {"pages": "pages", "liens": "liens et politique de sécurité", "mkdocs": "moteur (MkDocs)"}


def measure(passes: int = PASSES) -> Table:
    """Build the copies; the table, with what is reached."""
    with tempfile.TemporaryDirectory(prefix="constantes-") as name:
        place = Path(name)
        corpus.make(ROOT, place, TIMES)
        builds = []
        for turn in range(passes):
            print(f"  ×{TIMES}, passage {turn + 1} sur {passes}", file=sys.stderr, flush=True)
            builds.append(staged.build(place))
    return table(builds)


def table(builds: list[Build]) -> Table:
    """The least of each stage by page, and its limit."""
    pages = builds[0].pages
    spent = {stage: min(build.stages[stage] for build in builds) / pages * 1000 for stage in builds[0].stages}
    rows = [
        (TOLD.get(stage, stage), number(taken, 2), *_judged(taken, LIMITS.get(stage))) for stage, taken in spent.items()
    ]
    missed = sum(spent[stage] > limit for stage, limit in LIMITS.items())
    title = f"Ce que coûte une page à ×{TIMES} du contenu réel ({number(pages)} pages), en millisecondes de calcul"
    note = f"le moindre de {len(builds)} constructions depuis rien, sur un seul cœur, sans Frictionless ni images"
    return Table("constantes", title, ("Étape", "ms par page", "Au plus", "Verdict"), tuple(rows), (note,), missed)


def _judged(taken: float, limit: float | None) -> tuple[str, str]:
    return ("", "") if limit is None else (number(limit, 1), verdict(taken <= limit))
