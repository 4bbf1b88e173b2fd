"""Points on one scale: a mark for a value, a line for an interval, an arrow for « more than », hollow for what is not dated."""

from __future__ import annotations

from decimal import Decimal

from generator.catalogue.drawn_rows import Item
from generator.catalogue.figures import Picture
from generator.contracts.figures import FigureKind
from generator.pages.figures.drawing import HATCH, Body, distinct, legend, table, unsaid
from generator.pages.figures.marks import LEADING, SMALL, WIDTH, lines, path, rect, shape, text, texts, width
from generator.pages.figures.scales import Scale, around
from generator.text.interface import say

KIND = FigureKind(
    roles={
        "label": "any",
        "value": "number",
        "min": "number",
        "max": "number",
        "printed": "any",
        "qualifier": "any",
        "shape": "any",
        "when": "any",
    },
    required=("label",),
    one_of=("value", "min"),
    scale="all",
    options=("alike", "least", "units", "at_least"),
)
DESCRIPTION = (
    "Des points sur une même échelle : un trait pour un intervalle, une flèche pour « plus de », un point creux pour ce qui n’est"
    " pas daté (« when »), une forme par valeur de « shape »."
)

START, END = 8, WIDTH - 16


def draw(picture: Picture) -> Body:
    """A line for each row, under its label, all on one scale."""
    items = sorted((item for item in picture.items if _values(item)), key=_low)
    values = [value for item in items for value in _values(item)]
    scale = around(values, START, END)
    shapes = list(distinct(item.code("shape") for item in items))
    dated = any("when" in drawn.roles for drawn in picture.figure.rows)
    marks, y = list[str](), 0.0
    for item in items:
        words = lines(item.text("label"), WIDTH, SMALL, most=2)
        said = _printed(item)
        marks.append(texts(0, y + 12, words, size=SMALL, colour="d-2"))
        y += len(words) * 14 + 6
        marks.append(path(f"M{START} {y + 16}H{WIDTH}", "d-t"))
        rank = shapes.index(item.code("shape")) if item.code("shape") in shapes else 0
        marks.append(_mark(item, scale, y + 16, rank, dated and not item.text("when")))
        marks.append(_said(said, scale(_low(item)), y + 7))
        if item.code("qualifier") in picture.figure.at_least:
            end = scale(_high(item))
            marks.append(path(f"M{end + 6:.1f} {y + 16}h9m-4 -4l4 4l-4 4", "d-k", ' stroke-width="1.5"'))
        y += LEADING + 14
    entries = (
        [(shape(rank, 0, 0, size=4), _named(items, code)) for rank, code in enumerate(shapes)]
        if len(shapes) > 1
        else []
    )
    if dated and any(not item.text("when") for item in items):
        entries.append((shape(0, 0, 0, hollow=True, size=4), say("non daté")))
    if any(item.code("qualifier") in picture.figure.at_least for item in items):
        entries.append((path("M-5 0h9m-4 -4l4 4l-4 4", "d-k", ' stroke-width="1.5"'), say("au moins")))
    keys, y = legend(y + 10, entries)
    ordered = Picture(picture.figure, picture.owner, tuple(items), picture.left_out)
    return Body(
        "".join(marks) + keys, y, table(ordered, KIND.roles), (*scale.told, *unsaid(len(picture.items) - len(items)))
    )


def _said(said: str, x: float, y: float) -> str:
    """The words of a value, over its mark, within the drawing."""
    half = width(said, weight=True) / 2
    return text(min(max(x, half), WIDTH - half), y + 2, said, anchor="middle", weight=True)


def _mark(item: Item, scale: Scale, y: float, rank: int, hollow: bool) -> str:
    low, high = scale(_low(item)), scale(_high(item))
    if low != high:
        return path(f"M{low:.1f} {y}H{high:.1f}M{low:.1f} {y - 4}v8M{high:.1f} {y - 4}v8", "d-s", ' stroke-width="3"')
    if item.computed:
        return rect(low - 5, y - 5, 10, 10, "d-0") + rect(low - 5, y - 5, 10, 10, "d-b", f"url(#{HATCH})")
    if hollow:
        return shape(rank, low, y, hollow=True)
    return shape(rank, low, y)


def _values(item: Item) -> list[Decimal]:
    found = [item.number(role) for role in ("value", "min", "max")]
    return [value for value in found if value is not None]


def _low(item: Item) -> Decimal:
    return min(_values(item))


def _high(item: Item) -> Decimal:
    return max(_values(item))


def _printed(item: Item) -> str:
    said = item.text("printed")
    if not said:
        numbers = [item.text(role) for role in ("value", "min", "max") if item.text(role)]
        said = " ".join((" – ".join(numbers), item.unit_name)).strip()
    return say("{value} (calculé)", value=said) if item.computed else said


def _named(items: list[Item], code: str) -> str:
    return next(item.text("shape") for item in items if item.code("shape") == code)
