"""Workbooks (XLSX, ODS) → tables: a sheet that holds a table becomes a CSV of the content, its values as texts; merged cells are refused
at their place, and of a formula the value that the spreadsheet kept is taken, which is said.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path

from generator.importing import opendocument, sheets
from generator.importing.model import Refused, Source, Table
from generator.importing.naming import slug
from generator.importing.taking import LARGEST, taken
from generator.packages.frames.formulas import letters
from generator.packages.frames.opening import Limits, Opened, Unreadable, opened
from generator.text.interface import count, say, sentence

LIMITS = Limits(bytes=LARGEST.bytes, unpacked=500 << 20, members=2_000, elements=8_000_000, rows=200_000, columns=500)
SHOWN = 3  # places told of one cause


def read_book(folder: Path, place: str, source: Source) -> None:
    """Add the tables of a workbook to a source."""
    data = taken(folder, place)
    try:
        found = opendocument.opened(data, LIMITS) if place.lower().endswith(".ods") else opened(data, LIMITS, kept=True)
    except Unreadable as refusal:
        raise Refused(sentence("{told} {hint}", told=refusal.told, hint=refusal.hint)) from refusal
    for sheet in found:
        if not sheet.cells:
            source.note("left", _where(place, sheet), sentence("Feuille vide, laissée de côté."))
            continue
        try:
            _add(sheet, place, source)
        except Refused as refusal:
            source.note("refused", _where(place, sheet), refusal.told)


def _add(sheet: Opened, place: str, source: Source) -> None:
    rows, first = _rows(sheet)
    head = sheets.header_row(rows)
    where = _where(place, sheet)
    _unmerged(sheet, first + head)
    _told(sheet, where, source, first, head)
    columns = sheets.columns_of(rows[head], [row for row in rows[head + 1 :] if any(row)])
    name = sheets.table_name(slug(sheet.name, "_"), source)
    kept = f"{slug(source.name)}/{name}.csv"
    table = Table(name, {"csv": kept}, columns, title=sheet.name)
    data = _csv(table)
    source.files[kept] = data
    sheets.limit(table, len(data), table.rows * len(columns))
    sheets.add(source, table, where)


def _where(place: str, sheet: Opened) -> str:
    return say("{file}, « {sheet} »", file=place, sheet=sheet.name)


def _rows(sheet: Opened) -> tuple[list[list[str]], int]:
    """The rows of a sheet from its first filled one, with the number of that one; empty columns before the first are left out."""
    top = min(row for row, _ in sheet.cells)
    left = min(column for _, column in sheet.cells)
    last, right = max(row for row, _ in sheet.cells), max(column for _, column in sheet.cells)
    texts = {place: cell.text for place, cell in sheet.cells.items()} | _moments(sheet)
    return [[texts.get((row, column), "") for column in range(left, right + 1)] for row in range(top, last + 1)], top


def _moments(sheet: Opened) -> dict[tuple[int, int], str]:
    """The dates of the columns where some have an hour: a cell knows no zone, and a day without hour is at midnight."""
    dates = {place: cell.text for place, cell in sheet.cells.items() if cell.kind == "date"}
    timed = {column for (_, column), text in dates.items() if "T" in text}
    return {
        place: text.removesuffix("Z") if "T" in text else f"{text}T00:00:00"
        for place, text in dates.items()
        if place[1] in timed and ":" not in text.partition("T")[0]
    }


def _unmerged(sheet: Opened, header: int) -> None:
    """Raise Refused for merged cells in the header or below; above, they are a title."""
    inside = [area for area in sheet.merged if _last_row(area) >= header]
    if inside:
        told = "Cellules fusionnées en {areas} ({n} en tout). Défusionnez-les, et remplissez chacune."
        raise Refused(sentence(told, areas=", ".join(inside[:SHOWN]), n=len(inside)))


def _last_row(area: str) -> int:
    return int("".join(sign for sign in area.partition(":")[2] if sign.isdigit()) or 0)


def _told(sheet: Opened, where: str, source: Source, first: int, head: int) -> None:
    """Say what a sheet holds besides values."""
    if head:
        source.note(
            "left", where, sentence("Au-dessus de l’en-tête, laissé de côté : {rows}.", rows=count(head, "ligne"))
        )
    for kind, message in (
        ("formula", "D’une formule, la valeur que le tableur a gardée est prise : {cells} ({places})."),
        ("error", "D’une erreur du tableur, le texte est gardé, à corriger : {cells} ({places})."),
    ):
        found = [place for place, cell in sorted(sheet.cells.items()) if cell.kind == kind and place[0] > first + head]
        if found:
            shown = ", ".join(_name(place) for place in found[:SHOWN])
            source.note("left", where, sentence(message, cells=count(len(found), "cellule"), places=shown))
    lost = [place for place, cell in sorted(sheet.cells.items()) if cell.kind == "formula" and not cell.text]
    if lost:
        told = "La formule en {cell} n’a pas de valeur gardée. Ouvrez le classeur dans un tableur et enregistrez-le."
        raise Refused(sentence(told, cell=_name(lost[0])))


def _name(place: tuple[int, int]) -> str:
    """(3, 28) → `AB3`."""
    row, column = place
    return f"{letters(column - 1)}{row}"


def _csv(table: Table) -> bytes:
    """The CSV of a table, as the content keeps it."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(table.names())
    writer.writerows(zip(*(column.texts for column in table.columns), strict=True))
    return stream.getvalue().encode()
