"""`python -m tests.bench --growth`: how the time of `generator check` grows with the number of mistakes of one kind, in one
file or in many. Each kind is a small project made here, with as many mistakes as asked; the exponent is that of the CPU time,
the start of the program apart.
"""

from __future__ import annotations

import math
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.bench.spent import spent

ROOT = Path(__file__).resolve().parent.parent.parent
COUNTS = (1_000, 3_000, 10_000, 30_000)
LIMIT = 1.1
NOISE = 0.03  # seconds under which two times are the same

Files = Iterator[tuple[str, str]]

SETTINGS = """\
site_name: Croissance
site_url: https://exemple.fr/
repo_url: https://exemple.fr/depot
extra: {publication: {producteur: {nom: Personne}, licence_donnees: {nom: MIT}}}
"""
CONTRACT = """\
name: essai
title: Essai
description: Des fautes.
resources:
  - name: cibles
    title: Cibles
    content: {list: cibles.yaml}
    scheme: cible
    quoted: [nom]
    former_ids: anciens
    schema:
      fields:
        - {name: id, type: string, title: Identifiant}
        - {name: nom, type: string, title: Nom}
        - {name: anciens, type: string, title: Anciens}
      primaryKey: [id]
      uniqueKeys: [[nom]]
  - name: parties
    title: Parties
    content: {within: cibles, key: parties}
    schema:
      fields:
        - {name: cible, type: string, title: Cible}
        - {name: id, type: string, title: Identifiant}
      primaryKey: [cible, id]
      foreignKeys: [{fields: [cible], reference: {resource: cibles, fields: [id]}}]
FICHES
"""
TABLE = """\
  - name: {name}
    title: Table {name}
    content: {{{content}}}
    schema:
      fields:
        - {{name: id, type: string, title: Identifiant}}
        - {{name: cible, type: string, title: Cible}}
        - {{name: partie, type: string, title: Partie}}
        - {{name: nom, type: string, title: Nom}}
        - {{name: unique, type: string, title: Unique, constraints: {{unique: true}}}}
        - {{name: genre, type: string, title: Genre, categories: [{categories}]}}
        - {{name: texte, type: string, title: Texte, prose: true}}
      primaryKey: [id]
      foreignKeys:
        - {{fields: [cible], reference: {{resource: cibles, fields: [id]}}}}
        - {{fields: [cible, partie], reference: {{resource: parties, fields: [cible, id]}}}}
        - {{fields: [nom], reference: {{resource: cibles, fields: [nom]}}}}
"""


def contract(categories: int = 2) -> str:
    """The contract: one table in a folder of records, one in lists, one in CSV."""
    kinds = {"fiches": "records: fiches/*.yaml", "listes": "list: listes/*.yaml", "tableaux": "csv: tableaux/*.csv"}
    values = ", ".join(f"{{value: genre-{number}}}" for number in range(categories))
    tables = (TABLE.format(name=name, content=content, categories=values) for name, content in kinds.items())
    return CONTRACT.replace("FICHES\n", "".join(tables))


def targets(count: int, more: str = "", name: str = "Nom") -> Files:
    """As many rows to name, in a file of a permitted size."""
    row = "- {{id: cible-{n}, nom: " + name + " {n}, anciens: ancien-{n}" + more + "}}\n"
    yield "content/cibles.yaml", "".join(row.format(n=n) for n in range(min(count, 10_000)))


