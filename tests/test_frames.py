"""Frames: the spreadsheet that is published blank, filled by people in a real LibreOffice, comes back as YAML that passes the check, or
with sentences at its cells; what strangers send is bounded.
"""

from __future__ import annotations

import datetime
import io
import re
import shutil
import zipfile
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest
from clients.office import libreoffice_to_xlsx
from samples import ROOT, copy_base, replace

from generator.catalogue.project import Project
from generator.commands.check import checked_project
from generator.commands.cli import main
from generator.commands.frame import examined
from generator.diagnostics.codes import CODES
from generator.packages.frames.book import data
from generator.packages.frames.frame import Frame, frame
from generator.packages.frames.opening import Unreadable, opened

SECOND = ROOT / "tests" / "second_site"
NAMES, FIRST = 2, 3
FILLED = {
    "id": "baisse",
    "orgue": "saint-leu : Grand orgue",
    "auteur": "Les amis de l’orgue",
    "depart": 430.5,
    "debut": 2026,
    "fin": 2030,
    "taux_pct": -0.5,
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return shutil.copytree(SECOND, tmp_path / "site")


def blank(project: Project, table: str) -> Frame:
    return frame(project.catalogue.contracts.resources[table], project.catalogue, project.settings)


def fill(book: openpyxl.Workbook, sheet: str, row: int, values: Mapping[str, object]) -> None:
    """Write values under the names of their columns."""
    places = {cell.value: cell.column for cell in book[sheet][NAMES]}
    for name, value in values.items():
        book[sheet].cell(row, places[name]).value = value


def saved(book: openpyxl.Workbook, path: Path) -> Path:
    book.save(path)
    return path


def said(project: Project, found: Frame, path: Path) -> tuple[list[str], str]:
    """What is said of a filled frame, place and code, and the YAML that it makes."""
    files, told = examined(project, found, opened(path.read_bytes()), path)
    return [f"{each.position} : {each.code}" for each in told], "".join(file.text for file in files)


# --- What is written ---------------------------------------------------------------------------------------------


def test_a_frame_is_the_same_bytes_and_holds_nothing_that_runs() -> None:
    project = checked_project(SECOND)
    first, again = (data(blank(project, "projections")) for _ in range(2))
    assert first == again
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert not [name for name in archive.namelist() if "vba" in name.lower() or "externalLink" in name]
        assert all(member.date_time[0] == 1980 for member in archive.infolist())


def test_its_sheets_say_all_that_is_asked() -> None:
    project = checked_project(SECOND)
    book = openpyxl.load_workbook(io.BytesIO(data(blank(project, "projections"))))
    assert book.sheetnames == ["Lisez-moi", "Projections", "Diapasons projetés", "Listes"]
    assert book["Listes"].sheet_state == "hidden"
    sheet = book["Projections"]
    assert [cell.value for cell in sheet[NAMES]][:4] == ["id", "orgue", "auteur", "depart"]
    assert sheet["A1"].value == "Identifiant *"
    kinds = {str(rule.sqref).split(":")[0]: rule.type for rule in sheet.data_validations.dataValidation}
    assert kinds["B3"] == "list"
    assert kinds["D3"] == "decimal"
    assert kinds["F3"] == "whole"
    assert sheet.protection.sheet
    assert not sheet["B3"].protection.locked
    text = "\n".join(str(cell.value) for row in book["Lisez-moi"] for cell in row if cell.value)
    assert "Ce que deviendrait le diapason" in text
    assert "pas un chiffre relevé" in text


def test_no_text_of_a_record_becomes_a_formula(site: Path) -> None:
    path = site / "content" / "orgues" / "instruments" / "saint-leu.yaml"
    hostile = "'<script>=HYPERLINK(1) & \"_x0041_\"'"
    path.write_text(re.sub(r"^nom: .*$", f"nom: {hostile}", path.read_text("utf-8"), flags=re.M), encoding="utf-8")
    project = checked_project(site)
    book = openpyxl.load_workbook(io.BytesIO(data(blank(project, "projections"))))
    listed = [cell for row in book["Listes"] for cell in row if cell.value]
    assert any("=HYPERLINK(1)" in str(cell.value) for cell in listed)
    assert {cell.data_type for cell in listed} == {"s"}


def test_a_frame_is_published_with_its_package(site: Path) -> None:
    from generator.packages import folder

    project = checked_project(site)
    built = {
        each.package.name: each for each in folder.write(project.catalogue, project.settings, "2026-01-02", site / "x")
    }
    [file] = built["orgues"].frames
    assert file.path == "cadres/projections.xlsx"
    assert (site / "x" / "orgues" / file.path).read_bytes() == data(blank(project, "projections"))
    told = [r for r in built["orgues"].descriptor["resources"] if r["name"] == "projections"]
    assert told[0]["dct:relation"][0]["path"] == file.path
    assert [each.path for each in folder.planned(project.catalogue, project.settings)[0].frames] == [
        each.path for each in next(iter(built.values())).frames
    ]


# --- The whole circle --------------------------------------------------------------------------------------------


def test_the_circle_in_libreoffice(site: Path, tmp_path: Path) -> None:
    """Filled, computed and saved by LibreOffice, read back, written, checked: and both computed the same series."""
    project = checked_project(site)
    found = blank(project, "projections")
    book = openpyxl.load_workbook(io.BytesIO(data(found)))
    fill(book, "Projections", FIRST, FILLED)
    fill(book, "Projections", FIRST + 2, {**FILLED, "id": "hausse", "taux_pct": None, "pas": 0.25, "fin": 2028})
    path = libreoffice_to_xlsx(saved(book, tmp_path / "rempli.xlsx"), tmp_path / "rendu")
    told, text = said(project, found, path)
    assert told == []
    assert text == (
        "- id: baisse\n  orgue: saint-leu\n  auteur: Les amis de l’orgue\n  depart: 430.5\n  debut: 2026\n  fin: 2030\n"
        "  taux_pct: -0.5\n"
        "- id: hausse\n  orgue: saint-leu\n  auteur: Les amis de l’orgue\n  depart: 430.5\n  debut: 2026\n  fin: 2028\n"
        "  pas: 0.25\n"
    )
    assert main(["frame", "-C", str(site), "--read", str(path), "--oui"]) == 0
    after = checked_project(site)
    assert not [d for d in after.diagnostics if d.severity == "erreur"]
    rows = [row for row in after.catalogue["projetes"] if row["projection"] in ("baisse", "hausse")]
    built = [(row["projection"], row["annee"], float(row["diapason_hz"]), float(row["hausse_hz"])) for row in rows]
    sheet = openpyxl.load_workbook(path, data_only=True)["Diapasons projetés"]
    shown = [row[:4] for row in sheet.iter_rows(min_row=FIRST, values_only=True) if row[0]]
    assert shown == built
    assert len(built) == 8


def test_computed_cells_and_rows_that_others_hold_in_libreoffice(site: Path, tmp_path: Path) -> None:
    """A row that is held computes with the numbers of the one that holds it."""
    contract = site / "datapackages" / "orgues" / "datapackage.yaml"
    text = contract.read_text(encoding="utf-8")
    text = text.replace(
        "  - name: hauteurs\n",
        "  - name: paliers\n    title: \"Paliers : l’essai\"\n    content: {within: projections, key: paliers}\n    schema:\n      fields:\n"
        "        - {name: projection, type: string, title: Projection}\n        - {name: nom, type: string, title: Nom}\n"
        "        - {name: part, type: number, title: Part, constraints: {required: true, minimum: 0, exclusiveMaximum: 1}}\n"
        "        - {name: valeur, type: number, title: Valeur, computed: depart * part, decimals: 2}\n"
        "        - {name: triple, type: integer, title: Triple, computed: 3 * valeur - 0.5}\n"
        "      primaryKey: [projection, nom]\n      foreignKeys:\n"
        "        - {fields: [projection], reference: {resource: projections, fields: [id]}}\n\n  - name: hauteurs\n",
    )  # fmt: skip
    contract.write_text(text, encoding="utf-8")
    project = checked_project(site)
    assert not [d for d in project.diagnostics if d.severity == "erreur"]
    found = blank(project, "projections")
    book = openpyxl.load_workbook(io.BytesIO(data(found)))
    fill(book, "Projections", FIRST, FILLED)
    fill(book, "Paliers l’essai", FIRST, {"projection": "baisse", "nom": "bas", "part": 0.333})
    fill(book, "Paliers l’essai", FIRST + 1, {"projection": "baisse", "nom": "haut"})
    path = libreoffice_to_xlsx(saved(book, tmp_path / "rempli.xlsx"), tmp_path / "rendu")
    told, _ = said(project, found, path)
    assert told == ["rempli.xlsx, feuille Paliers l’essai, C4 : valeur-manquante"]
    sheet = openpyxl.load_workbook(path, data_only=True)["Paliers l’essai"]
    assert [cell.value for cell in sheet[FIRST]] == ["baisse", "bas", 0.333, 143.36, 430]
    assert [cell.value or None for cell in sheet[FIRST + 1]] == ["baisse", "haut", None, None, None]


# --- Badly filled ------------------------------------------------------------------------------------------------


def wrong(site: Path, tmp_path: Path, **values: object) -> list[str]:
    project = checked_project(site)
    found = blank(project, "projections")
    book = openpyxl.load_workbook(io.BytesIO(data(found)))
    fill(book, "Projections", FIRST, {**FILLED, **values})
    return said(project, found, saved(book, tmp_path / "f.xlsx"))[0]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"depart": "430,5"}, ["f.xlsx, feuille Projections, D3 : valeur-du-mauvais-type"]),
        ({"debut": datetime.date(2026, 1, 1)}, ["f.xlsx, feuille Projections, F3 : valeur-du-mauvais-type"]),
        ({"orgue": "saint-loup"}, ["f.xlsx, feuille Projections, B3 : reference-introuvable"]),
        ({"pas": 2}, ["f.xlsx, feuille Projections, I3 : regle"]),
        ({"auteur": None}, ["f.xlsx, feuille Projections, C3 : valeur-manquante"]),
        ({"depart": "=1+1"}, ["f.xlsx, feuille Projections, D3 : cadre-mal-rempli"]),
        ({"id": "montee"}, ["f.xlsx, feuille Projections, A3 : cle-primaire-en-double"]),
    ],
    ids=["texte", "date", "renvoi", "regle", "absence", "formule", "double"],
)  # fmt: skip
def test_what_is_wrong_is_said_at_its_cell(site: Path, tmp_path: Path, values: dict, expected: list[str]) -> None:
    assert [each.replace("K3", "I3") for each in wrong(site, tmp_path, **values)] == expected


