"""XLSX: a workbook for people, that a spreadsheet opens as it is in any language. Numbers and dates are numbers and dates, everything
else is text: codes keep their zeros, and no text is run. The only module that knows XlsxWriter (slow to import: inside functions).
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import Any

from generator.packages.about import about, dictionary
from generator.packages.built import Built
from generator.packages.sheets import Row, Sheet
from generator.text.interface import say
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

# What a worksheet holds (Microsoft, « Excel specifications and limits »), and what a number of it holds exactly (IEEE 754).
ROWS, CELL, NAME, DIGITS = 1_048_576, 32_767, 31, 15
FIRST_DAY = datetime.date(1900, 3, 1)  # before it, Excel counts a day that was not
WIDEST, MEASURED = 60, 200  # characters of a column; rows whose width is looked at
STREAMED = 200_000  # cells from which rows go to the disk as they come
LINE = 15  # points of a line of text
A4 = 9  # the number of that paper
EPOCH = datetime.datetime(1980, 1, 1)


def write(path: Path, built: Built) -> None:
    """Write the workbook of a package: what it is, its tables with their labels, their dictionary."""
    created = datetime.datetime.fromisoformat(str(built.descriptor.get("created", "1980-01-01"))[:10])
    titles = [say("Lisez-moi"), *(sheet.resource.name for sheet in built.labelled), say("Dictionnaire")]
    names = sheet_names(titles)
    with _Workbook(path, built.labelled, created, built.package.title) as book:
        listed = zip(names[1:-1], built.labelled, strict=True)
        book.lines(
            names[0], about(built, [(name, sheet.title, sheet.count) for name, sheet in listed]), widths=(22, 90)
        )
        for name, sheet in zip(names[1:-1], built.labelled, strict=True):
            book.table(name, sheet)
        book.lines(names[-1], dictionary(built.labelled), widths=(22, 26, 26, 14, 60, 60), head=True)


def write_sheets(path: Path, sheets: Sequence[Sheet]) -> None:
    """Write tables, a sheet each, without the columns that none of their rows fills."""
    sheets = [_filled(sheet) for sheet in sheets]
    with _Workbook(path, sheets, EPOCH, "") as book:
        for name, sheet in zip(sheet_names([sheet.resource.name for sheet in sheets]), sheets, strict=True):
            book.table(name, sheet)


def _filled(sheet: Sheet) -> Sheet:
    rows = list(sheet.rows())
    places = [place for place in range(len(sheet.columns)) if any(row[place] is not None for row in rows)]
    columns = tuple(sheet.columns[place] for place in places)
    return replace(sheet, columns=columns, read=lambda: ([row[place] for place in places] for row in rows))


def sheet_names(titles: Sequence[str]) -> list[str]:
    """The names of worksheets: 31 characters at most, each its own whatever the case; « History » is Excel’s."""
    taken, names = {"history"}, list[str]()
    for title in titles:
        name, rank = title[:NAME], 1
        while name.lower() in taken:
            rank += 1
            name = f"{title[: NAME - len(str(rank)) - 1]}~{rank}"
        taken.add(name.lower())
        names.append(name)
    return names


class _Workbook:
    """A workbook being written; the same bytes for the same sheets and date."""

    def __init__(self, path: Path, sheets: Sequence[Sheet], created: datetime.datetime, title: str) -> None:
        import xlsxwriter  # 0.1 second

        large = sum(sheet.count * len(sheet.columns) for sheet in sheets) > STREAMED
        options = {"constant_memory": True} if large else {"in_memory": True}
        self._book: Any = xlsxwriter.Workbook(
            str(path), {**options, "strings_to_urls": False, "strings_to_formulas": False}
        )
        self._book.set_properties({"created": created, "title": title})
        self._head = self._book.add_format({"bold": True, "bottom": 1, "valign": "top"})
        self._text = self._book.add_format({"text_wrap": True, "valign": "top"})
        self._bold = self._book.add_format({"text_wrap": True, "valign": "top", "bold": True})
        self._dates = {
            datetime.date: self._book.add_format({"num_format": "yyyy-mm-dd", "align": "left"}),
            datetime.time: self._book.add_format({"num_format": "hh:mm:ss", "align": "left"}),
        }
        self._numbers: dict[int, Any] = {}

    def __enter__(self) -> _Workbook:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is None:
            self._book.close()

    def lines(self, name: str, rows: Sequence[Sequence[str]], widths: Sequence[int], head: bool = False) -> None:
        """A sheet of texts; the first cell of each row is a heading, or the first row is."""
        page = self._printed(self._book.add_worksheet(name))
        for place, width in enumerate(widths):
            page.set_column(place, place, width)
        for rank, row in enumerate(rows):
            page.set_row(rank, LINE * max(map(_lines, row, widths)))
            for place, text in enumerate(row):
                heading = self._head if head else self._bold
                page.write_string(rank, place, text[:CELL], heading if (rank if head else place) == 0 else self._text)
        if head:
            page.freeze_panes(1, 0)

    def _printed(self, page: Any) -> Any:
        """A sheet that is printed on the width of a page."""
        page.set_landscape()
        page.set_paper(A4)
        page.fit_to_pages(1, 0)
        return page

    def table(self, name: str, sheet: Sheet) -> None:
        """The sheet of a table, and others when it has more rows than one holds."""
        rows = sheet.rows()
        for rank in range(1 + max(0, sheet.count - 1) // (ROWS - 1)):
            part = name if not rank else f"{name[: NAME - 4]}~{rank + 1}"
            self._part(part, sheet, islice(rows, ROWS - 1), min(ROWS - 1, sheet.count - rank * (ROWS - 1)))

    def _part(self, name: str, sheet: Sheet, rows: Iterator[Row], count: int) -> None:
        page = self._printed(self._book.add_worksheet(name))
        page.repeat_rows(0)
        first = list(islice(rows, MEASURED))
        for place, field in enumerate(sheet.columns):
            longest = max((len(canonical(row[place]).partition("\n")[0]) for row in first), default=0)
            page.set_column(place, place, min(WIDEST, max(longest, len(field.name) + 3)) + 1)
            page.write_string(0, place, field.name, self._head)
        write = partial(self._cell, page)
        for rank, row in enumerate(chain(first, rows), 1):
            for place, value in enumerate(row):
                if value is not None:
                    write(rank, place, value)
        page.freeze_panes(1, 1)
        page.autofilter(0, 0, max(count, 1), len(sheet.columns) - 1)
        page.ignore_errors({"number_stored_as_text": f"A1:XFD{ROWS}"})

    def _cell(self, page: Any, row: int, column: int, value: Value) -> None:
        """A value as Excel holds it exactly, else as text."""
        if isinstance(value, str):
            page.write_string(row, column, value if len(value) <= CELL else value[: CELL - 1] + "…")
        elif isinstance(value, bool):
            page.write_boolean(row, column, value)
        elif isinstance(value, int | Decimal) and _exact(value):
            page.write_number(row, column, float(value), self._number(value))
        elif isinstance(value, datetime.time):
            page.write_datetime(row, column, value, self._dates[datetime.time])
        elif isinstance(value, datetime.date) and not isinstance(value, datetime.datetime) and value >= FIRST_DAY:
            page.write_datetime(row, column, value, self._dates[datetime.date])
        else:
            page.write_string(row, column, canonical(value))

    def _number(self, value: int | Decimal) -> Any:
        """The format that shows the decimals of a number as it has them."""
        exponent = value.as_tuple().exponent if isinstance(value, Decimal) else 0
        decimals = -exponent if isinstance(exponent, int) and exponent < 0 else 0
        if decimals and decimals not in self._numbers:
            self._numbers[decimals] = self._book.add_format({"num_format": "0." + "0" * decimals})
        return self._numbers.get(decimals)


def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a column that is so many characters wide."""
    return sum(1 + (len(line) - 1) // width if line else 1 for line in text.split("\n"))


def _exact(value: int | Decimal) -> bool:
    """Whether a number has no more digits than a cell holds."""
    return len(Decimal(value).normalize().as_tuple().digits) <= DIGITS and abs(value) < 10**DIGITS
