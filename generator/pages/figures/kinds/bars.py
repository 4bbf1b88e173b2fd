"""Ranked bars: the longest first, and hatched what is computed or what no source prints."""

from __future__ import annotations

from decimal import Decimal

from generator.catalogue.drawn_rows import Item
from generator.catalogue.figures import Picture
from generator.contracts.figures import FigureKind
from generator.pages.figures.drawing import HATCH, Body, table
from generator.pages.figures.marks import LEADING, WIDTH, lines, path, rect, text, texts, width
from generator.pages.figures.scales import Scale, from_zero
from generator.text.interface import say

KIND = FigureKind(
    roles={"label": "any", "value": "number", "printed": "any", "qualifier": "any"},
    required=("label", "value"),
    scale="all",
    options=("alike", "least", "units", "at_least", "complete"),
)
DESCRIPTION = (
    "Des barres, de la plus longue à la plus courte ; hachurées pour ce qui est calculé ou qu’aucune source n’imprime."
)

HIGH = 12  # of a bar
BESIDE = 12  # between the end of a bar and its words


def draw(picture: Picture) -> Body:
    """A bar for each row, under its label."""
    items = sorted(picture.items, key=lambda item: (item.number("value") is None, -(item.number("value") or 0)))
    scale = from_zero((value for item in items if (value := item.number("value")) is not None), 0, WIDTH)
    marks, y = list[str](), 0.0
    for item in items:
        label = lines(item.text("label"), WIDTH)
        marks.append(texts(0, y + LEADING - 4, label))
        y += len(label) * LEADING
        if not _fits(item, scale):
            marks.append(text(0, y + LEADING - 5, _value(item), weight=True))
            y += LEADING
        marks.append(_bar(item, scale, y, picture))
        y += HIGH + 12
    ordered = Picture(picture.figure, picture.owner, tuple(items), picture.left_out)
    return Body("".join(marks), y - 4, table(ordered, KIND.roles))


def _bar(item: Item, scale: Scale, y: float, picture: Picture) -> str:
    value = item.number("value")
    if value is None:
        said = say("non imprimé")
        return rect(0, y, WIDTH, HIGH, "d-b", f"url(#{HATCH})") + _backed(WIDTH / 2, y, said)
    said = _value(item)
    start, end = sorted((scale(Decimal(0)), scale(value)))
    more = item.code("qualifier") in picture.figure.at_least
    bar = rect(
        start,
        y,
        max(end - start, 1),
        HIGH,
        "d-b" if item.computed else "d-c1",
        f"url(#{HATCH})" if item.computed else "",
    )
    if more and end + 8 <= WIDTH:
        bar += path(f"M{end + 1:.1f} {y + 1}l6 5l-6 5", "d-k", ' stroke-width="2"')
    if end + _room(said) <= WIDTH:
        return bar + text(end + BESIDE, y + 11, said, weight=True)
    return bar if not _fits(item, scale) else bar + _within(end, y, said)


def _room(said: str) -> float:
    return width(said, weight=True) + BESIDE


def _fits(item: Item, scale: Scale) -> bool:
    """Whether the words of a value stand beside its bar, or on it; else they stand over it."""
    value, said = item.number("value"), _value(item)
    end = scale(max(value, Decimal(0))) if value is not None else 0
    within = not item.computed and width(said, 11, weight=True) + 8 <= end
    return value is None or within or end + _room(said) <= WIDTH


def _value(item: Item) -> str:
    said = item.text("printed") or " ".join(filter(None, (item.text("value"), item.unit_name)))
    return say("{value} (calculé)", value=said) if item.computed else said


def _within(end: float, y: float, said: str) -> str:
    """Words at the end of a bar that leaves them no room: on it."""
    return text(end - 4, y + 10, said, size=11, colour="d-0", anchor="end", weight=True)


def _backed(x: float, y: float, said: str) -> str:
    """Words on hatching, on a ground of their own."""
    wide = width(said, 11) + 8
    return rect(x - wide / 2, y, wide, HIGH, "d-0") + text(x, y + 10, said, size=11, anchor="middle")