def test_a_text_of_a_million_letters_is_said_at_its_cell(site: Path, tmp_path: Path) -> None:
    project = checked_project(site)
    found = blank(project, "projections")
    book = openpyxl.load_workbook(io.BytesIO(data(found)))
    fill(book, "Projections", FIRST, {**FILLED, "auteur": "QUIDAM"})
    made = io.BytesIO()
    with (
        zipfile.ZipFile(saved(book, tmp_path / "f.xlsx")) as read,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out,
    ):
        for name in read.namelist():
            out.writestr(name, read.read(name).replace(b"QUIDAM", b"x" * 1_000_000))
    (tmp_path / "g.xlsx").write_bytes(made.getvalue())
    told, _ = said(project, found, tmp_path / "g.xlsx")
    assert told == ["g.xlsx, feuille Projections, C3 : cadre-mal-rempli"]


def test_moved_columns_are_read_by_their_names(site: Path, tmp_path: Path) -> None:
    project = checked_project(site)
    found = blank(project, "projections")
    book = openpyxl.load_workbook(io.BytesIO(data(found)))
    fill(book, "Projections", FIRST, FILLED)
    sheet = book["Projections"]
    sheet.insert_rows(1, 2)
    sheet.move_range(f"A1:A{sheet.max_row}", cols=12)
    told, text = said(project, found, saved(book, tmp_path / "f.xlsx"))
    assert told == []
    assert text.startswith("- id: baisse\n  orgue: saint-leu\n")


