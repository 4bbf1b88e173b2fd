"""Names as publishers write them (tests/names_site): each is followed through ways, calculations and languages; the site is built
once, read, and nothing of a name acts anywhere. Other programs read its packages in test_clients.py, test_catalogues.py and
test_snippets.py.
"""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from lxml import html
from samples import DATE, STRANGE

from generator.authoring.blank import specimen
from generator.catalogue.project import Project
from generator.commands.check import checked_project
from generator.commands.frame import examined
from generator.commands.making.pipeline import Result, build
from generator.packages.frames.book import data
from generator.packages.frames.frame import frame
from generator.packages.frames.opening import opened
from generator.text import names
from generator.text.expressions import parse, renamed

STRANGE_ONES = (
    *("Nom du pays", "end-type", 'Prix (€) "HT"', "l'âge", "a/b", "a.b", "{x}", "<b>", "=cmd", "SELECT", "名前", "a`b", "`", "``"),
    *("; DROP TABLE t, --", "|", "%", "#", "\\", "_", "_a", "-", "~", ".", "a\u202fb", "😀", "#(lf)", '"""', "x" * 100, "a  b"),
)  # fmt: skip


# --- Where a name has a grammar around it ------------------------------------------------------------------------


@pytest.mark.parametrize("name", STRANGE_ONES)
def test_a_way_goes_through_any_name(name: str) -> None:
    assert names.steps(names.way((name, "b", name))) == (name, "b", name)
    assert names.alternatives(f"{names.way((name,))}|{names.way(('a', name))}") == [
        names.way((name,)),
        names.way(("a", name)),
    ]
    if "{" not in name or "`" in names.way((name,)):
        [found] = names.BRACED.findall(f"avant {{{names.way((name,))}}} après")
        assert names.steps(found) == (name,)


@pytest.mark.parametrize("way", ["a.b", "Nom du pays.Prix (€)", "a", ""])
def test_a_plain_way_needs_no_quotes(way: str) -> None:
    assert names.steps(way) == tuple(way.split("."))
    assert names.way(names.steps(way)) == way


@pytest.mark.parametrize("name", STRANGE_ONES)
def test_a_calculation_names_anything(name: str) -> None:
    written = names.in_calculation(name)
    found = parse(f"{written} + 2 * ({written} - un)")
    assert found is not None
    assert found.names == (name, "un")
    assert renamed(found.text, name, "a.b") == "`a.b` + 2 * (`a.b` - un)"


@pytest.mark.parametrize("text", ["`", "``", "`a", "a`", "`a` `b`", "a b"])
def test_a_name_that_is_cut_is_no_calculation(text: str) -> None:
    assert parse(text) is None


@pytest.mark.parametrize("name", STRANGE_ONES)
def test_each_language_reads_the_name(name: str) -> None:
    with closing(sqlite3.connect(":memory:")) as base:
        base.execute(f"CREATE TABLE {names.in_sql(name)} ({names.in_sql(name)} TEXT)")
        assert base.execute(f"SELECT name FROM pragma_table_info({names.in_sql(name)})").fetchall() == [(name,)]
    assert eval(names.in_script(name)) == name
    assert eval(f'f"""{names.in_python_sql(name)} """') == f"{names.in_sql(name)} "
    assert json.loads(re.sub(r"\\u\{([0-9a-f]+)\}", lambda found: chr(int(found[1], 16)), names.in_r(name))) == name
    assert names.in_r(name).isascii()
    assert re.fullmatch(r"(?!_)(?:[A-Za-z0-9_]|%[0-9A-F]{2})+", names.in_template(name))
    assert re.fullmatch(r"[\w-]+", names.in_page(name))


def test_no_two_names_are_one() -> None:
    for written in (names.in_template, names.in_page, names.in_uri, names.in_power_query):
        assert max(Counter(map(written, STRANGE_ONES)).values()) == 1, written


# --- The site ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Result]:
    root = tmp_path_factory.mktemp("noms") / "site"
    shutil.copytree(STRANGE, root)
    project = checked_project(root)
    assert [str(found.message) for found in project.diagnostics] == []
    return root, build(project, "mkdocs", DATE, lambda stage, counts: None, validate=False)


@pytest.fixture(scope="module")
def package(made: tuple[Path, Result]) -> Path:
    return made[0] / "build" / "packages" / "noms"


def pages(root: Path) -> Iterator[tuple[str, Any]]:
    for path in sorted((root / "site").rglob("*.html")):
        yield path.relative_to(root / "site").as_posix(), html.fromstring(path.read_bytes())


