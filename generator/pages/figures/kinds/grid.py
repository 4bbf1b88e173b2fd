"""A grid: which rows have which of several things and, beside each, what became of it."""

from __future__ import annotations

from collections.abc import Sequence

from generator.catalogue.figures import Picture
from generator.contracts.figures import FigureKind
from generator.pages.figures.drawing import Body, Column, Table, distinct, legend
from generator.pages.figures.marks import WIDTH, shape
from generator.pages.figures.matrix import matrix
from generator.text.interface import say

KIND = FigureKind(roles={"group": "any", "row": "any", "column": "any", "mark": "any"}, required=("row", "column"))
TOLD = "Une grille : une case pleine là où une ligne (« row ») a une colonne (« column ») et, au bout de chaque ligne, ce que dit « mark »."

STEP = 13  # from a column to the next


def draw(picture: Picture) -> Body:
    """The rows in their order; the columns in theirs, a full cell where a row has one."""
    heads, last = dict[int, str](), ""
    rows, marked = dict[str, dict[str, None]](), dict[str, dict[str, str]]()
    for item in picture.items:
        if (group := item.text("group")) != last:
            heads[len(rows)] = last = group
        own = rows.setdefault(item.text("row"), {})
        own.update(dict.fromkeys(cell.text for cell in item.cells.get("column", ())))
        marked.setdefault(item.text("row"), {}).update(
            {str(cell.value): cell.text for cell in item.cells.get("mark", ())}
        )
    columns = sorted(distinct(column for own in rows.values() for column in own))
    codes = sorted({code: words for own in marked.values() for code, words in own.items()}.items())
    spare = max((len(own) for own in marked.values()), default=0) * STEP + 4 if codes else 0
    grid = matrix(list(rows), columns, wide=STEP, right=spare, heads=heads)
    marks = [grid.marks]
    for place, (row, own) in enumerate(rows.items()):
        marks += [grid.cell(place, columns.index(column), "d-c1") for column in own]
        marks += _ends(place, list(marked[row]), [code for code, _ in codes], grid.middle(place), spare)
    keys, y = legend(grid.height + 12, [(shape(rank, 0, 0, size=4), words) for rank, (_, words) in enumerate(codes)])
    return Body("".join(marks) + keys, y, _table(picture, rows, marked))


def _ends(place: int, own: Sequence[str], codes: Sequence[str], y: float, spare: float) -> list[str]:
    """What became of a row, at its end."""
    return [shape(codes.index(code), WIDTH - spare + 10 + rank * STEP, y, size=4) for rank, code in enumerate(own)]


def _table(picture: Picture, rows: dict[str, dict[str, None]], marked: dict[str, dict[str, str]]) -> Table:
    cells = {role: cell.title for item in picture.items for role in KIND.roles for cell in item.cells.get(role, ())}
    told = [(row, " ; ".join(own), " ; ".join(marked[row].values())) for row, own in rows.items()]
    titles = (
        Column("ligne", cells.get("row", "")),
        Column("colonnes", cells.get("column", "")),
        Column("marque", cells.get("mark", say("Suite"))),
    )
    if not any(marked.values()):
        return Table(titles[:2], tuple(row[:2] for row in told), tuple(row[:2] for row in told))
    return Table(titles, tuple(told), tuple(told))
