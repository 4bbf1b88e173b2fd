"""Where a record is among those of its table: a small map, made of the points themselves."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from generator.catalogue.geography import Point, located, point
from generator.catalogue.records import Record
from generator.contracts.model import Resource
from generator.contracts.pages import Page
from generator.pages.figures.kinds.map import grid
from generator.pages.figures.marks import WIDTH, path, shape
from generator.pages.figures.plane import Plane, degrees, spread
from generator.text.interface import say

MOST = 250  # points that a small map shows: a drawing of thousands would weigh more than the page


@dataclass(frozen=True, slots=True)
class Situation:
    """Where a record is: its coordinates in words, and its map in SVG ("" when it is alone on it)."""

    texte: str
    dessin: str


class Situations:
    """The small maps of a table, on one ground."""

    def __init__(self, page: Page, resource: Resource, rows: Sequence[Record]) -> None:
        column = located(resource)
        self._columns = page.position_columns or ((column.name,) if column is not None else ())
        points = [found for row in rows if self._columns and (found := point(row, self._columns)) is not None]
        self.known = hashlib.sha256(repr(points).encode()).hexdigest()  # of all points: they decide of each map
        self._plane = spread(points, WIDTH) if len(set(points)) > 1 else None
        self._ground = _ground(self._plane, points) if self._plane is not None else ""

    def of(self, record: Record) -> Situation | None:
        """Where a record is; None when nothing says it."""
        found = point(record, self._columns) if self._columns else None
        return None if found is None else Situation(_words(found), self._drawn(record, found))

    def _drawn(self, record: Record, found: Point) -> str:
        if self._plane is None:
            return ""
        title = say("« {name} » parmi les autres points de la table", name=record.label)
        x, y = self._plane(found)
        return (
            f'<svg class="dessin__svg" viewBox="0 0 {WIDTH} {round(self._plane.height)}" width="{WIDTH}" '
            f'height="{round(self._plane.height)}" role="img" aria-labelledby="situation-titre" font-size="13">'
            f'<title id="situation-titre">{escape(title)}</title>{self._ground}{shape(0, x, y, size=10)}</svg>'
        )


def _ground(plane: Plane, points: Sequence[Point]) -> str:
    """The grid and, under every record, the points of all, each place once."""
    places = list(dict.fromkeys(tuple(round(value) for value in plane(each)) for each in points))
    kept = places[:: -(-len(places) // MOST)]
    dots = "".join(f"M{x} {y}h0" for x, y in kept)
    return grid(plane, named=False) + path(dots, "d-b", ' stroke-width="7" stroke-linecap="round"')


def _words(found: Point) -> str:
    longitude, latitude = found
    words = degrees(float(latitude), (say("N"), say("S"))), degrees(float(longitude), (say("E"), say("O")))
    return " ".join(words)
