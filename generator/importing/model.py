"""What an import knows of a source: its tables and their columns as texts, what was decided of them, what is said of it."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from typing import Literal

from generator.text.interface import Sentence

Kind = Literal["decided", "left", "refused"]


@dataclass(frozen=True, slots=True)
class Note:
    """What was decided, left alone or refused; `place`: of the source, as a person finds it (`prix.csv`, `Feuille1!B3`)."""

    kind: Kind
    place: str
    told: Sentence


@dataclass(slots=True)
class Column:
    """A column: its published name, what each row holds ("" for nothing), how a row writes it when that is not its name, and what
    is said of it: by the source itself (`declared`, properties of Table Schema) or by its values (`found`, keys of a contract).
    """

    name: str
    texts: list[str] = field(default_factory=list)
    path: tuple[str, ...] = ()
    declared: dict[str, object] = field(default_factory=dict)
    found: dict[str, object] = field(default_factory=dict)
    between_commas: bool = False  # a comma parts it from the next one in its file

    @property
    def filled(self) -> Iterator[str]:
        """The texts that are there."""
        return (text for text in self.texts if text)

    @property
    def type(self) -> str:
        """Its type, once it is known."""
        return str(self.found.get("type") or self.declared.get("type") or "string")


@dataclass(frozen=True, slots=True)
class Foreign:
    """Columns that name the rows of a table by its own columns."""

    fields: tuple[str, ...]
    table: str
    reference: tuple[str, ...]


@dataclass(slots=True)
class Table:
    """A table: where the content holds its rows (`content`, and `more`: keys of the contract beside it), its columns, its keys.
    `sure`: the source itself declares its keys.
    """

    name: str
    content: dict[str, object]
    columns: list[Column]
    title: str = ""
    description: str = ""
    more: dict[str, object] = field(default_factory=dict)
    primary_key: tuple[str, ...] = ()
    unique_keys: list[tuple[str, ...]] = field(default_factory=list)
    foreign_keys: list[Foreign] = field(default_factory=list)
    parent: str = ""
    sure: bool = False

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return max((len(column.texts) for column in self.columns), default=0)

    @property
    def absent(self) -> tuple[str, ...]:
        """The words that the source declares for an absence."""
        words = self.more.get("missingValues")
        return tuple(str(word) for word in words if word) if isinstance(words, list) else ()

    def column(self, name: str) -> Column:
        """The column of that name."""
        return next(column for column in self.columns if column.name == name)

    def names(self) -> list[str]:
        """The names of its columns."""
        return [column.name for column in self.columns]


@dataclass(slots=True)
class Source:
    """A source that was read: its name, its tables, the files of the content (bytes by their paths under content/), what it says of
    itself (properties of a package), what is told of it.
    """

    name: str
    title: str
    description: str = ""
    tables: list[Table] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    properties: Map[str, object] = field(default_factory=dict)
    notes: list[Note] = field(default_factory=list)

    def note(self, kind: Kind, place: str, told: Sentence) -> None:
        """Say something of the source."""
        self.notes.append(Note(kind, place, told))


class Refused(Exception):
    """A source of which nothing can be made; `told` says why and what to do."""

    def __init__(self, told: Sentence) -> None:
        super().__init__(str(told))
        self.told = told
