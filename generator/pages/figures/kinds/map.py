"""A map of points, each at its coordinates, on a grid of degrees: nothing comes from another host, and no outline is drawn that the
data do not hold.
"""

from __future__ import annotations

from dataclasses import replace

from generator.catalogue.drawn_rows import Item
from generator.catalogue.figures import Picture
from generator.catalogue.geography import Point, read
from generator.contracts.figures import FigureKind
from generator.pages.figures.drawing import Body, distinct, legend, table, unsaid
from generator.pages.figures.marks import BASE, SMALL, WIDTH, path, rect, shape, text, width
from generator.pages.figures.plane import Plane, degrees, spread
from generator.text.interface import say
from generator.text.spoken import number

KIND = FigureKind(
    roles={"label": "any", "point": "any", "lat": "number", "lon": "number", "shape": "any"},
    required=("label",),
    one_of=("point", "lat"),
    together=(("lat", "lon"),),
)
DESCRIPTION = (
    "Une carte de points, sur une grille de degrés et avec une échelle : « point » est une colonne de type geopoint, ou « lat » et « lon »"
    " deux colonnes de nombres, en degrés ; une forme et une couleur par valeur de « shape »."
)

SIZE = 4  # of a mark
NAMED = 12  # points of a map that says their names


def draw(picture: Picture) -> Body:
    """The points, on the extent that holds them all."""
    placed = [(item, point) for item in picture.items if (point := _point(item)) is not None]
    items = tuple(item for item, _ in placed)
    plane = spread([point for _, point in placed], WIDTH)
    shapes = list(distinct(item.code("shape") for item in items))
    marks = [grid(plane)]
    for item, point in placed:
        x, y = plane(point)
        rank = shapes.index(item.code("shape")) if item.code("shape") in shapes else 0
        marks.append(shape(rank, x, y, size=SIZE))
    marks += _names(placed, plane) if len(placed) <= NAMED else ()
    y = plane.height + 14
    entries = [(shape(rank, 0, 0, size=SIZE), _called(items, code)) for rank, code in enumerate(shapes)]
    keys, y = legend(y + 6, entries if len(entries) > 1 else [])
    shown = Picture(picture.figure, picture.owner, items, picture.left_out)
    told = table(shown, KIND.roles)
    told = replace(told, records=tuple(item.record for item in items))
    return Body("".join(marks) + keys, y, told, unsaid(len(picture.items) - len(items)))


def _point(item: Item) -> Point | None:
    """Where a row is."""
    cells = [item.cells.get(role, ()) for role in (("point",) if item.cells.get("point") else ("lat", "lon"))]
    return read([found[0].value for found in cells if found])


def _called(items: tuple[Item, ...], code: str) -> str:
    return next(item.text("shape") for item in items if item.code("shape") == code)


def grid(plane: Plane, named: bool = True) -> str:
    """The frame, the degrees that cross it, with their names or not, and the scale."""
    marks = [rect(0, 0, plane.width, plane.height, "d-x")]
    meridians, parallels = list(plane.meridians()), list(plane.parallels())
    marks += [path(f"M{x:.1f} 0V{plane.height:.1f}", "d-t") for x, _ in meridians]
    marks += [path(f"M0 {y:.1f}H{plane.width:.1f}", "d-t") for y, _ in parallels]
    if named:
        east, north = (say("E"), say("O")), (say("N"), say("S"))
        marks += [_named(x + 2, plane.height - 4, degrees(degree, east)) for x, degree in meridians]
        marks += [_named(3, y - 2, degrees(degree, north)) for y, degree in parallels]
    kilometres, long = plane.scale()
    start = plane.width - long - 6
    marks.append(path(f"M{start:.1f} 12v4h{long:.1f}v-4", "d-k"))
    size = SMALL - 2 if named else BASE + 5  # a map without names is a small one
    said = say("{count} km", count=number(kilometres))
    return "".join(marks) + text(plane.width - 6, 10 if named else 34, said, size=size, anchor="end")


def _named(x: float, y: float, degree: str) -> str:
    return text(x, y, degree, size=SMALL - 2, colour="d-2")


def _names(placed: list[tuple[Item, Point]], plane: Plane) -> list[str]:
    """The names of points, each beside its own where it covers no other mark and no other name."""
    taken = [(x - SIZE, y - SIZE, x + SIZE, y + SIZE) for x, y in (plane(point) for _, point in placed)]
    marks = []
    for item, point in placed:
        said, (x, y) = item.text("label"), plane(point)
        wide = width(said, SMALL)
        for left, anchor in ((x + SIZE + 3, ""), (x - SIZE - 3 - wide, "end")):
            box = (left, y - 6, left + wide, y + 6)
            free = left >= 0 and left + wide <= plane.width and not any(_meets(box, other) for other in taken)
            if free:
                marks.append(text(left if not anchor else left + wide, y + 4, said, size=SMALL, anchor=anchor))
                taken.append(box)
                break
    return marks


def _meets(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
