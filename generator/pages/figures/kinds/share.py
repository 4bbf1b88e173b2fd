"""A bar of shares: a whole cut into its parts, by the rows that are in each or by their values."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from generator.catalogue.figures import Picture
from generator.contracts.figures import FigureKind
from generator.pages.figures.drawing import HATCH, Body, Column, Table
from generator.pages.figures.marks import LEADING, SERIES, WIDTH, lines, rect, text, texts, width
from generator.text.interface import say
from generator.text.spoken import number
from generator.values.types import canonical

KIND = FigureKind(
    roles={"group": "any", "value": "number"},
    required=("group",),
    adds=True,
    counts="group",
    options=("total",),
)
DESCRIPTION = (
    "Une barre coupée en parts : combien de lignes ont chaque valeur de « group », ou la somme de « value », qui demande de nommer"
    " le tout (« total »)."
)

HIGH = 30


def draw(picture: Picture) -> Body:
    """The bar, then a line for each part, the largest first."""
    parts = sorted(_parts(picture), key=lambda part: -part[2])
    whole = _whole(picture, parts)
    rest = whole - sum(amount for _, _, amount in parts)
    if rest > 0:
        parts.append(("", say("le reste"), rest))
    marks, x, y = list[str](), 0.0, float(HIGH + 22)
    for rank, (_, label, amount) in enumerate(parts):
        wide = WIDTH * float(amount / whole) if whole else 0
        marks.append(_part(x, wide, rank, number(amount)))
        words = lines(label, WIDTH - 80)
        paint = f"d-c{rank % SERIES + 1}"
        marks.append(
            rect(0, y - 11, 12, 12, paint)
            + (rect(0, y - 11, 12, 12, "d-b", f"url(#{HATCH})") if rank >= SERIES else "")
        )
        marks.append(texts(20, y, words) + text(WIDTH, y, number(amount), anchor="end", weight=True))
        x, y = x + wide, y + len(words) * LEADING + 4
    rows = [(label, number(amount)) for _, label, amount in parts] + [(say("Ensemble"), number(whole))]
    codes = [(label, canonical(amount)) for _, label, amount in parts] + [(say("Ensemble"), canonical(whole))]
    columns = (Column("part", _title(picture)), Column("nombre", say("Nombre"), numeric=True))
    return Body("".join(marks), y - LEADING, Table(columns, tuple(rows), tuple(codes)))


def _part(x: float, wide: float, rank: int, said: str) -> str:
    """A part of the bar, with its number where there is room for it."""
    paint = f"d-c{rank % SERIES + 1}"
    mark = rect(x, 0, wide - 1, HIGH, paint)
    if rank >= SERIES:
        mark += rect(x, 0, wide - 1, HIGH, "d-b", f"url(#{HATCH})")
    if width(said) + 6 > wide or rank:  # the others are said below, with their words
        return mark
    return mark + text(x + wide / 2, HIGH / 2 + 5, said, colour="d-0", anchor="middle", weight=True)


def _parts(picture: Picture) -> Iterator[tuple[str, str, Decimal]]:
    """(value, label, amount) of each part, in the order in which rows have them."""
    summed = any("value" in drawn.roles for drawn in picture.figure.rows)
    labels, amounts = dict[str, str](), dict[str, Decimal]()
    for item in picture.items:
        code = item.code("group")
        labels.setdefault(code, item.text("group") or say("sans valeur"))
        more = item.number("value") or Decimal(0) if summed else Decimal(1)
        amounts[code] = amounts.get(code, Decimal(0)) + more
    return ((code, label, amounts[code]) for code, label in labels.items())


def _whole(picture: Picture, parts: list[tuple[str, str, Decimal]]) -> Decimal:
    """What the parts are parts of: the declared total, else all of them."""
    added = sum((amount for _, _, amount in parts), Decimal(0))
    if picture.total is None:
        return added
    return picture.total.number("value") or added


def _title(picture: Picture) -> str:
    cells = (cell for item in picture.items for cell in item.cells.get("group", ()))
    return next((cell.title for cell in cells), say("Part"))
