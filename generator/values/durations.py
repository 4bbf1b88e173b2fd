"""Durations: ISO 8601 as XML Schema reads it (https://www.w3.org/TR/xmlschema-2/#duration): months, and seconds, which no number of
them makes.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from generator.values.problem import Problem, Read, wrong
from generator.values.writing import Writing

_WRITTEN = re.compile(
    r"(-?)P(?=[0-9T])(?:([0-9]{1,9})Y)?(?:([0-9]{1,9})M)?(?:([0-9]{1,9})D)?"
    r"(?:T(?=[0-9])(?:([0-9]{1,9})H)?(?:([0-9]{1,9})M)?(?:([0-9]{1,9}(?:\.[0-9]{1,9})?)S)?)?\Z"
)
_WEEKS = re.compile(r"(-?)P([0-9]{1,6})W\Z")
DAY, HOUR, MINUTE = 86_400, 3_600, 60
# From which months to count: of two durations, one is longer when it is from each of them (XML Schema, « Order relation »).
_STARTS = ((1696, 9), (1697, 2), (1903, 3), (1903, 7))


@dataclass(frozen=True, slots=True)
class Duration:
    """So many months and so many seconds, both of one sign."""

    months: int
    seconds: Decimal

    def __str__(self) -> str:
        years, months = divmod(abs(self.months), 12)
        whole = int(abs(self.seconds))
        left = abs(self.seconds) - whole + whole % MINUTE
        date = _parts((years, "Y"), (months, "M"), (whole // DAY, "D"))
        time = _parts((whole % DAY // HOUR, "H"), (whole % HOUR // MINUTE, "M")) + (f"{left:f}S" if left else "")
        sign = "-" if self.months < 0 or self.seconds < 0 else ""
        return f"{sign}P{date}{'T' if time else ''}{time}" if date or time else "PT0S"

    def __lt__(self, other: Duration) -> bool:
        return all(a < b for a, b in zip(self._ends(), other._ends(), strict=True))

    def __gt__(self, other: Duration) -> bool:
        return other < self

    def __le__(self, other: Duration) -> bool:
        return all(a <= b for a, b in zip(self._ends(), other._ends(), strict=True))

    def __ge__(self, other: Duration) -> bool:
        return other <= self

    def _ends(self) -> list[Decimal]:
        """The seconds that it lasts from each of the months from which one counts."""
        return [(_day(y, m + self.months) - _day(y, m)) * DAY + self.seconds for y, m in _STARTS]


def duration(writing: Writing) -> Read:
    """What reads the texts of a column."""
    return _read


def _read(text: str) -> tuple[Duration | None, Problem | None]:
    found = _WRITTEN.match(text)
    if found is None:
        weeks = _WEEKS.match(text)
        meant = f"{weeks[1]}P{7 * int(weeks[2])}D" if weeks else ""
        hint = (
            "Une durée s’écrit P, puis ses années (Y), ses mois (M) et ses jours (D), puis T, ses heures (H), ses minutes (M)"
            " et ses secondes (S) : P1Y6M, P30D, PT2H30M."
        )
        return wrong("« {text} » n’est pas une durée.", text, hint, meant)
    sign = -1 if found[1] else 1
    years, months, days, hours, minutes = (int(part or 0) for part in found.groups()[1:6])
    seconds = Decimal(days * DAY + hours * HOUR + minutes * MINUTE) + Decimal(found[7] or 0).normalize()
    return Duration(sign * (12 * years + months), sign * seconds), None


def _parts(*parts: tuple[int, str]) -> str:
    return "".join(f"{number}{unit}" for number, unit in parts if number)


def _day(year: int, month: int) -> int:
    """The rank of the first day of a month, in the calendar that never began (years from any number, months from 1)."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    year, month = (year - 1, month + 12) if month < 3 else (year, month)
    return 365 * year + year // 4 - year // 100 + year // 400 + (153 * month - 457) // 5
