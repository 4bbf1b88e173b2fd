"""What a frame computes as it is filled: computed columns in each row, series step by step. The calculations are those of the build
(text/expressions.py), rounded as it rounds, and nothing where one of their numbers is missing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from generator.contracts.framing import Page, Steps
from generator.contracts.model import Field
from generator.text.expressions import Expression

TITLES, NAMES, FIRST = 1, 2, 3  # rows of a sheet: the titles of its columns, their names, the first that is filled
LINES, MOST_STEPS = 600, 200  # rows of the sheet of a series; steps that one row starts

Cell = Callable[[str], str]  # a name of a calculation → the cell that holds it


def letters(place: int) -> str:
    """The letters of a column, by its place from 0: A, B… Z, AA."""
    found = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        found = chr(ord("A") + rest) + found
    return found


def quoted(sheet: str) -> str:
    """The name of a sheet as formulas write it."""
    return "'" + sheet.replace("'", "''") + "'"


@dataclass(frozen=True, slots=True)
class Grid:
    """The sheet of a table, and that of the rows that hold its own, None for the table of the frame itself: where calculations find
    their numbers.
    """

    page: Page
    above: Page | None = None

    def cell(self, name: str, row: str) -> str:
        """The cell that a calculation names, in the row whose number is given by a formula; of another sheet."""
        own = _column(self.page, name)
        if own is not None:
            return f"INDEX({_range(self.page, own)},{row})"
        held = f"INDEX({_range(self.page, 0)},{row})"
        return self.higher(name, held)

    def higher(self, name: str, key: str) -> str:
        """The cell of the row that holds a row, found by the key that this one gives."""
        above, reference = self.above or self.page, self.page.key.reference[0] if self.page.key is not None else ""
        place, found = _column(above, name) or 0, _column(above, reference) or 0
        return f"INDEX({_range(above, place)},MATCH({key},{_range(above, found)},0))"

    def in_row(self, row: int) -> Cell:
        """The cells that the calculations of a row of the sheet itself name."""

        def cell(name: str) -> str:
            own = _column(self.page, name)
            return f"{letters(own)}{row}" if own is not None else self.higher(name, f"$A{row}")

        return cell


def computed(formula: Expression, decimals: int, cell: Cell) -> str:
    """The formula of a computed cell."""
    return f'=IF({known(formula, cell)},ROUND({written(formula, cell)},{decimals}),"")'


def known(formula: Expression, cell: Cell) -> str:
    """Whether all the numbers of a calculation are there."""
    names = formula.names
    return f"COUNT({','.join(map(cell, names))})={len(names)}" if names else "1=1"


def written(formula: Expression, cell: Cell) -> str:
    """A calculation with its cells."""
    return formula.spreadsheet({name: cell(name) for name in formula.names})


def _column(page: Page, name: str) -> int | None:
    return next((place for place, column in enumerate(page.columns) if column.name == name), None)


def _range(page: Page, place: int) -> str:
    """The cells of a column of a sheet, as another one names them."""
    letter = letters(place)
    return f"{quoted(page.name)}!${letter}${FIRST}:${letter}${FIRST + page.rows - 1}"


# --- Series ------------------------------------------------------------------------------------------------------

HELPERS = ("rang", "brut")  # of a line: the row from which it comes, its value before it is rounded
STARTS = (
    "debut",
    "pas",
    "nombre",
    "avant",
)  # of a row: its first step, the step, how many there are, those before its own


@dataclass(frozen=True, slots=True)
class Unrolled:
    """The sheet of a series: its columns, then hidden ones, of each line and of each row from which steps start."""

    steps: Steps
    grid: Grid
    same: dict[str, str]  # columns that repeat one of the row

    @property
    def columns(self) -> Sequence[Field]:
        """The columns that are seen."""
        return self.steps.resource.fields

    def _letter(self, name: str) -> str:
        names = [*(column.name for column in self.columns), *HELPERS, *STARTS]
        return letters(names.index(name))

    def line(self, number: int) -> Iterator[str]:
        """The formulas of a line, its hidden ones last."""
        row, raw = f"${self._letter('rang')}{number}", f"${self._letter('brut')}{number}"
        for column in self.columns:
            yield f'=IF({row}="","",{self._shown(column, number, row, raw)})'
        yield f'=IF({number - FIRST}>=SUM({self._starts("nombre")}),"",MATCH({number - FIRST},{self._starts("avant")},1))'
        yield f'=IF({row}="","",{self._raw(number, row)})'

    def _shown(self, column: Field, number: int, row: str, raw: str) -> str:
        series = self.steps.series
        if column.name == series.at:
            rank = f"({number - FIRST}-{self._start('avant', row)})"
            return f"{self._start('debut', row)}+{rank}*{self._start('pas', row)}"
        if column.name == series.value:
            return f'IF(ISNUMBER({raw}),ROUND({raw},{column.decimals}),"")'
        if column.computed is not None:
            formula = computed(column.computed, column.decimals, self._cell(number, row))
            return formula.removeprefix("=")
        found = self.grid.cell(self.same[column.name], row) if column.name in self.same else '""'
        return f'IF({found}="","",{found})'

    def _raw(self, number: int, row: str) -> str:
        """The value of a line before it is rounded: the start, or what follows from the line before."""
        series = self.steps.series
        before = f"${self._letter('brut')}{number - 1}"
        start = self._otherwise(series.start, lambda name: self.grid.cell(name, row), '""')

        def cell(name: str) -> str:
            at = f"${self._letter(series.at)}{number}"
            return at if name == series.at else before if name == series.value else self.grid.cell(name, row)

        follows = '""'
        for formula in reversed(series.following):
            follows = self._otherwise(formula, cell, follows)
        return f"IF({number - FIRST}={self._start('avant', row)},{start},{follows})"

    @staticmethod
    def _otherwise(formula: Expression, cell: Cell, other: str) -> str:
        return f"IF({known(formula, cell)},{written(formula, cell)},{other})"

    def _cell(self, number: int, row: str) -> Cell:
        own = {column.name for column in self.columns}
        return lambda name: f"${self._letter(name)}{number}" if name in own else self.grid.cell(name, row)

    def starts(self, number: int) -> Iterator[str]:
        """The hidden formulas of a row from which steps start."""
        series, rank = self.steps.series, str(number - FIRST + 1)

        def cell(name: str) -> str:
            return self.grid.cell(name, rank)

        first, last, every = (written(each, cell) for each in (series.first, series.last, series.every))
        there = ",".join(known(formula, cell) for formula in series.of_row)
        yield f"=IF(AND({there}),{first},0)"
        yield f"=IF(AND({there}),{every},0)"
        begin, step = (f"${self._letter(name)}{number}" for name in ("debut", "pas"))
        amount = f"MIN({MOST_STEPS},INT(({last}-{begin})/{step})+1)"
        yield f"=IF(AND({there}),IF({step}<1,0,IF({last}<{begin},0,{amount})),0)"
        before, above = self._letter("avant"), self._letter("nombre")
        yield "=0" if number == FIRST else f"=${before}{number - 1}+${above}{number - 1}"

    def _starts(self, name: str) -> str:
        letter = self._letter(name)
        return f"${letter}${FIRST}:${letter}${FIRST + self.grid.page.rows - 1}"

    def _start(self, name: str, row: str) -> str:
        return f"INDEX({self._starts(name)},{row})"
