"""A grid: which rows have which of several things and, beside each, what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from generator.catalogue.figures import Picture
from generator.contracts.figures import FigureKind
from generator.pages.figures.drawing import Body, Column, Table, distinct, legend
from generator.pages.figures.marks import WIDTH, shape
from generator.pages.figures.matrix import matrix

KIND = FigureKind(roles={"group": "any", "row": "any", "column": "any", "mark": "any"}, required=("row", "column"))
DESCRIPTION = "Une grille : une case pleine là où une ligne (« row ») a une colonne (« column ») et, au bout de chaque ligne, ce que dit « mark »."

STEP = 13  # from a column to the next


def draw(picture: Picture) -> Body:
    """The rows in their order, under the names of their groups; the columns in theirs, a full cell where a row has one."""
    rows = _rows(picture)
    columns = sorted(distinct(column for row in rows for column in row.columns))
    codes = sorted({code: words for row in rows for code, words in row.marks.items()}.items())
    spare = max((len(row.marks) for row in rows), default=0) * STEP + 4 if codes else 0
    heads = {
        rank: row.group
        for rank, row in enumerate(rows)
        if row.group and (not rank or row.group != rows[rank - 1].group)
    }
    grid = matrix([row.name for row in rows], columns, wide=STEP, right=spare, heads=heads)
    marks = [grid.marks]
    for rank, row in enumerate(rows):
        marks += [grid.cell(rank, columns.index(column), "d-c1") for column in row.columns]
        marks += _ends(list(row.marks), [code for code, _ in codes], grid.middle(rank), spare)
    keys, y = legend(grid.height + 12, [(shape(rank, 0, 0, size=4), words) for rank, (_, words) in enumerate(codes)])
    return Body("".join(marks) + keys, y, _table(picture, rows))


@dataclass(slots=True)
class _Row:
    """A row of the grid: its name under that of its group, its columns, and what its mark says, by what it is."""

    group: str
    name: str
    columns: dict[str, None] = field(default_factory=dict)
    marks: dict[str, str] = field(default_factory=dict)


def _rows(picture: Picture) -> list[_Row]:
    """The rows, each once, in the order in which they are met."""
    found: dict[tuple[str, str], _Row] = {}
    for item in picture.items:
        key = item.text("group"), item.text("row")
        row = found.setdefault(key, _Row(*key))
        row.columns |= dict.fromkeys(cell.text for cell in item.cells.get("column", ()))
        row.marks |= {str(cell.value): cell.text for cell in item.cells.get("mark", ())}
    return list(found.values())


def _ends(own: Sequence[str], codes: Sequence[str], y: float, spare: float) -> list[str]:
    """What became of a row, at its end."""
    return [shape(codes.index(code), WIDTH - spare + 10 + rank * STEP, y, size=4) for rank, code in enumerate(own)]


def _table(picture: Picture, rows: Sequence[_Row]) -> Table:
    titles = {role: cell.title for item in picture.items for role in KIND.roles for cell in item.cells.get(role, ())}
    kept = [role for role in KIND.roles if role in titles]
    told = [
        {"group": row.group, "row": row.name, "column": " ; ".join(row.columns), "mark": " ; ".join(row.marks.values())}
        for row in rows
    ]
    lines = tuple(tuple(row[role] for role in kept) for row in told)
    return Table(tuple(Column(role, titles[role]) for role in kept), lines, lines)
