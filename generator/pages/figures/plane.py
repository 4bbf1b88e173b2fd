"""From degrees to places on a flat drawing: an equirectangular map whose parallel of true scale is the middle of what it shows,
which is enough for a country and honest for the world. No tile, no outline: a grid of degrees and a scale say where points are.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from generator.catalogue.geography import Point

KILOMETRES = 111.2  # in a degree of latitude (IUGG mean radius, 6371.0 km)
MARGIN = 0.06  # of the extent, around the points
LEAST = 0.02  # degrees of an extent: about two kilometres
FLATTEST, TALLEST = 0.45, 1.3  # heights of a map for its width
_STEPS = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60)


@dataclass(frozen=True, slots=True)
class Plane:
    """A rectangle of degrees, drawn on `width` by `height`; `west` may be beyond −180 when points stand on both sides of the date line."""

    west: float
    south: float
    east: float
    north: float
    width: float
    height: float

    def __call__(self, point: Point) -> tuple[float, float]:
        """The place of a point."""
        longitude = float(point[0])
        longitude -= 360 if longitude > self.east else 0
        return self._x(longitude), self._y(float(point[1]))

    def _x(self, longitude: float) -> float:
        return (longitude - self.west) / (self.east - self.west) * self.width

    def _y(self, latitude: float) -> float:
        return (self.north - latitude) / (self.north - self.south) * self.height

    def meridians(self) -> Iterator[tuple[float, float]]:
        """The meridians of the grid: where each stands, and its longitude."""
        return ((self._x(degree), (degree + 180) % 360 - 180) for degree in _round(self.west, self.east))

    def parallels(self) -> Iterator[tuple[float, float]]:
        """The parallels of the grid: where each stands, and its latitude."""
        return ((self._y(degree), degree) for degree in _round(self.south, self.north))

    def scale(self) -> tuple[int, float]:
        """A round number of kilometres, about a quarter of the width, and how long it is in the middle of the map."""
        middle = math.cos(math.radians((self.south + self.north) / 2))
        whole = (self.east - self.west) * KILOMETRES * middle
        kilometres = max(1, _floor(whole / 4))
        return kilometres, kilometres / whole * self.width


def spread(points: Sequence[Point], width: float) -> Plane:
    """The plane that shows these points, with a margin; one at least."""
    longitudes, latitudes = [float(x) for x, _ in points], [float(y) for _, y in points]
    turned = [x - 360 if x > 0 else x for x in longitudes]
    if max(longitudes) - min(longitudes) > 180 and max(turned) - min(turned) < max(longitudes) - min(longitudes):
        longitudes = turned
    west, east = _widened(longitudes)
    south, north = _widened(latitudes)
    middle = max(0.2, math.cos(math.radians((south + north) / 2)))
    ratio = (north - south) / ((east - west) * middle)
    if ratio < FLATTEST:
        south, north = _stretched(south, north, FLATTEST / ratio)
    elif ratio > TALLEST:
        west, east = _stretched(west, east, ratio / TALLEST)
    return Plane(west, south, east, north, width, width * min(max(ratio, FLATTEST), TALLEST))


def _widened(values: Iterable[float]) -> tuple[float, float]:
    found = list(values)
    low, high = min(found), max(found)
    margin = max((high - low) * MARGIN, LEAST / 2)
    return low - margin, high + margin


def _stretched(low: float, high: float, times: float) -> tuple[float, float]:
    middle, half = (low + high) / 2, (high - low) / 2 * times
    return middle - half, middle + half


def _round(low: float, high: float) -> Iterator[float]:
    """The round degrees between two, four or so."""
    step = next((step for step in _STEPS if (high - low) / step <= 5), _STEPS[-1])
    first = math.ceil(low / step)
    return (round(rank * step, 3) for rank in range(first, math.floor(high / step) + 1))


def _floor(value: float) -> int:
    """The greatest number of one digit, 1, 2 or 5 and zeros, that is not beyond a value."""
    if value < 1:
        return 0
    power = 10 ** int(math.log10(value))
    return int(next(digit for digit in (5, 2, 1) if digit * power <= value) * power)


def degrees(value: float, sides: tuple[str, str]) -> str:
    """A number of degrees as maps say it: `46,5° N`."""
    number = f"{abs(Decimal(str(value))).normalize():f}".replace(".", ",")
    return f"{number}°" if value == 0 else f"{number}° {sides[value < 0]}"
