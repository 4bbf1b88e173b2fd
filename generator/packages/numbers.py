"""What the numbers of a published table need to be held exactly, column by column."""

from __future__ import annotations

from decimal import Decimal

from generator.packages.sheets import Sheet
from generator.values.digits import Numbers

NUMBERS, INTEGERS = ("number",), ("integer", "year")


def numbers(sheet: Sheet) -> list[Numbers]:
    """What the numbers of each column need, in one reading of the table."""
    publishing = sheet.publishing()
    if publishing is not None:
        known = publishing.digits()
        return [known.get(field.name) or Numbers() for field in sheet.columns]
    found = [Numbers() for _ in sheet.columns]
    places = [place for place, field in enumerate(sheet.columns) if field.type in (*NUMBERS, *INTEGERS)]
    for row in sheet.rows() if places else ():
        for place in places:
            value = row[place]
            if isinstance(value, int | Decimal):
                found[place].add(value)
    return found
