"""From values to places on a line."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from generator.text.interface import say


@dataclass(frozen=True, slots=True)
class Scale:
    """From `low` to `high`, between two places."""

    low: Decimal
    high: Decimal
    start: float
    end: float

    def __call__(self, value: Decimal) -> float:
        """The place of a value."""
        span = self.high - self.low
        return self.start + (self.end - self.start) * float((value - self.low) / span) if span else self.start

    @property
    def told(self) -> tuple[str, ...]:
        """What must be said of it: nothing, or that it does not start from zero."""
        return () if self.low <= 0 <= self.high else (say("L’échelle ne part pas de zéro."),)


def from_zero(values: Iterable[Decimal], start: float, end: float) -> Scale:
    """The scale of lengths, which start from zero: bars, and all that is compared by its length."""
    found = [Decimal(0), *values]
    return Scale(min(found), max(found), start, end)


def around(values: Iterable[Decimal], start: float, end: float) -> Scale:
    """The scale of places: it starts from zero unless all values are far from it, more than half the largest."""
    found = list(values)
    low, high = min(found), max(found)
    apart = high > 0 and low > high / 2 and low < high
    return Scale(low if apart else min(low, Decimal(0)), max(high, Decimal(0)), start, end)
