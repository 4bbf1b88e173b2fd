"""A slope: from a date to another, what a quantity became."""

from __future__ import annotations

from generator.catalogue.drawn_rows import Item
from generator.catalogue.figures import Picture
from generator.contracts.figures import FigureKind
from generator.pages.figures.drawing import Body, table, unsaid
from generator.pages.figures.marks import WIDTH, path, shape, text, width
from generator.pages.figures.scales import from_zero

KIND = FigureKind(
    roles={"value": "number", "when": "any", "printed": "any"},
    required=("value", "when"),
    scale="all",
    least=2,
    options=("alike", "least", "units"),
)
DESCRIPTION = "Une pente, d’une date à une autre : au moins deux valeurs datées, sur une échelle qui part de zéro."

HIGH, LEFT, TOP = 130, 70, 24


def draw(picture: Picture) -> Body:
    """A point for each date, in their order, joined; the words of each over it, its date under the line of zero."""
    items = sorted((i for i in picture.items if i.number("value") is not None and i.code("when")), key=_when)
    dates = sorted({_when(item) for item in items})
    scale = from_zero([item.number("value") or 0 for item in items], TOP + HIGH, TOP)  # type: ignore[misc]
    step = (WIDTH - 2 * LEFT) / max(len(dates) - 1, 1)
    places = [(LEFT + dates.index(_when(item)) * step, scale(item.number("value") or 0)) for item in items]  # type: ignore[arg-type]
    bottom = TOP + HIGH
    marks = [
        path(f"M0 {bottom}H{WIDTH}", "d-b"),
        path("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in places), "d-s", ' stroke-width="3"'),
    ]
    above = places[0][1]
    for item, (x, y) in zip(items, places, strict=True):
        said = item.text("printed") or " ".join((item.text("value"), item.unit_name)).strip()
        half = width(said, weight=True) / 2
        marks.append(path(f"M{x:.1f} {y + 6:.1f}V{bottom}", "d-t") + shape(0, x, y))
        marks.append(
            text(min(max(x, half), WIDTH - half), _beside(y, above, bottom), said, anchor="middle", weight=True)
        )
        above = y
        marks.append(text(x, bottom + 16, item.text("when"), anchor="middle"))
    ordered = Picture(picture.figure, picture.owner, tuple(items), picture.left_out)
    return Body("".join(marks), bottom + 22, table(ordered, KIND.roles), unsaid(len(picture.items) - len(items)))


def _beside(y: float, before: float, bottom: float) -> float:
    """The height of the words of a point: over it, or under it when the line comes down to it and there is room."""
    return y + 22 if before < y < bottom - 28 else y - 11


def _when(item: Item) -> str:
    """Its date, as it sorts: that of the end of an interval."""
    return item.code("when").rpartition("/")[2]
