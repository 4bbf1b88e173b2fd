"""A date that is the one which a text prints: `dated: date, text: texte`. When the text prints years, the date holds one of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from collections.abc import Mapping as Map
from dataclasses import dataclass

from generator.diagnostics.finding import Diagnostic
from generator.documents.reader import Reader
from generator.rules.rule import Condition, Row, Table, broken, questioned, read_columns
from generator.text.french import MONTHS

KEYWORDS = ("dated",)
YEAR, DAY = 4, 10  # characters of a year, of a day
_DAYS = re.compile(rf"\b([0-9]{{1,2}})(?:er)?\s({'|'.join(MONTHS)})\s([0-9]{{4}})\b", re.IGNORECASE)
_YEAR = re.compile(r"(?<![0-9\u00a0\u202f])(?:1[5-9]|20|21)[0-9]{2}(?![0-9])")


@dataclass(frozen=True, slots=True)
class Dated:
    """`date`: the column of the date or of the period, `text`: that of the words."""

    message: str
    when: Condition
    date: str
    text: str
    question: bool

    def check(self, row: Row) -> Iterator[Diagnostic]:
        """The row whose date is not one that its text prints, as far as the text tells."""
        date, text = row[self.date], row[self.text]
        if date is None or not isinstance(text, str) or not self.when(row):
            return
        meant = _meant(str(date), text)
        if meant is None:
            return
        hint = "« {date} » vaut « {given} », mais « {words} » dit « {text} »."
        values = {"date": self.date, "given": str(date), "words": self.text, "text": text}
        said = broken(self.message, row.at(self.date), hint, meant, **values)
        yield questioned(said) if self.question else said

    def asks(self, row: Map[str, object], written: Set[str]) -> Set[str]:
        """Nothing."""
        return frozenset()

    def alone(self) -> tuple[str, ...] | None:
        """The columns that it reads."""
        return self.when.with_columns(self.date, self.text)


def _meant(date: str, text: str) -> str | None:
    """The date that a text prints instead of another, "" when it is not clear; None when they agree, or nothing tells."""
    days = [f"{year}-{MONTHS.index(month.lower()) + 1:02}-{int(day):02}" for day, month, year in _DAYS.findall(text)]
    if days and len(date) == DAY:
        return None if date in days else days[0] if len(days) == 1 else ""
    printed, given = sorted(set(_YEAR.findall(text))), sorted(set(_YEAR.findall(date)))
    if not printed or not given:
        return None
    if len(given) == len(printed) == 2 and re.fullmatch(r"[0-9]{4}/[0-9]{4}", date):
        return None if printed == given else "/".join(printed)
    within = set(printed) & set(given) or given[0] <= printed[0] <= given[-1]
    return None if within else printed[0] if len(printed) == len(given) == 1 and len(date) == YEAR else ""


def read(reader: Reader, message: str, table: Table, tables: Map[str, Table]) -> Dated | None:
    """The rule that a contract declares."""
    named, when = read_columns(reader, table, ("dated", "text"), ("question",))
    question = reader.boolean("question")
    if reader.diagnostics:
        return None
    if any(len(names) != 1 for names in named.values()):
        told = "« dated » et « text » attendent chacun une colonne."
        reader.faults(reader.position, told, "Exemple : dated: date, text: texte")
        return None
    return Dated(message, when, named["dated"][0], named["text"][0], question)
