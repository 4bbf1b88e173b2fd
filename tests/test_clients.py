"""What is published, read by programs that we did not write: each finds every table, every cell and every key, and each is shown
to say what is wrong when something is.
"""

from __future__ import annotations

import datetime
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browser import served
from clients import programs
from clients.published import Cell, Site, Table
from samples import replace

from generator.text.interface import say

# --- Readers: cell by cell ---------------------------------------------------------------------------------------

DUCKDB = {"integer": "BIGINT", "year": "BIGINT", "number": "DOUBLE", "boolean": "BOOLEAN", "date": "DATE"}
PANDAS = {"integer": "Int64", "year": "Int64", "number": "Float64", "boolean": "boolean"}


def text_of(value: object) -> Cell:
    """A cell as a reader gives it, a date as it is written."""
    if isinstance(value, datetime.date):
        return value.isoformat()
    assert value is None or isinstance(value, str | int | float)
    return value


def assert_same(table: Table, found: list[tuple[Cell, ...]]) -> None:
    """The rows of a table, as its own CSV says them, are those that a reader found."""
    wanted = table.rows()
    assert len(found) == len(wanted), table.path
    for number, (row, other) in enumerate(zip(wanted, found, strict=True), 2):
        assert row == other, f"{table.path}, ligne {number}"


def test_every_table_is_there(organs: Site, gardens: Site) -> None:
    for site in (organs, gardens):
        contracts = site.project.catalogue.contracts
        tables = {(table.package, table.name) for table in site.every_table()}
        assert {(package.name, name) for package in contracts.packages.values() for name in package.resources} <= tables
        blank = {
            name for name, table in site.project.catalogue.tables.items() if not table.records
        }  # waits for its first row
        for table in site.every_table():
            assert bool(table.rows()) == (table.name.removesuffix(say("_a_plat")) not in blank), table.path
    kinds = {kind for table in gardens.every_table() for kind in table.fields.values()}
    assert {"string", "integer", "number", "boolean", "date", "year", "yearmonth", "datetime", "time", "any"} == kinds


def test_duckdb_reads_every_cell(published: Site) -> None:
    import duckdb

    with duckdb.connect() as base:
        for table in published.every_table():
            columns = {name: DUCKDB.get(kind, "VARCHAR") for name, kind in table.fields.items()}
            found = base.read_csv(
                str(table.path), columns=columns, header=True, delimiter=",", quotechar='"', auto_detect=False
            ).fetchall()
            assert_same(table, [tuple(map(text_of, row)) for row in found])


def test_pandas_reads_every_cell(published: Site) -> None:
    import pandas

    for table in published.every_table():
        types = {name: PANDAS.get(kind, "string") for name, kind in table.fields.items()}
        frame = pandas.read_csv(table.path, dtype=types, keep_default_na=False, na_values=[""])  # type: ignore[arg-type]
        assert list(frame.columns) == list(table.fields)
        found = frame.astype(object).where(frame.notna(), None)
        assert_same(table, [tuple(row) for row in found.itertuples(index=False, name=None)])


@pytest.fixture(params=["organs", "gardens"])
def plain(request: pytest.FixtureRequest) -> Site:
    """The projects whose tables have names of ASCII: of others, frictionless.js asks for a path that it does not encode, and the
    profile of version 1, which datapackage.js holds, wants small letters.
    """
    found: Site = request.getfixturevalue(request.param)
    return found


def test_frictionless_js_reads_every_cell(plain: Site) -> None:
    """From the site, as it is published: of a file of the disk it guesses the encoding, and takes a few accents for Latin-1."""
    with served(plain.folder) as address:
        descriptors = [address + path.relative_to(plain.folder).as_posix() for path in plain.descriptors]
        packages = json.loads(programs.node("frictionless_js.cjs", *descriptors))
    for package, tables in zip(plain.packages, packages, strict=True):
        assert tables == {table.name: table.texts() for table in plain.tables(package)}


def unlocated(value: Any) -> Cell:
    """A date that JavaScript gave as an instant is a day again."""
    day = isinstance(value, str) and len(value) == 24 and value.endswith("T00:00:00.000Z")
    return value[:10] if day else value


