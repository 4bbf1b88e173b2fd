"""What the sheets of a workbook can hold, whatever writes it (Microsoft, « Excel specifications and limits »; Ecma Office Open XML)."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from decimal import Decimal

ROWS = 1_048_576
CELL = 32_767  # UTF-16 units of a text
NAME = 31  # characters of the name of a sheet
DIGITS = 15  # that a number gives back (IEEE 754, double)
FIRST_DAY = datetime.date(1900, 3, 1)  # before it, Excel counts a day that was not
CUT = "…"  # in the place of the end of a text that is too long


def sheet_names(titles: Sequence[str]) -> list[str]:
    """The names of worksheets: 31 characters at most, each its own whatever the case; « History » is Excel’s."""
    taken, names = {"history"}, list[str]()
    for title in titles:
        name, rank = title[:NAME], 1
        while name.lower() in taken:
            rank += 1
            name = f"{title[: NAME - len(str(rank)) - 1]}~{rank}"
        taken.add(name.lower())
        names.append(name)
    return names


def fitted(text: str) -> str:
    """A text that a cell holds: without its end when it is too long."""
    if len(text) <= CELL // 2:
        return text
    units = text.encode("utf-16-le")
    return text if len(units) <= 2 * CELL else units[: 2 * (CELL - len(CUT))].decode("utf-16-le", "ignore") + CUT


def exact(value: int | Decimal) -> bool:
    """Whether a number has no more digits than a cell gives back."""
    return len(Decimal(value).normalize().as_tuple().digits) <= DIGITS and abs(value) < 10**DIGITS
