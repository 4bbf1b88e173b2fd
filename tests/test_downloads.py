"""Every download read back, cell by cell, by programs that we did not write: workbooks, databases, JSON, Parquet, archives, sums."""

from __future__ import annotations

import datetime
import json
import re
import shutil
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from urllib.parse import unquote

import pytest
from clients.office import libreoffice_to_csv
from clients.published import Site, publish
from hypothesis import given
from hypothesis import strategies as st
from samples import ROOT, copy_base, replace, write

from generator.commands.check import checked_project
from generator.packages.built import Built
from generator.packages.extracts import extracts
from generator.packages.flat import Flattener
from generator.packages.formats import formats
from generator.packages.names import LONGEST, portable
from generator.packages.sheets import Sheet
from generator.packages.sheets import published as published_as
from generator.packages.worksheets import sheet_names
from generator.values.types import Value, canonical

TABLES = [name for name, module in formats().items() if module.SCOPE == "table"]


def file(site: Site, built: Built, suffix: str) -> Path:
    return site.packages[built.package.name] / f"{built.package.name}{suffix}"


def wanted(sheet: Sheet) -> list[list[Value | None]]:
    return [list(row) for row in sheet.rows()]


def same(found: object, value: Value | None) -> bool:
    """Whether a program read the value that was written, as whatever type it has for it."""
    if value is None:
        return found is None
    if isinstance(found, float) and isinstance(value, Decimal):
        return Decimal(repr(found)) == value or Decimal(str(found)) == value
    if isinstance(found, datetime.datetime):
        return found.date() == value and not isinstance(value, datetime.datetime)
    if isinstance(value, bool) and isinstance(found, int):
        return found == int(value)
    return found == value or str(found) == canonical(value)


def assert_same(found: list[list[object]], sheet: Sheet, where: str) -> None:
    rows = wanted(sheet)
    assert len(found) == len(rows), where
    for number, (row, other) in enumerate(zip(found, rows, strict=True), 2):
        for column, cell, value in zip(sheet.columns, row, other, strict=True):
            assert same(cell, value), (where, number, column.name, cell, value)


# --- Workbooks ---------------------------------------------------------------------------------------------------


def test_openpyxl_reads_every_cell(published: Site) -> None:
    import openpyxl

    for built in published.published.packages:
        book = openpyxl.load_workbook(file(published, built, ".xlsx"))
        assert book.sheetnames[0] == "Lisez-moi"
        assert book.sheetnames[-1] == "Dictionnaire"
        for name, sheet in zip(book.sheetnames[1:-1], built.labelled, strict=True):
            head, *rows = book[name].iter_rows(values_only=True)
            assert list(head) == [column.name for column in sheet.columns]
            assert_same([list(row) for row in rows], sheet, f"{built.package.name}/{name}")
            assert book[name].freeze_panes == "B2"
            assert not any(cell.data_type == "f" for row in book[name].iter_rows() for cell in row)


def test_the_first_sheet_says_what_it_is(published: Site) -> None:
    import openpyxl

    for built in published.published.packages:
        book = openpyxl.load_workbook(file(published, built, ".xlsx"))
        said = {row[0]: row[1] for row in book["Lisez-moi"].iter_rows(values_only=True)}
        assert said["Jeu de données"] == built.package.title
        assert built.descriptor["licenses"][0]["title"] in said["Licence"]
        assert "jeu de données" in said["Pour citer"]
        assert {"Producteur", "Les unités", "Les absences"} <= set(said)
        assert ("Version" in said) == bool(built.package.versions)
        assert all(
            caution in {row[1] for row in book["Lisez-moi"].iter_rows(values_only=True)}
            for caution in built.package.cautions
        )


def shown(cell: str, value: Value | None) -> bool:
    """Whether LibreOffice shows a value as it is, in French."""
    if isinstance(value, bool):
        return cell == ("VRAI" if value else "FAUX")
    if isinstance(value, Decimal):
        return cell == canonical(value).replace(".", ",")
    return cell == canonical(value)


def test_libreoffice_in_french_shows_every_cell(published: Site, tmp_path: Path) -> None:
    for built in published.published.packages:
        sheets = libreoffice_to_csv(file(published, built, ".xlsx"), tmp_path / built.package.name)
        for (name, (head, *rows)), sheet in zip(list(sheets.items())[1:-1], built.labelled, strict=True):
            assert head == [column.name for column in sheet.columns]
            for row, values in zip(rows, sheet.rows(), strict=True):
                wrong = [(cell, value) for cell, value in zip(row, values, strict=True) if not shown(cell, value)]
                assert not wrong, (built.package.name, name, wrong)


