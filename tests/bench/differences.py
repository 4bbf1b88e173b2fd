"""`python -m tests.bench --diff`: what it costs to compare two catalogues, once both are loaded: CPU seconds and memory, at three
sizes, when one row in a hundred changed and when all did. Each measure is taken in a process of its own.
"""

from __future__ import annotations

import gc
import json
import math
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from generator.changes.review import review
from generator.changes.states import states
from generator.changes.story import tell
from generator.changes.told_json import as_json
from generator.changes.told_markdown import as_markdown
from tests.bench.growth import SETTINGS

ROOT = Path(__file__).resolve().parent.parent.parent
COUNTS = (10_000, 30_000, 100_000)
LIMIT_SECONDS = 2.0  # of the largest, when one row in a hundred changed
LIMIT_GROWTH = 1.15  # of the exponent: the caches of a machine are small
NOISE = 0.03

CONTRACT = """\
name: essai
title: Essai
description: Des mesures.
resources:
  - name: mesures
    title: Mesures
    content: {csv: mesures/*.csv}
    former_ids: anciens
    schema:
      fields:
        - {name: id, type: string, title: Identifiant}
        - {name: nom, type: string, title: Nom}
        - {name: valeur, type: number, title: Valeur, unit: unite}
        - {name: unite, type: string, title: Unité}
        - {name: jour, type: date, title: Jour}
        - {name: note, type: string, title: Note}
        - {name: anciens, type: string, title: Anciens}
      primaryKey: [id]
"""
PART = 10_000  # rows of a file


def make(root: Path, count: int, every: int) -> Path:
    """A project of `count` rows, of which one in `every` is not as it was (0: none): corrected, renamed, or another."""
    for path, text in {"mkdocs.yml": SETTINGS, "datapackages/essai/datapackage.yaml": CONTRACT}.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    (root / "content/mesures").mkdir(parents=True)
    for start in range(0, count, PART):
        rows = (_row(n, every) for n in range(start, min(count, start + PART)))
        text = "id,nom,valeur,unite,jour,note,anciens\n" + "".join(rows)
        (root / f"content/mesures/m-{start:07}.csv").write_text(text, encoding="utf-8")
    return root


def _row(n: int, every: int) -> str:
    kind = n // every % 4 if every and n % every == 0 else -1
    value = n + 7 if kind == 0 else n
    key = f"autre-{n}" if kind in (1, 2) else f"mesure-{n}"
    former = f"mesure-{n}" if kind == 1 else ""
    name = f"Refaite {n}" if kind == 3 else f"Mesure {n}"
    return f"{key},{name},{value}.5,tonnes,2024-01-{n % 28 + 1:02},Relevé {n % 97},{former}\n"


def one(count: int, every: int) -> dict[str, float]:
    """CPU seconds of the comparison and of its two longest forms, and what it takes of memory, in bytes a row."""
    with tempfile.TemporaryDirectory() as name:
        before, after = make(Path(name, "avant"), count, 0), make(Path(name, "apres"), count, every)
        with states(Path(name), str(before), str(after)) as (old, new):
            memory, started = _peak(), time.process_time()
            found = review(old, new)
            tell(found)
            compared = time.process_time()
            as_markdown(found)
            markdown = time.process_time()
            used = _peak() - memory
            as_json(found)
            ended = time.process_time()
    seconds = {"s": compared - started, "markdown": markdown - compared, "json": ended - markdown}
    return seconds | {"octets": used * 1024 / count}


def _peak() -> int:
    """Peak resident memory, in kB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // (1024 if sys.platform == "darwin" else 1)


def measure() -> int:
    """Print the table; how many targets are missed."""
    missed = 0
    print("\ngenerator diff : deux catalogues déjà lus (secondes de calcul ; octets par ligne)")
    for every, told in ((100, "une ligne sur cent change"), (1, "toutes les lignes changent")):
        found = [_apart(count, every) for count in COUNTS]
        for key in ("s", "markdown", "json", "octets"):
            digits = 0 if key == "octets" else 2
            values = "".join(f"{_number(figures[key], digits):>12}" for figures in found)
            print(f"  {f'{told} : {key}':<46}{values}")
        small, large = found[0]["s"], found[-1]["s"]
        growth = math.log(max(large, NOISE) / max(small, NOISE)) / math.log(COUNTS[-1] / COUNTS[0])
        targets = [("exposant", growth, LIMIT_GROWTH)]
        targets += [(f"{COUNTS[-1]} lignes, secondes", large, LIMIT_SECONDS)] if every > 1 else []
        for name, value, limit in targets:
            reached = value <= limit
            missed += not reached
            verdict = "atteint    " if reached else "NON ATTEINT"
            print(f"  {verdict}  {name} ({told}) : {_number(value, 2)} ({_number(limit, 2)} au plus)")
    return missed


def _apart(count: int, every: int) -> dict[str, float]:
    command = (sys.executable, "-m", "tests.bench.differences", str(count), str(every))
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8", check=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _number(value: float, digits: int) -> str:
    return f"{value:,.{digits}f}".replace(",", "\u202f").replace(".", ",")


if __name__ == "__main__":
    gc.disable()  # as the command line does
    print(json.dumps(one(int(sys.argv[1]), int(sys.argv[2]))))
