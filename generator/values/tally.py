"""What several values come to: how many there are, their sum, their mean, the least and the greatest. Sums are exact, whatever their order;
a mean is rounded once, a half going away from zero, as what calculations give (text/expressions.py).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_EVEN, Context, Decimal, Inexact

from generator.values.value import Value

SUM, MEAN, LEAST, GREATEST = "sum", "mean", "min", "max"
ADDED = ("integer", "number")  # the types whose values are added
NUMBERS = (*ADDED, "year")
COMPARED = (*NUMBERS, "yearmonth", "date", "time", "datetime")  # those of which one is the least
_EXACT = Context(4_000, ROUND_HALF_EVEN, traps=[Inexact])  # a number has a thousand digits at most, on each side


@dataclass(slots=True)
class Tally:
    """What is known of values that come one after the other. Of equal numbers, the one that is written with fewer decimals is taken."""

    count: int = 0
    total: Decimal = Decimal(0)
    least: Value | None = None
    greatest: Value | None = None

    def add(self, value: Value, times: int = 1) -> None:
        """Add a value that comes so many times."""
        number = Decimal(value) if isinstance(value, int | Decimal) else Decimal(0)
        self.merge(Tally(times, _EXACT.multiply(number, Decimal(times)), value, value))

    def joined(self, other: Tally) -> Tally:
        """That of the values of both."""
        found = replace(self)
        found.merge(other)
        return found

    def merge(self, other: Tally) -> None:
        """Add all the values of another."""
        self.count += other.count
        self.total = _EXACT.add(self.total, other.total)
        self.least = _first(self.least, other.least, 1)
        self.greatest = _first(self.greatest, other.greatest, -1)

    def worth(self, kind: str, type_: str, decimals: int) -> Value | None:
        """One of these, as a value of a type; None when there is no value."""
        if not self.count:
            return None
        if kind in (LEAST, GREATEST):
            return self.least if kind == LEAST else self.greatest
        found = self.total if kind == SUM else self._mean(decimals)
        return int(found) if type_ == "integer" else found

    def _mean(self, decimals: int) -> Decimal:
        over, under = self.total.as_integer_ratio()
        under *= self.count
        found = (2 * abs(over) * 10**decimals + under) // (2 * under)
        return Decimal(found if over >= 0 else -found).scaleb(-decimals, _EXACT)


def tally(values: Iterable[Value | None]) -> Tally:
    """That of some values, None for those that are not known."""
    found = Tally()
    for value in values:
        if value is not None:
            found.add(value)
    return found


def _first(one: Value | None, other: Value | None, sign: int) -> Value | None:
    """The lesser of two values (the greater when the sign is -1)."""
    if one is None or other is None:
        return other if one is None else one
    if one == other:
        return min(one, other, key=_decimals)
    return one if (one < other) == (sign > 0) else other  # type: ignore[operator]


def _decimals(value: Value) -> int:
    return -int(value.as_tuple().exponent) if isinstance(value, Decimal) else 0
