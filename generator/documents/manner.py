"""How the files of a table are written, as its contract declares it: what each reader of files is told."""

from __future__ import annotations

from collections.abc import Mapping as Map
from dataclasses import dataclass, field

from generator.documents.dialect import AS_RFC_4180, Dialect
from generator.documents.nodes import COLUMN_BITS

MOST = 1 << COLUMN_BITS  # bytes that a contract may permit: a place in a file is counted up to there


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may hold: bytes, and values or cells."""

    bytes: int = 1_000_000
    values: int = 100_000


LIMITS = Limits()


@dataclass(frozen=True, slots=True)
class Manner:
    """What a contract says of the files of a table: of CSV files, their dialect, their encoding and the title of each column by
    its name; of YAML, whether a file holds several `documents`; of Markdown, whether a column receives the text below the head
    (`body`); their limits. `taken`: whether a table takes the file at all.
    """

    dialect: Dialect = AS_RFC_4180
    encoding: str = "utf-8"
    columns: Map[str, str] = field(default_factory=dict)
    documents: bool = False
    body: bool = False
    limits: Limits = LIMITS
    taken: bool = False


AS_USUAL = Manner()
