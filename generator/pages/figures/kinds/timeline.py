"""A line of time, from the top down: each row at its date, its words beside it."""

from __future__ import annotations

from generator.catalogue.drawn_rows import Item
from generator.catalogue.figures import Picture
from generator.contracts.figures import FigureKind
from generator.pages.figures.drawing import Body, distinct, legend, table, unsaid
from generator.pages.figures.marks import LEADING, WIDTH, lines, path, shape, text, texts
from generator.text.interface import say

KIND = FigureKind(
    roles={"label": "any", "when": "any", "step": "number", "shape": "any"},
    required=("label",),
    one_of=("when", "step"),
)
DESCRIPTION = (
    "Une frise, de haut en bas : chaque ligne à sa date (« when ») ; ou des étapes dans leur ordre (« step »),"
    " datées ou non."
)

AXIS, WORDS = 8, 26  # where the line of time and the words stand


def draw(picture: Picture) -> Body:
    """The rows one under the other, in the order of their dates or of their steps."""
    stepped = any("step" in drawn.roles for drawn in picture.figure.rows)
    items = sorted((i for i in picture.items if stepped or i.code("when")), key=lambda item: _order(item, stepped))
    shapes = list(distinct(item.code("shape") for item in items))
    marks, tops, y = list[str](), list[float](), 0.0
    for item in items:
        tops.append(y + 10)
        marks.append(text(WORDS, y + 14, _dated(item), weight=True))
        words = lines(item.text("label"), WIDTH - WORDS, most=4)
        marks.append(texts(WORDS, y + 14 + LEADING, words))
        y += (len(words) + 1) * LEADING + 8
    marks.insert(0, path(f"M{AXIS} {tops[0]:.1f}V{tops[-1]:.1f}", "d-b", ' stroke-width="2"') if tops else "")
    for item, top in zip(items, tops, strict=True):
        rank = shapes.index(item.code("shape")) if item.code("shape") in shapes else 0
        marks.append(shape(rank, AXIS, top, hollow=stepped and not item.code("when")))
    names = {item.code("shape"): item.text("shape") for item in items}
    keys = [(shape(rank, 0, 0, size=4), names[code]) for rank, code in enumerate(shapes)] if len(shapes) > 1 else []
    entries, y = legend(y + 10, keys)
    ordered = Picture(picture.figure, picture.owner, tuple(items), picture.left_out)
    order, far = say("L’ordre des étapes n’est pas une date."), say("Les écarts ne sont pas à l’échelle du temps.")
    said = (order if stepped else far, *unsaid(len(picture.items) - len(items)))
    return Body("".join(marks) + entries, y, table(ordered, ("step", "when", "label", "shape")), said)


def _dated(item: Item) -> str:
    """« 3. en 2022 », « 2009 », « non daté »."""
    when = item.text("when") or say("non daté")
    return f"{item.text('step')}. {when}" if item.text("step") else when


def _order(item: Item, stepped: bool) -> tuple[float, str]:
    step = item.number("step") if stepped else None
    return (float(step) if step is not None else 0.0, _first(item.code("when")))


def _first(when: str) -> str:
    """The first date of an interval, the last when the first is open."""
    start, _, end = when.partition("/")
    return end if start == ".." else start
