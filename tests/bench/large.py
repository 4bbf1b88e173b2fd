"""`python -m tests.bench --grande-table`: what a large table costs a project, in CPU and in memory: its check, then the whole build (CSV,
Parquet, ZIP, SQLite, the first rows as XLSX, dictionary, preview, three tables that are counted in it, a drawing). The table is that of
`--valider`, made by a seed.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from generator.contracts.large import as_written
from tests.bench.spent import Spent, spent
from tests.bench.table import number
from tests.bench.validating import FIELDS, ROOT, lines

SIZES = (1_000_000,)
CHECK, BUILD, MEMORY = 6, 25, 800  # at most, up to a million rows: CPU seconds, megabytes
AT, MEMORY_BEYOND = 1_000_000, 1_200  # rows; megabytes at most of a larger table

_SETTINGS = """site_name: Établissements
site_url: https://exemple.fr/
repo_url: https://forge.exemple.fr/a/b
extra:
  publication:
    producteur: {nom: Un producteur, contact: bonjour@exemple.fr}
    licence_donnees: {nom: etalab-2.0, titre: Licence Ouverte 2.0, url: "https://www.etalab.gouv.fr/licence-ouverte-open-licence"}
    grandes_tables: donnees
"""
_COUNTED = (
    ("par_statut", "statut", "string"),
    ("par_categorie", "categorie", "integer"),
    ("par_actif", "actif", "boolean"),
)


def write(root: Path, rows: int) -> Path:
    """A project with a table of so many rows."""
    (root / "content" / "pages").mkdir(parents=True)
    (root / "content" / "pages" / "index.md").write_text(
        "---\ntitle: Accueil\n---\nDes établissements.\n", encoding="utf-8"
    )
    (root / "mkdocs.yml").write_text(_SETTINGS, encoding="utf-8")
    path = root / "donnees" / "table.csv"
    path.parent.mkdir()
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.writelines(f"{line}\n" for line in lines(rows))
    with path.open("rb") as stream:
        listed = as_written("table.csv", path.stat().st_size, hashlib.file_digest(stream, "sha256").hexdigest())
    contract = root / "datapackages" / "etablissements" / "datapackage.yaml"
    contract.parent.mkdir(parents=True)
    contract.write_text(_contract(listed), encoding="utf-8")
    return root


def _contract(listed: str) -> str:
    told = [
        *("name: etablissements", "title: Établissements", "description: Une grande table.", "resources:"),
        *("  - name: etablissements", "    title: Établissements"),
        *("    content:", "      table: '*.csv'", f"      files: [{listed}]", "    schema:", "      fields:"),
        *(f"        - {_field(field)}" for field in FIELDS),
        "      primaryKey: [numero]",
        "      foreignKeys: [{fields: [entite], reference: {fields: [numero]}}]",
    ]
    for name, column, kind in _COUNTED:
        told += [
            f"  - name: {name}",
            f"    title: Par {column}",
            f"    derive: {{grouped: {{of: etablissements, by: [{column}]}}}}",
            "    schema:",
            "      fields:",
            f"        - {{name: {column}, type: {kind}, title: {column}}}",
            "        - {name: nombre, type: integer, title: Nombre, count: all}",
            f"      primaryKey: [{column}]",
        ]
    return "\n".join([*told, *_DRAWING]) + "\n"


_DRAWING = (
    "figures:",
    "  - name: statuts",
    "    kind: bars",
    "    title: Établissements par statut",
    "    description: Combien il y en a.",
    "    rows: [{table: par_statut, roles: {label: statut, value: nombre}}]",
)


def _field(field: dict[str, object]) -> str:
    """A column of the contract, its name as its title."""
    constraints = field.get("constraints")
    allow = ", allow: [identifiers]" if field["type"] == "string" else ""
    more = f", constraints: {_flow(constraints)}" if isinstance(constraints, dict) else ""
    return f"{{name: {field['name']}, type: {field['type']}, title: {field['name']}{allow}{more}}}"


def _flow(constraints: dict[str, object]) -> str:
    parts = (
        f"{word}: {str(told).lower() if isinstance(told, bool) else repr(told)}" for word, told in constraints.items()
    )
    return f"{{{', '.join(parts)}}}"


def measure(sizes: tuple[int, ...] = SIZES) -> int:
    """Print what each costs, and the targets; how many are missed."""
    missed = 0
    for rows in sizes:
        with tempfile.TemporaryDirectory(prefix="bench-") as name:
            root = write(Path(name), rows)
            print(f"Une table de {number(rows, 0)} lignes dans un projet (charge {os.getloadavg()[0]:.1f}) :")
            for command, most in (("check", CHECK), ("build", BUILD)):
                environment = {**os.environ, "PYTHONPATH": str(ROOT)}
                told = spent((sys.executable, "-m", "generator", command), root, sys.stderr.fileno(), environment)
                if told.code:
                    raise SystemExit(f"{command} a échoué.")
                missed += _told(command, rows, most, told)
    return missed


def _told(command: str, rows: int, seconds: int, found: Spent) -> int:
    """Print what a command costs, each figure beside its limit; how many are over it."""
    own, missed = found.memory / 1e6, 0
    limits = [("mémoire, en Mo", own, MEMORY if rows <= AT else MEMORY_BEYOND)]
    if rows <= AT:
        limits.insert(0, ("secondes de processeur", found.seconds, seconds))
    else:
        print(f"  {command} : {number(found.seconds, 1)} s de processeur, sans limite à cette taille")
    for label, value, most in limits:
        reached = value <= most
        print(
            f"{'OBJECTIF' if reached else 'MANQUÉ'} : {command}, {label} : {number(value, 1)} (au plus {number(most, 0)})"
        )
        missed += not reached
    return missed


# Rules of each kind of cost: known to be kept by the engine, all judged in Python and kept, broken by most rows and each differently.
_RULES = (
    ("sans règle", ""),
    ("une règle que DuckDB sait suivie", "{require: [raison], when: {statut: [public]}, message: Il faut une raison.}"),
    (
        "une règle jugée en Python, une fois par commune",
        "{calendar: [commune], message: Une commune n’est pas une date.}",
    ),
    (
        "une règle que sept lignes sur dix rompent, chacune à sa façon",
        "{at_most_one: [raison, entite], message: Un seul.}",
    ),
)
_KEYS = "      foreignKeys: [{fields: [entite], reference: {fields: [numero]}}]"


def measure_rules(sizes: tuple[int, ...] = SIZES) -> None:
    """Print what it costs to check a large table with a rule, of each kind of cost."""
    for rows in sizes:
        with tempfile.TemporaryDirectory(prefix="bench-") as name, Path(os.devnull).open("wb") as nothing:
            root = write(Path(name), rows)
            contract = root / "datapackages" / "etablissements" / "datapackage.yaml"
            before = contract.read_text(encoding="utf-8")
            for label, rule in _RULES:
                asked = f"{_KEYS}\n      rules: [{rule}]" if rule else _KEYS
                contract.write_text(before.replace(_KEYS, asked, 1), encoding="utf-8")
                environment = {**os.environ, "PYTHONPATH": str(ROOT)}
                told = spent((sys.executable, "-m", "generator", "check"), root, nothing.fileno(), environment)
                memory = number(told.memory / 1e6, 0)
                print(
                    f"check de {number(rows, 0)} lignes, {label} : {number(told.seconds, 1)} s de processeur, {memory} Mo"
                )


_AUTHOR = ("-c", "user.name=Essai", "-c", "user.email=essai@exemple.fr", "-c", "commit.gpgsign=false")


def measure_difference(sizes: tuple[int, ...] = SIZES) -> None:
    """Print what it costs to compare a large table to what it was: a row out of a hundred has another budget, one out of a thousand is
    gone, as many are new.
    """
    for rows in sizes:
        with tempfile.TemporaryDirectory(prefix="bench-") as name:
            root = write(Path(name), rows)
            (root / ".gitignore").write_text("/donnees/\n", encoding="utf-8")
            for arguments in (("init", "-q"), ("add", "-A"), (*_AUTHOR, "commit", "-q", "-m", "avant")):
                subprocess.run(("git", "-C", str(root), *arguments), check=True)
            _change(root, rows)
            environment = {**os.environ, "PYTHONPATH": str(ROOT)}
            with Path(os.devnull).open("wb") as nothing:
                told = spent((sys.executable, "-m", "generator", "diff"), root, nothing.fileno(), environment)
            if told.code:
                raise SystemExit("diff a échoué.")
            memory = number(told.memory / 1e6, 0)
            print(f"diff de {number(rows, 0)} lignes : {number(told.seconds, 1)} s de processeur, {memory} Mo")


def _change(root: Path, rows: int) -> None:
    """Other rows in the table, whose former file is kept."""
    path, kept = root / "donnees" / "table.csv", root / "donnees" / "avant" / "table.csv"
    kept.parent.mkdir()
    path.rename(kept)
    with kept.open(encoding="utf-8", newline="") as source, path.open("w", encoding="utf-8", newline="\n") as out:
        for place, line in enumerate(source):
            if place % 1_000 == 0 and place:
                cells = line.rstrip("\n").split(",")
                out.write(",".join([f"{90_000_000 + place:09}", *cells[1:-1], ""]) + "\n")
            else:
                out.write(line if place % 100 != 50 else _dearer(line))
    with path.open("rb") as stream:
        listed = as_written("table.csv", path.stat().st_size, hashlib.file_digest(stream, "sha256").hexdigest())
    contract = root / "datapackages" / "etablissements" / "datapackage.yaml"
    contract.write_text(_contract(listed), encoding="utf-8")


def _dearer(line: str) -> str:
    """A row with another budget, the third cell from the end."""
    start, budget, *end = line.rsplit(",", 3)
    return ",".join((start, f"{budget[:-1]}{(int(budget[-1]) + 1) % 10}", *end))
