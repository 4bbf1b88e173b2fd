"""How the rows of a table of sources are cited, as its contract says (`cited_as`)."""

from __future__ import annotations

from collections.abc import Mapping as Map
from dataclasses import dataclass

from generator.documents.reader import Reader
from generator.rules.rule import Condition, Table, read_condition
from generator.text.names import steps

_ONE = ("title", "author", "path", "version")  # what one column gives


@dataclass(frozen=True, slots=True)
class Cited:
    """The columns that give what one cites of a row, "" for what none gives: its title, its author (a text, or a key to the row that
    is named), its address (`path`), its version; its `dates`, of which the first that is filled counts; on which rows this date is
    only `approximate`; and the paths that name the row in few words (`short`), where there is little room.
    """

    title: str = ""
    author: str = ""
    path: str = ""
    version: str = ""
    dates: tuple[str, ...] = ()
    approximate: Condition | None = None
    short: tuple[str, ...] = ()


def read_cited(reader: Reader) -> tuple[Cited, Map[str, tuple[str, ...]]]:
    """How the rows of a table are cited, without what depends on its columns, and the columns that each word names."""
    title, author, path, version = (reader.text(word) for word in _ONE)
    dates = reader.texts("date", distinct=True)
    short = reader.texts("short", distinct=True)
    reader.skip("approximate")
    reader.close("« cited_as »")
    named: dict[str, tuple[str, ...]] = {
        word: (name,) for word, name in zip(_ONE, (title, author, path, version), strict=True) if name
    }
    if short:
        named["short"] = tuple(steps(path)[0] for path in short)
    return Cited(title, author, path, version, dates, short=short), named | ({"date": dates} if dates else {})


def read_approximate(reader: Reader, table: Table) -> Condition:
    """The condition under which the date of a row is only approximate."""
    when = reader.mapping("approximate")
    return read_condition(reader, when, {name: when.texts(name) for name in when.node.nodes}, table)