def refers_to_itself(table: Table) -> bool:
    keys = table.descriptor["schema"].get("foreignKeys", [])
    return any(not key["reference"].get("resource") for key in keys)


def sharing_a_column(table: Table) -> set[tuple[str, str]]:
    """The keys that have a column of another before them: table, columns."""
    keys = [key["fields"] for key in table.descriptor["schema"].get("foreignKeys", ())]
    return {
        (table.name, ",".join(key)) for rank, key in enumerate(keys) if any({*key} & {*other} for other in keys[:rank])
    }


TEXTS = {"string", "integer", "number", "boolean", "date", "year"}  # the others are objects of its own there


def test_datapackage_js_reads_every_row_and_follows_every_key(plain: Site) -> None:
    """Its only complaints: version 1 of the standard has a table that refers to itself say its own name, version 2 forbids it; it puts the row
    that a key names in the place of its columns, and no longer finds what another key with one of them names.
    """
    packages = json.loads(programs.node("datapackage_js.cjs", *plain.descriptors))
    for package, found in zip(plain.packages, packages, strict=True):
        tables = list(plain.tables(package))
        refused = [f'Resource "{table.name}" validation error(s)' for table in tables if refers_to_itself(table)]
        assert found["errors"] == refused
        assert {(name, fields) for name, fields, _ in found["broken"]} <= set().union(*map(sharing_a_column, tables))
        for table in tables:
            kept = [place for place, kind in enumerate(table.fields.values()) if kind in TEXTS]
            rows = [tuple(unlocated(row[place]) for place in kept) for row in found["tables"][table.name]]
            assert rows == [tuple(row[place] for place in kept) for row in table.rows()], table.path


# --- Validators --------------------------------------------------------------------------------------------------


def test_the_official_profile_accepts_every_descriptor(published: Site) -> None:
    assert programs.check_jsonschema(programs.PACKAGE_PROFILE, published.descriptors) == []


def test_the_official_profile_of_tables_accepts_every_schema(published: Site, tmp_path: Path) -> None:
    def schemas() -> Iterator[Path]:
        for table in published.every_table():
            path = tmp_path / f"{table.package}-{table.name}.json"
            path.write_text(json.dumps(table.descriptor["schema"]), encoding="utf-8")
            yield path

    assert programs.check_jsonschema(programs.TABLE_PROFILE, schemas()) == []


def test_frictionless_accepts_packages_at_its_command_line(published: Site) -> None:
    """The smallest and the largest: all are validated by the library when the whole site is built (test_project_here.py)."""
    descriptors = sorted(
        published.descriptors, key=lambda path: sum(file.stat().st_size for file in path.parent.glob("data/*"))
    )
    for path in {descriptors[0], descriptors[-1]}:
        assert programs.frictionless(path) == []


# --- Each says what is wrong -------------------------------------------------------------------------------------


@pytest.fixture
def spoilt(gardens: Site, tmp_path: Path) -> Path:
    """A copy of the small packages, to spoil."""
    return Path(shutil.copytree(gardens.packages["jardins"].parent, tmp_path / "paquets"))


def test_the_official_profile_sees_a_wrong_date(spoilt: Path) -> None:
    replace(spoilt, "jardins/datapackage.json", '"created": "2026-01-02T00:00:00Z"', '"created": "2026-01-02"')
    said = programs.check_jsonschema(programs.PACKAGE_PROFILE, [spoilt / "jardins" / "datapackage.json"])
    assert any("'2026-01-02' is not a 'date-time'" in line for line in said), said


def test_frictionless_sees_a_broken_key(spoilt: Path) -> None:
    replace(spoilt, "jardins/data/releves.csv", "r3,petit-pre", "r3,grand-pre")
    assert any(
        "violates the foreign key" in line for line in programs.frictionless(spoilt / "jardins" / "datapackage.json")
    )


def test_datapackage_js_sees_a_broken_key(spoilt: Path) -> None:
    replace(spoilt, "jardins/data/releves.csv", "r3,petit-pre", "r3,grand-pre")
    [found] = json.loads(programs.node("datapackage_js.cjs", spoilt / "jardins" / "datapackage.json"))
    assert ["releves", "jardin", 3] in found["broken"]


