"""Values in English words: numbers, dates, periods, sizes. The counterpart of french.py, function by function."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from typing import Any

NARROW_SPACE = "\u202f"

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")  # fmt: skip

_NUMBER = r"[+−-]?\s?\d+(?:[\s.,/]\d+)*"
# The first number of a printed text, with its sign, the other end of a range, and what scales it (%, millions, billions).
_PRINTED = re.compile(
    rf"(?<![\w])[$£€]?{_NUMBER}(?:\s(?:to|and)\s[$£€]?{_NUMBER})?(?:\s?(?:%|‰|[€£$]|points?|thousand|millions?|billions?|trillions?|bn|[Mmk])(?!\w))*"
)
_DATE = re.compile("[0-9]{1,4}(?:-[0-9]{1,4})+")


def number(value: object) -> str:
    """A number in English: 350000 → 350,000, 4.7 → 4.7."""
    whole, _, decimals = format(value if isinstance(value, Decimal) else Decimal(str(value)), "f").partition(".")
    sign, digits = ("−", whole[1:]) if whole.startswith("-") else ("", whole)
    return sign + f"{int(digits):,}" + (f".{decimals}" if decimals else "")


def date(value: object) -> str:
    """A date in English: 2026-11-21 → 21 November 2026, 2020-02 → February 2020, 2018 → 2018."""
    text = value.isoformat() if isinstance(value, datetime.date) else str(value)
    if not _DATE.fullmatch(text):
        return text
    parts = text.split("-")
    month = MONTHS[int(parts[1]) - 1] if 1 <= int(parts[1]) <= 12 else parts[1]
    day = f"{int(parts[2])} " if len(parts) > 2 else ""
    return f"{day}{month} {parts[0]}"


def period(value: object) -> str:
    """A date or an interval (ISO 8601, EDTF): 2013/2018 → from 2013 to 2018, 2009/.. → since 2009, ../2025 → until 2025."""
    start, slash, end = str(value).partition("/")
    if not slash:
        return date(value)
    if end == "..":
        return f"since {date(start)}"
    if start == "..":
        return f"until {date(end)}"
    return f"from {date(start)} to {date(end)}"


def size(value: int) -> str:
    """A file size in English: 1,234 bytes, 12.3 kB."""
    if value < 1000:
        return f"{value} byte{'s' if value != 1 else ''}"
    unit, amount = ("kB", value / 1000) if value < 1_000_000 else ("MB", value / 1_000_000)
    return f"{amount:.1f}{NARROW_SPACE}{unit}"


def figure(text: object) -> tuple[str, str, str]:
    """A printed figure cut around its number: “nearly”, “350,000”, “workers”; without digits all is number."""
    printed = str(text)
    found = _PRINTED.search(printed)
    if not found:
        return "", printed, ""
    bold = found.group().strip()
    start = printed.index(bold, found.start())
    return printed[:start], bold, printed[start + len(bold) :]


def typeset(text: str) -> str:
    """English text is written as it is read."""
    return text


def singular(amount: Any) -> bool:
    """Whether an amount takes the singular: one alone (0 rows, 1.5 rows)."""
    return bool(abs(amount) == 1)


def agreed(amount: Any, name: str) -> str:
    """A plural name beside a number: its first word loses its “s” for one (1, “jobs a year” → “job a year”)."""
    first, space, rest = name.partition(" ")
    return first.removesuffix("s") + space + rest if singular(amount) else name


def is_share(text: str) -> bool:
    """Whether a unit, folded, is that of percentages, between which a difference is in points."""
    return text in ("%", "percent", "per cent", "percentage", "pct")
