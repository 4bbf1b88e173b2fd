"""Where the rows of a table stand, as its contract declares it."""

from __future__ import annotations

import re
from collections.abc import Mapping as Map
from dataclasses import dataclass
from typing import Literal

from generator.diagnostics.finding import Position
from generator.documents.dialect import Dialect
from generator.documents.manner import AS_USUAL, LIMITS, Limits, Manner

_NOWHERE = Position("")
ANYWHERE = "**"  # any number of folders, also none


@dataclass(frozen=True, slots=True)
class Listed:
    """A file of a large table, as its contract lists it: its path below the folder of large tables, how many bytes it has, its SHA-256,
    where it is to be had ("" for nowhere that is said).
    """

    path: str
    bytes: int
    sha256: str
    source: str
    position: Position


@dataclass(frozen=True, slots=True)
class Rows:
    """Where the rows of a resource come from: `kind`, a glob under content/ or a parent resource and the key of the
    nested rows, and the columns that the place of a row fills; of CSV files, how they are written (None when the contract
    says it wrongly).

    `key` is a way through groups; an empty one is the row itself, when rows are lists or maps. `step` is the name of the nested
    rows in the ways of contracts and templates (`exemplaires.cote`).
    """

    kind: Literal["records", "list", "csv", "within", "derived", "table"]
    pattern: str = ""
    parent: str = ""
    key: tuple[str, ...] = ()
    rank: str = ""  # the column that receives the rank among the rows of one holder
    position: Position = _NOWHERE
    dialect: Dialect | None = AS_USUAL.dialect
    encoding: str = AS_USUAL.encoding
    step: str = ""
    documents: bool = False  # each document of a YAML file is a row
    body: str = ""  # the column that receives the text after the front matter
    file: str = ""  # the column that receives the name of the file, without its end
    path: str = ""  # the column that receives the path of the file below the fixed folders of the glob, without its end
    keys: str = ""  # the column that receives the keys of the map in which the rows stand
    single: bool = False  # one object alone, or a list of them
    value: str = ""  # the column that a row written as a plain text fills
    ignores_all: bool = False  # unknown keys are passed over
    ignored: frozenset[str] = frozenset()  # those that are
    rest: str = ""  # the column that receives unknown keys, as a JSON object
    limits: Limits = LIMITS
    allow: frozenset[str] = frozenset()  # what its files may hold, that others may not: `characters`

    files: tuple[Listed, ...] = ()  # of a large table: those of its files that the contract knows

    @property
    def elsewhere(self) -> bool:
        """Whether the rows are those of a large table, which stay where they are: none of them is ever a record."""
        return self.kind == "table"

    @property
    def in_files(self) -> bool:
        """Whether somebody writes the rows, in files of their own."""
        return self.kind in ("records", "list", "csv")

    @property
    def paths(self) -> re.Pattern[str]:
        """The paths of the files that hold the rows: `*` is anything but a change of folder, `**` any folders."""
        *folders, name = self.pattern.split("/")
        ways = ("(?:[^/]*/)*" if each == ANYWHERE else f"{_name(each)}/" for each in folders)
        return re.compile(f"[^/]*/{''.join(ways)}{_name(name)}\\Z")

    @property
    def under(self) -> str:
        """The key under which nested rows stand, as a message names it; their step when they are the row itself."""
        return " › ".join(self.key) or self.step

    @property
    def plain(self) -> bool:
        """Whether its rows stand as new ones are written: in YAML, one a file or in a list, or in CSV."""
        if self.kind == "within":
            return len(self.key) == 1 and not self.keys and not self.single
        placed = self.placed or self.body or self.documents or ANYWHERE in self.pattern
        return self.in_files and self.pattern.endswith((".yaml", ".csv")) and not placed

    @property
    def placed(self) -> tuple[str, ...]:
        """The columns that the place of a row fills; a row may write them too, if it says the same."""
        return tuple(filter(None, (self.file, self.path, self.keys)))

    @property
    def received(self) -> tuple[str, ...]:
        """The columns that no row writes under a key of its own."""
        return tuple(filter(None, (self.rank, *self.placed, self.body, self.rest)))

    def manner(self, columns: Map[str, str]) -> Manner | None:
        """How its files are written; None when its contract says wrongly how a CSV file is. `columns`: their titles by their names."""
        if self.dialect is None:
            return None
        return Manner(
            self.dialect,
            self.encoding,
            columns if self.kind == "csv" else {},
            self.documents,
            bool(self.body),
            self.limits,
            characters="characters" in self.allow,
            taken=True,
        )

    def ignores(self, key: str) -> bool:
        """Whether a key that the table does not know is passed over."""
        return self.ignores_all or key in self.ignored

    def place(self, path: str) -> tuple[str, str]:
        """The name of a file and its path below the fixed folders of the glob, both without its end."""
        *folders, _ = self.pattern.split("/")
        fixed = next((n for n, folder in enumerate(folders) if "*" in folder), len(folders))
        *above, name = path.split("/")
        stem = name.rpartition(".")[0] or name
        return stem, "/".join((*above[1 + fixed :], stem))

    @property
    def folder(self) -> str:
        """The folder of its files below content/, without those that may be any; "" for content/ itself."""
        return "/".join(each for each in self.pattern.split("/")[:-1] if each != ANYWHERE)

    def file_of(self, name: str) -> str:
        """The file below content/ in which a row of that name would stand: no folder where any may be."""
        parts = (part for part in self.pattern.split("/") if part != ANYWHERE)
        return "/".join(parts).replace("*", name)


def _name(glob: str) -> str:
    """The pattern of the name of a file or a folder, whose `*` is anything. What follows a `*` is taken where it first is, and
    never sought further: only the last `*` may give back.
    """
    first, *others = (re.escape(part) for part in re.split(r"\*+", glob))
    if not others:
        return first
    *middle, last = others
    return first + "".join(f"(?>[^/]*?{part})" for part in middle) + f"[^/]*{last}"
