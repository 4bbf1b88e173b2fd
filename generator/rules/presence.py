"""Which columns must or must not have a value: `require`, `require_one`, `forbid`, `exactly_one`, `at_most_one`, `together`."""

from __future__ import annotations

from collections.abc import Iterator, Set
from collections.abc import Mapping as Map
from dataclasses import dataclass

from generator.diagnostics.finding import Diagnostic
from generator.diagnostics.wording import listed
from generator.documents.reader import Reader
from generator.rules.rule import UNREAD, Condition, Row, Table, broken, read_columns

KEYWORDS = ("require", "require_one", "forbid", "exactly_one", "at_most_one", "together")


@dataclass(frozen=True, slots=True)
class Presence:
    """The columns that each keyword names; a keyword that is not written names none."""

    message: str
    when: Condition
    require: tuple[str, ...]
    require_one: tuple[str, ...]
    forbid: tuple[str, ...]
    exactly_one: tuple[str, ...]
    at_most_one: tuple[str, ...]
    together: tuple[str, ...]

    def check(self, row: Row) -> Iterator[Diagnostic]:
        """What is absent or present against the rule. What is written but could not be read is neither."""
        if not self.when(row):
            return
        absent = [name for name in self.require if row[name] is None]
        present = [name for name in self.forbid if row[name] is not None and row[name] is not UNREAD]
        if absent:
            yield broken(self.message, row.at(), "Donnez une valeur à {names}.", names=listed(absent, "et"))
        elif present:
            yield broken(self.message, row.at(present[0]), "Retirez la valeur de {names}.", names=listed(present, "et"))
        alone = [name for name in self.together if row[name] is None]
        if 0 < len(alone) < len(self.together):
            place = row.at(next(name for name in self.together if name not in alone))
            yield broken(self.message, place, "Donnez une valeur à {names}.", names=listed(alone, "et"))
        yield from self._counted(row)

    def _counted(self, row: Row) -> Iterator[Diagnostic]:
        for names, least, most in (
            (self.require_one, 1, len(self.require_one)),
            (self.exactly_one, 1, 1),
            (self.at_most_one, 0, 1),
        ):
            if not names:
                continue
            filled = [name for name in names if row[name] is not None]
            if len(filled) < least:
                yield broken(self.message, row.at(), "Remplissez {names}.", names=listed(names, "ou"))
            elif len(filled) > most:
                place = row.at(filled[-1])
                yield broken(self.message, place, "Gardez un seul de {names}.", names=listed(filled, "et"))

    def asks(self, row: Map[str, object], written: Set[str]) -> Set[str]:
        """The columns that it wants besides those that are written; of several, the first one."""
        if not self.when.may_hold(row, written):
            return frozenset()
        asked = {*self.require, *(self.together if written & set(self.together) else ())}
        for names in (self.require_one, self.exactly_one):
            if names and not written & set(names):
                asked.add(names[0])
        return asked - written

    def alone(self) -> tuple[str, ...] | None:
        """The columns that it reads."""
        named = (self.require, self.require_one, self.forbid, self.exactly_one, self.at_most_one, self.together)
        return self.when.with_columns(*(name for names in named for name in names))


def read(reader: Reader, message: str, table: Table, tables: Map[str, Table]) -> Presence | None:
    """The rule that a contract declares."""
    named, when = read_columns(reader, table, KEYWORDS)
    return None if reader.diagnostics else Presence(message, when, **named)
