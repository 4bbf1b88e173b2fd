"""The tables of the bench that are kept in a document: which are asked for, made on one core, printed and, on demand, written there."""

from __future__ import annotations

import argparse
import datetime
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.bench import before, constants, equal, noted, pages_growth
from tests.bench.compare import one_core
from tests.bench.staged import ROOT
from tests.bench.table import Table

Made = Callable[[], Table]


def options(parser: argparse.ArgumentParser) -> None:
    """Add those of the tables."""
    parser.add_argument(
        "--avant", metavar="REVISION", default="", help="la révision à laquelle comparer, étape par étape"
    )
    parser.add_argument(
        "--egales", action="store_true", help="les pages égales : MkDocs, Hugo, Eleventy et nous, seules"
    )
    parser.add_argument(
        "--concurrents", type=Path, metavar="DOSSIER", help="où sont installés Hugo et Eleventy (sinon : le PATH)"
    )
    parser.add_argument("--croissance", action="store_true", help="ce que coûte une page, de 300 à 12 000 fiches, seul")
    parser.add_argument("--constantes", action="store_true", help="ce que coûte une page à ×10, étape par étape, seul")
    parser.add_argument(
        "--noter",
        action="store_true",
        help="écrit dans CONTRIBUTING.md les tables mesurées, toutes si aucune n’est nommée",
    )


def chosen(given: argparse.Namespace) -> list[Made]:
    """The tables that are named, all with `--noter` alone; none when nothing is asked."""
    asked = given.avant, given.egales, given.croissance, given.constantes
    if not any(asked) and given.noter:
        asked = noted.revision(ROOT), True, True, True
    return _made(given, *asked)


def usual(given: argparse.Namespace) -> list[Made]:
    """Those that end a whole bench: what follows is beside what was measured before."""
    return _made(given, noted.revision(ROOT), True, False, False)


def _made(given: argparse.Namespace, revision: str, equals: bool, growing: bool, constant: bool) -> list[Made]:
    found = (
        (bool(revision), lambda: before.measure(revision, before.SIZES[: 1 if given.rapide else None])),
        (equals, lambda: equal.measure(given.concurrents)),
        (constant, lambda: constants.measure(1 if given.rapide else constants.PASSES)),
        (growing, lambda: pages_growth.measure(passes=1 if given.rapide else pages_growth.PASSES)),
    )
    return [made for asked, made in found if asked]


def run(made: Sequence[Made], note: bool) -> int:
    """Make tables, one after the other, print and note each as it is made; how many targets are missed."""
    one_core()
    missed = 0
    for make in made:
        table = make()
        missed += table.missed
        print(table.text(), flush=True)
        if note:
            noted.write(ROOT, table, noted.origin(datetime.datetime.now(datetime.UTC).date()))
    return missed