def rows(row: str, shape: str, count: int) -> Files:
    """Rows of the table of a shape: in one file of records each, in lists or in CSV files as big as permitted."""
    if shape == "fiches":
        for n in range(count):
            yield f"content/fiches/f-{n}.yaml", f"id: f-{n}\n" + row.format(n=n).replace(", ", "\n") + "\n"
    elif shape == "listes":
        for start in range(0, count, 10_000):
            some = range(start, min(count, start + 10_000))
            yield f"content/listes/l-{start}.yaml", "".join(f"- {{id: f-{n}, {row.format(n=n)}}}\n" for n in some)
    else:
        keys = [part.partition(": ")[0] for part in row.split(", ")]
        for start in range(0, count, 10_000):
            some = range(start, min(count, start + 10_000))
            lines = (",".join(part.partition(": ")[2] for part in row.format(n=n).split(", ")) for n in some)
            body = "".join(f"f-{n},{line}\n" for n, line in zip(some, lines, strict=True))
            yield f"content/tableaux/t-{start}.csv", ",".join(["id", *keys]) + "\n" + body


def page(body: Iterator[str], name: str = "page") -> Files:
    """A page of prose, in as many files as the permitted size asks."""
    text, number = "", 0
    for piece in body:
        text += piece
        if len(text) > 900_000:
            yield f"content/pages/{name}-{number}.md", f"---\ntitle: Page {number}\n---\n{text}"
            text, number = "", number + 1
    yield f"content/pages/{name}-{number}.md", f"---\ntitle: Page {number}\n---\n{text}"


def _each(
    shapes: tuple[str, ...], name: str, row: str, more: Callable[[int], Files]
) -> dict[str, Callable[[int], Files]]:
    def made(shape: str) -> Callable[[int], Files]:
        return lambda count: _chain(more(count), rows(row, shape, count))

    return {f"{name} ({shape})": made(shape) for shape in shapes}


def _chain(*parts: Files) -> Files:
    for part in parts:
        yield from part


ALL = ("fiches", "listes", "tableaux")
KINDS: dict[str, Callable[[int], Files]] = {
    **_each(ALL, "renvoi introuvable", "cible: cibel-{n}", targets),
    **_each(("listes",), "renvoi introuvable parmi dix", "cible: cibel-{n}", lambda count: targets(10)),
    **_each(("listes",), "renvoi introuvable à deux colonnes", "cible: cible-{n}, partie: deux", lambda n: targets(n, ", parties: [{{id: un}}]")),
    **_each(("listes",), "renvoi introuvable à une clé unique", "nom: Nmo {n}", targets),
    **_each(("listes",), "ancien identifiant", "cible: ancien-{n}", targets),
    **_each(ALL, "valeur hors liste", "genre: gnere-{n}", lambda count: targets(2)),
    **_each(("fiches", "listes"), "clé inconnue", "clef-{n}: x", lambda count: targets(2)),
    "clé inconnue (une fiche)": lambda count: _chain(
        targets(2), [("content/fiches/f.yaml", "id: f\n" + "".join(f"clef-{n}: x\n" for n in range(count)))].__iter__()
    ),
    "colonne inconnue (un tableau)": lambda count: _chain(
        targets(2),
        [("content/tableaux/t.csv", "id," + ",".join(f"c{n}" for n in range(count)) + "\nf" + ",x" * count + "\n")].__iter__(),
    ),
    **_each(("fiches",), "clé en double", "texte: x, texte: y", lambda count: targets(2)),
    "clé en double (une fiche)": lambda count: _chain(
        targets(2),
        [("content/fiches/f.yaml", "id: f\n" + "".join(f"c{n}: x\nc{n}: y\n" for n in range(count)))].__iter__(),
    ),
    **_each(("listes", "tableaux"), "valeur unique en double", "unique: même", lambda count: targets(2)),
    "identifiant en double (une liste)": lambda count: [
        ("content/cibles.yaml", "".join(f"- {{id: c-{n // 2}}}\n" for n in range(2 * count)))
    ].__iter__(),
    "identifiant en double (un tableau)": lambda count: _chain(
        targets(2), [("content/tableaux/t.csv", "id\n" + "".join(f"c-{n // 2}\n" for n in range(2 * count)))].__iter__()
    ),
    "copies d’une fiche": lambda count: ((f"content/fiches/f ({n}).yaml", "id: f\n") for n in range(count)),
    "fichiers sans table": lambda count: ((f"content/fiche/f-{n}.yaml", f"id: f-{n}\n") for n in range(count)),
    **_each(ALL, "lien cassé", 'texte: "un [lien](cible:cibel-{n}) ici"', targets),
    "lien cassé (un paragraphe)": lambda count: _chain(
        targets(count), page(f"[lien](cible:cibel-{n})\n" for n in range(count))
    ),
    "lien cassé (des paragraphes)": lambda count: _chain(
        targets(count), page(f"[lien](cible:cibel-{n})\n\n" for n in range(count))
    ),
    "lien cassé (une liste)": lambda count: _chain(targets(2), page(f"- [lien](page-{n}.md)\n" for n in range(count))),
    "lien cassé (un texte)": lambda count: _chain(
        targets(2),
        [("content/fiches/f.yaml", "id: f\ntexte: |-\n" + "".join(f"  [a](x:{n})\n" for n in range(min(count, 2000))))].__iter__(),
    ),
    "lien cassé (des pages)": lambda count: (
        (f"content/pages/p-{n}.md", f"---\ntitle: Page {n}\n---\n[lien](autre-{n}.md)\n") for n in range(count)
    ),
    "nombre libre (des paragraphes)": lambda count: _chain(targets(2), page(f"Il y a {n} noms.\n\n" for n in range(count))),
    "nombre libre, toujours le même": lambda count: _chain(
        targets(count, "", "12 noms de"), page("Il y a 12 noms.\n\n" for _ in range(count))
    ),
}  # fmt: skip
ONCE = ("clé en double (une fiche)",)  # the file is read no further than its first mistake


