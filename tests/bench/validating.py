"""`python -m tests.bench --valider`: what it costs to check every row of a table, beside Frictionless, in one run; the start of Python and
the imports apart. The table is made here by a seed: ten columns, nine constraints, a key, a reference to itself; all of it is valid.
"""

from __future__ import annotations

import json
import math
import os
import random
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from tests.bench.spent import Spent, spent
from tests.bench.table import number

if TYPE_CHECKING:
    from generator.tables.engines import Check

ROOT = Path(__file__).resolve().parent.parent.parent
SIZES = (100_000, 1_000_000)
SHARE, GROWTH = (
    1 / 6,
    1.05,
)  # of the CPU of Frictionless, at most; the exponent of the time from the first size to the last
AT_DUCKDB, SHARE_OF_DUCKDB = (
    1_000_000,
    1 / 15,
)  # the rows where DuckDB is compared with Frictionless, and its share there
MEMORY = 1_200  # megabytes of DuckDB, at most, whatever the size
# How each is named, and the largest table that it is given.
STAGES = {
    "python": ("Python", 1_000_000),
    "duckdb": ("DuckDB", 100_000_000),
    "frictionless": ("Frictionless", 1_000_000),
}
STATUSES = ("public", "associatif", "commercial", "mutualiste")
KINDS = tuple(range(101, 400))
FIELDS: list[dict[str, object]] = [
    {"name": "numero", "type": "string", "constraints": {"pattern": "[0-9]{9}"}},
    {"name": "raison", "type": "string", "constraints": {"required": True, "minLength": 3, "maxLength": 80}},
    {"name": "categorie", "type": "integer", "constraints": {"minimum": 100, "maximum": 999}},
    {"name": "statut", "type": "string", "constraints": {"enum": list(STATUSES)}},
    {"name": "commune", "type": "string", "constraints": {"pattern": "[0-9]{5}|2[AB][0-9]{3}"}},
    {"name": "ouverture", "type": "date", "constraints": {"minimum": "1900-01-01"}},
    {"name": "places", "type": "integer"},
    {"name": "budget", "type": "number"},
    {"name": "actif", "type": "boolean"},
    {"name": "entite", "type": "string"},
]
SCHEMA = {
    "fields": FIELDS,
    "primaryKey": ["numero"],
    "foreignKeys": [{"fields": ["entite"], "reference": {"resource": "", "fields": ["numero"]}}],
}


def lines(rows: int, seed: int = 1) -> Iterator[str]:
    """The lines of the table."""
    drawn = random.Random(seed)
    yield ",".join(str(field["name"]) for field in FIELDS)
    for place in range(rows):
        day = f"{drawn.randint(1901, 2025)}-{drawn.randint(1, 12):02}-{drawn.randint(1, 28):02}"
        town = (
            f"{drawn.randint(1000, 95999):05}"
            if drawn.random() > 0.02
            else f"2{drawn.choice('AB')}{drawn.randint(1, 366):03}"
        )
        parent = _number(drawn.randint(0, place)) if drawn.random() > 0.3 else ""
        name = f'"Résidence {place}, « Les Tilleuls »"' if place % 50 == 0 else f"Maison d’accueil {place}"
        budget = f"{drawn.randint(0, 5_000_000) / 100:.2f}"
        yield (
            f"{_number(place)},{name},{drawn.choice(KINDS)},{drawn.choice(STATUSES)},{town},{day},{drawn.randint(0, 300)},"
            f"{budget},{drawn.choice(('true', 'false'))},{parent}"
        )


def _number(place: int) -> str:
    return f"{10_000_000 + place:09}"