@given(st.lists(st.text("abAB_", min_size=1, max_size=40), unique=True, max_size=12))
def test_names_of_sheets_are_each_their_own(titles: list[str]) -> None:
    names = sheet_names([*titles, "history", "History"])
    assert len({name.lower() for name in names}) == len(names)
    assert all(1 <= len(name) <= 31 and name.lower() != "history" for name in names)


HOSTILE = {
    "emoji 👩‍🌾": "e1", "عربي ‏": "e2", "  ": "e3", "x" * 32_000: "e4", "_x0041_": "e5", "1e5": "e6", "2A004": "e7", "00012": "e8",
}  # fmt: skip


def test_hostile_texts_come_back_whole(tmp_path: Path) -> None:
    import openpyxl

    root = copy_base(tmp_path / "projet")
    replace(
        root, "datapackages/botanique/datapackage.yaml", "{name: nom, type: string, title: Nom, constraints: {required: true, unique: true}}",
        "{name: nom, type: string, title: Nom, allow: [formulas], constraints: {required: true, unique: true}}",
    )  # fmt: skip
    texts = [
        "emoji 👩‍🌾",
        "عربي",
        "x" * 32_000,
        "_x0041_",
        "1e5",
        "2A004",
        "00012",
        "=1+1",
        "@SUM(A1)",
        "-2+3",
        "</script>",
        'l’« œuvre » "q"',
    ]
    lines = [{"id": f"f{rank}", "nom": text} for rank, text in enumerate(texts)]
    content = (root / "content/botanique/familles.yaml").read_text(encoding="utf-8")
    more = "".join(f"- {json.dumps(line, ensure_ascii=False)}\n" for line in lines)
    write(root, {"content/botanique/familles.yaml": content + more})
    site = publish(root, tmp_path / "site")
    built = site.published.packages[0]
    book = openpyxl.load_workbook(file(site, built, ".xlsx"))
    found = {row[0].value: row[1] for row in book["familles"].iter_rows(min_row=2)}
    assert [found[line["id"]].value for line in lines] == texts
    assert {found[line["id"]].data_type for line in lines} == {"s"}
    with closing(sqlite3.connect(file(site, built, ".sqlite"))) as base:
        rows = dict(base.execute("SELECT id, nom FROM familles").fetchall())
    assert [rows[line["id"]] for line in lines] == texts
    table = json.loads((site.packages["botanique"] / "data/familles.json").read_text(encoding="utf-8"))
    assert [
        row["nom"]
        for row in table["rows"]
        if row["id"] in found and row["id"].startswith("f") and row["id"][1:].isdigit()
    ] == texts
    assert "formule" in zipfile.ZipFile(file(site, built, ".zip")).read("LISEZMOI.md").decode()


def test_what_a_spreadsheet_runs_is_refused_elsewhere(tmp_path: Path) -> None:
    root = copy_base(tmp_path)
    content = (root / "content/botanique/familles.yaml").read_text(encoding="utf-8")
    write(root, {"content/botanique/familles.yaml": content + '- {id: f1, nom: "=1+1"}\n'})
    assert [d.code for d in checked_project(root).diagnostics] == ["formule"]


# --- Databases ---------------------------------------------------------------------------------------------------


def rows_of(base: sqlite3.Connection, name: str) -> list[list[object]]:
    return [list(row) for row in base.execute(f'SELECT * FROM "{name}"')]


def test_sqlite_holds_every_cell_and_every_key(published: Site) -> None:
    for built in published.published.packages:
        with closing(sqlite3.connect(file(published, built, ".sqlite"))) as base:
            assert base.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert base.execute("PRAGMA foreign_key_check").fetchall() == []
            for table in built.tables:
                name = table.sheet.name
                assert_same(rows_of(base, name), table.sheet, f"{built.package.name}/{name}")
                kinds = base.execute("SELECT type, sql FROM sqlite_master WHERE name = ?", (name,)).fetchall()
                assert kinds[0][0] == ("view" if table.sheet.flat else "table")
                if not table.sheet.flat:
                    assert kinds[0][1].endswith("STRICT")
                    keys = {row[0] for row in base.execute(f'PRAGMA foreign_key_list("{name}")')}
                    assert len(keys) == len(table.sheet.resource.foreign_keys), "those that only refine too"


