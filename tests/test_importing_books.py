"""`generator import` of workbooks of our own, as LibreOffice saves them: with no hand on the result, each makes a site whose published
tables have every cell; what LibreOffice computed, dated or hid is there.
"""

from __future__ import annotations

import csv
import datetime
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest
from clients.office import libreoffice_to_xlsx
from samples import DATE, shown

from generator.commands import cli
from generator.commands.check import checked_project
from generator.commands.making.pipeline import build

Rows = list[list[object]]
DAY, MOMENT = datetime.date, datetime.datetime

HOMES: dict[str, Rows] = {
    "Établissements": [
        [
            "N° FINESS",
            "Raison sociale",
            "Catégorie",
            "Commune",
            "Ouvert le",
            "Prix de journée (€)",
            "Habilité",
            "Observations",
        ],
        [
            "010000024",
            "Les Tilleuls",
            "EHPAD",
            "01053",
            DAY(1998, 9, 1),
            1234.5,
            True,
            "Extension en cours\nvoir le projet",
        ],
        ["010000025", "Le Val d’Ombre", "IME", "01004", DAY(2004, 1, 15), 310.25, False, None],
        ["010000026", "L’Étape", "CHRS", "01053", None, 98, True, "- à confirmer"],
        ["2A0000017", "Maison sereine", "EHPAD", "2A004", DAY(2019, 3, 31), 402.75, True, None],
    ],
    "Communes": [
        ["Code INSEE", "Nom", "Département"],
        *(["01053", "Bourg", "Ain"], ["01004", "Val", "Ain"], ["2A004", "Île", "Corse-du-Sud"]),
    ],
}
BUDGET: dict[str, Rows] = {
    "Budget": [
        ["Poste", 2021, 2022, "Total", "Part"],
        ["Salaires", 1200000, 1250000.5, "=B2+C2", 0.825],
        ["Loyers", -3000, None, "=B3+C3", 0.1],
        ["Divers", 0, 12.1, "=B4+C4", 0.075],
    ]
}
SURVEY: dict[str, Rows] = {
    "Answers 2025": [
        ["Survey of the garden"],
        [],
        ["Respondent", "Answered at", "Opening", "Comment", "Second comment", "Empty", "Score", None],
        ["r-001", MOMENT(2025, 3, 4, 9, 30), datetime.time(8), "Fine, thank you; see “annex”", "Second", None, 4],
        ["r-002", MOMENT(2025, 3, 5), datetime.time(18, 45, 30), "+1 for the garden", None, None, 5],
        [],
        ["r-003", MOMENT(2025, 3, 5, 23, 59, 59), None, "Übung – naïve façade 漢字", None, None, 3.5],
    ],
    "Hidden": [["a", "b"], [1, 2]],
}


def saved(folder: Path, name: str, sheets: dict[str, Rows], forms: Sequence[tuple[str, str, str]] = ()) -> Path:
    """A workbook as LibreOffice saves it; `forms`: the number format of the columns of sheets."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for title, rows in sheets.items():
        sheet = workbook.create_sheet(title)
        for row in rows:
            sheet.append(row)
        if title == "Hidden":
            sheet.sheet_state = "hidden"
    for title, column, form in forms:
        for cell in workbook[title][column][1:]:
            cell.number_format = form
    path = folder / name
    folder.mkdir(parents=True, exist_ok=True)
    workbook.save(path)
    return libreoffice_to_xlsx(path, folder / "saved")


def published(root: Path) -> dict[str, list[list[str]]]:
    """The tables of the only package of a site, by their files."""
    found = {}
    for path in sorted((root / "site").glob("d*/*/data/*.csv")):
        with path.open(encoding="utf-8", newline="") as stream:
            found[path.stem] = list(csv.reader(stream))
    return found


@pytest.mark.parametrize(
    ("name", "language", "sheets", "forms", "tables"),
    [
        (
            "etablissements.xlsx",
            "fr",
            HOMES,
            (("Établissements", "E", "DD/MM/YYYY"), ("Établissements", "F", '#,##0.00 "€"')),
            {
                "communes": [["Code INSEE", "Nom", "Département"], *HOMES["Communes"][1:]],
                "etablissements": [
                    HOMES["Établissements"][0],
                    [
                        *HOMES["Établissements"][1][:4],
                        "1998-09-01",
                        "1234.5",
                        "true",
                        "Extension en cours\nvoir le projet",
                    ],
                    [*HOMES["Établissements"][2][:4], "2004-01-15", "310.25", "false", ""],
                    [*HOMES["Établissements"][3][:4], "", "98", "true", "- à confirmer"],
                    [*HOMES["Établissements"][4][:4], "2019-03-31", "402.75", "true", ""],
                ],
            },
        ),
        (
            "budget.xlsx",
            "fr",
            BUDGET,
            (("Budget", "E", "0.0%"),),
            {
                "budget": [
                    ["Poste", "2021", "2022", "Total", "Part"],
                    ["Salaires", "1200000", "1250000.5", "2450000.5", "0.825"],
                    ["Loyers", "-3000", "", "-3000", "0.1"],
                    ["Divers", "0", "12.1", "12.1", "0.075"],
                ]
            },
        ),
        (
            "survey.xlsx",
            "en",
            SURVEY,
            (),
            {
                "answers_2025": [
                    ["Respondent", "Answered at", "Opening", "Comment", "Second comment", "Empty", "Score"],
                    ["r-001", "2025-03-04T09:30:00", "08:00:00", "Fine, thank you; see “annex”", "Second", "", "4"],
                    ["r-002", "2025-03-05T00:00:00", "18:45:30", "+1 for the garden", "", "", "5"],
                    ["r-003", "2025-03-05T23:59:59", "", "Übung – naïve façade 漢字", "", "", "3.5"],
                ],
                "hidden": [["a", "b"], ["1", "2"]],
            },
        ),
    ],
    ids=["two sheets", "formulas", "moments"],
)
def test_a_workbook_becomes_a_site_that_has_every_cell(
    name: str,
    language: str,
    sheets: dict[str, Rows],
    forms: Sequence[tuple[str, str, str]],
    tables: dict[str, list[list[str]]],
    tmp_path: Path,
) -> None:
    workbook, root = saved(tmp_path / "book", name, sheets, forms), tmp_path / "project"
    assert cli.main(["import", str(workbook), str(root), "--langue", language]) == 0
    project = checked_project(root)
    assert not [each for each in project.diagnostics if each.severity == "erreur"]
    result = build(project, "mkdocs", DATE, lambda stage, counts: None, validate=False)
    assert result.pages, shown(result.diagnostics, root)
    assert published(root) == tables
