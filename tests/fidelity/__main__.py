"""`make fidelity`: counts the verdicts of the seeded draws, and lists what is to be read again. With a seed, it writes a new draw of
rows to be read; with the texts of the sources, which are not in this repository, it draws their facts again.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ruamel.yaml import YAML

from generator.catalogue.project import read_project
from generator.catalogue.records import Catalogue
from tests.fidelity.drawing import content, digest, drawn, facts, rows
from tests.fidelity.verdicts import HERE, UNREAD, Draw, counted, mended, read, stale

ROOT = Path(__file__).resolve().parents[2]
NUMBER = 200  # of rows, of facts
SHOWN = 30  # of what is to be read


def main() -> int:
    """Count, and 1 when something is wrong or to be read; or write a draw to be read."""
    options = argparse.ArgumentParser(
        "make fidelity", description="Compte les verdicts des tirages, et ce qui est à relire."
    )
    options.add_argument("--graine", help="tire autant de lignes avec cette graine, dans un nouveau fichier à lire")
    options.add_argument("--textes", nargs="+", type=Path, help="les textes dépouillés : en tire de nouveau les faits")
    given = options.parse_args()
    catalogue = read_project(ROOT).catalogue
    if given.graine:
        print(write(catalogue, given.graine))
        return 0
    draws = tuple(read())
    if not draws:
        print('Aucun tirage relu : OPTIONS="--graine MOT" en tire un, dans tests/content/fidelity/.')
    found = [report(draw, catalogue) for draw in draws]
    found += [redrawn(draw, given.textes, catalogue) for draw in draws if given.textes and draw.kind == "faits"]
    return int(any(found))


def report(draw: Draw, catalogue: Catalogue) -> bool:
    """Print the counts of a draw; whether something of it is wrong or to be read."""
    counts, again = counted(draw), sorted(stale(draw, rows(catalogue)))
    told = ", ".join(f"{number} {verdict}" for verdict, number in counts.most_common())
    print(f"{draw.name}, graine {draw.seed} : {len(draw.entries)} {draw.kind}, {told}")
    print(f"  dont corrigés après lecture : {mended(draw)} ; à relire : {len(again)}")
    for line in again[:SHOWN]:
        print(f"    {line}")
    return bool(again or {"faux", "inexact", UNREAD} & counts.keys())


def redrawn(draw: Draw, texts: list[Path], catalogue: Catalogue) -> bool:
    """Print whether the seed draws from the texts the units that were read; whether it does not."""
    documents = {str(row["empreinte_texte"]): str(row["id"]) for row in catalogue["documents"]}
    told = {(name, number, digest(unit)) for name, number, unit in facts(texts, documents, draw.seed, draw.number)}
    read_so = {(entry["document"], entry["numero"], entry["unite"]) for entry in draw.entries}
    print(f"{draw.name} : {len(told & read_so)} des {len(told)} unités que tire la graine sont celles qui ont été lues")
    return told != read_so


def write(catalogue: Catalogue, seed: str) -> str:
    """Write a draw of rows to be read, and say where."""
    every = rows(catalogue)
    entries = [
        {"ligne": "/".join(name), "empreinte": content(every[name]), "verdict": UNREAD}
        for name in drawn(every, seed, NUMBER)
    ]
    HERE.mkdir(parents=True, exist_ok=True)
    path = HERE / f"lignes-{seed}.yaml"
    with path.open("w", encoding="utf-8") as file:
        YAML().dump({"graine": seed, "nombre": NUMBER, "lignes": entries}, file)
    return f"{path.relative_to(ROOT)} : {NUMBER} lignes à lire"


if __name__ == "__main__":
    sys.exit(main())
