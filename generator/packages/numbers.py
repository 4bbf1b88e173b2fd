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
    a binary fraction (IEEE 754, double) gives each of them back.
    """

    before: int = 1
    after: int = 0
    small: bool = True
    real: bool = True

    def add(self, value: int | Decimal) -> None:
        """Take one more number into account."""
        if isinstance(value, int):
            self.small = self.small and -LARGEST <= value < LARGEST
            return
        self.after = max(self.after, -int(value.as_tuple().exponent))
        self.before = max(self.before, value.adjusted() + 1)
        self.real = self.real and Decimal(repr(float(value))) == value


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
