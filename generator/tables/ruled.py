"""The rules of a contract that judge a row by itself (`Rule.alone`), on rows of texts: what is said of one, and of which of its columns."""

from __future__ import annotations

from collections.abc import Mapping as Map
from dataclasses import replace

from generator.diagnostics.finding import Diagnostic, Position
from generator.rules.rule import UNREAD, Rule
from generator.tables.shape import Column, Shape
from generator.tables.values import KNOWN

Texts = tuple[str | None, ...]
Blame = tuple[str, str]  # the code of what is said, and the column to mend; "" for the row


class Ruled:
    """A rule on a table. `rank`: its place among those of the table, from 1; `columns`: the names of those that it reads."""

    def __init__(self, rank: int, rule: Rule, shape: Shape) -> None:
        self.rank, self.rule, self.columns = rank, rule, rule.alone() or ()
        self._read = {name: shape.column(name) for name in self.columns}
        self._values: dict[str, dict[str, object]] = {name: {} for name in self.columns}
        self._blames: dict[Texts, tuple[Blame, ...]] = {}

    def blames(self, texts: Texts) -> tuple[Blame, ...]:
        """What is said of a row whose columns have these texts, None where there is none: each thing once."""
        known = self._blames.get(texts)
        if known is None:
            row = _Row({name: self._value(name, text) for name, text in zip(self.columns, texts, strict=True)})
            said = ((each.code, each.position.path) for each in self.rule.check(row))
            if len(self._blames) > KNOWN:
                self._blames.clear()
            known = self._blames[texts] = tuple(dict.fromkeys(said))
        return known

    def told(self, texts: Texts, blame: Blame, place: Position) -> list[Diagnostic]:
        """The same, in the words of the rule, at the place where it stands."""
        row = _Row({name: self._value(name, text) for name, text in zip(self.columns, texts, strict=True)})
        said = (each for each in self.rule.check(row) if (each.code, each.position.path) == blame)
        return [replace(each, position=place, edits=()) for each in said]

    def _value(self, name: str, text: str | None) -> object:
        if text is None:
            return None
        known = self._values[name]
        if text not in known:
            if len(known) > KNOWN:
                known.clear()
            known[text] = _value(self._read[name], text)
        return known[text]


def ruled(shape: Shape) -> list[Ruled]:
    """The rules of a table, in their order."""
    return [Ruled(rank, rule, shape) for rank, rule in enumerate(shape.rules, 1)]


def _value(column: Column, text: str) -> object:
    if text in column.missing:
        return None
    value, problem = column.convert(text)
    return UNREAD if problem is not None else value


class _Row:
    """A row as rules see it, whose places say which column is meant."""

    def __init__(self, values: Map[str, object]) -> None:
        self._values = values

    def __getitem__(self, name: str) -> object:
        return self._values.get(name)

    def at(self, name: str = "") -> Position:
        return Position(name)