def test_duckdb_reads_the_database(gardens: Site) -> None:
    """Its extension for SQLite is not in its wheel: what Python’s SQLite gives is handed to it, and asked in its own SQL."""
    import duckdb
    import pandas

    built = gardens.published.packages[1]
    with closing(sqlite3.connect(file(gardens, built, ".sqlite"))) as base:
        frame = pandas.read_sql("SELECT * FROM parcelles_a_plat", base)
    assert not frame.empty
    found = duckdb.sql("SELECT jardin_libelle, count(*) FROM frame GROUP BY 1 ORDER BY 1").fetchall()
    assert [row[1] for row in found] == [2, 1]


# --- JSON, Parquet -----------------------------------------------------------------------------------------------


def test_json_holds_every_cell(published: Site) -> None:
    for built in published.published.packages:
        for table in (*built.own, *built.flat):
            path = published.packages[built.package.name] / f"data/{table.sheet.name}.json"
            told = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
            assert (told["format"], told["table"], told["title"]) == (1, table.sheet.name, table.sheet.title)
            assert_same([list(row.values()) for row in told["rows"]], table.sheet, path.name)
            names = [column.name for column in table.sheet.columns]
            assert all(list(row) == names for row in told["rows"])


def test_parquet_holds_every_cell(published: Site) -> None:
    import duckdb
    import pyarrow.parquet

    for built in published.published.packages:
        for table in (*built.own, *built.flat):
            path = published.packages[built.package.name] / f"data/{table.sheet.name}.parquet"
            read = pyarrow.parquet.read_table(path)
            assert read.column_names == [column.name for column in table.sheet.columns]
            assert_same([list(row.values()) for row in read.to_pylist()], table.sheet, path.name)
            with duckdb.connect() as base:
                assert_same([list(row) for row in base.read_parquet(str(path)).fetchall()], table.sheet, path.name)


def test_pandas_is_not_read_to_write_and_is_there_for_who_asks(tmp_path: Path) -> None:
    script = (
        "import pathlib, sys\n"
        "from generator.commands.check import checked_project\n"
        "from generator.packages import folder\n"
        "project, made = checked_project(pathlib.Path(sys.argv[1])), pathlib.Path(sys.argv[2])\n"
        "folder.write(project.catalogue, project.settings, '2026-01-01', made)\n"
        "print('pyarrow' in sys.modules, 'pandas' in sys.modules)\n"
        "import pyarrow.parquet\n"
        "print(pyarrow.parquet.read_table(next(made.rglob('familles.parquet'))).to_pandas().loc[0, 'nom'])\n"
    )
    root = copy_base(tmp_path)
    command = [sys.executable, "-c", script, str(root), str(tmp_path / "made")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert (done.stdout, done.stderr) == ("True False\nCucurbitacées\n", "")


def test_every_record_has_its_json(published: Site) -> None:
    api = published.folder / "api" / "v1"
    index = json.loads((api / "index.json").read_text(encoding="utf-8"))
    listed = {table["name"]: table for package in index["packages"] for table in package["tables"]}
    catalogue = published.project.catalogue
    for resource in catalogue.contracts.resources.values():
        assert listed[resource.name]["rows"] == len(catalogue[resource.name])
        if resource.parent:
            continue
        told = json.loads((api / resource.name / "index.json").read_text(encoding="utf-8"))
        assert len(told["records"]) == len(catalogue[resource.name])
        for record, line in zip(catalogue[resource.name], told["records"], strict=True):
            path = unquote(line["json"].partition("/api/")[2])
            found = json.loads((published.folder / "api" / path).read_text(encoding="utf-8"), parse_float=Decimal)
            assert found["name"] == record.label
            for column in resource.fields:
                if column.name in found["record"] and not column.prose:
                    assert same(found["record"][column.name], published_as(record[column.name], column)), (
                        path,
                        column.name,
                    )
            for child in catalogue.contracts.children(resource.name):
                assert isinstance(found["record"][child.rows.step], list)


@given(st.lists(st.lists(st.text(max_size=200), min_size=1, max_size=3), max_size=30))
def test_a_name_of_a_file_is_portable_and_its_own(keys: list[list[str]]) -> None:
    names = {tuple(key): portable(key) for key in keys}
    assert len({name.lower() for name in names.values()}) == len(names)
    for name in names.values():
        assert re.fullmatch(r"[A-Za-z0-9_.~-]+", name)
        assert len(name) <= LONGEST
        assert not re.fullmatch(r"(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])", name.partition(".")[0])
        assert name.strip(".")
        assert name not in (".", "..", "index")


@pytest.mark.parametrize("twins", [("A", "a"), ("con", "CON"), ("../x", "..\\x"), ("é", "e\u0301"), ("a/b", "a.b")])
def test_twins_have_two_names(twins: tuple[str, str]) -> None:
    assert len({portable([twin]).lower() for twin in twins}) == 2


# --- Archives and sums -------------------------------------------------------------------------------------------


def test_the_archive_of_a_package_is_complete(published: Site, tmp_path: Path) -> None:
    import frictionless

    for built in published.published.packages:
        folder = tmp_path / built.package.name
        with zipfile.ZipFile(file(published, built, ".zip")) as archive:
            assert archive.testzip() is None
            names = set(archive.namelist())
            archive.extractall(folder)
        assert {"LISEZMOI.md", "LICENCE.txt", "datapackage.json"} <= names
        assert {table.path for table in built.tables} <= names
        assert {f"schemas/{table.sheet.name}.json" for table in (*built.own, *built.flat)} <= names
        with frictionless.system.use_context(trusted=True):
            assert frictionless.validate(str(folder / "datapackage.json"), type="package").valid
        readme = (folder / "LISEZMOI.md").read_text(encoding="utf-8")
        assert built.package.title in readme
        assert all(caution in readme for caution in built.package.cautions)
    with zipfile.ZipFile(published.folder / "donnees" / "tout.zip") as archive:
        tops = {name.partition("/")[0] for name in archive.namelist()}
    assert tops == {built.package.name for built in published.published.packages}


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="sha256sum absent")
def test_the_sums_are_those_of_the_files(published: Site) -> None:
    for place in (published.folder / "donnees", *published.packages.values()):
        done = subprocess.run(
            ("sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"), cwd=place, check=False, capture_output=True
        )
        assert done.returncode == 0, done.stdout.decode()


