"""A column of each type, written in each way that the standard has: published in one form, and read by programs that we did not write."""

from __future__ import annotations

import csv
import datetime
import json
import sqlite3
from contextlib import closing
from decimal import Decimal

import pytest
from clients import programs
from clients.published import Site, publish
from samples import ROOT

from generator.contracts.descriptors import read_contracts
from generator.packages import validation
from generator.pages.structures import READ
from generator.values.types import TYPES, Structured

HERE = ROOT / "tests" / "typed_site"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return publish(HERE, tmp_path_factory.mktemp("types"))


def rows(site: Site, table: str) -> list[dict[str, str]]:
    with (site.packages["mesures"] / f"data/{table}.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_the_published_texts_have_the_form_of_the_standard(site: Site) -> None:
    assert rows(site, "releves")[0] == {
        "id": "R/1", "station": "pre", "jour": "0800-03-31", "dit_le": "2025-03-31", "heure": "08:05:00",
        "instant": "2026-01-02T02:04:05Z", "local": "2018-11-12T09:15:00", "prix_eur": "1234.50", "part_pct": "95",
        "grand": "1000000", "rang": "1234", "ouvert": "true", "point": "2.35, 48.85", "autre_point": "2.35, 48.85",
        "carte": '{"type":"Topology","objects":{},"arcs":[]}', "octets": "AAEC", "telephone": "+1 202-224-3441", "pays": "NA",
    }  # fmt: skip
    assert [row["pays"] for row in rows(site, "releves")] == ["NA", "", " NB"]
    by_id = {row["id"]: row for row in rows(site, "stations")}
    assert by_id["pre"] == {
        "id": "pre", "lieu": "2.3522, 48.8566",
        "contour": '{"type":"Polygon","coordinates":[[[2.0,48.0],[3.0,48.0],[3.0,49.0],[2.0,48.0]]]}',
        "reglages": '{"gain":1.50,"code":"01","actif":true,"note":null}', "suite": '[1,"deux",[3.0,"4"]]',
        "capteurs": "vent;pluie fine", "seuils": "0.5,12", "periode": "P1Y2M", "fondation": "0987",
    }  # fmt: skip
    assert (by_id["mer"]["suite"], by_id["mer"]["periode"]) == ("[]", "PT1H30M")


def test_the_published_schema_says_that_form(site: Site) -> None:
    package = json.loads((site.packages["mesures"] / "datapackage.json").read_bytes())
    fields = {
        field["name"]: field
        for table in package["resources"]
        if table["name"] in ("stations", "releves")
        for field in table["schema"]["fields"]
    }
    assert {field["type"] for field in fields.values()} | {"any", "yearmonth"} == set(TYPES)
    assert {name: field["format"] for name, field in fields.items() if "format" in field} == {
        "carte": "topojson",
        "octets": "binary",
    }
    written = {"decimalChar", "groupChar", "bareNumber", "trueValues", "falseValues"}
    assert not written & set().union(*fields.values()), "what is published is written as the standard has it by default"
    jour = fields["jour"]
    assert (jour["example"], jour["constraints"]) == (
        "0800-03-31",
        {"enum": ["0800-03-31", "2025-04-01", "2025-04-02"], "minimum": "0800-01-01"},
    )
    assert (fields["capteurs"]["delimiter"], fields["capteurs"]["itemType"]) == (";", "string")
    assert (fields["id"]["title"], fields["prix_eur"]["constraints"]) == ("Identifiant", {"minimum": 0.5})
    stations = next(table for table in package["resources"] if table["name"] == "stations")
    assert (stations["title"], stations["schema"]["fields"][0]["title"]) == ("stations", "id"), (
        "a name is its own title"
    )


def test_json_has_nested_values(site: Site) -> None:
    told = json.loads((site.packages["mesures"] / "data/stations.json").read_bytes(), parse_float=Decimal)
    pre = next(row for row in told["rows"] if row["id"] == "pre")
    assert (pre["capteurs"], pre["seuils"], pre["suite"]) == (
        ["vent", "pluie fine"],
        [Decimal("0.5"), 12],
        [1, "deux", [3, "4"]],
    )
    assert (pre["reglages"]["code"], pre["contour"]["type"], pre["fondation"]) == ("01", "Polygon", 987)


def test_frictionless_reads_the_package(site: Site) -> None:
    """All but a bound of a duration, which the standard has and Frictionless takes for a fault of the descriptor: it is not shown to it."""
    [verdict] = validation.validate(site.published.packages, site.project.catalogue)
    assert (verdict.valid, verdict.diagnostics) == (True, ())
    path = site.packages["mesures"] / "datapackage.json"
    assert [line for line in programs.frictionless(path) if "minimum" in line]
    assert "minimum" in str(json.loads(path.read_bytes())["resources"][0]["schema"]["fields"][7])
    assert "minimum" not in str(validation.known(path)["resources"][0]["schema"]["fields"][7])  # type: ignore[index]


def test_the_official_profile_knows_all_but_lists(site: Site) -> None:
    """`list` is a type of the standard (« Field Types ») that its own profile 2.0 has forgotten."""
    found = programs.check_jsonschema(programs.PACKAGE_PROFILE, [site.packages["mesures"] / "datapackage.json"])
    assert found
    path = site.packages["mesures"] / "datapackage.json"
    package = json.loads(path.read_bytes())
    for table in package["resources"]:
        for field in table["schema"]["fields"]:
            field["type"] = "string" if field["type"] == "list" else field["type"]
    other = path.with_name("sans-listes.json")
    other.write_text(json.dumps(package), encoding="utf-8")
    assert programs.check_jsonschema(programs.PACKAGE_PROFILE, [other]) == []


def test_csvw_reads_the_tables(site: Site) -> None:
    assert programs.csvwvalidate(site.packages["mesures"] / "data/csv-metadata.json") == []


def test_databases_and_frames_read_the_values(site: Site) -> None:
    import duckdb
    import pandas

    place = site.packages["mesures"]
    with closing(sqlite3.connect(place / "mesures.sqlite")) as base:
        told = base.execute("SELECT lieu, reglages, periode, fondation FROM stations WHERE id = 'pre'").fetchone()
        assert told == ("2.3522, 48.8566", '{"gain":1.50,"code":"01","actif":true,"note":null}', "P1Y2M", 987)
        assert base.execute("SELECT jour, prix_eur, ouvert FROM releves WHERE id = 'R/1'").fetchone() == (
            "0800-03-31",
            1234.5,
            1,
        )
        assert base.execute("SELECT json_extract(contour, '$.type') FROM stations WHERE id = 'mer'").fetchone() == (
            "Point",
        )
    with duckdb.connect() as read:  # whole answers: an unfinished one keeps the next from being asked
        found = read.execute(f"SELECT jour, rang FROM '{place}/data/releves.parquet' WHERE id = 'R/1'").fetchall()
        assert found == [(datetime.date(800, 3, 31), 1234)]
        assert len(read.read_csv(str(place / "data/releves.csv")).fetchall()) == 3
    frame = pandas.read_csv(place / "data/releves.csv", keep_default_na=False, na_values=[""])
    assert list(frame["pays"].fillna("absent")) == ["NA", "absent", " NB"]


def test_a_workbook_holds_the_values(site: Site) -> None:
    import openpyxl

    book = openpyxl.load_workbook(site.packages["mesures"] / "mesures.xlsx")
    sheet = book["releves"]
    names = [cell.value for cell in sheet[1]]
    first = dict(zip(names, [cell.value for cell in sheet[2]], strict=True))
    assert (first["jour"], first["prix_eur"], first["ouvert"], first["telephone"]) == (
        "0800-03-31",
        1234.5,
        True,
        "+1 202-224-3441",
    )
    assert all(cell.data_type != "f" for row in sheet for cell in row)
    assert book["stations_a_plat" if "stations_a_plat" in book.sheetnames else "stations"]["B2"].value


def test_pages_say_the_values_in_words(site: Site) -> None:

    record = next(row for row in site.project.catalogue["stations"] if row.id == ("pre",))
    told = {
        name: str(READ[record.resource.field(name).type](record[name]))
        for name in ("capteurs", "seuils", "periode", "fondation")
    }
    assert told == {
        "capteurs": "vent\u202f; pluie fine",
        "seuils": "0,5\u202f; 12",
        "periode": "1 an, 2 mois",
        "fondation": "987",
    }
    assert READ["geopoint"](record["lieu"]) == "48,8566\u202f; 2,3522"
    assert READ["object"](record["reglages"]) is record["reglages"]
    assert READ["object"](Structured("", '{"a":"b"}', 1)) == "a\u202f: b"


def test_every_type_is_in_one_of_the_small_projects() -> None:
    contracts, _ = read_contracts(HERE)
    assert {f.type for r in contracts.resources.values() for f in r.fields} | {"any", "yearmonth"} == set(TYPES)
