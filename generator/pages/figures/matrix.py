"""Rows and columns with their names, and the cells between them."""

from __future__ import annotations

from collections.abc import Mapping as Map
from collections.abc import Sequence
from dataclasses import dataclass

from generator.pages.figures.marks import SMALL, WIDTH, at, lines, path, rect, text, texts, width

_NONE: Map[int, str] = {}
LONGEST = 180  # of the name of a column, which is written upwards
HIGH = 16  # of a row with one line of words


@dataclass(frozen=True, slots=True)
class Matrix:
    """The names, drawn; where each row starts, and how large cells are."""

    marks: str
    height: float
    left: float
    wide: float
    tops: tuple[float, ...]
    ends: tuple[float, ...]

    def middle(self, row: int) -> float:
        """The height of the middle of a row."""
        return (self.tops[row] + self.ends[row]) / 2

    def cell(self, row: int, column: int, colour: str, said: str = "", ink: str = "") -> str:
        """A full cell, with words in it; a square without them."""
        x, top, high = self.left + column * self.wide, self.tops[row], self.ends[row] - self.tops[row]
        high, top = (high, top) if said else (self.wide, self.middle(row) - self.wide / 2)
        mark = rect(x + 1, top + 1, self.wide - 2, high - 2, colour)
        return mark + (
            text(x + self.wide / 2, self.middle(row) + 4, said, size=SMALL, colour=ink, anchor="middle") if said else ""
        )


def matrix(
    rows: Sequence[str], columns: Sequence[str], wide: float, right: float = 0, heads: Map[int, str] = _NONE
) -> Matrix:
    """A grid at the right of the drawing, less what is kept beyond it, the names of rows at its left; `heads`
    are written over the rows of these ranks.
    """
    left = WIDTH - right - wide * len(columns)
    names = [lines(column, LONGEST, SMALL, most=max(1, int(wide // 13))) for column in columns]
    top = max((width(line, SMALL) for name in names for line in name), default=0) + 6
    marks, tops = list[str](), [top]
    for rank, name in enumerate(names):
        x = left + (rank + 0.5) * wide + 4 - 6 * (len(name) - 1)
        marks += (_upwards(x + 12 * n, top - 4, line) for n, line in enumerate(name))
    ends = list[float]()
    for rank, row in enumerate(rows):
        if head := lines(heads.get(rank, ""), WIDTH / 1.1, SMALL) if rank in heads else []:
            marks.append(texts(0, tops[-1] + 16, head, size=SMALL, weight=True))
            tops[-1] += len(head) * 14 + 8
        words = lines(row, left - 8, SMALL, most=3)
        marks.append(texts(0, tops[-1] + 12, words, size=SMALL))
        ends.append(tops[-1] + max(HIGH, len(words) * 14 + 4))
        tops.append(ends[-1])
    ways = "".join(f"M0 {at(y)}H{WIDTH}" for y in tops)
    return Matrix(path(ways, "d-t") + "".join(marks), tops[-1] + 4, left, wide, tuple(tops), tuple(ends))


def _upwards(x: float, y: float, said: str) -> str:
    return f'<g transform="translate({at(x)} {at(y)}) rotate(-90)">{text(0, 0, said, size=SMALL)}</g>'
