"""`generator import`: what somebody has becomes a project; types, keys and references are found in the values, none of which is altered."""

from __future__ import annotations

import datetime
import io
import json
from pathlib import Path

import openpyxl
import pytest
from samples import write

from generator.importing.contract import contract
from generator.importing.model import Column, Refused, Source
from generator.importing.reading import read_source
from generator.importing.types import infer
from generator.importing.yaml_text import dumped
from generator.text.language import speaking

# --- Types -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        ("1|2|-3", {"type": "integer"}),
        ("1|2.50", {"type": "number"}),
        ("01001|75056", {"type": "string"}),
        ("1,5|2|3,25", {"type": "number", "decimalChar": ","}),
        ("1,500|2,000", {"type": "string"}),
        ("1.5|2e-5|3", {"type": "number", "allow": ["numbers"]}),
        ("2024-01-31|2024-02-29", {"type": "date"}),
        ("2024-02-30|2024-02-28", {"type": "string"}),
        ("31/01/2024|01/02/2024", {"type": "date", "format": "%d/%m/%Y"}),
        ("01/31/2024|01/02/2024", {"type": "date", "format": "%m/%d/%Y"}),
        ("01/02/2024|03/04/2024", {"type": "string"}),
        ("2024-01|2024-12", {"type": "yearmonth"}),
        ("true|false|true", {"type": "boolean"}),
        ("True|False", {"type": "boolean", "trueValues": ["True"], "falseValues": ["False"]}),
        ("12|N/A|7", {"type": "integer", "missingValues": ["", "N/A"]}),
        ("N/A|N/A", {"type": "string"}),
        ("https://a.example|http://b.example/c?d", {"type": "string", "format": "uri"}),
        ("1e5|2e3", {"type": "string"}),
        ("+33612345678|+33612345679", {"type": "string"}),
        ("123456789012345678901", {"type": "string"}),
        ("0612345678", {"type": "string"}),
        ("12:30:00|23:59:59", {"type": "time"}),
    ],
)
def test_the_type_of_a_column_is_that_of_all_its_texts(texts: str, found: dict[str, object]) -> None:
    column = Column("x", texts.split("|"))
    infer(column, "t", Source("s", "S"))
    assert column.found == found


def test_whole_numbers_are_years_when_their_column_says_so() -> None:
    years, counts = Column("Année", ["2019", "2020"]), Column("places", ["2019", "2020"])
    for column in (years, counts):
        infer(column, "t", Source("s", "S"))
    assert (years.type, counts.type) == ("year", "integer")


def test_a_comma_of_a_file_that_commas_part_is_never_a_decimal_sign() -> None:
    column = Column("x", ["2,2", "3,1"], between_commas=True)
    source = Source("s", "S")
    infer(column, "t", source)
    assert column.type == "string"
    assert [note.kind for note in source.notes] == ["left"]


def test_few_words_that_come_back_are_a_closed_list() -> None:
    column = Column("x", ["oui", "non"] * 10)
    infer(column, "t", Source("s", "S"))
    assert column.found["categories"] == ["non", "oui"]


# --- Keys and references -----------------------------------------------------------------------------------------

COUNTRIES = "code,nom\nFR,France\nBE,Belgique\nCH,Suisse\n"
TOWNS = "id,nom,code_country\n1,Lyon,FR\n2,Gand,BE\n3,Lyon,FR\n"


def made(folder: Path, files: dict[str, str | bytes]) -> Source:
    write(folder, files)
    return read_source(folder)


def test_a_key_tells_rows_apart_and_a_reference_has_the_name_of_its_table(tmp_path: Path) -> None:
    source = made(tmp_path, {"countries.csv": COUNTRIES, "towns.csv": TOWNS})
    countries, towns = source.tables
    assert (countries.primary_key, towns.primary_key) == (("code",), ("id",))
    assert [(key.fields, key.table) for key in towns.foreign_keys] == [(("code_country",), "countries")]


def test_rows_that_nothing_tells_apart_are_named_by_their_place(tmp_path: Path) -> None:
    (table,) = made(tmp_path, {"t.csv": "a,b\n1,2\n1,2\n"}).tables
    assert table.primary_key == ("ligne",)
    assert table.content["rank"] == "ligne"


def test_values_that_happen_to_be_keys_are_no_reference(tmp_path: Path) -> None:
    source = made(tmp_path, {"plants.csv": "id,nom\n1,a\n2,b\n3,c\n", "sales.csv": "id,quantity\n1,3\n2,1\n3,2\n"})
    assert [table.foreign_keys for table in source.tables] == [[], []]


# --- Files -------------------------------------------------------------------------------------------------------


