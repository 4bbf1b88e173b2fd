"""What DuckDB publishes of a large table that it holds is, to the byte, what comes of its rows read in Python."""

from __future__ import annotations

import csv
import errno
import gc
import io
import sqlite3
from dataclasses import replace
from pathlib import Path

import duckdb
import large
import pytest
from samples import copy_base, write

from generator.catalogue.elsewhere import Elsewhere
from generator.catalogue.project import read_project
from generator.packages import profile
from generator.packages.formats import csv as as_csv
from generator.packages.formats import parquet, sqlite
from generator.packages.numbers import numbers
from generator.packages.sheets import Sheet, sheet
from generator.tables import engines
from generator.tables.duck import engine as duck
from generator.tables.duck import held, publishing
from generator.tables.duck.groups import texts_counted
from generator.tables.grouping import texts_counted as counted_in_python
from generator.tables.python.rows import check as rows_check
from generator.tables.sql.asking import Interrupted

CONTRACT = """name: essais
title: Essais
description: De tout.
resources:
  - name: essais
    title: Essais
    content:
      table: {pattern}
      files: [{file}]
{dialect}    schema:
      missingValues: ["", ND]
      fields:
        - {{name: code, type: string, title: Code, constraints: {{required: true}}}}
        - {{name: texte, type: string, title: Texte, allow: [formulas, spaces, placeholders, absences]}}
        - {{name: libre, type: any, title: Libre, allow: [formulas, spaces, placeholders, absences]}}
        - {{name: entier, type: integer, title: Entier, allow: [numbers]}}
        - {{name: grand, type: integer, title: Grand}}
        - {{name: nombre, type: number, title: Nombre}}
        - {{name: virgule, type: number, title: Virgule, decimalChar: ","}}
        - {{name: long, type: number, title: Long}}
        - {{name: vrai, type: boolean, title: Vrai, trueValues: [oui, O], falseValues: [non]}}
        - {{name: jour, type: date, title: Jour}}
        - {{name: ecrit, type: date, title: Écrit, format: "%d/%m/%Y"}}
        - {{name: instant, type: datetime, title: Instant, format: "%d.%m.%Y %H:%M"}}
        - {{name: midi, type: time, title: Midi, format: "%H:%M"}}
        - {{name: nomme, type: date, title: Nommé, format: "%d %b %Y"}}
        - {{name: heure, type: time, title: Heure}}
        - {{name: moment, type: datetime, title: Moment}}
        - {{name: annee, type: year, title: Année}}
        - {{name: mois, type: yearmonth, title: Mois}}
        - {{name: liste, type: list, title: Liste, delimiter: "|"}}
        - {{name: objet, type: object, title: Objet}}
        - {{name: point, type: geopoint, title: Point}}
        - {{name: vide, type: string, title: Vide}}
      primaryKey: [code]
"""
COLUMNS: dict[str, list[str]] = {
    "texte": ["plain", 'dit « "oui" »', "a,b", "deux\nlignes", "fin\r\nlà", "  espaces ", "=1+1", "é\u00a0🐝\u2028x", "'", "ND", ""],
    "libre": ["#croisillon", "007", "\\N", "NULL", "x;y", '"', "", "\ttab"],
    "entier": ["007", "+5", "-0", "12", "", "-3", "12"],
    "grand": ["1", "-9223372036854775808", "9223372036854775808", "ND", "5", "5"],
    "nombre": ["1.50", "1.5", "-0.00", "0.05", "-0.5", "12", "41560.10", "", "1.50"],
    "virgule": ["1,5", "-0,25", "3", "", "3,00"],
    "long": ["0.1234567890123456789", "1", "", "3.25"],
    "vrai": ["oui", "non", "O", "", "non"],
    "jour": ["2024-02-29", "0800-01-01", "2023-12-31", "", "2023-12-31"],
    "ecrit": ["29/02/2024", "01/03/1999", "1/3/1999", "", "31/12/0800"],
    "instant": ["01.05.2024 12:00", "1.5.2024 12:00", "", "29.02.2024 23:59"],
    "midi": ["12:00", "23:59", "", "1:05"],
    "nomme": ["01 May 2024", "1 Jun 1999", ""],
    "heure": ["00:00:00", "23:59:59", ""],
    "moment": ["2024-05-01T12:00:00Z", "2024-05-01T12:00:00+02:00", "2024-05-01T12:00:00.50Z", "", "2024-05-01T10:00:00Z"],
    "annee": ["1998", "0800", "-0044", "", "1998"],
    "mois": ["2024-05", "1999-12", ""],
    "liste": ["a|b", "c", "", "a|b"],
    "objet": ['{"a": 1, "b": [true]}', "", '{"é": "«"}'],
    "point": ["2.35, 48.85", "2.35,48.85", ""],
    "vide": [""],
}  # fmt: skip


