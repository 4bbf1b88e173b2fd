"""Between which ratios of two numbers words are true, and what that becomes of a rise, of a fall, of the inverse."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Interval:
    """The ratios for which words are true, from `low` to `high` (None: no end), an end that is `open` apart."""

    low: Fraction
    high: Fraction | None
    low_open: bool = False
    high_open: bool = False

    def holds(self, ratio: Fraction) -> bool:
        """Whether a ratio is in it."""
        above = ratio >= self.low and not (self.low_open and ratio == self.low)
        return above and (self.high is None or ratio < self.high or (ratio == self.high and not self.high_open))

    def risen(self) -> Interval:
        """What a number became for one that rose by a part of itself."""
        return replace(self, low=1 + self.low, high=None if self.high is None else 1 + self.high)

    def fallen(self) -> Interval:
        """The same for one that fell: never under nothing."""
        low = Fraction(0) if self.high is None else 1 - self.high
        return Interval(low, 1 - self.low, low_open=self.high_open, high_open=self.low_open)

    def inverted(self) -> Interval:
        """The ratio of the second number to the first."""
        low = Fraction(0) if self.high is None else 1 / self.high
        return Interval(low, 1 / self.low if self.low else None, low_open=self.high_open, high_open=self.low_open)
