"""XLSX: a workbook for people, that a spreadsheet opens as it is in any language. Numbers and dates are numbers and dates, everything
else is text: codes keep their zeros, and no text is run. With frames/book.py, the only module that
knows XlsxWriter (slow to import: inside functions).
"""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import chain, islice
from pathlib import Path
from typing import IO, Any

from generator.contracts.model import Field
from generator.packages import worksheets
from generator.packages.about import Lines, about, dictionary
from generator.packages.built import Built
from generator.packages.numbers import INTEGERS, NUMBERS
from generator.packages.sheets import Row, Sheet
from generator.packages.workbook_notes import FIRST, changed, cut, is_cut
from generator.packages.worksheets import DIGITS, FIRST_DAY, exact, fitted, sheet_names
from generator.text.interface import say
from generator.values.durations import Duration
from generator.values.types import Value, canonical

TITLE = "XLSX"
SCOPE = "package"
SUFFIX = ".xlsx"
MEDIATYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FILE_TYPE = "XLSX"
DESCRIPTION = (
    "Pour Excel et LibreOffice : le seul qui s’ouvre d’un double clic avec ses accents, ses décimales et ses codes intacts, "
    "les libellés à côté des codes"
)
RANK = 1

WIDEST, MEASURED = 60, 200  # characters of a column; rows whose width is looked at
NUMBER = DIGITS + 3  # characters of a number, with its sign and its point
STREAMED = 200_000  # cells from which rows go to the disk as they come
LINE, TALLEST = 15, 409  # points of a line of text; of a row
A4 = 9  # the number of that paper
EPOCH = datetime.datetime(1980, 1, 1)
_CODE = re.compile(r"(?<=_)(?=x[0-9A-Fa-f]{4}_)")  # inside what a reader of XLSX takes for the code of a character


@dataclass(frozen=True, slots=True)
class _Part:
    """The rows of a table that a worksheet holds: those from a rank on, as many as there is room for."""

    sheet: Sheet
    start: int
    count: int

    @property
    def title(self) -> str:
        """What the sheet is told to be."""
        return say("{title} (suite)", title=self.sheet.title) if self.start else self.sheet.title


def write(path: Path, built: Built) -> None:
    """Write the workbook of a package: what it is, its tables with their labels, their dictionary."""
    created = datetime.datetime.fromisoformat(str(built.descriptor.get("created", "1980-01-01"))[:10])
    parts = _parts(built.labelled)
    names = sheet_names([say("Lisez-moi"), *(part.sheet.resource.name for part in parts), say("Dictionnaire")])
    with _Workbook(path, built.labelled, created, built.package.title) as book:
        first = book.page(names[0])
        book.tables(names[1:-1], parts)
        listed = [(name, part.title, part.count) for name, part in zip(names[1:-1], parts, strict=True)]
        book.lines(first, [*about(built, listed), *book.told()], widths=(22, 90))
        book.lines(book.page(names[-1]), dictionary(built.labelled), widths=(22, 26, 26, 14, 60, 60), head=True)


def write_sheets(stream: IO[bytes], sheets: Sequence[Sheet]) -> None:
    """Write tables, a sheet each, without the columns that none of their rows fills."""
    sheets = [_filled(sheet) for sheet in sheets]
    parts = _parts(sheets)
    with _Workbook(stream, sheets, EPOCH, "") as book:
        book.tables(sheet_names([part.sheet.resource.name for part in parts]), parts)


def _parts(sheets: Sequence[Sheet]) -> list[_Part]:
    """Tables, each in as many worksheets as its rows need."""
    room = worksheets.ROWS - 1
    counts = [(sheet, FIRST if is_cut(sheet) else sheet.count) for sheet in sheets]
    return [
        _Part(sheet, start, min(room, count - start))
        for sheet, count in counts
        for start in range(0, max(count, 1), room)
    ]


def _filled(sheet: Sheet) -> Sheet:
    """A table without the columns that none of its rows fills; one without rows keeps its columns."""
    empty = set(range(len(sheet.columns)))
    for row in sheet.rows():
        empty = {place for place in empty if row[place] is None}
    if len(empty) in (0, len(sheet.columns)):
        return sheet
    places = [place for place in range(len(sheet.columns)) if place not in empty]
    columns = tuple(sheet.columns[place] for place in places)
    return replace(sheet, columns=columns, read=lambda: ([row[place] for place in places] for row in sheet.rows()))