def test_the_site_is_built_and_no_link_is_broken(made: tuple[Path, Result]) -> None:
    root, result = made
    assert [str(found.message) for found in result.diagnostics] == []
    assert (root / "site" / "pays" / "oui" / "fr" / "index.html").is_file()
    assert "France (Europe)" in (root / "site/pays/oui/fr/index.html").read_text(encoding="utf-8")
    assert (root / "site/decoupe/par/eu/index.html").is_file()


def test_nothing_of_a_name_acts_in_a_page(made: tuple[Path, Result]) -> None:
    for path, page in pages(made[0]):
        scripts = [script.text or "" for script in page.iter("script") if script.get("type") != "application/ld+json"]
        assert not [text for text in scripts if "alert" in text], path
        assert not page.xpath("//@onerror"), path
        assert not page.xpath("//b[normalize-space()='']"), path
        ids = Counter(page.xpath("//@id"))
        assert [name for name, count in ids.items() if count > 1 or re.search(r"\s", name)] == [], path
        for text in page.xpath("//script[@type='application/ld+json']/text()"):
            json.loads(text)


def test_the_dictionary_shows_every_name(made: tuple[Path, Result], package: Path) -> None:
    page = html.fromstring((made[0] / "site/donnees/noms/index.html").read_bytes())
    shown = {cell.text_content().strip() for cell in page.xpath("//tr/th[@scope='row']//code")}
    described = json.loads((package / "datapackage.json").read_bytes())
    for table in described["resources"]:
        own = not table["name"].endswith("_a_plat")
        assert not own or {field["name"] for field in table["schema"]["fields"]} <= shown


def header(path: Path) -> list[str]:
    with path.open(encoding="utf-8", newline="") as stream:
        return next(csv.reader(stream))


def test_sqlite_and_its_views_have_the_columns_and_the_rows_of_the_files(package: Path) -> None:
    with closing(sqlite3.connect(package / "noms.sqlite")) as base:
        for path in sorted((package / "data").glob("*.csv")):
            found = base.execute(f"SELECT * FROM {names.in_sql(path.stem)}")
            assert [column[0] for column in found.description] == header(path)
            with path.open(encoding="utf-8", newline="") as stream:
                assert len(found.fetchall()) == len(list(csv.reader(stream))) - 1
        assert base.execute("PRAGMA foreign_key_check").fetchall() == []
        [(cities,)] = base.execute('SELECT "villes (liste)_名前" FROM "Pays-du.monde_a_plat" WHERE id = \'fr\'')
        assert cities == "Paris ; Lyon", "in the order of the file, whatever a column is called"


def test_the_workbook_has_the_tables_and_their_headers(package: Path) -> None:
    book = openpyxl.load_workbook(package / "noms.xlsx")
    assert {"Pays-du.monde", "villes", "大陸"} <= set(book.sheetnames)
    first = list(book["Pays-du.monde"][1])
    assert [cell.value for cell in first] == header(package / "data" / "Pays-du.monde_a_plat.csv")
    assert {cell.data_type for cell in first} == {"s"}


def test_parquet_has_the_names(package: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    for path in sorted((package / "data").glob("*.parquet")):
        found = duckdb.sql(f"SELECT * FROM read_parquet('{path}')")
        assert found.columns == header(path.with_suffix(".csv"))


# --- What is written again ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def project() -> Project:
    return checked_project(STRANGE)


def test_a_filled_frame_is_read_again(project: Project, tmp_path: Path) -> None:
    answers = {
        "id": "it",
        "Nom du pays": "Italie",
        "a/b": 1,
        "a.b": 2,
        "- tiret: deux-points": "là",
        "SELECT": "oui",
        "null": True,
    }
    table = project.catalogue.contracts.resources["Pays-du.monde"]
    blank = frame(table, project.catalogue, project.settings)
    book = openpyxl.load_workbook(io.BytesIO(data(blank)))
    sheet = book.worksheets[1]
    columns = {cell.value: cell.column for cell in sheet[2]}
    assert "ROUND" in sheet.cell(3, columns["{x}"]).value
    for name, value in answers.items():
        sheet.cell(3, columns[name], value)
    filled = io.BytesIO()
    book.save(filled)
    files, said = examined(project, blank, opened(filled.getvalue()), Path("cadre.xlsx"))
    assert [str(found.message) for found in said] == []
    written = files[0].text
    assert written.endswith('a/b: 1\na.b: 2\nSELECT: oui\n"null": true\n"- tiret: deux-points": là\n')


def test_the_template_of_a_file_is_read_as_it_is_written(project: Project, tmp_path: Path) -> None:
    contracts = project.catalogue.contracts
    text = specimen(contracts.resources["Pays-du.monde"], contracts).text
    assert '"- tiret: deux-points":' in text
    assert '"{x}"' not in text, "it is computed"
