"""The states that may follow one another in the rows of a record: `transitions: etat, date: depuis, by: [auteur], after: {ouvert:
[clos], clos: []}`. Rows are compared thread by thread (the same record, the same values in the columns of `by`), in the order of
their dates; a row without a date keeps the place where it is written.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from collections.abc import Mapping as Map
from dataclasses import dataclass
from itertools import pairwise
from typing import Protocol

from generator.diagnostics.finding import Diagnostic
from generator.diagnostics.suggestions import nearest
from generator.diagnostics.wording import listed
from generator.documents.reader import Reader
from generator.rules.calendar import OPEN, last_day
from generator.rules.rule import UNREAD, Condition, Row, Table, broken, no_column, read_columns
from generator.text.interface import Sentence, sentence
from generator.text.spoken import period

KEYWORDS = ("transitions",)


class Named(Row, Protocol):
    """A row that has a name."""

    @property
    def label(self) -> str:
        """How it is named."""


@dataclass(frozen=True, slots=True)
class Transitions:
    """`state` and `date`: the columns of a row; `by`: those that tell threads apart; `after`: of each state, those that may follow.
    The same state may always be said again.
    """

    message: str
    when: Condition
    state: str
    date: str
    by: tuple[str, ...]
    after: tuple[tuple[str, frozenset[str]], ...]

    def check(self, row: Row) -> Iterator[Diagnostic]:
        """Nothing: a row alone follows no other."""
        return iter(())

    def asks(self, row: Map[str, object], written: Set[str]) -> Set[str]:
        """Nothing."""
        return frozenset()

    def alone(self) -> tuple[str, ...] | None:
        """None: it reads other rows."""
        return None

    def follow(self, rows: Sequence[Named]) -> Iterator[Diagnostic]:
        """The rows of a record, as they are written, that say what cannot be said after another."""
        known = [row for row in rows if row[self.state] not in (None, UNREAD) and self.when(row)]
        for thread in self._threads(known):
            for before, after in pairwise(self._ordered(thread)):
                if not self._may_follow(before, after):
                    yield self._impossible(before, after)

    def _threads(self, rows: Sequence[Named]) -> list[list[Named]]:
        """The rows that speak of the same thing. One that fills no column of `by` speaks of all."""
        keys = [tuple(str(row[name]) if row[name] is not None else "" for name in self.by) for row in rows]
        own = dict.fromkeys(key for key in keys if any(key)) or dict.fromkeys(keys)
        return [[row for row, other in zip(rows, keys, strict=True) if other == key or not any(other)] for key in own]

    def _ordered(self, rows: Sequence[Named]) -> list[Named]:
        """Rows by date, each without one after the row that is written before it."""
        dates, current = list[str](), ""
        for row in rows:
            current = self._ends(row)[0] or current
            dates.append(current)
        order = sorted(range(len(rows)), key=lambda place: dates[place])
        return [rows[place] for place in order]

    def _may_follow(self, before: Named, after: Named) -> bool:
        """Whether two neighbours may be so; when which comes first is not known, one order is enough."""
        a, b = str(before[self.state]), str(after[self.state])
        allowed = dict(self.after)
        possible = a == b or b in allowed.get(a, ())
        return possible or (not self._sure(before, after) and a in allowed.get(b, ()))

    def _sure(self, before: Named, after: Named) -> bool:
        """Whether the first comes first: its last day is before the other's first, or its place is all that is known."""
        end, start = self._ends(before)[1], self._ends(after)[0]
        return not end or not start or end < start

    def _ends(self, row: Named) -> tuple[str, str]:
        """The first day and the last day that the date of a row may be; "" when it has none."""
        value = row[self.date]
        if value is None or value is UNREAD:
            return "", ""
        ends = str(value).split("/")
        first, last = ends[0].replace(OPEN, ""), ends[-1]
        return first or last, "~" if last == OPEN else last_day(last)

    def _impossible(self, before: Named, after: Named) -> Diagnostic:
        a, b = str(before[self.state]), str(after[self.state])
        allowed = sorted(dict(self.after).get(a, ()), key=[value for value, _ in self.after].index)
        values = {"row": after.label, "b": b, "when": self._when(after), "earlier": before.label, "a": a}
        values |= {"since": self._when(before), "choices": listed(allowed)}
        told = "« {row} » dit « {b} » ({when}), après « {earlier} », qui dit « {a} » ({since})."
        if not self._sure(before, after):
            told = "« {row} » dit « {b} » ({when}), en même temps que « {earlier} », qui dit « {a} » ({since})."
        rest = "Après « {a} » ne peut venir que {choices}." if allowed else "Rien ne suit « {a} »."
        hint = sentence("{told} {rest}", told=sentence(told, **values), rest=sentence(rest, **values))
        return broken(self.message, after.at(self.state), "{hint}", hint=hint)

    def _when(self, row: Named) -> str | Sentence:
        value = row[self.date]
        return sentence("sans date") if value is None or value is UNREAD else period(value)


def read(reader: Reader, message: str, table: Table, tables: Map[str, Table]) -> Transitions | None:
    """The rule that a contract declares."""
    named, when = read_columns(reader, table, KEYWORDS, ("date", "by", "after"))
    date, by = reader.text("date", required=True), reader.texts("by")
    states = reader.mapping("after", required=True)
    after = tuple((value, states.texts(value)) for value in states.node.nodes)
    for word, names in (("date", (date,)), ("by", by)):
        for name in names:
            if name and name not in table.index:
                no_column(reader, reader.spot(word, name), name, table)
    if reader.diagnostics or states.diagnostics:
        return None
    categories = [value for value, _ in table.field(named["transitions"][0]).categories]
    if len(named["transitions"]) != 1 or not categories:
        told = "« transitions » attend une colonne qui a une liste de valeurs (« categories »)."
        reader.faults(
            reader.position, told, "Exemple : transitions: etat, date: depuis, after: {{ouvert: [clos], clos: []}}"
        )
        return None
    _check_states(states, after, categories)
    if reader.diagnostics:
        return None
    return Transitions(message, when, named["transitions"][0], date, by, tuple((v, frozenset(n)) for v, n in after))


def _check_states(states: Reader, after: Sequence[tuple[str, Sequence[str]]], categories: Sequence[str]) -> None:
    """Say the states that the column has not, and those of which nothing is said."""
    for value, followers in after:
        for place, text in (
            (states.key_place(value), value),
            *((states.spot(value, text), text) for text in followers),
        ):
            if text not in categories:
                hint = "Valeurs possibles : {choices}."
                told = "« after » nomme « {text} », qui n’est pas une valeur de la colonne."
                states.faults(place, told, hint, nearest(text, categories), text=text, choices=listed(categories))
    missing = [value for value in categories if value not in dict(after)]
    if missing:
        told, hint = (
            "« after » ne dit pas ce qui peut suivre {names}.",
            "Ajoutez une ligne : « {first}: [] » si rien ne le peut.",
        )
        states.faults(states.position, told, hint, names=listed(missing, "et"), first=missing[0])
