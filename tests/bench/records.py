"""`make compare REVISION=… OPTIONS=--fiches`: a library of thousands of books, each with its page, built by the code of
another revision and by the code here, on one core, in turns; the CPU and the memory that a page more costs are compared.
"""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from tests.bench.spent import spent

SIZES = (3_000, 12_000)
PASSES = 2
DATE = "2026-01-01"
LIMIT = 1.0  # of what a page costs here, to what it costs there
HEAVIEST = 100_000  # bytes of an index page
SHELVES = 40
WRITERS = 300

SETTINGS = """\
site_name: La grande bibliothèque
site_description: Des milliers de livres qui n’existent pas
nav:
  - Accueil: index.md
  - Livres: livres/index.md
  - Données: donnees/index.md
extra:
  publication:
    producteur: {nom: Les amis imaginaires de la bibliothèque}
    licence_donnees: {nom: etalab-2.0, titre: Licence Ouverte 2.0, url: "https://www.etalab.gouv.fr/licence-ouverte-open-licence"}
"""
CONTRACT = """\
name: catalogue
title: Catalogue
description: Les livres de la bibliothèque, rayon par rayon.
keywords: [livre, bibliothèque]
resources:
  - name: rayons
    title: Rayons
    description: Les rayons de la bibliothèque.
    content: {list: catalogue/rayons.yaml}
    label: libelle
    schema:
      fields:
        - {name: id, type: string, title: Identifiant}
        - {name: libelle, type: string, title: Libellé, constraints: {required: true}}
      primaryKey: [id]
  - name: livres
    title: Livres
    description: Un livre par fiche.
    content: {records: catalogue/livres/*.yaml}
    label: intitule
    scheme: livre
    schema:
      fields:
        - {name: id, type: string, title: Identifiant}
        - {name: intitule, type: string, title: Intitulé, constraints: {required: true}}
        - {name: auteur, type: string, title: Auteur}
        - {name: rayon, type: string, title: Rayon, constraints: {required: true}}
        - {name: annee, type: year, title: Année de parution}
        - {name: avis, type: string, title: Notre avis, prose: true}
      primaryKey: [id]
      foreignKeys:
        - {fields: [rayon], reference: {resource: rayons, fields: [id]}}
pages:
  - {kind: index, path: livres/, title: Livres, description: "Tous nos livres, par rayon.", resource: livres, anchors: [livres, rayons]}
  - {kind: record, path: "livres/{id}/", title: "{intitule}", resource: livres}
"""
HOME = "---\ntitle: La grande bibliothèque\ndescription: Des livres qui n’existent pas.\n---\n\nUne bibliothèque imaginaire.\n"


@dataclass(frozen=True, slots=True)
class Cost:
    """What a build took: CPU seconds, bytes at its fullest, and its heaviest index page in bytes."""

    seconds: float
    memory: int
    index: int

    def least(self, other: Cost) -> Cost:
        """The least of two builds of the same: what is over is the machine's."""
        return Cost(min(self.seconds, other.seconds), min(self.memory, other.memory), max(self.index, other.index))


def make(folder: Path, count: int) -> None:
    """A library of so many books."""
    books = folder / "content" / "catalogue" / "livres"
    books.mkdir(parents=True)
    (folder / "datapackages" / "catalogue").mkdir(parents=True)
    (folder / "content" / "pages").mkdir()
    (folder / "mkdocs.yml").write_text(SETTINGS, encoding="utf-8")
    (folder / "datapackages" / "catalogue" / "datapackage.yaml").write_text(CONTRACT, encoding="utf-8")
    (folder / "content" / "pages" / "index.md").write_text(HOME, encoding="utf-8")
    shelves = (f"- id: rayon-{number}\n  libelle: Rayon {number}\n" for number in range(SHELVES))
    (folder / "content" / "catalogue" / "rayons.yaml").write_text("".join(shelves), encoding="utf-8")
    for number in range(count):
        text = (
            f"id: livre-{number}\nintitule: Les heures claires, tome {number}\nauteur: Auteur {number % WRITERS}\n"
            f"rayon: rayon-{number % SHELVES}\nannee: {1900 + number % 120}\n"
            f"avis: Le *tome {number}* se lit après le [précédent](livre:livre-{max(0, number - 1)}), dehors.\n"
        )
        (books / f"livre-{number}.yaml").write_text(text, encoding="utf-8")


def measure(folder: Path, trees: dict[str, Path]) -> int:
    """Build with each tree at each size, in turns, print; the number of targets that are missed."""
    found: dict[tuple[str, int], Cost] = {}
    for count in SIZES:
        place = folder / "livres"
        shutil.rmtree(place, ignore_errors=True)
        make(place, count)
        if count == SIZES[0]:
            for tree in trees.values():
                _build(tree, place)  # the first ones compile, and write in folders that are new: they do not count
        for number in range(PASSES):
            for side, tree in list(trees.items())[:: -1 if number % 2 else 1]:
                cost = _build(tree, place)
                found[side, count] = cost.least(found.get((side, count), cost))
                print(
                    f"{count:>6} fiches, {side:<5} : {cost.seconds:6.1f} s de calcul, {cost.memory / 1e6:5.0f} Mo, "
                    f"page d’index la plus lourde {cost.index / 1e3:.0f} ko".replace(".", ","),
                    flush=True,
                )
    return _verdict(found, *trees)


def _build(tree: Path, place: Path) -> Cost:
    """A build by the code of a tree."""
    command = [sys.executable, "-P", "-m", "generator", "build"]
    command += ["-C", str(place), "--sans-frictionless", "--date", DATE]
    environment = os.environ | {"PYTHONPATH": str(tree), "PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": ""}
    for name in ("build", "site"):
        shutil.rmtree(place / name, ignore_errors=True)
    os.sync()  # what the former build wrote is not counted to this one
    log = place / "journal.txt"
    with log.open("wb") as out:
        found = spent(command, tree, out, environment)
    if found.code != 0:
        raise SystemExit(f"{found.code}\n{log.read_text(encoding='utf-8')}")
    heaviest = max(path.stat().st_size for path in _indexes(place / "site" / "livres"))
    return Cost(found.seconds, found.memory, heaviest)


def _indexes(site: Path) -> list[Path]:
    """The pages of a list: all under its folder that are not those of a book."""
    return [path for path in site.rglob("*.html") if not path.parent.name.startswith("livre-")]


def _verdict(found: dict[tuple[str, int], Cost], before: str, here: str) -> int:
    small, large = SIZES
    missed = 0
    for name, unit, scale, of in (
        ("calcul", "ms", 1e3, lambda cost: cost.seconds),
        ("mémoire", "ko", 1e-3, lambda cost: cost.memory),
    ):
        per_page = {
            side: (of(found[side, large]) - of(found[side, small])) / (large - small) for side in (before, here)
        }
        ratio = per_page[here] / per_page[before]
        reached = ratio <= LIMIT
        missed += not reached
        print(
            f"{name} d’une page de plus : {per_page[before] * scale:.2f} {unit} avant, {per_page[here] * scale:.2f} ici, "
            f"rapport {ratio:.2f} ({'atteint' if reached else 'MANQUÉ'})".replace(".", ",")
        )
    heaviest = found[here, large].index
    missed += heaviest > HEAVIEST
    print(f"page d’index la plus lourde : {heaviest} octets ({'atteint' if heaviest <= HEAVIEST else 'MANQUÉ'})")
    return missed