CATALOGUE: dict[str, Any] = {
    "@context": {"dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/", "foaf": "http://xmlns.com/foaf/0.1/"},
    "@id": "https://exemple.fr/",
    "@type": "dcat:Catalog",
    "dct:title": {"@value": "Un catalogue", "@language": "fr"},
    "dct:description": {"@value": "Des jeux de données", "@language": "fr"},
    "dct:language": {"@id": "http://publications.europa.eu/resource/authority/language/FRA"},
    "dct:publisher": {"@id": "https://exemple.fr/nous", "@type": "foaf:Agent", "foaf:name": "Nous"},
}  # fmt: skip


def test_the_shapes_of_dcat_ap_accept_a_catalogue_and_see_what_it_lacks() -> None:
    assert programs.shacl(CATALOGUE, *programs.DCAT_SHAPES, terms=[programs.DCAT_TERMS]) == []
    said = programs.shacl(CATALOGUE, *programs.DCAT_SHAPES)
    assert any("LinguisticSystem" in line for line in said), "a term of which nobody says the class"
    del (lacking := dict(CATALOGUE))["dct:title"]
    said = programs.shacl(lacking, *programs.DCAT_SHAPES, terms=[programs.DCAT_TERMS])
    assert said
    assert all(line.startswith("sh:Violation https://exemple.fr/ http://purl.org/dc/terms/title ") for line in said)


DATASET: dict[str, Any] = {
    "@context": "https://schema.org/",
    "@type": "Dataset",
    "name": "Un jeu de données",
    "description": "Une description d’au moins cinquante caractères, que Google demande.",
    "url": "https://exemple.fr/donnees/",
}


def test_the_shapes_of_google_accept_a_dataset_and_see_a_short_description() -> None:
    assert programs.shacl(DATASET, programs.GOOGLE_SHAPES) == []
    said = programs.shacl(DATASET | {"description": "Trop court."}, programs.GOOGLE_SHAPES)
    assert len(said) == 1
    assert "description" in said[0]


def test_schema_dts_accepts_a_dataset_and_sees_an_unknown_property(tmp_path: Path) -> None:
    assert programs.schema_dts("Dataset", DATASET, tmp_path) == []
    assert any("titre" in line for line in programs.schema_dts("Dataset", DATASET | {"titre": "Un titre"}, tmp_path))


def test_a_context_is_never_asked_of_the_network() -> None:
    with pytest.raises(AssertionError, match="contexte à aller chercher"):
        programs.graph({"@context": "https://exemple.fr/contexte.jsonld", "@id": "https://exemple.fr/"})


TABLES: dict[str, Any] = {
    "@context": "http://www.w3.org/ns/csvw",
    "tables": [
        {
            "url": "familles.csv",
            "tableSchema": {"columns": [{"name": "id", "titles": "id"}, {"name": "nom", "titles": "nom"}], "primaryKey": "id"},
        },
        {
            "url": "plantes.csv",
            "tableSchema": {
                "columns": [{"name": "id", "titles": "id"}, {"name": "famille", "titles": "famille"}],
                "foreignKeys": [
                    {"columnReference": "famille", "reference": {"resource": "familles.csv", "columnReference": "id"}}
                ],
            },
        },
    ],
}  # fmt: skip


def test_csvwvalidate_follows_a_key(tmp_path: Path) -> None:
    (tmp_path / "csv-metadata.json").write_text(json.dumps(TABLES), encoding="utf-8")
    (tmp_path / "familles.csv").write_bytes("id,nom\r\nsolanacees,Solanacées\r\n".encode())
    (tmp_path / "plantes.csv").write_bytes(b"id,famille\r\ntomate,solanacees\r\ncourge,\r\n")
    assert programs.csvwvalidate(tmp_path / "csv-metadata.json") == []
    replace(tmp_path, "plantes.csv", "tomate,solanacees", "tomate,solanacee")
    assert any("solanacee" in line for line in programs.csvwvalidate(tmp_path / "csv-metadata.json"))
