"""How the rows of a table of sources are cited, as its contract says (`cited_as`)."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Map
from dataclasses import dataclass

from generator.documents.reader import Reader
from generator.rules.rule import Condition, Table, read_condition

_ONE = ("title", "author", "path", "version")  # what one column gives


@dataclass(frozen=True, slots=True)
class Cited:
    """The columns that give what one cites of a row, "" for what none gives: its title, its author (a text, or a key to the row that
    is named), its address (`path`), its version; its `dates`, of which the first that is filled counts; and on which rows this date
    is only `approximate`, none without a condition.
    """

    title: str = ""
    author: str = ""
    path: str = ""
    version: str = ""
    dates: tuple[str, ...] = ()
    approximate: Condition = Condition()

    def named(self) -> Iterator[str]:
        """The columns that it names."""
        yield from (name for name in (self.title, self.author, self.path, self.version, *self.dates) if name)


def read_cited(reader: Reader) -> tuple[Cited, Map[str, tuple[str, ...]]]:
    """How the rows of a table are cited, without what depends on its columns, and the columns that each word names."""
    one = {word: reader.text(word) for word in _ONE}
    dates = reader.texts("date", distinct=True)
    reader.skip("approximate")
    reader.close("« cited_as »")
    named = {word: (name,) for word, name in one.items() if name} | ({"date": dates} if dates else {})
    return Cited(**one, dates=dates), named


def read_approximate(reader: Reader, table: Table) -> Condition:
    """The condition under which the date of a row is only approximate."""
    when = reader.mapping("approximate")
    return read_condition(reader, when, {name: when.texts(name) for name in when.node.nodes}, table)