def test_separator_encoding_and_header_are_recognised_and_declared(tmp_path: Path) -> None:
    text = "Relevé de mars;;\n\nCode;Prix;Prénom\n001;1,5;Zoé\n002;2,25;Léa\n"
    (table,) = made(tmp_path, {"prix.csv": text.encode("windows-1252")}).tables
    assert table.more == {"dialect": {"delimiter": ";", "headerRows": [3]}, "encoding": "windows-1252"}
    assert [(c.name, c.type) for c in table.columns] == [("Code", "string"), ("Prix", "number"), ("Prénom", "string")]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "vide"),
        ("a,a\n1,2\n", "deux colonnes s’appellent"),
        ("a,b\n1\n", "a 1 cellule,"),
        (",b\n1,2\n", "pas de nom"),
        ('a,b\n"1,2\n', "guillemet"),
    ],
)
def test_what_is_no_table_is_refused_with_its_reason(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(Refused) as refused:
        made(tmp_path, {"t.csv": text})
    assert told.lower() in str(refused.value).lower()


def book(*sheets: tuple[str, list[list[object]]], merged: str = "") -> bytes:
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for name, rows in sheets:
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(row)
        if merged:
            sheet.merge_cells(merged)
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def test_each_sheet_of_a_workbook_is_a_table_and_its_values_are_those_of_the_cells(tmp_path: Path) -> None:
    rows = [
        ["Code", "Ouvert le", "Part"],
        ["007", datetime.date(2024, 1, 31), 0.1],
        ["008", datetime.date(2024, 2, 1), 2],
    ]
    source = made(tmp_path, {"livre.xlsx": book(("Les écoles", rows), ("Vide", []))})
    (table,) = source.tables
    assert table.name == "les_ecoles"
    assert (
        source.files[f"{source.name}/les_ecoles.csv"].decode()
        == "Code,Ouvert le,Part\n007,2024-01-31,0.1\n008,2024-02-01,2\n"
    )
    assert [column.type for column in table.columns] == ["string", "date", "number"]


def test_merged_cells_and_formulas_without_a_value_are_told_at_their_place(tmp_path: Path) -> None:
    merged = book(("a", [["x", "y"], [1, 2], [None, 3]]), merged="A2:A3")
    with pytest.raises(Refused, match="A2:A3"):
        made(tmp_path / "one", {"a.xlsx": merged})
    with pytest.raises(Refused, match="B2"):
        made(tmp_path / "two", {"a.xlsx": book(("a", [["x", "y"], [1, "=A2*2"]]))})


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"<html>"])
def test_a_file_that_is_no_workbook_is_refused(tmp_path: Path, data: bytes) -> None:
    for end in ("xlsx", "ods"):
        with pytest.raises(Refused, match="classeur"):
            made(tmp_path / end, {f"a.{end}": data})


# --- A data package ----------------------------------------------------------------------------------------------


def package(**resource: object) -> str:
    said = {"name": "pays", "title": "Des pays", "resources": [{"name": "countries", "path": "data/c.csv", **resource}]}
    return json.dumps(said)


def test_what_a_descriptor_declares_is_kept(tmp_path: Path) -> None:
    schema = {
        "fields": [{"name": "code", "type": "string", "title": "Code du pays"}, {"name": "nom", "type": "string"}],
        "primaryKey": "code",
        "missingValues": ["", "-"],
    }
    source = made(tmp_path, {"datapackage.json": package(schema=schema), "data/c.csv": COUNTRIES})
    (table,) = source.tables
    text = contract(source)
    assert (source.name, source.title, table.primary_key) == ("pays", "Des pays", ("code",))
    assert "title: Code du pays" in text
    assert 'missingValues: ["", "-"]' in text


@pytest.mark.parametrize("path", ["../c.csv", "/etc/passwd", "https://exemple.fr/c.csv", "C:\\c.csv"])
def test_a_descriptor_leads_nowhere_outside_its_folder(tmp_path: Path, path: str) -> None:
    write(tmp_path, {"c.csv": COUNTRIES, "s.json": "{}", "p/c.csv": COUNTRIES})
    for said in (package(path=path), package(path="c.csv", schema=path.replace("c.csv", "s.json"))):
        write(tmp_path, {"p/datapackage.json": said})
        with pytest.raises(Refused, match="sort du dossier"):
            read_source(tmp_path / "p")


def test_a_home_folder_is_a_folder_of_that_name(tmp_path: Path) -> None:
    write(tmp_path, {"datapackage.json": package(path="~/c.csv"), "~/c.csv": COUNTRIES})
    assert read_source(tmp_path).tables[0].rows == 3


def test_a_schema_behind_a_link_is_not_followed(tmp_path: Path) -> None:
    write(
        tmp_path, {"s.json": "{}", "p/c.csv": COUNTRIES, "p/datapackage.json": package(path="c.csv", schema="s.json")}
    )
    (tmp_path / "p" / "s.json").symlink_to(tmp_path / "s.json")
    with pytest.raises(Refused, match="sort du dossier"):
        read_source(tmp_path / "p")


