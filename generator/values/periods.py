"""The days of periods, as values and texts write them: AAAA, AAAA-MM, AAAA-MM-JJ, or two of them around a « / » (ISO 8601; `..` for an
open end).
"""

from __future__ import annotations

import calendar
import datetime
import re

_END = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?\Z")
MONTHS = 12  # of a year


def last_day(period: object) -> datetime.date | None:
    """The last day of a period; None when it has no end, or none that a calendar has."""
    found = _END.match(str(period).rpartition("/")[2])
    if found is None:
        return None
    year, month = int(found[1]), int(found[2] or MONTHS)
    try:
        return datetime.date(year, month, int(found[3] or calendar.monthrange(year, month)[1]))
    except ValueError:  # a month or a day that no calendar has: calendar.IllegalMonthError is one too
        return None


def later(day: datetime.date, months: int) -> datetime.date:
    """The same day so many months later, or the last one of a shorter month; the last day there is when there is no later one."""
    years, month = divmod(day.month - 1 + months, MONTHS)
    year = day.year + years
    if year > datetime.MAXYEAR:
        return datetime.date.max
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
