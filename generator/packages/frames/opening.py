"""A spreadsheet that somebody gives, opened with openpyxl as what it is: a file of a stranger. Its size, its members, its cells are
counted before it is read; it may declare no entity and hold no macro. Nothing of it is run.
"""

from __future__ import annotations

import datetime
import io
import re
import zipfile
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from generator.text.interface import Sentence, sentence

DEEP = 60  # elements within each other
NOT_ONE = "Ce fichier n’est pas un classeur XLSX que l’on sait lire."
AGAIN = "Enregistrez-le au format XLSX, depuis Excel ou LibreOffice, ou repartez d’un cadre vierge."


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that a file may hold: bytes, bytes of its members once unpacked, members, elements of all its XML, rows and columns of a
    sheet.
    """

    bytes: int
    unpacked: int
    members: int
    elements: int
    rows: int
    columns: int


FRAME = Limits(bytes=10 << 20, unpacked=60 << 20, members=200, elements=1_000_000, rows=3_000, columns=120)


class Unreadable(Exception):
    """A file that is not read at all; `told` says why and `hint` what to do."""

    def __init__(self, told: Sentence, hint: Sentence | None = None) -> None:
        super().__init__(str(told))
        self.told = told
        self.hint = hint or sentence(AGAIN)


@dataclass(frozen=True, slots=True)
class Cell:
    """What stands in a cell: a text as YAML has it (`2026-11-28`, `0.5`, `true`), and of what kind it was there."""

    text: str
    kind: str  # "text", "number", "date", "boolean", "formula" or "error"


@dataclass(frozen=True, slots=True)
class Opened:
    """A sheet: its cells that hold something by their row and their column, both from 1, and its merged cells (`A1:B2`)."""

    name: str
    cells: dict[tuple[int, int], Cell]
    merged: tuple[str, ...]


def opened(data: bytes, limits: Limits = FRAME, kept: bool = False) -> tuple[Opened, ...]:
    """The sheets of a spreadsheet; `kept`: of a formula, the value that was kept of it, and not its text. Raises Unreadable."""
    checked(data, limits, "xl/workbook.xml")
    sheets = tuple(_sheet(sheet, limits) for sheet in _book(data).worksheets)
    if not kept or not any(cell.kind == "formula" for sheet in sheets for cell in sheet.cells.values()):
        return sheets
    values = (_sheet(sheet, limits) for sheet in _book(data, values=True).worksheets)
    return tuple(_with_values(sheet, value) for sheet, value in zip(sheets, values, strict=True))


def _book(data: bytes, values: bool = False) -> Any:
    import openpyxl  # 0.3 second: not for the other commands

    try:
        return openpyxl.load_workbook(io.BytesIO(data), keep_links=False, data_only=values)
    except Exception as error:  # openpyxl raises anything at a file that is not as it should be
        raise Unreadable(sentence(NOT_ONE)) from error


def _with_values(sheet: Opened, values: Opened) -> Opened:
    """A sheet whose formulas have their values, "" for one that has none."""
    cells = {
        place: Cell(values.cells[place].text if place in values.cells else "", "formula")
        if cell.kind == "formula"
        else cell
        for place, cell in sheet.cells.items()
    }
    return Opened(sheet.name, cells, sheet.merged)


def _sheet(sheet: Any, limits: Limits) -> Opened:
    values = {"name": str(sheet.title), "rows": limits.rows, "columns": limits.columns}
    if sheet.max_row > limits.rows or sheet.max_column > limits.columns:
        told = "La feuille « {name} » a plus de {rows} lignes ou de {columns} colonnes."
        raise Unreadable(
            sentence(told, **values), sentence("Supprimez les lignes et les colonnes vides, ou coupez-la en deux.")
        )
    cells = {
        (cell.row, cell.column): _cell(cell)
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None and str(cell.value).strip()
    }
    return Opened(str(sheet.title), cells, tuple(sorted(str(merged) for merged in sheet.merged_cells.ranges)))


def _cell(cell: Any) -> Cell:
    value = cell.value
    if value in ("=TRUE()", "=FALSE()"):  # as LibreOffice writes a truth
        return Cell(value[1:-2].lower(), "boolean")
    if cell.data_type in ("f", "e"):
        return Cell(str(getattr(value, "text", value)), "formula" if cell.data_type == "f" else "error")
    if isinstance(value, bool):
        return Cell("true" if value else "false", "boolean")
    if isinstance(value, int | float):
        return Cell(_number(value), "number")
    if isinstance(value, datetime.datetime):
        whole = value.time() == datetime.time() or value.time() is None
        return Cell(value.date().isoformat() if whole else f"{value:%Y-%m-%dT%H:%M:%S}Z", "date")
    if isinstance(value, datetime.date | datetime.time):
        return Cell(value.isoformat(), "date")
    return Cell(re.sub(r"_x000[dD]_\n?|\r\n?", "\n", str(value)), "text")


def _number(value: float) -> str:
    """A number as a cell shows it whole: `20`, `0.1`, never `2e-07`."""
    found = Decimal(repr(value)) if value == value and abs(value) != float("inf") else None
    if found is None:
        return str(value)
    return format(
        found.quantize(Decimal(1)) if found == found.to_integral_value() and abs(found) < 10**20 else found, "f"
    )


# --- Before it is opened -----------------------------------------------------------------------------------------


def checked(data: bytes, limits: Limits, member: str) -> None:
    """Raise Unreadable for what no honest spreadsheet is; `member`: the one that makes it a spreadsheet."""
    if len(data) > limits.bytes:
        raise Unreadable(sentence("Ce fichier a plus de {n} Mo, le plus qui soit lu.", n=limits.bytes >> 20))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _archive(archive, limits, member)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, OSError, EOFError) as error:
        raise Unreadable(sentence(NOT_ONE)) from error
    except ValueError as error:
        raise Unreadable(sentence(NOT_ONE)) from error


def _archive(archive: zipfile.ZipFile, limits: Limits, wanted: str) -> None:
    members, left = archive.infolist(), limits.unpacked
    if len(members) > limits.members:
        raise Unreadable(sentence("Ce classeur contient plus de {n} fichiers.", n=limits.members))
    names = {member.filename for member in members}
    if len(names) < len(members) or wanted not in names:
        raise Unreadable(sentence(NOT_ONE))
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise Unreadable(sentence("Ce classeur contient une macro : il n’est pas lu."))
    elements = 0
    for member in members:
        with archive.open(member) as file:
            content = file.read(left + 1)
        left -= len(content)
        if left < 0:
            raise Unreadable(sentence("Ce classeur, une fois décompressé, a plus de {n} Mo.", n=limits.unpacked >> 20))
        if b"<" in content[:4] or member.filename.lower().endswith((".xml", ".rels", ".vml")):
            elements += _xml(content, limits.elements - elements)


_TAG = re.compile(rb"<(/?)[A-Za-z_][^<>]*?(/?)>")


def _xml(content: bytes, most: int) -> int:
    """How many elements a member in XML has, which is in UTF-8, declares no entity and is not too deep."""
    head = content[:200]
    if b"\x00" in head or (b"encoding=" in head and not re.search(rb"encoding=[\"'](?i:utf-8|us-ascii)[\"']", head)):
        raise Unreadable(sentence("Ce classeur n’est pas écrit en UTF-8, comme ils le sont tous."))
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise Unreadable(
            sentence("Ce classeur déclare des entités XML, ce qu’aucun tableur n’écrit : il n’est pas lu.")
        )
    depth = elements = 0
    for found in _TAG.finditer(content):
        elements += not found[1]
        depth += -1 if found[1] else 0 if found[2] else 1
        if depth > DEEP:
            raise Unreadable(sentence(NOT_ONE))
        if elements > most:
            raise Unreadable(sentence("Ce classeur contient trop d’éléments : plus d’un million, il n’est pas lu."))
    return elements