def declared(folder: Path, field: dict[str, object], texts: str) -> tuple[dict[str, object], list[str]]:
    """What is found of a column that a descriptor declares, and what is said of it."""
    schema = {"fields": [{"name": "id", "type": "integer"}, {"name": "x", **field}], "primaryKey": "id"}
    lines = "".join(f"{number},{text}\n" for number, text in enumerate(texts.split("|"), 1))
    source = made(folder, {"datapackage.json": package(path="c.csv", schema=schema), "c.csv": f"id,x\n{lines}"})
    return source.tables[0].column("x").found, [str(note.told) for note in source.notes if note.kind == "left"]


def test_a_declared_type_is_kept_when_it_takes_the_texts(tmp_path: Path) -> None:
    assert declared(tmp_path / "a", {"type": "string"}, "12|13") == ({"type": "string"}, [])
    dated: dict[str, object] = {"type": "date", "format": "%d/%m/%Y"}
    assert declared(tmp_path / "b", dated, "01/02/2024|03/04/2024") == (dated, [])


def test_what_the_texts_deny_of_a_declaration_is_left_aside_and_said(tmp_path: Path) -> None:
    found, [told] = declared(tmp_path / "a", {"type": "string", "format": "email"}, "a@b.fr|personne|c@d.fr")
    assert found == {"type": "string"}
    assert "personne" in told
    assert "1 valeur" in told
    found, [told] = declared(tmp_path / "b", {"type": "integer"}, "1|2.5")
    assert found == {"type": "number"}
    assert "2.5" in told


def test_a_map_of_one_shape_is_a_table_and_one_of_several_is_kept_whole(tmp_path: Path) -> None:
    even = "rates: {2024-01-01: {value: 1}, 2025-01-01: {value: 2}}"
    odd = "notes: {2024-01-01: {title: a}, 2025-01-01: [{title: b}], 2026-01-01: c}"
    first, second = made(tmp_path, {"a.yaml": f"{even}\n{odd}\n", "b.yaml": f"{even}\n"}).tables
    assert (first.column("notes").type, second.content["key"], second.content["keys"]) == ("object", "rates", "cle")


def test_only_the_guards_that_texts_meet_are_lifted(tmp_path: Path) -> None:
    source = made(tmp_path, {"t.csv": "id,a,b,c,d\n1,+x,NA, y,z\n2,u,v,w,z\n"})
    text = contract(source)
    for column, guard in (("a", "formulas"), ("b", "absences"), ("c", "spaces")):
        assert f"{{name: {column}, type: string, allow: [{guard}]}}" in text
    assert "{name: d, type: string}" in text


def test_a_link_of_a_package_is_not_followed(tmp_path: Path) -> None:
    write(tmp_path, {"secret.csv": COUNTRIES, "p/datapackage.json": package(path="c.csv")})
    (tmp_path / "p" / "c.csv").symlink_to(tmp_path / "secret.csv")
    with pytest.raises(Refused, match="sort du dossier"):
        read_source(tmp_path / "p")


# --- YAML that is written ----------------------------------------------------------------------------------------


def test_what_is_written_is_yaml_that_says_the_same() -> None:
    from ruamel.yaml import YAML

    said = {
        "a": "oui: non",
        "b": ["x", "# y", "- z", "null", ""],
        "c": [{"d": "é\n\"'", "e": {"f": "{g}"}}],
        "h": "@",
        "i": "a  b",
    }
    assert YAML(typ="safe", pure=True).load(dumped(said)) == said


def test_the_columns_that_are_added_are_named_in_the_language_of_the_site(tmp_path: Path) -> None:
    notes = {"a.md": "---\nname: A\nvisits: [{n: 1}]\n---\nOne.\n", "b.md": "---\nname: B\n---\nTwo.\n"}
    with speaking("en"):
        first, second = made(tmp_path, notes).tables
    assert (first.content["file"], first.content["body"], second.content["rank"]) == ("file", "text", "rank")


# --- What a contract lets in -------------------------------------------------------------------------------------


def test_invisible_characters_are_permitted_where_they_are(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "a.csv": "id,nom\n1,mit\u00adte\n",
        "b.csv": "id,nom\n1,x\n",
        "c.yaml": "- {id: u, nom: v\u200bw}\n",
    }
    tables = made(tmp_path, files).tables
    assert [table.content.get("allow") for table in tables] == [["characters"], None, ["characters"]]


def test_an_address_is_what_a_contract_takes_for_one(tmp_path: Path) -> None:
    (table,) = made(tmp_path, {"t.csv": "id,url\n1,http:///nulle.example\n2,https://a.example\n"}).tables
    assert "format" not in table.column("url").found


def test_keys_that_only_capitals_tell_apart_are_two_columns(tmp_path: Path) -> None:
    (table,) = made(tmp_path, {"t.yaml": "- {id: a, maVersion: 1}\n- {id: b, mAVERSION: 2}\n"}).tables
    assert [(c.name, c.path) for c in table.columns][1:] == [("maVersion", ()), ("mAVERSION_2", ("mAVERSION",))]