def test_merged_cells_and_sheets_that_are_lost_or_added(site: Path, tmp_path: Path) -> None:
    project = checked_project(site)
    found = blank(project, "projections")
    book = openpyxl.load_workbook(io.BytesIO(data(found)))
    fill(book, "Projections", FIRST, FILLED)
    book["Projections"].merge_cells("B3:B4")
    book.create_sheet("Notes")["A1"] = "à garder"
    del book["Listes"]
    told, text = said(project, found, saved(book, tmp_path / "f.xlsx"))
    assert told == [
        "f.xlsx : cadre-a-verifier",
        "f.xlsx, feuille Notes, A1 : cadre-mal-rempli",
        "f.xlsx, feuille Projections, B3 : cadre-mal-rempli",
    ]
    assert "id: baisse" in text


# --- What strangers send -----------------------------------------------------------------------------------------


def archive(**members: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in {"xl/workbook.xml": b"<workbook/>", **members}.items():
            out.writestr(name, content)
    return made.getvalue()


ENTITY = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><a>&b;</a>'


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "n’est pas un classeur"),
        (b"PK\x03\x04" + b"\x00" * 40, "n’est pas un classeur"),
        (b"x" * (11 << 20), "10 Mo"),
        (archive(**{"xl/media/a.bin": b"\x00" * (70 << 20)}), "60 Mo"),
        (archive(**{f"xl/{n}.xml": b"<a/>" for n in range(300)}), "200 fichiers"),
        (archive(**{"xl/sharedStrings.xml": ENTITY}), "entités XML"),
        (archive(**{"xl/autre.dat": ENTITY}), "entités XML"),
        (archive(**{"xl/a.xml": '<?xml version="1.0" encoding="utf-16"?><a/>'.encode("utf-16")}), "UTF-8"),
        (archive(**{"xl/vbaProject.bin": b"x"}), "macro"),
        (archive(**{"xl/a.xml": b"<a>" * 5000}), "n’est pas un classeur"),
        (archive(**{"xl/worksheets/sheet1.xml": b"<d>" + b'<row><c r="A1"/></row>' * 1_000_000 + b"</d>"}), "million"),
        (archive(), "n’est pas un classeur"),
    ],
    ids=["vide", "tronque", "lourd", "bombe", "membres", "entite", "ailleurs", "utf-16", "macro", "profond", "lignes", "rien"],
)  # fmt: skip
def test_hostile_files_are_refused_with_a_sentence(content: bytes, words: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        opened(content)
    assert words in str(refusal.value.told)
    assert str(refusal.value.hint)


def test_a_cell_far_away_is_refused() -> None:
    book = openpyxl.Workbook()
    book.active["A1048576"] = 1
    made = io.BytesIO()
    book.save(made)
    with pytest.raises(Unreadable):
        opened(made.getvalue())


# --- The command -------------------------------------------------------------------------------------------------


def test_the_command_writes_once_and_reads(site: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "cadre.xlsx"
    assert main(["frame", "-C", str(site), "projections", "--sortie", str(path)]) == 0
    before = path.read_bytes()
    assert main(["frame", "-C", str(site), "projections", "--sortie", str(path)]) == 1
    assert path.read_bytes() == before
    assert main(["frame", "-C", str(site), "orgues"]) == 1
    assert main(["frame", "-C", str(site)]) == 2
    assert main(["frame", "-C", str(site), "--read", str(path)]) == 1
    book = openpyxl.load_workbook(path)
    fill(book, "Projections", FIRST, FILLED)
    saved(book, path)
    capsys.readouterr()
    assert main(["frame", "-C", str(site), "--read", str(path)]) == 0
    out = capsys.readouterr()
    assert out.out.startswith("# content/orgues/projections.yaml\n- id: baisse\n")
    assert "Rien n’a été écrit" in out.err
    assert "baisse" not in (site / "content" / "orgues" / "projections.yaml").read_text(encoding="utf-8")


def test_a_record_gets_its_own_file_and_takes_no_place(tmp_path: Path) -> None:
    root = copy_base(tmp_path / "base")
    old = "    flat: {with: [compagnes.compagne]}\n"
    replace(root, "datapackages/botanique/datapackage.yaml", old, f"{old}    frame: {{read_me: Des plantes.}}\n")
    project = checked_project(root)
    found = blank(project, "plantes")
    book = openpyxl.load_workbook(io.BytesIO(data(found)))
    row = {"nom": "Radis", "famille": "solanacees", "source_ouvrage": "flore"}
    fill(book, "Plantes", FIRST, {**row, "id": "radis", "culture": "Une ligne.\nUne autre."})
    fill(book, "Plantes", FIRST + 1, {**row, "id": "tomate"})
    fill(book, "Plantes", FIRST + 2, {**row, "id": "../../mkdocs"})
    fill(book, "Plantes compagnes", FIRST, {"plante": "radis", "compagne": "tomate"})
    files, told = examined(project, found, opened(saved(book, tmp_path / "f.xlsx").read_bytes()), Path("f.xlsx"))
    assert [file.change.path for file in files] == [
        "content/botanique/plantes/radis.yaml",
        "content/botanique/plantes/f-3.yaml",
    ]
    assert "compagnes:\n  - tomate\n" in files[0].text
    assert "culture: |-\n  Une ligne.\n  Une autre.\n" in files[0].text
    assert [f"{each.position} : {each.code}" for each in told][:1] == ["f.xlsx, feuille Plantes, A4 : cadre-mal-rempli"]
    assert any(str(each.position) == "f.xlsx, feuille Plantes, A5" for each in told)
    assert {each.code for each in told} <= set(CODES)