def test_a_schema_alone_describes_its_file(published: Site) -> None:
    import frictionless

    for built in published.published.packages:
        place = published.packages[built.package.name]
        for table in (*built.own, *built.flat):
            schema = frictionless.Schema.from_descriptor(str(place / "schemas" / f"{table.sheet.name}.json"))
            with frictionless.system.use_context(trusted=True):
                report = frictionless.Resource(path=str(place / table.path), schema=schema).validate()
            assert report.valid, report.flatten(["type", "message"])


# --- What a page shows -------------------------------------------------------------------------------------------


def cells(path: Path) -> Iterator[list[str]]:
    import csv

    with path.open(encoding="utf-8", newline="") as stream:
        yield from csv.reader(stream)


def test_each_page_that_shows_rows_has_them(published: Site) -> None:
    import openpyxl

    found = extracts(published.project.catalogue)
    assert found
    flattener = Flattener(published.project.catalogue, published.project.settings)
    for rank, (page, extract) in enumerate(found.items()):
        sheets = list(extract.sheets(flattener))
        for sheet in sheets:
            head, *rows = cells(published.folder / page / "donnees" / f"{sheet.resource.name}.csv")
            assert head == [column.name for column in sheet.columns]
            assert rows == [[canonical(value) for value in row] for row in sheet.rows()]
        if rank % 10 == 0:  # each is slow to read
            book = openpyxl.load_workbook(published.folder / page / "donnees.xlsx")
            assert len(book.sheetnames) == len(sheets)
            for name, sheet in zip(book.sheetnames, sheets, strict=True):
                head, *rows = book[name].iter_rows(values_only=True)
                full = [dict(zip(head, row, strict=True)) for row in rows]
                every = [[row.get(column.name) for column in sheet.columns] for row in full]
                assert_same(every, sheet, f"{page} {name}: a column that is left out is empty")


def test_a_page_has_what_it_holds_and_what_names_it(gardens: Site) -> None:
    rows = {
        page: {name: len(found) for name, found in extract.rows.items()}
        for page, extract in extracts(gardens.project.catalogue).items()
    }
    assert rows["jardins/clos-vert/"]["parcelles"] == 2
    assert rows["jardins/clos-vert/"]["releves"] == 2
    assert rows["plantes/tomate/"]["varietes"] >= 1
    assert rows["plantes/"]["plantes"] == 3
