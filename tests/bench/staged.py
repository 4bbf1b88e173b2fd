"""One build by the code here, in a process of its own: `python -m tests.bench.staged PROJECT [--tout]` prints, as JSON, the CPU and the
memory of each stage. Without `--tout`, Frictionless reads nothing and no image is drawn.
"""

from __future__ import annotations

import gc
import json
import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.bench.spent import Spent, spent

ROOT = Path(__file__).resolve().parent.parent.parent
DATE = "2026-01-01"
WHOLE = "--tout"
NOT_OURS = ("frictionless", "recherche")  # what is not ours to spare

# Stage → its CPU seconds, or the bytes that this process holds at its fullest when it ends.
Stages = dict[str, float]


@dataclass(frozen=True, slots=True)
class Build:
    """What a build took: its pages, CPU seconds and memory by stage, bytes before the first stage, and all that was spent."""

    pages: int
    stages: Stages
    memory: Stages
    start: float
    whole: Spent

    def ours(self) -> float:
        """CPU seconds from reading to links, what is not ours to spare left out."""
        return sum(taken for stage, taken in self.stages.items() if stage not in NOT_OURS)


def build(project: Path, *options: str) -> Build:
    """Build a project from nothing. Raises SystemExit, with what was said, if it is faulty."""
    for name in ("build", "site", ".atelier"):
        shutil.rmtree(project / name, ignore_errors=True)
    os.sync()  # what the former build wrote is not counted to this one
    told = project / "mesures.txt"
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": ""}
    with told.open("wb") as out:
        command = (sys.executable, "-P", "-m", "tests.bench.staged", str(project), *options)
        whole = spent(command, ROOT, out, environment)
    said = told.read_text(encoding="utf-8")
    if whole.code != 0:
        raise SystemExit(f"La construction a échoué.\n{said}")
    return Build(**json.loads(said.splitlines()[-1]), whole=whole)


def _run(root: Path, whole: bool) -> None:
    from generator.commands.check import checked_project
    from generator.commands.making import pipeline
    from generator.site import images
    from tests.bench.stages import Meter, peak, resource

    if not whole:
        images.available = lambda: False
    start = peak(resource.RUSAGE_SELF) * 1024
    meter = Meter()
    project = checked_project(root, meter)
    made = pipeline.build(project, "mkdocs", DATE, meter, validate=whole)
    if not made.pages:
        sys.exit("\n".join(str(each.message) for each in made.diagnostics if each.severity == "erreur"))
    memory = {name.removesuffix(" (ko)"): held * 1024 for name, held in meter.figures.items() if name.endswith(" (ko)")}
    stages = {
        stage: meter.figures[stage] + meter.figures.get(f"{stage} (programme)", 0.0)  # the engine, the search
        for stage in memory
    }
    print(json.dumps({"pages": made.pages, "stages": stages, "memory": memory, "start": start}))


if __name__ == "__main__":
    gc.disable()  # as the command line does
    _run(Path(sys.argv[1]), WHOLE in sys.argv[2:])
