"""What numbers need to be held exactly: programs hold integers of 64 bits, binary fractions, or decimals of so many digits."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

LARGEST = 2**63  # of an integer of 64 bits


@dataclass(slots=True)
class Numbers:
    """The numbers of a column: the digits that they need before and after the point, whether all fit 64 bits as integers, and whether
    a binary fraction (IEEE 754, double) gives each of them back. `least`: the fewest decimals that one is written with; `ends`: how
    many decimals have those whose last one is a zero.
    """

    before: int = 1
    after: int = 0
    small: bool = True
    real: bool = True
    least: int | None = None
    ends: frozenset[int] = frozenset()

    def add(self, value: int | Decimal) -> None:
        """Take one more number into account."""
        if isinstance(value, int):
            self.small = self.small and -LARGEST <= value < LARGEST
            return
        sign, digits, exponent = value.as_tuple()
        decimals = max(0, -int(exponent))
        self.after = max(self.after, decimals)
        self.least = decimals if self.least is None else min(self.least, decimals)
        if decimals and not digits[-1]:
            self.ends |= {decimals}
        if sign and not value:
            self.ends |= {-1}  # of a zero, a decimal number keeps no sign
        self.before = max(self.before, value.adjusted() + 1)
        self.real = self.real and Decimal(repr(float(value))) == value

    @property
    def written(self) -> int | None:
        """How many decimals all are written with, at least, when no other is a zero at the end: then their values are enough to write
        them again. None otherwise.
        """
        return 0 if not self.ends else self.least if self.ends == {self.least} else None
