"""A map of heat: how many rows say one thing and another, the darker the more."""

from __future__ import annotations

from collections import Counter

from generator.catalogue.figures import Picture
from generator.contracts.figures import FigureKind
from generator.pages.figures.drawing import Body, Column, Table
from generator.pages.figures.marks import DEGREES
from generator.pages.figures.matrix import matrix
from generator.text.interface import say
from generator.text.spoken import number

KIND = FigureKind(roles={"row": "any", "column": "any"}, required=("row", "column"), counts="row")
DESCRIPTION = "Une carte de chaleur : combien de lignes ont telle valeur de « row » et telle valeur de « column », plus foncé quand il y en a plus."

DARK = 4  # from this degree of five, numbers are light


def draw(picture: Picture) -> Body:
    """The counts, row by row and column by column, each in its cell; the fullest rows and columns first."""
    counts = Counter(
        (row.text, column.text)
        for item in picture.items
        for row in item.cells.get("row", ())
        for column in item.cells.get("column", ())
    )
    rows, columns = _totals(counts, 0), _totals(counts, 1)
    most = max(counts.values(), default=1)
    grid = matrix(list(rows), list(columns), wide=30)
    marks = [grid.marks]
    for x, row in enumerate(rows):
        for y, column in enumerate(columns):
            if amount := counts[row, column]:
                degree = -(-len(DEGREES) * amount // most)
                ink = "d-0" if degree >= DARK else ""
                marks.append(grid.cell(x, y, f"d-g{degree}", number(amount), ink))
    said = (say("Une case vide : aucune ligne."),) if len(counts) < len(rows) * len(columns) else ()
    return Body("".join(marks), grid.height, _table(picture, counts, rows, columns), said)


def _totals(counts: Counter[tuple[str, str]], place: int) -> dict[str, int]:
    """How many rows each name has, the most numerous first."""
    found = Counter[str]()
    for names, amount in counts.items():
        found[names[place]] += amount
    return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))


def _table(picture: Picture, counts: Counter[tuple[str, str]], rows: dict[str, int], columns: dict[str, int]) -> Table:
    whole = say("Ensemble")
    amounts = [(row, *(counts[row, column] for column in columns), sum_) for row, sum_ in rows.items()]
    amounts.append((whole, *columns.values(), sum(rows.values())))
    names = [*columns, whole]
    titles = [Column(f"colonne_{rank + 1}", name, numeric=True) for rank, name in enumerate(names)]
    told = tuple((str(name), *map(number, others)) for name, *others in amounts)
    codes = tuple((str(name), *map(str, others)) for name, *others in amounts)
    return Table((Column("ligne", _title(picture, "row")), *titles), told, codes)


def _title(picture: Picture, role: str) -> str:
    return next((cell.title for item in picture.items for cell in item.cells.get(role, ())), "")
