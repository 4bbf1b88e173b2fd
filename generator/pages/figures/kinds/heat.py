"""A map of heat: how many rows say one thing and another, the darker the more."""

from __future__ import annotations

from collections import Counter

from generator.catalogue.figures import Picture
from generator.contracts.figures import FigureKind
from generator.pages.figures.drawing import Body, Column, Table
from generator.pages.figures.matrix import matrix
from generator.text.french import number
from generator.text.interface import say

KIND = FigureKind(
    roles={"row": "any", "column": "any"}, required=("row", "column"), counts="row"
)
TOLD = "Une carte de chaleur : combien de lignes ont telle valeur de « row » et telle valeur de « column », plus foncé quand il y en a plus."

DARK = 4  # from this degree of five, numbers are light


def draw(picture: Picture) -> Body:
    """The counts, row by row and column by column, each in its cell."""
    counts = Counter((row.text, column.text) for item in picture.items for row in item.cells.get("row", ()) for column in item.cells.get("column", ()))
    most = max(counts.values(), default=1)
    rows = sorted({row for row, _ in counts}, key=lambda row: (-sum(n for (r, _), n in counts.items() if r == row), row))
    columns = sorted({column for _, column in counts}, key=lambda c: (-sum(n for (_, k), n in counts.items() if k == c), c))
    grid = matrix(rows, columns, wide=30)
    marks = [grid.marks]
    for (row, column), amount in counts.items():
        degree = -(-5 * amount // most)  # from 1 to 5
        marks.append(grid.cell(rows.index(row), columns.index(column), f"d-g{degree}", number(amount), "d-0" if degree >= DARK else ""))
    told = [(row, *(number(counts[row, column]) for column in columns)) for row in rows]
    titles = (Column("ligne", _title(picture, "row")), *(Column(f"colonne_{n + 1}", c, numeric=True) for n, c in enumerate(columns)))
    codes = [(row, *(str(counts[row, column]) for column in columns)) for row in rows]
    said = (say("Une case vide : aucune ligne."),) if len(counts) < len(rows) * len(columns) else ()
    return Body("".join(marks), grid.height, Table(titles, tuple(told), tuple(codes)), said)


def _title(picture: Picture, role: str) -> str:
    return next((cell.title for item in picture.items for cell in item.cells.get(role, ())), "")
