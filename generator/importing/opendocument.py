"""ODS (OpenDocument 1.3, part 3, « Spreadsheet Document Content ») → sheets of cells, read as the file of a stranger: counted before it is
read, without entities.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from xml.etree import ElementTree

from generator.packages.frames.formulas import letters
from generator.packages.frames.opening import NOT_ONE, Cell, Limits, Opened, Unreadable, checked
from generator.text.interface import sentence

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")
_KINDS = {
    "float": "number",
    "percentage": "number",
    "currency": "number",
    "date": "date",
    "time": "date",
    "boolean": "boolean",
}
_TIME = re.compile(r"PT([0-9]+)H([0-9]+)M([0-9]+)(?:[.,][0-9]+)?S\Z")


def opened(data: bytes, limits: Limits) -> tuple[Opened, ...]:
    """The sheets of a spreadsheet. Raises Unreadable."""
    checked(data, limits, "content.xml")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            root = ElementTree.fromstring(archive.read("content.xml"))  # no entity, size counted
    except (KeyError, ElementTree.ParseError) as error:
        raise Unreadable(sentence(NOT_ONE)) from error
    return tuple(_sheet(table, limits) for table in root.iter(f"{_TABLE}table"))


def _sheet(table: ElementTree.Element, limits: Limits) -> Opened:
    cells: dict[tuple[int, int], Cell] = {}
    merged: list[str] = []
    number = 1
    for row in table.iter(f"{_TABLE}table-row"):
        found, repeated = list(_row(row, limits)), _times(row, "rows")
        for again in range(repeated if any(cell.text for _, cell, _ in found) else 0):
            if number + again > limits.rows:
                told = "La feuille « {name} » a plus de {rows} lignes ou de {columns} colonnes."
                raise Unreadable(sentence(told, name=_name(table), rows=limits.rows, columns=limits.columns))
            cells.update({(number + again, column): cell for column, cell, _ in found if cell.text})
        merged += (_area(number, column, *span) for column, _, span in found if span != (1, 1))
        number += repeated
    return Opened(_name(table), cells, tuple(sorted(merged)))


def _name(table: ElementTree.Element) -> str:
    return table.get(f"{_TABLE}name") or "?"


def _times(element: ElementTree.Element, what: str) -> int:
    text = element.get(f"{_TABLE}number-{what}-repeated") or "1"
    return int(text) if text.isdecimal() and len(text) < 8 else 1


def _row(row: ElementTree.Element, limits: Limits) -> Iterator[tuple[int, Cell, tuple[int, int]]]:
    """The cells of a row that hold something: their column, themselves, how many rows and columns they span."""
    column = 1
    for element in row:
        if element.tag not in _CELLS:
            continue
        cell, repeated = _cell(element), _times(element, "columns")
        if cell.text:
            for again in range(min(repeated, limits.columns)):
                yield column + again, cell, _span(element)
        column += repeated


def _span(element: ElementTree.Element) -> tuple[int, int]:
    spans = (element.get(f"{_TABLE}number-{what}-spanned") or "1" for what in ("rows", "columns"))
    rows, columns = (int(text) if text.isdecimal() else 1 for text in spans)
    return rows, columns


def _area(row: int, column: int, rows: int, columns: int) -> str:
    return f"{letters(column - 1)}{row}:{letters(column + columns - 2)}{row + rows - 1}"


def _cell(element: ElementTree.Element) -> Cell:
    """A cell: the value that the file gives, and not the text that is shown, but for texts."""
    kind = element.get(f"{_OFFICE}value-type") or ""
    text = "\n".join("".join(_words(line)) for line in element.findall(f"{_TEXT}p"))
    if kind in ("float", "percentage", "currency"):
        text = _number(element.get(f"{_OFFICE}value") or text)
    elif kind == "boolean":
        text = element.get(f"{_OFFICE}boolean-value") or text
    elif kind == "date":
        text = _date(element.get(f"{_OFFICE}date-value") or text)
    elif kind == "time":
        found = _TIME.match(element.get(f"{_OFFICE}time-value") or "")
        text = ":".join(part.zfill(2) for part in found.groups()) if found else text
    formula = element.get(f"{_TABLE}formula") is not None
    return Cell(text, "formula" if formula else _KINDS.get(kind, "text"))


def _number(text: str) -> str:
    """A number without an exponent."""
    try:
        return format(Decimal(text), "f")
    except InvalidOperation:
        return text


def _date(text: str) -> str:
    day, _, hour = text.partition("T")
    return day if not hour or hour.startswith("00:00:00") else f"{day}T{hour[:8]}Z"


def _words(element: ElementTree.Element) -> Iterator[str]:
    """The text of a paragraph: its spaces, tabulations and line breaks are elements."""
    yield element.text or ""
    for child in element:
        if child.tag == f"{_TEXT}s":
            yield " " * int(child.get(f"{_TEXT}c") or 1)
        elif child.tag == f"{_TEXT}tab":
            yield "\t"
        elif child.tag == f"{_TEXT}line-break":
            yield "\n"
        elif child.tag != f"{_OFFICE}annotation":
            yield from _words(child)
        yield child.tail or ""
