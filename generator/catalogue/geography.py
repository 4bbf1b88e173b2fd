"""Where rows are on Earth: points in degrees, from one column that holds both coordinates, or from two."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from generator.catalogue.records import Record
from generator.contracts.model import Field, Resource

Point = tuple[Decimal, Decimal]  # longitude, latitude: the order of Table Schema's « geopoint »
POINT = "geopoint"  # the type of a column that holds both
FARTHEST = (Decimal(180), Decimal(90))


def located(resource: Resource) -> Field | None:
    """The first column of a table that holds points."""
    return next((column for column in resource.shown if column.type == POINT), None)


def point(record: Record, columns: Sequence[str]) -> Point | None:
    """The point of a row, from its column of points or from those of its latitude and its longitude, in this order; None when it is not
    written, or is not on Earth.
    """
    values = [record[name] for name in columns if name in record.resource.index]
    return read(values)


def read(values: Sequence[object]) -> Point | None:
    """The point that values say: one of two coordinates, or a latitude and a longitude."""
    if len(values) == 1 and isinstance(values[0], tuple) and len(values[0]) == len(FARTHEST):
        longitude, latitude = values[0]
    elif len(values) == len(FARTHEST) and None not in values:
        latitude, longitude = values
    else:
        return None
    found = Decimal(str(longitude)), Decimal(str(latitude))
    return found if all(abs(value) <= most for value, most in zip(found, FARTHEST, strict=True)) else None
