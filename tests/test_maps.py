"""Maps of points: where each point is drawn, what is said of it, on a grid of degrees that comes from nowhere else."""

from __future__ import annotations

from decimal import Decimal

import pytest

from generator.catalogue.geography import read
from generator.pages.figures.plane import degrees, spread

Pair = tuple[float, float]


def decimals(*points: Pair) -> list[tuple[Decimal, Decimal]]:
    return [(Decimal(str(x)), Decimal(str(y))) for x, y in points]


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ([(Decimal("5.2"), Decimal(46))], (Decimal("5.2"), Decimal(46))),
        ([Decimal(46), Decimal("5.2")], (Decimal("5.2"), Decimal(46))),  # a latitude, then a longitude
        ([Decimal(46), None], None),
        ([Decimal(91), Decimal(0)], None),
        ([], None),
    ],
)
def test_a_point_is_one_column_or_a_latitude_and_a_longitude(values: list[object], found: object) -> None:
    assert read(values) == found


def test_north_is_above_east_is_at_the_right_and_all_is_within() -> None:
    points = decimals((2.35, 48.85), (5.4, 43.3), (-1.5, 43.5))
    plane = spread(points, 340)
    paris, marseille, bayonne = (plane(point) for point in points)
    assert paris[1] < marseille[1]
    assert bayonne[0] < paris[0] < marseille[0]
    assert all(0 < x < 340 and 0 < y < plane.height for x, y in (paris, marseille, bayonne))


def test_a_degree_is_as_long_both_ways_in_the_middle_of_a_map() -> None:
    plane = spread(decimals((0, 59), (4, 61)), 340)
    (x, y), (east, _), (_, north) = (plane(point) for point in decimals((2, 60), (3, 60), (2, 61)))
    assert (y - north) / (east - x) == pytest.approx(2, rel=0.01)  # the cosine of 60° is one half


def test_points_on_both_sides_of_the_date_line_are_neighbours() -> None:
    plane = spread(decimals((179, -17), (-179, -16)), 340)
    assert plane.east - plane.west < 10
    assert plane(decimals((179, -17))[0])[0] < plane(decimals((-179, -16))[0])[0]


def test_one_point_alone_has_a_map() -> None:
    plane = spread(decimals((5, 46)), 340)
    assert plane(decimals((5, 46))[0]) == pytest.approx((170, plane.height / 2))
    assert plane.scale()[0] >= 1


def test_degrees_are_said_in_french() -> None:
    assert [degrees(value, ("E", "O")) for value in (0, 2.5, -10)] == ["0°", "2,5° E", "10° O"]
