"""A frame → XLSX, with XlsxWriter: no macro, no link, every text a text; the same bytes on any day and any machine."""

from __future__ import annotations

import datetime
import io
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from generator.contracts.framing import Page
from generator.contracts.model import Field
from generator.packages.formats.xlsx import A4, LINE, TALLEST, write_text
from generator.packages.frames.checking import colours, validation
from generator.packages.frames.formulas import (
    FIRST,
    HELPERS,
    LINES,
    NAMES,
    STARTS,
    TITLES,
    Unrolled,
    computed,
    letters,
    quoted,
)
from generator.packages.frames.frame import KEYS, LISTS, READ_ME, Frame, digest, read_me
from generator.packages.worksheets import fitted
from generator.text.interface import say
from generator.text.spoken import typeset

WIDTHS = (24, 34, 12, 76, 30)  # of the columns of the first sheet
LEAST, WIDEST = 14, 40  # characters of the columns of the others
FIRST_LIST = 3  # the column of the first list, from 0
# What a person may still do in a sheet whose computed cells are locked; there is no password.
ALLOWED = dict.fromkeys(
    ("format_cells", "format_columns", "format_rows", "insert_rows", "delete_rows", "sort", "autofilter"), True
)


def data(frame: Frame) -> bytes:
    """The spreadsheet of a frame, as the bytes of a file."""
    import xlsxwriter  # 0.1 second

    made = io.BytesIO()
    options = {"in_memory": True, "strings_to_urls": False, "strings_to_formulas": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(made, options) as book:
        book.set_properties({"created": datetime.datetime.fromisoformat(frame.created), "title": frame.title})
        _Book(book, frame).write()
        sheets = book.worksheets()
    for sheet in sheets:  # which hold the book that holds them: commands collect no such garbage
        sheet.workbook_add_format = None
    return made.getvalue()


@cache
def _plain() -> Any:
    """Worksheets that take formulas as they are: those of frames call no function that files name otherwise (ECMA-376, « _xlfn. »),
    and XlsxWriter looks for thirty of these in each.
    """
    from xlsxwriter.worksheet import Worksheet

    class Plain(Worksheet):  # type: ignore[misc]
        def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
            return formula.removeprefix("=")

    return Plain


@dataclass(slots=True)
class _Styles:
    """How the cells look."""

    book: Any

    def __call__(self, **look: object) -> Any:
        """A style; texts go on several lines."""
        return self.book.add_format({"valign": "top", "text_wrap": True, **look})

    def column(self, column: Field) -> dict[str, object]:
        """How the values of a column look: texts stay texts, whatever is typed."""
        if column.computed is not None or column.type == "number":
            return {"num_format": f"0.{'0' * column.decimals}" if column.decimals else "General", "text_wrap": False}
        if column.type in ("integer", "year"):
            return {"num_format": "0"}
        if column.type in ("date", "time"):
            return {"num_format": "yyyy-mm-dd" if column.type == "date" else "hh:mm:ss", "align": "left"}
        return {"num_format": "@"}


@dataclass(slots=True)
class _Book:
    """A frame being written in a book that is open."""

    book: Any
    frame: Frame

    def write(self) -> None:
        """All the sheets, the one to read first and the one that is hidden last."""
        styles = _Styles(self.book)
        first = self._page(say(READ_ME))
        sheets = [self._page(page.name) for page in self.frame.pages]
        followers = [self._page(each.steps.name) for each in self.frame.unrolled]
        places = self._lists(self.book.add_worksheet(say(LISTS)))
        self._read_me(first, styles)
        for sheet, page in zip(sheets, self.frame.pages, strict=True):
            self._table(sheet, page, places, styles)
        for sheet, unrolled in zip(followers, self.frame.unrolled, strict=True):
            self._series(sheet, unrolled, styles)
        first.activate()

    def _page(self, name: str) -> Any:
        sheet = self.book.add_worksheet(name, _plain())
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.fit_to_pages(1, 0)
        return sheet

    def _read_me(self, sheet: Any, styles: _Styles) -> None:
        for place, width in enumerate(WIDTHS):
            sheet.set_column(place, place, width)
        bold, text, head = styles(bold=True), styles(), styles(bold=True, bg_color="#E8EDF3", bottom=1)
        for rank, line in enumerate(read_me(self.frame)):
            widths = WIDTHS if len(line) > 2 else (WIDTHS[0], sum(WIDTHS[1:4]))
            heading = len(line) > 2 and line[0] == say("Colonne")
            sheet.set_row(rank, min(TALLEST, LINE * max(1 + len(t) // w for t, w in zip(line, widths, strict=False))))
            if len(line) == 2:  # a sentence takes the width of three columns
                sheet.merge_range(rank, 1, rank, 3, "", text)
            for place, part in enumerate(line):
                write_text(sheet, rank, place, fitted(part), head if heading else text if place else bold)
        sheet.protect("", ALLOWED)

    def _lists(self, sheet: Any) -> dict[tuple[str, str], str]:
        """The hidden sheet; the cells of each list, as other sheets name them."""
        places: dict[tuple[str, str], str] = {}
        columns = [[f"{page}!{column}", *known] for (page, column), known in self.frame.lists.items()]
        for rank, (place, known) in enumerate(self.frame.lists.items(), FIRST_LIST):
            letter = letters(rank)
            places[place] = f"={quoted(say(LISTS))}!${letter}$2:${letter}${len(known) + 1}"
        for rank, texts in enumerate(columns, FIRST_LIST):
            for line, text in enumerate(texts):
                write_text(sheet, line, rank, fitted(text), None)
        told = (self.frame.resource.name, self.frame.print, self.frame.version, digest(columns))
        for line, (key, value) in enumerate(zip(KEYS, told, strict=True)):
            write_text(sheet, line, 0, key, None)
            write_text(sheet, line, 1, value, None)
        sheet.protect("")
        sheet.hide()
        return places

    def _table(self, sheet: Any, page: Page, places: dict[tuple[str, str], str], styles: _Styles) -> None:
        self._heads(
            sheet, page.columns, styles, {column.name for column in page.written if self.frame.required(page, column)}
        )
        last = FIRST + page.rows - 1
        grid = self.frame.grid(page)
        for place, column in enumerate(page.columns):
            look = styles.column(column)
            if column.computed is not None:
                style = styles(**look, bg_color="#E4E4E4", font_color="#333333", locked=True)
                for row in range(FIRST, last + 1):
                    formula = computed(column.computed, column.decimals, grid.in_row(row))
                    sheet.write_formula(row - 1, place, formula, style, "")
                continue
            style = styles(**look, locked=False, border=1, border_color="#D5D5D5")
            for row in range(FIRST, last + 1):
                sheet.write_blank(row - 1, place, None, style)
            found = validation(page, column, places.get((page.name, column.name), ""), self.frame.pages[0])
            sheet.data_validation(FIRST - 1, place, last - 1, place, found)
        for cells, formula in colours(page, self.frame.rules[page.resource.name]):
            look = {"type": "formula", "criteria": formula, "format": self.book.add_format({"bg_color": "#FFE0B8"})}
            sheet.conditional_format(cells, look)
        sheet.protect("", ALLOWED)

    def _heads(self, sheet: Any, columns: Sequence[Field], styles: _Styles, required: set[str]) -> None:
        """The titles of the columns, and their names, by which the file is read again."""
        title, name = styles(bold=True, bg_color="#E8EDF3"), styles(font_color="#555555", bottom=1, bg_color="#E8EDF3")
        sheet.set_row(TITLES - 1, 3 * LINE)
        for place, column in enumerate(columns):
            told = typeset(column.title or column.name) + (" *" if column.name in required else "")
            wide = 2 * LEAST if column.prose or column.type == "string" else LEAST
            sheet.set_column(place, place, max(min(WIDEST, len(column.name) + 2), wide))
            write_text(sheet, TITLES - 1, place, fitted(told), title)
            write_text(sheet, NAMES - 1, place, column.name, name)
        sheet.freeze_panes(NAMES, 1)
        sheet.repeat_rows(TITLES - 1, NAMES - 1)

    def _series(self, sheet: Any, unrolled: Unrolled, styles: _Styles) -> None:
        self._heads(sheet, unrolled.columns, styles, set())
        seen = len(unrolled.columns)
        looks = [
            styles(**styles.column(column), bg_color="#E4E4E4", font_color="#333333") for column in unrolled.columns
        ]
        for row in range(FIRST, FIRST + LINES):
            for place, formula in enumerate(unrolled.line(row)):
                sheet.write_formula(row - 1, place, formula, looks[place] if place < seen else None, "")
        for row in range(FIRST, FIRST + unrolled.grid.page.rows):
            for place, formula in enumerate(unrolled.starts(row), seen + len(HELPERS)):
                sheet.write_formula(row - 1, place, formula, None, 0)
        for place, word in enumerate((*HELPERS, *STARTS), seen):
            write_text(sheet, NAMES - 1, place, word, None)
        sheet.set_column(seen, seen + len(HELPERS) + len(STARTS) - 1, None, None, {"hidden": True})
        sheet.protect("", ALLOWED)
