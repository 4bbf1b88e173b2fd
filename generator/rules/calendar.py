"""Dates that exist and intervals in order, in columns of text that hold dates less precise than a day: `calendar: [date, periode]`.
A text is a year, a month, a day, or two of them around a « / » (ISO 8601; `..` for an open end).
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator, Set
from collections.abc import Mapping as Map
from dataclasses import dataclass

from generator.diagnostics.finding import Diagnostic, fault
from generator.documents.reader import Reader
from generator.rules.rule import Condition, Row, Table, broken, read_columns
from generator.text.interface import Sentence, sentence
from generator.text.spoken import month as name_of

KEYWORDS = ("calendar",)
OPEN = ".."
_DAY = re.compile(r"([0-9]{2})-([0-9]{2})\Z")
_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?\Z")


@dataclass(frozen=True, slots=True)
class Calendar:
    """The columns that hold dates; what has not the form of one is for the pattern of its column to refuse."""

    message: str
    when: Condition
    names: tuple[str, ...]

    def check(self, row: Row) -> Iterator[Diagnostic]:
        """The dates that do not exist, and the intervals that end before they begin."""
        for name in self.names:
            text = row[name]
            if not isinstance(text, str) or not self.when(row):
                continue
            ends = text.split("/")
            absent = next((said for end in ends if (said := _absent(end))), None)
            if absent is not None:
                hint = "Vérifiez l’année, le mois et le jour."
                yield fault("regle", row.at(name), "{what}", hint, _meant(text), what=absent)
            elif len(ends) == 2 and OPEN not in ends and last_day(ends[1]) < ends[0]:
                hint = "« {text} » finit avant de commencer : l’année, ou l’ordre des deux dates, est à corriger."
                yield broken(self.message, row.at(name), hint, f"{ends[1]}/{ends[0]}", text=text)

    def asks(self, row: Map[str, object], written: Set[str]) -> Set[str]:
        """Nothing."""
        return frozenset()

    def alone(self) -> tuple[str, ...] | None:
        """The columns that it reads."""
        return self.when.with_columns(*self.names)


def _absent(text: str) -> Sentence | None:
    """What is said of a date that no calendar has."""
    found = _DATE.match(text) or _DAY.match(text)
    if not found:
        return None
    leap = "2000" if found.re is _DAY else ""  # the 29 of February is a day of some years
    year, month, day = (int(part or 1) for part in ((leap, *found.groups()) if leap else found.groups()))
    if not 1 <= month <= 12:
        return sentence("« {text} » : le mois {month} n’existe pas.", text=text, month=month)
    if day < 1 or day > calendar.monthrange(max(year, 1), month)[1]:
        what = "Le {day} {month} {year} n’existe pas : « {text} »."
        return sentence(what, text=text, day=day, month=name_of(month), year=year)
    return None


def _meant(text: str) -> str:
    """What a date that does not exist was probably meant to be: `2022-23` → 2022/2023, `14-07` → 07-14; "" when it is not clear."""
    short = re.fullmatch(r"([0-9]{2})([0-9]{2})-([0-9]{2})", text)
    if short and int(short[3]) == int(short[2]) + 1:
        return f"{short[1]}{short[2]}/{short[1]}{short[3]}"
    turned = re.fullmatch(r"([0-9]{2})-([0-9]{2})|([0-9]{4})-([0-9]{2})-([0-9]{2})", text)
    if not turned:
        return ""
    other = f"{turned[2]}-{turned[1]}" if turned[1] else f"{turned[3]}-{turned[5]}-{turned[4]}"
    return other if _absent(other) is None else ""


def last_day(text: str) -> str:
    """The last day that a date may be, as far as the order of texts tells: 2013 → 2013-~."""
    return text if len(text) == 10 else f"{text}-~"


def read(reader: Reader, message: str, table: Table, tables: Map[str, Table]) -> Calendar | None:
    """The rule that a contract declares."""
    named, when = read_columns(reader, table, KEYWORDS)
    if reader.diagnostics:
        return None
    return Calendar(message, when, named["calendar"])
