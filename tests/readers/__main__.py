"""`python -m tests.readers MESURE…`: what a site that is built does to its readers, measured in a Chromium; 1 when something that is
asked is not reached.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path

from tests.readers import answers, keyboard, layout, lighthouse, markup, rules, weight
from tests.readers.places import INDEX, Place, drafted, heaviest, places
from tests.readers.visiting import Report, Window, window

ROOT = Path(__file__).resolve().parent.parent.parent
Measure = Callable[[Window, list[Place]], Report]

MEASURES: dict[str, tuple[str, Measure]] = {
    "questions": ("la profondeur des réponses aux questions de lecteurs, en écrans de téléphone", answers.measure),
    "hauteurs": ("la hauteur de chaque page, en écrans de téléphone", lambda seen, _: layout.heights(seen, _all())),
    "poids": ("ce que charge une première visite, compressé", weight.measure),
    "decalages": ("ce qui bouge pendant le chargement, recherche comprise", lambda seen, found: layout.shifts(seen, found, answers.asked())),
    "zoom": ("ce qui déborde à 400 % et à 200 % de texte, et les cibles trop petites", layout.zoom),
    "axe": ("les règles d’axe-core, téléphone et bureau, clair et sombre", rules.measure),
    "clavier": ("un parcours au clavier seul", lambda seen, found: keyboard.measure(seen, heaviest(reversed(found)))),
    "html": ("la validité du HTML, par vnu", markup.measure),
    "lighthouse": ("les quatre notes de Lighthouse, médiane de cinq", lambda seen, found: lighthouse.measure(seen, heaviest(found))),
}  # fmt: skip


def _all() -> list[Place]:
    return [Place(kind, address) for kind, address in drafted(ROOT)]


def main() -> int:
    """Measure and print; 1 when something is not reached."""
    told = "\n".join(f"  {name:11}{said}" for name, (said, _) in MEASURES.items())
    options = argparse.ArgumentParser(
        "python -m tests.readers", description=f"Mesure le site construit :\n{told}", formatter_class=argparse.RawDescriptionHelpFormatter
    )  # fmt: skip
    options.add_argument("mesures", nargs="*", metavar="MESURE", help="toutes, si aucune n’est nommée")
    options.add_argument("--site", type=Path, default=ROOT / "site", help="le site construit (par défaut : site/)")
    given = options.parse_args()
    unknown = sorted(set(given.mesures) - MEASURES.keys())
    if unknown:
        options.error(f"mesure inconnue : {', '.join(unknown)}")
    if not (given.site / INDEX).is_file():
        options.error(f"aucun site dans {given.site} : make site le construit")
    found = places(ROOT, given.site)
    missed = 0
    with window(given.site) as seen:
        for name in given.mesures or MEASURES:
            started = time.monotonic()
            report = MEASURES[name][1](seen, found)
            missed += not report.reached
            mark = "atteint" if report.reached else "NON ATTEINT"
            print(
                f"== {report.title} : {mark} ({time.monotonic() - started:.0f} s)",
                *report.lines,
                sep="\n  ",
                flush=True,
            )
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
