"""What all rules share: the row that they see, the columns that they name, the condition under which they hold."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from collections.abc import Mapping as Map
from dataclasses import dataclass, replace
from typing import Protocol

from generator.diagnostics.finding import Diagnostic, Position, fault
from generator.diagnostics.suggestions import nearest
from generator.diagnostics.wording import listed
from generator.documents.nodes import Document, Mapping
from generator.documents.reader import Reader
from generator.text import spoken
from generator.text.expressions import Expression

UNREAD = object()  # stands for a value that is written but could not be read, which has its own message


class Row(Protocol):
    """A row as a rule sees it: a record, a line of a CSV file, a row of a query."""

    def __getitem__(self, name: str, /) -> object:
        """The value of a column: None when it is absent, UNREAD when it could not be read."""

    def at(self, name: str = "", /) -> Position:
        """The place of a value, of its key when it is absent, or of the row."""


class Column(Protocol):
    """What a rule knows of a column."""

    @property
    def name(self) -> str:
        """Its name."""

    @property
    def type(self) -> str:
        """Its type (Table Schema)."""

    @property
    def categories(self) -> tuple[tuple[str, str], ...]:
        """The values of a closed list, each with its label."""


class Key(Protocol):
    """What a rule knows of a foreign key."""

    @property
    def fields(self) -> tuple[str, ...]:
        """Its columns."""

    @property
    def resource(self) -> str:
        """The table that it names."""


class Table(Protocol):
    """What a rule knows of a table."""

    @property
    def name(self) -> str:
        """Its name."""

    @property
    def index(self) -> Map[str, int]:
        """Its columns, in order."""

    @property
    def foreign_keys(self) -> Sequence[Key]:
        """Its foreign keys."""

    @property
    def parent(self) -> str:
        """The table in whose rows its own are nested, or ""."""

    def field(self, name: str, /) -> Column:
        """A column."""

    def value(self, name: str, text: str, /) -> object:
        """What a text is as a value of a column; None when it is none."""

    def calculations(self, of: str, /) -> Sequence[Expression]:
        """Those of its calculations that start from the rows of a table."""


class Rule(Protocol):
    """A declared rule, read."""

    @property
    def message(self) -> str:
        """The sentence of the contract."""

    def check(self, row: Row, /) -> Iterator[Diagnostic]:
        """What the row breaks, at the column to mend."""

    def asks(self, row: Map[str, object], written: Set[str], /) -> Set[str]:
        """The columns that a row with these values, which writes these columns, must write besides."""

    def alone(self) -> tuple[str, ...] | None:
        """The columns that it reads, each once, when it judges a row by that row alone; None when it reads other rows."""


@dataclass(frozen=True, slots=True)
class Declared:
    """A rule as its contract writes it."""

    node: Mapping
    document: Document
    position: Position
    message: str


@dataclass(frozen=True, slots=True)
class Condition:
    """The `when` of a rule: every column holds one of the values."""

    wanted: tuple[tuple[str, frozenset[object]], ...] = ()

    def with_columns(self, *names: str) -> tuple[str, ...]:
        """These columns, and those that it reads, each once; "" is none."""
        return tuple(dict.fromkeys(name for name in (*names, *(name for name, _ in self.wanted)) if name))

    def __call__(self, row: Row | Map[str, object]) -> bool:
        """Whether it holds for a row."""
        return all(row[name] in values for name, values in self.wanted)

    def may_hold(self, row: Map[str, object], written: Set[str]) -> bool:
        """Whether it holds for a row that is being written."""
        return all(name in written and row.get(name) in values for name, values in self.wanted)


def read_columns(
    reader: Reader, table: Table, keywords: Sequence[str], options: Sequence[str] = ()
) -> tuple[dict[str, tuple[str, ...]], Condition]:
    """The columns that each keyword of a rule names, and its condition. Unknown keywords, columns that do not exist and values
    that no row can hold are said; `options` are keywords that do not name columns.
    """
    reader.skip("message", *options)
    named = {word: reader.texts(word, required=reader.has(word)) for word in keywords}
    when = reader.mapping("when")
    texts = {name: when.texts(name) for name in when.node.nodes}
    reader.close("cette règle")
    if not reader.diagnostics:
        for word, names in named.items():
            for name in names:
                if name not in table.index:
                    no_column(reader, reader.spot(word, name), name, table)
    return named, read_condition(reader, when, texts, table)


def read_condition(reader: Reader, when: Reader, texts: Map[str, Sequence[str]], table: Table) -> Condition:
    """The condition that a mapping declares on the rows of a table, "" being an absent value; what no row can hold would never
    apply, and is said.
    """
    wanted = []
    for name, some in texts.items():
        if name not in table.index:
            no_column(reader, when.key_place(name), name, table)
            continue
        categories = [value for value, _ in table.field(name).categories]
        for text in sorted(set(some)):
            if text and ((categories and text not in categories) or table.value(name, text) is None):
                message = "La règle attend « {text} » dans « {name} », qui ne peut pas prendre cette valeur."
                reader.faults(when.spot(name, text), message, "", nearest(text, categories), text=text, name=name)
        wanted.append((name, frozenset(table.value(name, text) if text else None for text in some)))
    return Condition(tuple(wanted))


def no_column(reader: Reader, place: Position, name: str, table: Table) -> None:
    """Say that a rule names a column that the table has not."""
    message, hint = "La règle nomme « {name} », qui n’est pas une colonne de « {table} ».", "Colonnes : {choices}."
    suggestion, choices = nearest(name, table.index), listed(table.index)
    reader.faults(place, message, hint, suggestion, name=name, table=table.name, choices=choices)


QUESTION = "question"  # the code of what is asked of a reviewer, and stops nothing


def questioned(said: Diagnostic) -> Diagnostic:
    """The same, as a question."""
    return replace(said, code=QUESTION)


def broken(message: str, place: Position, hint: str, suggestion: str = "", /, **values: object) -> Diagnostic:
    """A row that does not follow a rule: the sentence of the contract, typeset, and what to do."""
    return fault("regle", place, "{message}", hint, suggestion, message=typeset(message), **values)


def typeset(message: str) -> str:
    """The sentence of a contract on one line, with its typography."""
    return spoken.typeset(" ".join(line.strip() for line in message.strip().split("\n")))
