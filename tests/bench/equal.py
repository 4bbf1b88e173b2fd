"""`make bench OPTIONS="--egales --concurrents DOSSIER"`: the same plain pages by MkDocs alone, by Hugo and Eleventy where they are
installed, and by our generator, in turns, on one core.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.bench import staged
from tests.bench.rivals import MATTER, PLAIN, RIVALS, SITE, Rival, missing, plain
from tests.bench.simple import DESCRIPTION, FIRST, LINKS, body, pages, same, write
from tests.bench.spent import Spent, spent
from tests.bench.table import Table, number

SIZES = (300, 1_000, 3_000)
PASSES = {300: 3, 1_000: 2, 3_000: 2}
OURS, LESS = "ce générateur", "ce générateur sans ce que les autres ne font pas (*)"
LEFT_OUT = ("frictionless", "recherche", "images")  # what the others do nothing of
HEAD = ("Pages, générateur", "Calcul (s)", "Attente (s)", "ms par page", "Rapport", "Mémoire (Mo)")
NOTES = (
    "calcul : secondes de processeur, du programme et de ceux qu’il attend, démarrage compris ; le moindre de passages alternés, sur un seul "
    "cœur (Hugo en emploie d’ordinaire plusieurs : son attente y est plus courte)",
    "rapport : au calcul de MkDocs seul, dans la même exécution",
    "chaque page a un titre, six paragraphes, un tableau et vingt liens ; les autres les mettent dans une même page nue. Le nôtre y met son thème "
    "(fil, sommaire, métadonnées), vérifie chaque lien et pose la politique de sécurité",
    "(*) sans l’index de la recherche (Pagefind), les images à partager ni la relecture par Frictionless",
)

SETTINGS = """\
site_name: Pages égales
site_description: Les mêmes pages pour chacun
nav: [{Accueil: index.md}]
extra:
  publication:
    producteur: {nom: Personne}
    licence_donnees: {nom: MIT}
"""
CONTRACT = """\
name: rien
title: Rien
description: Une ligne, car il faut une table.
resources:
  - name: lignes
    title: Lignes
    description: Une ligne.
    content: {list: lignes.yaml}
    schema: {fields: [{name: id, type: string, title: Identifiant}], primaryKey: [id]}
"""


@dataclass(frozen=True, slots=True)
class Row:
    """What a generator took for pages: CPU seconds, seconds waited for, bytes; nothing where it is not known apart."""

    seconds: float
    wall: float | None = None
    memory: int | None = None

    def least(self, other: Row | None) -> Row:
        """The one that took less."""
        return self if other is None or self.seconds < other.seconds else other


class FailedError(SystemExit):
    """A generator that did not make the pages that it was given."""


Found = dict[str, Row]
Making = Callable[[], Found]


def ours(folder: Path, count: int) -> None:
    """Our project of plain pages."""
    write(folder / "content/pages", {f"{name}.md": text for name, text in pages(count, MATTER)})
    write(folder, {"content/pages/index.md": MATTER.format(title=FIRST, body=DESCRIPTION)})
    write(
        folder,
        {"mkdocs.yml": SETTINGS, "datapackages/rien/datapackage.yaml": CONTRACT, "content/lignes.yaml": "- id: une\n"},
    )


def measure(concurrents: Path | None, sizes: tuple[int, ...] = SIZES) -> Table:
    """Build, in turns; the table, after what is not installed."""
    programs = {PLAIN.name: plain(), **{each.name: each.program(concurrents) for each in RIVALS}}
    for told in missing(programs, concurrents):
        print(f"\n{told}", flush=True)
    present = {PLAIN: programs[PLAIN.name], **_working({each: programs[each.name] for each in RIVALS})}
    rows = [row for count in sizes for row in _rows(count, _sized(present, count))]
    versions = ", ".join(f"{each.name} {each.release(program)}" for each, program in present.items())
    told = (
        f"versions : {versions}",
        *(f"non mesuré, car pas installé : {each.name}" for each in RIVALS if not programs[each.name]),
    )
    return Table(
        "pages-egales",
        "Les mêmes pages simples, par chaque générateur",
        HEAD,
        tuple(rows),
        (*NOTES, *told),
    )


def _working(found: dict[Rival, str]) -> dict[Rival, str]:
    """Those that are installed and make a few pages as they are asked; the others are told."""
    working: dict[Rival, str] = {}
    for each, program in found.items():
        with tempfile.TemporaryDirectory(prefix="essai-") as name:
            each.prepare(Path(name) / each.name, LINKS)
            try:
                if program:
                    _making(each, program, Path(name) / each.name, LINKS)()
                    working[each] = program
            except FailedError as failed:
                print(f"\nNON MESURÉ : {failed}", flush=True)
    return working


def _sized(present: dict[Rival, str], count: int) -> Found:
    """The least of each generator at a size."""
    best: Found = {}
    with tempfile.TemporaryDirectory(prefix="egales-") as name:
        folder = Path(name)
        for each in present:
            each.prepare(folder / each.name, count)
        ours(folder / OURS, count)
        makings: list[Making] = [_making(each, program, folder / each.name, count) for each, program in present.items()]
        makings.append(lambda: _made_by_ours(folder / OURS, count))
        for turn in range(PASSES.get(count, 1)):
            for making in makings[:: -1 if turn % 2 else 1]:
                for who, row in making().items():
                    best[who] = row.least(best.get(who))
    return {who: best[who] for who in (*(each.name for each in present), OURS, LESS)}


def _making(rival: Rival, program: str, folder: Path, count: int) -> Making:
    def make() -> Found:
        shutil.rmtree(folder / SITE, ignore_errors=True)
        os.sync()  # what the former build wrote is not counted to this one
        log = folder.with_suffix(".txt")
        with log.open("wb") as out:
            found = spent((program, *rival.options), folder, out)
        if found.code != 0:
            raise FailedError(f"{rival.name} a échoué :\n{log.read_text(encoding='utf-8', errors='replace')}")
        _equal(rival.name, folder / SITE, count)
        return {rival.name: _row(found)}

    return make


def _made_by_ours(folder: Path, count: int) -> Found:
    made = staged.build(folder, staged.WHOLE)
    _equal(OURS, folder / SITE, count)
    others = sum(made.stages.get(stage, 0.0) for stage in LEFT_OUT)
    return {OURS: _row(made.whole), LESS: Row(made.whole.seconds - others)}


def _row(found: Spent) -> Row:
    return Row(found.seconds, found.wall, found.memory)


def _equal(who: str, site: Path, count: int) -> None:
    """Stop if a generator did not make the pages that it was given."""
    made = {path.parent.name for path in site.glob("page-*/index.html")}
    last = f"page-{count}"
    if len(made) != count or not same((site / last / "index.html").read_text(encoding="utf-8"), body(count, count, "")):
        raise FailedError(f"{who} n’a pas fait les mêmes pages que les autres : la comparaison ne vaudrait rien.")


def _rows(count: int, found: Found) -> list[tuple[str, ...]]:
    base = found[PLAIN.name].seconds
    return [
        (
            f"{number(count)} pages, {who}",
            number(row.seconds, 2),
            "" if row.wall is None else number(row.wall, 2),
            number(row.seconds / count * 1000, 2),
            number(row.seconds / base, 2),
            "" if row.memory is None else number(row.memory / 1e6),
        )
        for who, row in found.items()
    ]
