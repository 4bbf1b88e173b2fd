"""A made-up project with a large table of a few hundred rows, the same for the same seed: hives of a country, in files that git would
ignore, counted by year and by kind.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import random
from pathlib import Path

from samples import copy_base, replace, write

from generator.contracts.large import as_written

CONTRACT = "datapackages/jardins/datapackage.yaml"
FOLDER = "donnees"
HEADER = "numero,nom,famille,posee,cadres,annee"

_TABLE = """  - name: ruches
    title: Ruches
    description: Toutes les ruches, en deux fichiers.
    content:
      table: {pattern}
      files:
{files}
    schema:
      fields:
        - {{name: numero, type: string, title: Numéro, constraints: {{pattern: "[0-9]{{6}}"}}}}
        - {{name: nom, type: string, title: Nom, constraints: {{required: true}}}}
        - {{name: famille, type: string, title: Famille}}
        - {{name: posee, type: date, title: Posée le}}
        - {{name: cadres, type: integer, title: Cadres, constraints: {{minimum: 1}}}}
        - {{name: annee, type: year, title: Année}}
      primaryKey: [numero]
      foreignKeys:
        - {{fields: [famille], reference: {{resource: familles, fields: [id]}}}}

  - name: ruches_par_annee
    title: Ruches par année
    derive: {{grouped: {{of: ruches, by: [annee, famille.nom]}}}}
    schema:
      fields:
        - {{name: annee, type: year, title: Année}}
        - {{name: nom, type: string, title: Famille}}
        - {{name: nombre, type: integer, title: Ruches, count: all}}
        - {{name: a_cadres, type: integer, title: Dont on sait les cadres, count: {{filled: cadres}}}}
      primaryKey: [annee, nom]

  - name: visites
    title: Visites
    content: {{list: bilans/visites.yaml}}
    schema:
      fields:
        - {{name: id, type: string, title: Identifiant}}
        - {{name: ruche, type: string, title: Ruche}}
      primaryKey: [id]
      foreignKeys:
        - {{fields: [ruche], reference: {{resource: ruches, fields: [numero]}}}}

  - name: voisinages
"""


_TWIN = """  - name: pesees
    title: Pesées
    content: {content}
    schema:
      fields:
        - {{name: numero, type: string, title: Numéro, constraints: {{pattern: "[0-9]{{1,6}}"}}}}
        - {{name: lieu, type: string, title: Lieu}}
        - {{name: poids, type: number, title: Poids, allow: [numbers]}}
        - {{name: cadres, type: integer, title: Cadres, unit: lieu}}
        - {{name: jour, type: date, title: Jour}}
        - {{name: annee, type: year, title: Année}}
      primaryKey: [numero]

  - name: pesees_par_lieu
    title: Pesées par lieu
    derive: {{grouped: {{of: pesees, by: [lieu]}}}}
    schema:
      fields:
        - {{name: lieu, type: string, title: Lieu}}
        - {{name: nombre, type: integer, title: Pesées, count: all}}
        - {{name: poids, type: number, title: Poids, sum: poids}}
        - {{name: moyenne, type: number, title: Moyenne, mean: poids, decimals: 2}}
        - {{name: ronde, type: integer, title: Moyenne ronde, mean: cadres}}
        - {{name: leger, type: number, title: Le plus léger, min: poids}}
        - {{name: lourd, type: number, title: Le plus lourd, max: poids}}
        - {{name: cadres, type: integer, title: Cadres, sum: cadres}}
        - {{name: premier, type: date, title: Premier jour, min: jour}}
        - {{name: dernier, type: date, title: Dernier jour, max: jour}}
        - {{name: annee, type: year, title: Dernière année, max: annee}}
      primaryKey: [lieu]

  - name: voisinages
"""
TWIN = "numero,lieu,poids,cadres,jour,annee"


def twins(root: Path, lines: list[str]) -> tuple[Path, Path]:
    """Two projects with the same rows, of the columns TWIN: those of a small table, and those of a large one."""
    data = text([TWIN, *lines])
    small, big = copy_base(root / "petite", theme=True), copy_base(root / "grande", theme=True)
    write(small, {"content/pesees/a.csv": data})
    write(big, {f"{FOLDER}/pesees/a.csv": data})
    listed = f"{{table: pesees/*.csv, files: [{as_written('pesees/a.csv', len(data), _print(data))}]}}"
    replace(small, CONTRACT, "  - name: voisinages\n", _TWIN.format(content="{csv: pesees/a.csv}"))
    replace(big, CONTRACT, "  - name: voisinages\n", _TWIN.format(content=listed))
    replace(big, "mkdocs.yml", "    guides: true", f"    guides: true\n    grandes_tables: {FOLDER}")
    return small, big


def rows(number: int, year: int, first: int = 1, seed: int = 7) -> list[str]:
    """The lines of a file, its header first."""
    chance = random.Random(seed + year)
    return [HEADER, *(_row(chance, rank, year) for rank in range(first, first + number))]


def _row(chance: random.Random, rank: int, year: int) -> str:
    kind = chance.choice(("cucurbitacees", "solanacees"))
    day = f"{chance.randint(1990, year)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
    frames = chance.choice(("", "", "10", str(chance.randint(1, 40))))
    name = chance.choice(('"Ruche, du bas"', "Ruche d’en haut", '"Ruche ""Reine"""'))
    return f"{rank:06},{name},{kind},{day},{frames},{year}"


def text(lines: list[str]) -> bytes:
    """A file of these lines."""
    return ("\n".join(lines) + "\n").encode()


def packed(data: bytes) -> bytes:
    """A compressed file, the same for the same bytes."""
    stream = io.BytesIO()
    with gzip.GzipFile(fileobj=stream, mode="wb", mtime=0) as file:
        file.write(data)
    return stream.getvalue()


def project(root: Path, files: dict[str, bytes], pattern: str = "ruches/*.csv", visited: str = "000001") -> Path:
    """The project of the tests with a large table of these files, below the folder of large tables."""
    copy_base(root, theme=True)
    write(root, {f"{FOLDER}/{name}": data for name, data in files.items()})
    listed = "\n".join(f"        - {as_written(name, len(data), _print(data))}" for name, data in files.items())
    replace(root, CONTRACT, "  - name: voisinages\n", _TABLE.format(pattern=pattern, files=listed))
    replace(root, "mkdocs.yml", "    guides: true", f"    guides: true\n    grandes_tables: {FOLDER}")
    return write(root, {"content/bilans/visites.yaml": f'- {{id: une, ruche: "{visited}"}}\n'})


def change(root: Path, name: str, data: bytes) -> None:
    """Other bytes in a file of the large table, which its contract knows."""
    path = root / FOLDER / name
    before = path.read_bytes()
    replace(root, CONTRACT, as_written(name, len(before), _print(before)), as_written(name, len(data), _print(data)))
    path.write_bytes(data)


def usual() -> dict[str, bytes]:
    """The files of three hundred hives."""
    return {"ruches/2023.csv": text(rows(180, 2023)), "ruches/2024.csv": text(rows(120, 2024, 181))}


def _print(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def listed(name: str, data: bytes) -> str:
    """A file as a contract lists it."""
    return as_written(name, len(data), _print(data))
