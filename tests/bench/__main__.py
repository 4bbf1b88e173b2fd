"""`make bench`: measures each stage in a process of its own, side by side, and prints the tables and the targets."""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench import (
    browsing,
    clustered,
    differences,
    downloads,
    figures,
    growth,
    large,
    pictures,
    rereading,
    saving,
    tables,
    validating,
)
from tests.bench.report import Measures, print_report
from tests.bench.spent import spent

ROOT = Path(__file__).resolve().parent.parent.parent
NEEDED = ("generator", "content", "datapackages", "tests/bench", "mkdocs.yml")
REAL = 1

# The stages in the order of a build: name, how many passes on the real content, ×10 and ×100, only on request at ×100.
STAGES = (
    ("texte", (3, 2, 1), False),
    ("chaine", (5, 3, 2), False),
    ("rechaine", (5, 2, 0), False),
    ("mkdocs", (5, 3, 1), False),
    ("zensical", (2, 1, 1), True),
    ("recherche", (2, 1, 1), False),
    ("liens", (3, 2, 1), False),
    ("validation", (2, 1, 1), False),
    ("frictionless", (2, 1, 1), False),
)
PASSES = 5  # of `generator check`


def main() -> int:
    """Measure and report; 1 when a target is missed."""
    options = argparse.ArgumentParser("make bench", description="Mesure ce que coûte chaque étape.")
    options.add_argument("--rapide", action="store_true", help="sans ×100 ; des tables, le contenu réel, un passage")
    options.add_argument("--complet", action="store_true", help="aussi ce qui est long : zensical à ×100")
    options.add_argument(
        "--growth", "--fautes", action="store_true", help="la croissance de check avec les fautes, seule"
    )
    options.add_argument("--diff", action="store_true", help="la comparaison de deux catalogues, seule")
    options.add_argument("--serve", action="store_true", help="ce que coûte un enregistrement pendant serve, seul")
    options.add_argument(
        "--frictionless",
        nargs="?",
        const="",
        metavar="REVISION",
        help="la relecture des paquets, seule, à côté du code de cette révision ou de chaque paquet relu à part",
    )
    options.add_argument("--figures", "--dessins", action="store_true", help="ce que coûtent les dessins, seuls")
    options.add_argument("--formats", action="store_true", help="ce que coûte chaque téléchargement, seul")
    options.add_argument("--images", action="store_true", help="ce que coûte chaque image, seul")
    options.add_argument(
        "--valider",
        nargs="*",
        type=int,
        metavar="LIGNES",
        help="ce que coûte le contrôle d’une table de tant de lignes, à côté de Frictionless, seul",
    )
    options.add_argument(
        "--grande-table",
        nargs="*",
        type=int,
        metavar="LIGNES",
        help="ce que coûte une table de tant de lignes dans un projet, seul",
    )
    options.add_argument(
        "--spark",
        nargs="*",
        type=int,
        metavar="LIGNES",
        help="ce que coûte une ligne à Spark, d’une taille de table à l’autre, à côté de DuckDB, seul",
    )
    options.add_argument(
        "--regles", action="store_true", help="avec --grande-table : ce que coûte de la contrôler avec une règle"
    )
    options.add_argument(
        "--difference", action="store_true", help="avec --grande-table : ce que coûte de la comparer à ce qu’elle était"
    )
    options.add_argument(
        "--parcourir",
        nargs="*",
        type=int,
        metavar="LIGNES",
        help="ce que coûte à qui lit la page d’une table de tant de lignes, dans Chromium, seul",
    )
    tables.options(options)
    given = options.parse_args()
    if made := tables.chosen(given):
        return 1 if tables.run(made, given.noter) else 0
    if given.figures:
        return 1 if figures.measure() else 0
    if given.valider is not None:
        return 1 if validating.measure(tuple(given.valider) or validating.SIZES) else 0
    if given.grande_table is not None:
        if given.regles:
            large.measure_rules(tuple(given.grande_table) or large.SIZES)
            return 0
        if given.difference:
            large.measure_difference(tuple(given.grande_table) or large.SIZES)
            return 0
        return 1 if large.measure(tuple(given.grande_table) or large.SIZES) else 0
    if given.spark is not None:
        return 1 if clustered.measure(tuple(given.spark) or clustered.SIZES) else 0
    if given.parcourir is not None:
        return 1 if browsing.measure(tuple(given.parcourir)) else 0
    if given.images:
        return 1 if pictures.measure() else 0
    if given.formats:
        return 1 if downloads.measure() else 0
    if given.frictionless is not None:
        return 1 if rereading.measure(given.frictionless) else 0
    if given.growth or given.diff:
        return 1 if (growth if given.growth else differences).measure() else 0
    if given.serve:
        with tempfile.TemporaryDirectory(prefix="bench-") as name:
            _freeze(Path(name) / "projet")
            return saving.report(_saving(Path(name)))
    sizes = (REAL, 10) if given.rapide else (REAL, 10, 100)
    started = time.perf_counter()
    print(f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} cœurs.")
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        _freeze(folder / "projet")
        found: dict[int, Measures] = {size: _measure(size, folder, given.complet) for size in sizes}
        check = _check(folder)
        save = _saving(folder)
    left_out = [] if given.complet else ["zensical à ×100 : OPTIONS=--complet"]
    if given.rapide:
        left_out = ["tout ce qui est à ×100, donc les exposants et la mémoire par cellule : sans --rapide"]
    missed = print_report(found, check, left_out, time.perf_counter() - started) + saving.report(save)
    missed += differences.measure()
    missed += tables.run(tables.usual(given), given.noter)
    print(
        'NON MESURÉ : la croissance jusqu’à 12 000 fiches, et les constantes à ×10 : OPTIONS="--croissance --constantes"'
    )
    busy = os.getloadavg()[2]  # over the last quarter of an hour; our own measures make about 1
    if busy > 1.5:
        print(
            f"ATTENTION : la machine faisait autre chose (charge {busy:.1f}) : ces temps sont trop longs.".replace(
                ".", ",", 1
            )
        )
    return 1 if missed else 0


