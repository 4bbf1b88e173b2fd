"""Where the rows of a table are: files of CSV, compressed or not, that are one table; or rows that a descriptor holds itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from generator.tables.shape import Shape

TEXT, PARQUET = "csv", "parquet"  # the forms of files
NEWLINES = ("\n", "\r\n", "\r")
NEWLINE = "\r\n"  # of the standard


@dataclass(frozen=True, slots=True)
class Dialect:
    """How rows are written (Data Package v2, Table Dialect), with its defaults. `quote` and `escape` are "" for none; `header_rows` are
    () for no header; `case`: whether the case of names in the header counts (v1, caseSensitiveHeader). A null sequence is one of the
    missing texts of each column.
    """

    delimiter: str = ","
    terminator: str = NEWLINE
    quote: str = '"'
    double: bool = True
    escape: str = ""
    skip_initial_space: bool = False
    header_rows: tuple[int, ...] = (1,)
    header_join: str = " "
    comment_rows: tuple[int, ...] = ()
    comment: str = ""
    case: bool = True

    @property
    def header(self) -> bool:
        """Whether rows name the columns."""
        return bool(self.header_rows)


@dataclass(frozen=True, slots=True)
class File:
    """A file: how messages name it, and where it is. `header`: false for one that follows another and does not repeat its header."""

    name: str
    path: Path
    header: bool = True


@dataclass(frozen=True, slots=True)
class Source:
    """Where rows are. `form`: TEXT or PARQUET, of all the files; `compression`: "" or "gz". `rows`: inline rows, the header first when
    the dialect has one, each cell a text, None for a null; `files` are then (). `blank`: whether a row whose cells are all empty is
    none, as in the files of our content.
    """

    files: tuple[File, ...] = ()
    dialect: Dialect = Dialect()
    encoding: str = "utf-8"
    compression: str = ""
    rows: Sequence[Sequence[str | None]] | None = None
    name: str = ""  # of the file that holds the inline rows
    blank: bool = False
    form: str = TEXT

    @property
    def typed(self) -> bool:
        """Whether its files are Parquet, which only an engine reads."""
        return self.form == PARQUET


class Held(Protocol):
    """Texts of a table that an engine keeps: how they were laid (`laying.Laid`), the file where they are, how many rows there are."""

    laid: Any
    path: Path
    rows: int


@dataclass(frozen=True, slots=True)
class Table:
    """What is asked of a table, and where its rows are; `held`: its texts as they were read, when an engine keeps them for a while."""

    shape: Shape
    source: Source
    held: Held | None = None


def files(folder: Path, *names: str) -> tuple[File, ...]:
    """The files of these names in a folder."""
    return tuple(File(name, folder / name) for name in names)
