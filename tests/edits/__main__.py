"""`make edits`: random edits of the real content, or of a copy of it that is so many times larger, each published by a session that
stays open and compared with a clean build.
"""

from __future__ import annotations

import argparse
import gc
import shutil
import sys
import tempfile
import time
from pathlib import Path

from tests.bench import corpus
from tests.edits import edits, report
from tests.edits.judge import copied
from tests.edits.series import Series, Step
from tests.edits.sessions import WARM, WHOLE, Reference, opened

ROOT = Path(__file__).resolve().parent.parent.parent
ENGINES = ("mkdocs", "zensical")


def main() -> int:
    """Run the series asked for; 1 when a round is wrong, or when a target is missed."""
    given = _options().parse_args()
    missed = 0
    with tempfile.TemporaryDirectory(prefix="edits-") as name:
        for engine in given.moteur or ENGINES:
            missed += _series(Path(name), engine, given)
    return 1 if missed else 0


def _options() -> argparse.ArgumentParser:
    asked = argparse.ArgumentParser(
        "make edits", description="Modifie le contenu au hasard, et juge ce qui en est publié."
    )
    asked.add_argument("--graine", type=int, default=1, help="tirage des modifications : la même redonne les mêmes")
    asked.add_argument(
        "--nombre", type=int, default=200, help="modifications, en plus des corrections de celles qui sont fautives"
    )
    asked.add_argument("--moteur", action="append", choices=ENGINES, help="moteur de site (par défaut : les deux)")
    asked.add_argument("--taille", type=int, default=1, help="combien de fois le contenu est copié à côté de lui-même")
    asked.add_argument("--projet", default=".", help="un autre projet, sous la racine : tests/second_site")
    asked.add_argument("--genres", nargs="+", choices=edits.FAMILIES, default=list(edits.FAMILIES), metavar="GENRE",
                       help=f"genres de modifications : {', '.join(edits.FAMILIES)}")  # fmt: skip
    asked.add_argument("--chaque", type=int, default=1, metavar="K", help="ne juge qu’une modification sur K")
    asked.add_argument(
        "--temps",
        action="store_true",
        help="donne les temps de calcul, par genre, et les compare aux cibles ; la construction neuve attend alors la fin de la modification",
    )
    asked.add_argument(
        "--session", choices=(WARM, WHOLE), default=WARM, help="ce qui est jugé ; « entiere » refait tout"
    )
    asked.add_argument("--continuer", action="store_true", help="ne s’arrête pas à la première différence")
    return asked


def _series(folder: Path, engine: str, given: argparse.Namespace) -> int:
    """A series with an engine; how many rounds are wrong, and targets missed."""
    root = folder / engine
    _project(ROOT / given.projet, root, given.taille)
    reference = Reference(folder / "neuf", folder / "images", engine)
    series = Series(root, engine, opened(given.session), reference, given.graine, alone=given.temps)
    wrong, started = 0, time.perf_counter()
    print(f"{engine}, graine {given.graine} : {given.nombre} modifications", flush=True)
    for step in series.run(given.nombre, given.genres, given.chaque):
        _tell(len(series.steps) - 1, step)
        if step.wrong:
            wrong += 1
            print(report.wrong(series.steps, series.smallest(folder / "rejeu")), flush=True)
            if not given.continuer:
                break
    judged = sum(step.judged for step in series.steps)
    print(
        f"{engine} : {judged - wrong} sur {judged} comme une construction neuve, en {time.perf_counter() - started:.0f} s"
    )
    missed = _times(series, root, engine) if given.temps else 0
    shutil.rmtree(root)
    return wrong + missed


def _project(source: Path, root: Path, times: int) -> None:
    if times > 1:
        corpus.make(source, root, times)
    else:
        copied(source, root)


def _tell(number: int, step: Step) -> None:
    verdict = "faux" if step.wrong else "juste" if step.judged else "–"
    faulty = ", fautif" if step.made.faulty else ""
    print(f"{number:>5}  {verdict:<6}{step.family:<11}{step.seen:>6.2f} s  {step.said}{faulty}", flush=True)


def _times(series: Series, root: Path, engine: str) -> int:
    """Print what edits cost; how many targets are missed: those of MkDocs alone are held."""
    pages = sum(1 for _ in (root / "site").rglob("index.html"))
    table, missed = report.times(series.steps, pages, engine == "mkdocs")
    print(f"{table}\n{report.whole(series.steps)}", flush=True)
    return missed


if __name__ == "__main__":
    gc.disable()  # as the command line does
    sys.exit(main())