def write(folder: Path, rows: int) -> Path:
    """The package of a table of so many rows: its descriptor, which is returned, and its file."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "table.csv").open("w", encoding="utf-8", newline="\n") as out:
        out.writelines(f"{line}\n" for line in lines(rows))
    resource = {"name": "table", "type": "table", "path": "table.csv", "format": "csv", "schema": SCHEMA}
    path = folder / "datapackage.json"
    told = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "essai",
        "resources": [resource],
    }
    path.write_text(json.dumps(told), encoding="utf-8")
    return path


def python(path: Path) -> None:
    """Check the rows of a package with our engine in Python; without a file, only start."""
    from generator.tables.python.rows import check

    ours(path, check)


def duckdb(path: Path) -> None:
    """The same with DuckDB."""
    from generator.tables.duck.engine import check

    ours(path, check)


def ours(path: Path, check: Check) -> None:
    """Check the rows of a package."""
    from generator.tables.source import Source, Table, files
    from tests.tables import shape_of

    if path.is_file():
        table = Table(shape_of("table", SCHEMA), Source(files(path.parent, "table.csv")))
        verdict = check([table])[0]
        assert verdict.rows, verdict
        assert not verdict.faulty, verdict


def frictionless(path: Path) -> None:
    """The same with Frictionless; without a file, only start."""
    import frictionless as library

    if path.is_file():
        report = library.validate(str(path))
        assert report.tasks[0].stats["rows"], report
        assert report.valid, report.flatten(["message"])[:3]


def _spent(stage: str, path: Path) -> Spent:
    command = (sys.executable, "-m", "tests.bench.validating", stage, str(path))
    found = spent(command, ROOT, sys.stderr.fileno())
    if found.code:
        raise SystemExit(f"{stage} a échoué.")
    return found


def measure(sizes: tuple[int, ...] = SIZES, passes: int = 2) -> int:
    """Print what each costs, and the targets; how many are missed."""
    found: dict[tuple[str, int], Spent] = {}
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        for size in (0, *sizes):
            path = write(folder / str(size), size) if size else folder / "rien"
            for stage, (_, longest) in STAGES.items():
                if size <= longest:
                    tries = [_spent(stage, path) for _ in range(passes if size < 10**6 else 1)]
                    found[stage, size] = min(tries, key=lambda each: each.seconds)
    print(
        f"Contrôler chaque ligne d’une table : 10 colonnes, secondes de processeur (charge {os.getloadavg()[0]:.1f})."
    )
    for (stage, size), each in sorted(found.items()):
        if size:
            start = found[stage, 0].seconds
            print(
                f"  {STAGES[stage][0]}, {number(size, 0)} lignes : {number(each.seconds - start, 2)} s, plus {number(start, 2)} s de"
                f" démarrage et d’imports ; {number(each.memory / 1e6, 0)} Mo"
            )
    return sum(_target(*each) for each in _targets(found, sizes))


def _targets(found: dict[tuple[str, int], Spent], sizes: tuple[int, ...]) -> Iterator[tuple[str, float, float]]:
    """What is to be reached: its name, the value, the most that it may be."""
    own = {key: each.seconds - found[key[0], 0].seconds for key, each in found.items()}
    for stage, at, share in (("python", sizes[0], SHARE), ("duckdb", AT_DUCKDB, SHARE_OF_DUCKDB)):
        if ("frictionless", at) in found:
            label = f"{STAGES[stage][0]} : part de Frictionless, à {number(at, 0)} lignes"
            yield label, own[stage, at] / own["frictionless", at], share
    first, last = sizes[0], sizes[-1]
    if first < last and ("python", first) in own:  # Python reads a small table and DuckDB a large one, when nobody says
        power = math.log(own["duckdb", last] / own["python", first]) / math.log(last / first)
        label = f"sans nommer de moteur : exposant de la croissance de {number(first, 0)} à {number(last, 0)} lignes"
        yield label, power, GROWTH
    memory = found["duckdb", sizes[-1]].memory / 1e6
    yield f"DuckDB : mémoire, en Mo, à {number(sizes[-1], 0)} lignes", memory, MEMORY


def _target(label: str, value: float, most: float) -> bool:
    reached = value <= most
    print(f"{'OBJECTIF' if reached else 'MANQUÉ'} : {label} : {number(value, 3)} (au plus {number(most, 3)})")
    return not reached


if __name__ == "__main__":
    {"python": python, "duckdb": duckdb, "frictionless": frictionless}[sys.argv[1]](Path(sys.argv[2]))
