"""A slope: from a date to another, what a quantity became; or several that go their ways, one for each value of « group »."""

from __future__ import annotations

from collections.abc import Sequence

from generator.catalogue.drawn_rows import Item
from generator.catalogue.figures import Picture
from generator.contracts.figures import FigureKind
from generator.pages.figures.drawing import Body, distinct, legend, table, unsaid
from generator.pages.figures.marks import LEADING, WIDTH, path, shape, text, width
from generator.pages.figures.scales import from_zero

KIND = FigureKind(
    roles={"group": "any", "value": "number", "when": "any", "printed": "any"},
    required=("value", "when"),
    scale="all",
    least=2,
    options=("alike", "least", "units"),
)
DESCRIPTION = (
    "Une pente, d’une date à une autre : au moins deux valeurs datées, sur une échelle qui part de zéro ; une ligne par valeur de"
    " « group »."
)

HIGH, LEFT, TOP = 130, 70, 24
DASHES = (
    "",
    *(f' stroke-dasharray="{dash}"' for dash in ("7 3", "2 3", "9 3 2 3")),
)  # of lines that must be told apart without their colours


def draw(picture: Picture) -> Body:
    """A point for each date, in their order, joined; the words of each over it, its date under the line of zero."""
    items = sorted((i for i in picture.items if i.number("value") is not None and i.code("when")), key=_when)
    dates = sorted({_when(item) for item in items})
    scale = from_zero([item.number("value") or 0 for item in items], TOP + HIGH, TOP)  # type: ignore[misc]
    step = (WIDTH - 2 * LEFT) / max(len(dates) - 1, 1)
    places = [(LEFT + dates.index(_when(item)) * step, scale(item.number("value") or 0)) for item in items]  # type: ignore[arg-type]
    bottom = TOP + HIGH
    ordered = Picture(picture.figure, picture.owner, tuple(items), picture.left_out)
    told = table(ordered, KIND.roles), unsaid(len(picture.items) - len(items))
    groups = list(distinct(item.code("group") for item in items))
    if len(groups) > 1:
        return Body(*_lines(list(zip(items, places, strict=True)), groups, bottom), *told)
    marks = [
        path(f"M0 {bottom}H{WIDTH}", "d-b"),
        path("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in places), "d-s", ' stroke-width="3"'),
    ]
    above = places[0][1]
    for item, (x, y) in zip(items, places, strict=True):
        said = _said(item)
        half = width(said, weight=True) / 2
        marks.append(path(f"M{x:.1f} {y + 6:.1f}V{bottom}", "d-t") + shape(0, x, y))
        marks.append(
            text(min(max(x, half), WIDTH - half), _beside(y, above, bottom), said, anchor="middle", weight=True)
        )
        above = y
        marks.append(text(x, bottom + 16, item.text("when"), anchor="middle"))
    return Body("".join(marks), bottom + 22, *told)


def _lines(
    placed: Sequence[tuple[Item, tuple[float, float]]], groups: Sequence[str], bottom: float
) -> tuple[str, float]:
    """A line for each group, from its first date to its last, the words of whose value stand beside; the marks, and where they end."""
    marks, ends, starts = [path(f"M0 {bottom}H{WIDTH}", "d-b")], list[tuple[float, float, str]](), dict[str, str]()
    for rank, group in enumerate(groups):
        own = [(item, place) for item, place in placed if item.code("group") == group]
        way = "M" + "L".join(f"{x:.1f} {y:.1f}" for _, (x, y) in own)
        marks.append(path(way, "d-k", f' stroke-width="2"{DASHES[rank % len(DASHES)]}'))
        marks += [shape(rank, x, y) for _, (x, y) in (own[0], own[-1])]
        (first, (x, y)), (last, place) = own[0], own[-1]
        ends.append((place[1], place[0], last.text("value")))
        starts.setdefault(first.text("value"), text(x, y - 11, _said(first), anchor="middle", weight=True))
    above = float(-LEADING)
    for y, x, said in sorted(ends):
        above = max(y + 4, above + LEADING)
        marks.append(text(x + 10, above, said, weight=True))
    dates = {item.text("when"): x for item, (x, _) in placed}
    for said in (next(iter(dates)), list(dates)[-1]):
        marks.append(text(dates[said], bottom + 16, said, anchor="middle"))
    names = [next(item.text("group") for item, _ in placed if item.code("group") == group) for group in groups]
    keys, y = legend(bottom + 38, [(shape(rank, 0, 0, size=4), name) for rank, name in enumerate(names)])
    return "".join(marks) + "".join(starts.values()) + keys, y


def _said(item: Item) -> str:
    """The words of a value: as it is printed, else the number and its unit."""
    return item.text("printed") or " ".join((item.text("value"), item.unit_name)).strip()


def _beside(y: float, before: float, bottom: float) -> float:
    """The height of the words of a point: over it, or under it when the line comes down to it and there is room."""
    return y + 22 if before < y < bottom - 28 else y - 11


def _when(item: Item) -> str:
    """Its date, as it sorts: that of the end of an interval."""
    return item.code("when").rpartition("/")[2]
