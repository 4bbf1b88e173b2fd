"""`make compare REVISION=…`: the real content and the second site, built by the code of another revision and by the code
here, with both engines; every file of packages and site whose bytes differ is listed, and the CPU from reading to rendered
pages is measured in alternated passes.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.bench import clean, records

ROOT = Path(__file__).resolve().parent.parent.parent
ENGINES = ("mkdocs", "zensical")
DATE = "2026-01-01"
SHOWN = 20  # files named, of those that differ

# Runs in either revision: reading to rendered pages, CPU seconds.
MEASURE = """
import gc, importlib, json, os, pathlib, sys, time
gc.disable()
sys.path.insert(0, os.getcwd())
def first(*names):
    for name in names:
        module, _, attribute = name.rpartition(".")
        try:
            return getattr(importlib.import_module("generator." + module), attribute)
        except (ModuleNotFoundError, AttributeError):
            pass
Pages = first("pages.all.Pages", "pages.all.Site", "pages.site.Site")
read = first("commands.check.checked_project", "project.read_project")
write = first("packages.folder.write", "exports.folder.write")
root, work = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
started = time.process_time()
project = read(root)
built = write(project.catalogue, project.settings, "2026-01-01", work / "packages")
for page in Pages(project).pages(built, ()):
    pass  # the disk is not measured
print(json.dumps(time.process_time() - started))
"""


def main() -> int:
    """Compare; 1 when a file differs that is not `--sauf`."""
    options = argparse.ArgumentParser("make compare", description="Compare ce que construisent deux révisions du code.")
    options.add_argument("revision", help="la révision de référence")
    options.add_argument("--sauf", action="append", default=[], help="adresse de page laissée de côté (préfixe)")
    options.add_argument("--contenu-propre", action="store_true", help="chaque révision construit son propre contenu")
    options.add_argument("--passages", type=int, default=5, help="mesures alternées du temps de calcul")
    options.add_argument("--temps-seul", action="store_true", help="ne compare pas les octets")
    options.add_argument(
        "--fiches", action="store_true", help="ce que coûte une page de plus, jusqu’à 12 000 fiches, seul"
    )
    options.add_argument("--etapes", action="store_true", help="une construction depuis rien, étape par étape, seule")
    given = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="compare-") as name:
        folder = Path(name)
        trees = {"avant": folder / "avant", "ici": folder / "ici"}
        check_out(given.revision, trees["avant"])
        copy(trees["ici"])
        if given.etapes or given.fiches:
            one_core()
        if given.etapes:
            return 1 if clean.measure(folder, trees, ROOT) else 0
        if given.fiches:
            return 1 if records.measure(folder, trees) else 0
        differing = 0 if given.temps_seul else _bytes(folder, trees, tuple(given.sauf), given.contenu_propre)
        if given.passages:
            _time(folder, trees, given.passages, given.contenu_propre)
    return 1 if differing else 0


def one_core() -> None:
    """Have what is measured on one core: processes that share a work make each other slower, and that is no cost of the work."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})


def known(revision: str) -> str:
    """The short print of a revision. Raises SystemExit where git does not have it."""
    command = ("git", "-C", str(ROOT), "rev-parse", "--verify", "--quiet", "--short", f"{revision}^{{commit}}")
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    if done.returncode != 0:
        raise SystemExit(f"git n’a pas la révision « {revision} » ici.")
    return done.stdout.strip()


def check_out(revision: str, tree: Path) -> None:
    """The code and the content of a revision."""
    archive = subprocess.run(("git", "-C", str(ROOT), "archive", revision), check=True, stdout=subprocess.PIPE).stdout
    tree.mkdir()
    subprocess.run(("tar", "-x", "-C", str(tree)), check=True, input=archive)


def copy(tree: Path) -> None:
    """The code and the content as they are here, committed or not."""
    for name in ("generator", "content", "datapackages", "mkdocs.yml", "tests"):
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, tree / name, ignore=shutil.ignore_patterns("__pycache__", "node_modules"))
        else:
            shutil.copyfile(ROOT / name, tree / name)


def site(place: Path, source: Path) -> None:
    """The content of a tree, alone."""
    shutil.rmtree(place, ignore_errors=True)
    for part in ("content", "datapackages"):
        shutil.copytree(source / part, place / part)
    shutil.copyfile(source / "mkdocs.yml", place / "mkdocs.yml")


def _bytes(folder: Path, trees: dict[str, Path], left_out: tuple[str, ...], own: bool) -> int:
    total, place = 0, folder / "projet"
    for label, part in (("contenu réel", "."), ("second site", "tests/second_site")):
        for engine in ENGINES:
            made = {}
            for side, tree in trees.items():
                site(place, (tree if own else ROOT) / part)
                _run(tree, "-m", "generator", "build", "-C", str(place), "--engine", engine, "--date", DATE)
                made[side] = _files(place)
            found = _differing(made["avant"], made["ici"], left_out)
            total += len(found)
            print(f"{label}, {engine} : {len(made['ici'])} fichiers, {len(found)} diffèrent", flush=True)
            for name in found[:SHOWN]:
                print(f"  {name}")
    return total


def _files(place: Path) -> dict[str, bytes]:
    """What was built. The index of the search names its parts by their content: it follows the pages."""
    found = {}
    for top in ("build", "site"):
        for path in sorted((place / top).rglob("*")):
            name = path.relative_to(place).as_posix()
            if path.is_file() and not name.startswith("site/pagefind/"):
                found[name] = path.read_bytes()
    return found


def _differing(before: dict[str, bytes], after: dict[str, bytes], left_out: tuple[str, ...]) -> list[str]:
    names = sorted(before.keys() | after.keys())
    kept = [
        name for name in names if not any(re.search(rf"(?:docs|site)/{re.escape(part)}", name) for part in left_out)
    ]
    return [name for name in kept if before.get(name) != after.get(name)]


def _time(folder: Path, trees: dict[str, Path], passes: int, own: bool) -> None:
    best = dict.fromkeys(trees, float("inf"))
    work = folder / "travail"
    for _ in range(passes + 1):  # the first one compiles
        for side, tree in trees.items():
            shutil.rmtree(work, ignore_errors=True)
            seconds = json.loads(_run(tree, "-c", MEASURE, str(tree if own else ROOT), str(work)))
            best[side] = min(best[side], seconds)
    ratio = best["ici"] / best["avant"]
    print(
        f"lecture → pages, contenu réel : {best['avant']:.2f} s avant, {best['ici']:.2f} s ici, "
        f"rapport {ratio:.3f} ({passes} passages alternés, le moindre)".replace(".", ",")
    )


def _run(tree: Path, *command: str) -> str:
    done = subprocess.run(
        (sys.executable, "-P", *command),
        cwd=tree,
        env=os.environ | {"PYTHONPATH": str(tree), "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": ""},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode != 0:
        raise SystemExit(f"« {' '.join(command[:3])} » a échoué :\n{done.stdout}{done.stderr}")
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
