"""A workbook opened by LibreOffice in French: accents, decimals and codes are shown as they are."""

from __future__ import annotations

import datetime
from pathlib import Path

from clients.office import libreoffice_to_csv


def workbook(path: Path) -> Path:
    import xlsxwriter

    with xlsxwriter.Workbook(path) as book:
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet = book.add_worksheet("Données")
        sheet.write_row(0, 0, ["code", "commune", "taux", "période", "vérifié", "jour", "formule"])
        sheet.write_string(1, 0, "01")
        sheet.write_string(1, 1, "2A004 : Ajaccio, l’« œuvre »")
        sheet.write_number(1, 2, 1234.5)
        sheet.write_string(1, 3, "2024-03")
        sheet.write_boolean(1, 4, True)
        sheet.write_datetime(1, 5, datetime.date(2024, 3, 1), day)
        sheet.write_string(1, 6, "=1+1")
        book.add_worksheet("À lire").write_string(0, 0, "12/2024")
    return path


def test_a_workbook_in_french(tmp_path: Path) -> None:
    shown = libreoffice_to_csv(workbook(tmp_path / "essai.xlsx"), tmp_path / "vu")
    row = ["01", "2A004 : Ajaccio, l’« œuvre »", "1234,5", "2024-03", "VRAI", "2024-03-01", "=1+1"]
    assert list(shown) == ["Données", "À lire"]
    assert shown["Données"] == [["code", "commune", "taux", "période", "vérifié", "jour", "formule"], row]
    assert shown["À lire"] == [["12/2024"]]


def test_a_bare_csv_is_why_there_are_workbooks(tmp_path: Path) -> None:
    """What LibreOffice in French makes of the canonical form, opened as it comes: `01` loses its zero, `1234.5` is a text."""
    path = tmp_path / "essai.csv"
    path.write_bytes("code,commune,taux\r\n01,Évian,1234.5\r\n".encode())
    shown = libreoffice_to_csv(path, tmp_path / "vu")
    assert next(iter(shown.values()))[1] != ["01", "Évian", "1234,5"]