def _measure(size: int, folder: Path, complete: bool) -> Measures:
    """All the stages on one corpus; of several passes, the least of each figure."""
    project, work = folder / "projet", folder / f"travail-x{size}"
    root = project if size == REAL else folder / f"x{size}"
    if size != REAL:
        _say(f"×{size} : copie du contenu")
        _run(project, "tests.bench.corpus", str(project), str(root), str(size))
    best: Measures = {}
    rank = (REAL, 10, 100).index(size)
    for number in range(max(passes[rank] for _, passes, _ in STAGES)):
        for stage, passes, long in STAGES:
            if number >= passes[rank] or (long and size == 100 and not complete):
                continue
            _say(f"×{size} : {stage}, passage {number + 1} sur {passes[rank]}")
            if stage in ("chaine", "rechaine"):
                shutil.rmtree(work, ignore_errors=True)
                work.mkdir()
            cold = {"PYTHONDONTWRITEBYTECODE": "1"} if stage == "chaine" else {}
            figures: Measures = json.loads(_run(project, "tests.bench.stages", stage, str(root), str(work), **cold))
            for key, value in figures.items():
                best[key] = min(value, best.get(key, value))
    shutil.rmtree(work)
    return best


def _freeze(project: Path) -> None:
    """Copy what is measured, never compiled, so that what is edited meanwhile changes nothing."""
    for name in NEEDED:
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, project / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copyfile(ROOT / name, project / name)


def _run(project: Path, *command: str, **environment: str) -> str:
    done = subprocess.run(
        (sys.executable, "-m", *command),
        cwd=project,
        env=_environment(**environment),
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=False,
    )
    if done.returncode != 0:
        raise SystemExit(f"La mesure « {' '.join(command)} » a échoué.")
    return done.stdout


def _environment(**more: str) -> dict[str, str]:
    """Ours, without what changes how Python keeps compiled modules."""
    kept = {name: value for name, value in os.environ.items() if name not in _COMPILING}
    return kept | more


_COMPILING = ("PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX")


def _check(folder: Path) -> Measures:
    """CPU seconds of `generator check` on the real content, start-up included: as usual, when the generator was never
    compiled, and when no library was either (not even those of Python).
    """
    fresh = folder / "jamais"
    _freeze(fresh)
    nothing = {"PYTHONDONTWRITEBYTECODE": "1"}
    found: Measures = {}
    for name, project, environment in (
        ("check", folder / "projet", {}),
        ("check, générateur jamais compilé", fresh, nothing),
        ("check, rien n’est compilé", fresh, nothing | {"PYTHONPYCACHEPREFIX": str(folder / "vide")}),
    ):
        _say(f"{name}, {PASSES} passages")
        found[name] = min(_seconds(project, _environment(**environment)) for _ in range(PASSES))
    return found


def _saving(folder: Path) -> Measures:
    """What a save costs while `serve` runs, on a copy that is edited."""
    _say(f"serve, {saving.SAVES} enregistrements")
    shutil.copytree(folder / "projet", folder / "montré")
    figures: Measures = json.loads(_run(folder / "projet", "tests.bench.saving", str(folder / "montré")))
    return figures


def _seconds(project: Path, environment: dict[str, str]) -> float:
    command = (sys.executable, "-m", "generator", "check")
    found = spent(command, project, subprocess.DEVNULL, environment)
    if found.code != 0:
        raise SystemExit("Le contenu a des fautes : « make check » les dit.")
    return found.seconds


def _say(text: str) -> None:
    print(f"  {text}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