class _Workbook:
    """A workbook being written; the same bytes for the same sheets and date."""

    def __init__(self, file: Path | IO[bytes], sheets: Sequence[Sheet], created: datetime.datetime, title: str) -> None:
        import xlsxwriter  # 0.1 second

        large = sum(sheet.count * len(sheet.columns) for sheet in sheets) > STREAMED
        options = {"constant_memory": True} if large else {"in_memory": True}
        self._book: Any = xlsxwriter.Workbook(file, {**options, "strings_to_urls": False, "strings_to_formulas": False})
        self._book.set_properties({"created": created, "title": title})
        self._head = self._book.add_format({"bold": True, "bottom": 1, "valign": "top"})
        self._text = self._book.add_format({"text_wrap": True, "valign": "top"})
        self._bold = self._book.add_format({"text_wrap": True, "valign": "top", "bold": True})
        self._quoted = self._book.add_format({"quote_prefix": True})  # a text still, once somebody has typed in it
        self._dates = {
            datetime.date: self._book.add_format({"num_format": "yyyy-mm-dd", "align": "left"}),
            datetime.time: self._book.add_format({"num_format": "hh:mm:ss", "align": "left"}),
        }
        self._sheets = sheets
        self._numbers: dict[int, Any] = {}
        self._changed = Counter[tuple[str, str]]()  # what is not as its column says, by kinds and columns

    def __enter__(self) -> _Workbook:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is None:
            self._book.close()
        for page in self._book.worksheets():  # which hold the book that holds them: commands collect no such garbage
            page.workbook_add_format = None

    def page(self, name: str) -> Any:
        """A new sheet, which is printed on the width of a page."""
        page = self._book.add_worksheet(name)
        page.set_landscape()
        page.set_paper(A4)
        page.fit_to_pages(1, 0)
        return page

    def lines(self, page: Any, rows: Sequence[Sequence[str]], widths: Sequence[int], head: bool = False) -> None:
        """Write a sheet of texts; the first cell of each row is a heading, or the first row is."""
        for place, width in enumerate(widths):
            page.set_column(place, place, width)
        for rank, row in enumerate(rows):
            page.set_row(rank, min(TALLEST, LINE * max(map(_lines, row, widths))))
            for place, text in enumerate(row):
                heading = self._head if head else self._bold
                style = heading if (rank if head else place) == 0 else self._text
                write_text(page, rank, place, fitted(text), style)
        if head:
            page.freeze_panes(1, 0)

    def told(self) -> Lines:
        """What a reader of the first sheet is told of the cells that a workbook cannot hold as they are."""
        short = [cut(sheet) for sheet in self._sheets if is_cut(sheet)]
        return [*short, *(changed(kind, column, number) for (kind, column), number in self._changed.items())]

    def tables(self, names: Sequence[str], parts: Sequence[_Part]) -> None:
        """Write tables, a sheet for each of their parts."""
        rows: Iterator[Row] = iter(())
        for name, part in zip(names, parts, strict=True):
            rows = rows if part.start else part.sheet.rows()
            self._table(self.page(name), part, islice(rows, part.count))

    def _table(self, page: Any, part: _Part, rows: Iterator[Row]) -> None:
        columns, first = part.sheet.columns, list(islice(rows, MEASURED))
        page.repeat_rows(0)
        widths = [max(map(_width, values)) for values in zip(*first, strict=True)] or [0] * len(columns)
        for place, (field, longest) in enumerate(zip(columns, widths, strict=True)):
            least = NUMBER if part.count > MEASURED and field.type in (*NUMBERS, *INTEGERS) else 0
            page.set_column(place, place, min(WIDEST, max(longest, len(field.name) + 3, least)) + 1)
            write_text(page, 0, place, field.name, self._head)
        styles = [self._quoted if field.formulas else None for field in columns]
        for rank, row in enumerate(chain(first, rows), 1):
            for place, value in enumerate(row):
                if isinstance(value, str):
                    self._string(page, rank, place, value, styles[place], part.sheet)
                elif value is not None:
                    self._value(page, rank, place, value, part.sheet)
        page.freeze_panes(1, 1)
        page.autofilter(0, 0, max(part.count, 1), len(columns) - 1)
        page.ignore_errors({"number_stored_as_text": f"A1:XFD{worksheets.ROWS}"})

    def _string(self, page: Any, row: int, column: int, text: str, style: Any, sheet: Sheet) -> None:
        shown = fitted(text)
        if shown is not text:
            self._note("text", sheet, sheet.columns[column])
        write_text(page, row, column, shown, style)

    def _value(self, page: Any, row: int, column: int, value: Value, sheet: Sheet) -> None:
        """A value as Excel holds it exactly, else as text."""
        if isinstance(value, bool):
            page.write_boolean(row, column, value)
        elif isinstance(value, int | Decimal) and exact(value):
            page.write_number(row, column, float(value), self._number(value))
        elif isinstance(value, datetime.time):
            page.write_datetime(row, column, value, self._dates[datetime.time])
        elif isinstance(value, datetime.date) and not isinstance(value, datetime.datetime) and value >= FIRST_DAY:
            page.write_datetime(row, column, value, self._dates[datetime.date])
        else:
            if not isinstance(value, datetime.datetime | Duration):
                self._note("date" if isinstance(value, datetime.date) else "number", sheet, sheet.columns[column])
            page.write_string(row, column, canonical(value))

    def _note(self, kind: str, sheet: Sheet, field: Field) -> None:
        self._changed[kind, f"{sheet.resource.name}.{field.name}"] += 1

    def _number(self, value: int | Decimal) -> Any:
        """The format that shows the decimals of a number as it has them, and all of its digits."""
        exponent = value.as_tuple().exponent if isinstance(value, Decimal) else 0
        decimals = -exponent if isinstance(exponent, int) and exponent < 0 else 0
        if decimals not in self._numbers:
            shape = f"0.{'0' * decimals}" if decimals else "0"
            self._numbers[decimals] = self._book.add_format({"num_format": shape})
        return self._numbers[decimals]


def write_text(page: Any, row: int, column: int, text: str, style: Any) -> None:
    """Write a text as it is. XlsxWriter takes one that looks like its own markup for markup: it is given that one in pieces."""
    if text.startswith("<r>") and text.endswith("</r>"):
        page.write_rich_string(row, column, "<", "r", *_CODE.split(text[2:]), *([style] if style is not None else ()))
    else:
        page.write_string(row, column, text, style)


def _width(value: Value | None) -> int:
    """How many characters the first line of a value takes."""
    text = canonical(value)
    return text.index("\n") if "\n" in text else len(text)


def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a column that is so many characters wide."""
    return sum(1 + (len(line) - 1) // width if line else 1 for line in text.split("\n"))