def rows(number: int) -> list[dict[str, str]]:
    """Rows that mix all of these."""
    return [
        {"code": f"c{rank}", **{name: texts[rank % len(texts)] for name, texts in COLUMNS.items()}}
        for rank in range(number)
    ]


def written(number: int, delimiter: str, quoting: int, end: str) -> bytes:
    """A file of them, its columns in another order than those of the contract, with one that the contract ignores."""
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(
        stream, [*reversed(list(COLUMNS)), "code"], delimiter=delimiter, quoting=quoting, lineterminator=end
    )  # type: ignore[call-overload]
    writer.writeheader()
    writer.writerows(rows(number))
    return stream.getvalue().encode()


@pytest.fixture
def always(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tables of any size are held."""
    monkeypatch.setattr(engines, "HELD", 0)


Ways = tuple[Sheet, Sheet, Elsewhere]


def ways(root: Path, data: bytes, delimiter: str = ",", pattern: str = "essais/*.csv") -> Ways:
    """The same table as Python publishes it, and as DuckDB does; where it is."""
    copy_base(root, theme=True)
    name = pattern.replace("*", "a")
    write(root, {f"{large.FOLDER}/{name}": data})
    dialect = f'    dialect: {{delimiter: "{delimiter}"}}\n' if ".csv" in pattern else ""
    contract = CONTRACT.format(pattern=pattern, dialect=dialect, file=large.listed(name, data))
    write(root, {"datapackages/essais/datapackage.yaml": contract})
    settings = (root / "mkdocs.yml").read_text(encoding="utf-8")
    write(
        root,
        {"mkdocs.yml": settings.replace("    guides: true", f"    guides: true\n    grandes_tables: {large.FOLDER}")},
    )
    project = read_project(root)
    assert project.diagnostics == ()
    found = project.catalogue.tables["essais"].elsewhere
    assert found is not None
    of_duckdb = sheet(project.catalogue, project.catalogue.contracts.resources["essais"])
    return replace(of_duckdb, publishing=lambda: None), of_duckdb, found


FILES = [
    (",", csv.QUOTE_MINIMAL, "\n"),
    (";", csv.QUOTE_ALL, "\r\n"),
]


@pytest.mark.usefixtures("always")
@pytest.mark.parametrize(("delimiter", "quoting", "end"), FILES)
def test_all_is_written_as_python_writes_it(tmp_path: Path, delimiter: str, quoting: int, end: str) -> None:
    of_python, of_duckdb, where = ways(tmp_path / "site", written(990, delimiter, quoting, end), delimiter)
    assert where.publishing is not None
    for number, form in enumerate((as_csv.write, parquet.write)):
        made = [tmp_path / f"{number}{own}" for own in "pd"]
        form(made[0], of_python)
        form(made[1], of_duckdb)
        assert made[0].read_bytes() == made[1].read_bytes()
    assert as_csv.digest(of_duckdb) == as_csv.digest(of_python)
    assert _stored(tmp_path / "p", of_python) == _stored(tmp_path / "d", of_duckdb)
    assert numbers(of_python) == numbers(of_duckdb)
    assert profile.profiles(of_python) == profile.profiles(of_duckdb)
    assert where.size == 990


def _stored(path: Path, table: Sheet) -> list[tuple[object, ...]]:
    """What a database holds of a table."""
    with sqlite3.connect(path) as base:
        sqlite._table(base, table)
        return base.execute(f"SELECT *, {', '.join(f'typeof({c.name})' for c in table.columns)} FROM essais").fetchall()


@pytest.mark.usefixtures("always")
def test_a_file_that_is_compressed_or_in_parquet_too(tmp_path: Path) -> None:
    data = written(300, ",", csv.QUOTE_MINIMAL, "\n")
    plain, *_ = ways(tmp_path / "plain", data)
    wanted = as_csv.text(plain)
    packed, of_duckdb, _ = ways(tmp_path / "packed", large.packed(data), pattern="essais/*.csv.gz")
    for number, each in enumerate((packed, of_duckdb)):
        as_csv.write(tmp_path / str(number), each)
        assert (tmp_path / str(number)).read_bytes().decode() == wanted
    as_texts = tmp_path / "a.parquet"
    (tmp_path / "a.csv").write_bytes(data)
    duckdb.execute(f"COPY (FROM read_csv('{tmp_path / 'a.csv'}', all_varchar=true)) TO '{as_texts}' (FORMAT parquet)")
    parted, of_duckdb, _ = ways(tmp_path / "parquet", as_texts.read_bytes(), pattern="essais/*.parquet")
    as_csv.write(tmp_path / "2", of_duckdb)
    assert (tmp_path / "2").read_bytes().decode() == as_csv.text(parted)


@pytest.mark.usefixtures("always")
def test_groups_are_counted_from_there(tmp_path: Path) -> None:
    *_, where = ways(tmp_path / "site", written(100, ",", csv.QUOTE_MINIMAL, "\n"))
    assert where.table.held is not None
    told = list(texts_counted(where.table, ["vrai", "jour"], ["entier"]))
    assert told == list(counted_in_python(replace(where.table, held=None), ["vrai", "jour"], ["entier"]))


@pytest.mark.usefixtures("always")
def test_a_table_of_which_python_decides_on_many_texts_is_read_in_python(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    *_, where = ways(tmp_path / "site", written(40, ",", csv.QUOTE_MINIMAL, "\n"))
    monkeypatch.setattr(publishing, "DOUBTS", 2)
    assert where.table.held is not None
    assert where.publishing is None


@pytest.mark.usefixtures("always")
def test_rows_that_have_not_all_cells_are_not_held_apart(tmp_path: Path) -> None:
    *_, where = ways(tmp_path / "site", written(40, ",", csv.QUOTE_MINIMAL, "\n") + b"a,b\n")
    bare = replace(where.table, held=None)
    assert duck.check([where.table]) == rows_check([bare])


@pytest.mark.usefixtures("always")
def test_a_file_is_held_until_it_changes(tmp_path: Path) -> None:
    data = written(40, ",", csv.QUOTE_MINIMAL, "\n")
    *_, where = ways(tmp_path / "site", data)
    table = where.table
    assert held.holding(replace(table, held=None)).held is table.held
    table.source.files[0].path.write_bytes(data + data.splitlines()[-1] + b"\n")
    other = held.holding(replace(table, held=None)).held
    assert other is not None
    assert (other.rows, table.held and table.held.rows) == (41, 40)


@pytest.mark.usefixtures("always")
def test_what_is_held_goes_when_nobody_has_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(held, "_remembered", [])
    *_, where = ways(tmp_path / "site", written(40, ",", csv.QUOTE_MINIMAL, "\n"))
    assert where.table.held is not None
    path = where.table.held.path
    assert path.is_file()
    del where, _
    held._remembered.clear()
    gc.collect()
    assert not path.parent.exists()


def test_a_full_disk_is_told_as_the_system_tells_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "HELD", 0)
    *_, where = ways(tmp_path / "site", written(40, ",", csv.QUOTE_MINIMAL, "\n"))
    made = where.publishing
    assert made is not None

    def full(engine: duck.Duck, statement: str) -> None:
        raise Interrupted(duck._DISK, why="…")

    monkeypatch.setattr(duck.Duck, "run", full)
    with pytest.raises(OSError, match="DuckDB") as told:
        made.csv(tmp_path / "a.csv", "a")
    assert told.value.errno == errno.ENOSPC
    assert held.holding(replace(where.table, held=None, shape=replace(where.table.shape, columns=()))).held is None
