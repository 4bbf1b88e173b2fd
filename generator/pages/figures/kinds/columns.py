"""Columns of flows: who leads to what, step by step. Where amounts are not all known, all flows are as wide, and the drawing says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from generator.catalogue.drawn_rows import Cell, Item
from generator.catalogue.figures import Picture
from generator.contracts.figures import FigureKind
from generator.pages.figures.drawing import Body, Column, Table
from generator.pages.figures.marks import SMALL, WIDTH, at, lines, path, text, texts
from generator.text.interface import say

KIND = FigureKind(roles={"steps": "any", "value": "number"}, required=("steps",))
DESCRIPTION = (
    "Des colonnes reliées : « steps » donne les étapes, de gauche à droite ; d’autres lignes continuent les premières. Les traits ont"
    " la même largeur si les montants (« value ») ne sont pas tous connus."
)

LINE, GAP = 13, 8  # from a line of words to the next, between two boxes
THIN, THICK = 1.5, 12.0  # of flows


@dataclass(slots=True)
class _Column:
    """The boxes of a step: what each says, by what identifies it."""

    title: str
    table: str
    boxes: dict[int | str, str] = field(default_factory=dict)


_Flow = tuple[tuple[tuple[int, int | str], ...], Item]  # the boxes that it goes through, and its row


def draw(picture: Picture) -> Body:
    """A column for each step, its boxes in the order in which they are met, and a line for each flow."""
    columns, flows = list[_Column](), list[_Flow]()
    for drawn in picture.figure.rows:
        own = [item for item in picture.items if item.drawn is drawn]
        first = _start(columns, own)
        for item in own:
            ways = _ways(item, drawn.roles["steps"])
            if first and len(ways) < 2:  # it continues nothing
                continue
            flow = tuple(_placed(columns, first + rank, cell) for rank, cell in ways), item
            if item.text("value") or all(flow[0] != way for way, _ in flows):  # what is said twice is drawn once
                flows.append(flow)
    wide, gap = _sizes(len(columns))
    places, height = _places(columns, wide, gap)
    widths = _widths(picture.items)
    marks = [_flow(way, places, wide, widths.get(id(item), THIN)) for way, item in flows]
    marks += [_boxes(column, rank, places, wide, gap) for rank, column in enumerate(columns)]
    said = say("Tous les traits ont la même largeur : les montants ne sont pas tous imprimés.")
    return Body("".join(marks), height, _table(columns, flows), () if widths else (said,))


def _ways(item: Item, paths: Sequence[str]) -> list[tuple[int, Cell]]:
    """The steps that a row fills, each with its rank; a step that it leaves out is passed over."""
    return [(paths.index(cell.path), cell) for cell in item.cells["steps"]]


def _start(columns: Sequence[_Column], items: Sequence[Item]) -> int:
    """The column from which rows start: the last whose boxes are those of their first step, else the first one."""
    tables = {item.cells["steps"][0].record.resource.name for item in items if item.cells.get("steps")}
    return next((rank for rank in range(len(columns) - 1, 0, -1) if columns[rank].table in tables), 0)


def _placed(columns: list[_Column], rank: int, cell: Cell) -> tuple[int, int | str]:
    """The box of a step, made when it is first met."""
    while len(columns) <= rank:
        columns.append(_Column("", ""))
    column = columns[rank]
    if not column.title:
        column.title, column.table = cell.title, cell.record.resource.name
    key: int | str = id(cell.record) if cell.value != cell.text else cell.text
    column.boxes.setdefault(key, cell.text)
    return rank, key


def _sizes(count: int) -> tuple[float, float]:
    gap = 26 if count < 4 else 18
    return (WIDTH - gap * (count - 1)) / max(count, 1), gap


_Place = tuple[float, float, float, list[str]]  # left, top, height, words


def _places(columns: Sequence[_Column], wide: float, gap: float) -> tuple[dict[tuple[int, int | str], _Place], float]:
    """Where each box stands: a column is as high as the highest, its boxes spread over it."""
    stacks = [
        [(key, lines(words, wide - 8, SMALL, most=5)) for key, words in column.boxes.items()] for column in columns
    ]
    heads = max((len(lines(column.title, wide, SMALL)) for column in columns), default=0) * LINE + 8
    heights = [sum(len(words) * LINE + 8 + GAP for _, words in stack) for stack in stacks]
    tallest = max(heights, default=0)
    places: dict[tuple[int, int | str], _Place] = {}
    for rank, (stack, high) in enumerate(zip(stacks, heights, strict=True)):
        spread = (tallest - high) / max(len(stack), 1)
        y = heads + spread / 2
        for key, words in stack:
            box = len(words) * LINE + 8
            places[rank, key] = (rank * (wide + gap), y, box, words)
            y += box + GAP + spread
    return places, heads + tallest


def _flow(
    way: Sequence[tuple[int, int | str]], places: dict[tuple[int, int | str], _Place], wide: float, thick: float
) -> str:
    pieces = []
    for one, other in pairwise(way):
        left, right = places[one], places[other]
        x, y, end, down = left[0] + wide, left[1] + left[2] / 2, right[0], right[1] + right[2] / 2
        half = (end - x) / 2
        pieces.append(f"M{at(x)} {at(y)}C{at(x + half)} {at(y)} {at(end - half)} {at(down)} {at(end)} {at(down)}")
    return path("".join(pieces), "d-s", f' stroke-width="{at(thick)}" stroke-opacity=".6"') if pieces else ""


def _boxes(column: _Column, rank: int, places: dict[tuple[int, int | str], _Place], wide: float, gap: float) -> str:
    head = lines(column.title, wide, SMALL)
    marks = [texts(rank * (wide + gap), 10, head, size=SMALL, weight=True)]
    for key in column.boxes:
        x, y, high, words = places[rank, key]
        marks.append(f'<rect x="{at(x)}" y="{at(y)}" width="{at(wide)}" height="{at(high)}" rx="3" class="d-x"/>')
        marks += (text(x + 4, y + 13 + n * LINE, line, size=SMALL) for n, line in enumerate(words))
    return "".join(marks)


def _widths(items: Sequence[Item]) -> dict[int, float]:
    """How wide each flow is, when all amounts are known in one unit."""
    amounts = [item.number("value") for item in items]
    known = [amount for amount in amounts if amount is not None]
    if not known or len(known) < len(items) or len({item.units for item in items}) > 1:
        return {}
    most = max(known)
    return (
        {id(item): max(1.0, THICK * float(amount / most)) for item, amount in zip(items, known, strict=True)}
        if most
        else {}
    )


def _table(columns: Sequence[_Column], flows: Sequence[_Flow]) -> Table:
    titles = tuple(Column(f"etape_{rank + 1}", column.title) for rank, column in enumerate(columns))
    rows = []
    for way, item in flows:
        said = dict(way)
        row = tuple(columns[rank].boxes[said[rank]] if rank in said else "" for rank in range(len(columns)))
        rows.append((row, item.text("value") or ""))
    if any(value for _, value in rows):
        titles = (*titles, Column("montant", say("Montant"), numeric=True))
        return Table(titles, tuple((*row, value) for row, value in rows), tuple((*row, value) for row, value in rows))
    plain = tuple(row for row, _ in rows)
    return Table(titles, plain, plain)
