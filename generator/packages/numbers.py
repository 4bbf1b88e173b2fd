"""What the numbers of a published table need to be held exactly, column by column: programs hold integers of 64 bits, binary fractions,
or decimals of so many digits.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from generator.packages.sheets import Sheet

LARGEST = 2**63  # of an integer of 64 bits
NUMBERS, INTEGERS = ("number",), ("integer", "year")


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


def numbers(sheet: Sheet) -> list[Numbers]:
    """What the numbers of each column need, in one reading of the table."""
    publishing = sheet.publishing()
    if publishing is not None:
        known = publishing.digits()
        return [Numbers(*known[field.name]) if field.name in known else Numbers() for field in sheet.columns]
    found = [Numbers() for _ in sheet.columns]
    places = [place for place, field in enumerate(sheet.columns) if field.type in (*NUMBERS, *INTEGERS)]
    for row in sheet.rows() if places else ():
        for place in places:
            value = row[place]
            if isinstance(value, int | Decimal):
                found[place].add(value)
    return found