def make(folder: Path, files: Files, text: str) -> None:
    """Write a project."""
    for name, content in _chain(files, iter([("mkdocs.yml", SETTINGS), ("datapackages/essai/datapackage.yaml", text)])):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8", newline="")


def seconds(folder: Path) -> tuple[float, int]:
    """CPU seconds of `generator check` on a project, and the bytes it prints."""
    command = (sys.executable, "-m", "generator", "check", "-C", str(folder))
    with tempfile.TemporaryFile() as out:
        found = spent(command, ROOT, out)
        if found.code not in (0, 1):
            out.seek(0)
            raise SystemExit(out.read().decode())
        return found.seconds, out.tell() or os.fstat(out.fileno()).st_size


def exponent(times: list[float], counts: tuple[int, ...]) -> float:
    """The power by which what is added to a time grows with what is added to the count, over the last three counts: the start
    of the program, which is in each time, is in none of their differences. 1 is proportional, 2 is quadratic.
    """
    low, middle, high = times[-3:]
    small, middling, large = counts[-3:]
    added = max(high - middle, NOISE) / max(middle - low, NOISE)
    return math.log(added) / math.log((large - middling) / (middling - small))


def measure(only: str = "", counts: tuple[int, ...] = COUNTS) -> int:
    """Print the CPU seconds of every kind at every count, and their exponent; how many are above the limit."""
    missed = 0
    with tempfile.TemporaryDirectory(prefix="croissance-") as name:
        print(f"{'fautes':<46}" + "".join(f"{count:>9}" for count in counts) + f"{'exposant':>10}{'octets':>10}")
        for kind, files in KINDS.items():
            if only not in kind:
                continue
            times, said = [], 0
            for count in counts:
                folder = Path(name) / f"{len(times)}-{list(KINDS).index(kind)}"
                make(folder, files(count), contract())
                best = [seconds(folder) for _ in range(3 if count < counts[-1] else 2)]
                times.append(min(time for time, _ in best))
                said = best[0][1]
            found = exponent(times, counts)
            missed += found > LIMIT
            shown = "".join(f"{time:>9.2f}" for time in times)
            print(f"{kind:<46}{shown}{found:>10.2f}{said:>10}{'  NON ATTEINT' if found > LIMIT else ''}", flush=True)
    return missed
