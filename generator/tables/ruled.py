"""The rules of a contract that judge a row by itself (`Rule.alone`), on rows of texts: what is said of one, and of which of its columns."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Map
from dataclasses import replace
from functools import lru_cache, partial

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
        self._readers = [lru_cache(KNOWN)(partial(_value, shape.column(name))) for name in self.columns]
        self._known: dict[Texts, tuple[Blame, ...]] = {}

    def blames(self, texts: Texts) -> tuple[Blame, ...]:
        """What is said of a row whose columns have these texts, None where there is none: each thing once."""
        known = self._known.get(texts)
        if known is None:
            if len(self._known) > KNOWN:
                self._known.clear()
            said = ((each.code, each.position.path) for each in self._said(texts))
            known = self._known[texts] = tuple(dict.fromkeys(said))
        return known

    def told(self, texts: Texts, blame: Blame, place: Position) -> list[Diagnostic]:
        """The same, in the words of the rule, at the place where it stands."""
        said = (each for each in self._said(texts) if (each.code, each.position.path) == blame)
        return [replace(each, position=place, edits=()) for each in said]

    def _said(self, texts: Texts) -> Iterator[Diagnostic]:
        values = (read(text) for read, text in zip(self._readers, texts, strict=True))
        return self.rule.check(_Row(dict(zip(self.columns, values, strict=True))))


def ruled(shape: Shape) -> list[Ruled]:
    """The rules of a table, in their order."""
    return [Ruled(rank, rule, shape) for rank, rule in enumerate(shape.rules, 1)]


def _value(column: Column, text: str | None) -> object:
    """The value of a text as rules see it: None for an absence, UNREAD for what is no value."""
    if text is None or text in column.missing:
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
