"""How the files of a table are written, as its contract declares it: what each reader of files is told."""

from __future__ import annotations

import re
from collections.abc import Mapping as Map
from dataclasses import dataclass, field

from generator.documents.dialect import AS_RFC_4180, Dialect
from generator.documents.nodes import COLUMN_BITS
from generator.text.characters import COMMANDS, FORBIDDEN

MOST = 1 << COLUMN_BITS  # bytes that a contract may permit: a place in a file is counted up to there


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may hold: bytes, values or cells, and levels of lists and groups in each other."""

    bytes: int = 1_000_000
    values: int = 100_000
    depth: int = 12


LIMITS = Limits()
_COMMANDS_IN_VALUES, _FORBIDDEN_IN_VALUES = (re.compile(f"{each.pattern[:-1]}\\r]") for each in (COMMANDS, FORBIDDEN))
# Of files that are not ours, what no text can hold: commands of terminals, halves of characters, what is no character.
_NO_TEXT = re.compile(rf"(?![\x0b\x0c\x7f-\x9f\u2028-\u202e\u2066-\u206f\ufff9-\ufffd]){COMMANDS.pattern}")


@dataclass(frozen=True, slots=True)
class Manner:
    """What a contract says of the files of a table: of CSV files, their dialect, their encoding and the title of each column by
    its name; of YAML, whether a file holds several `documents`; of Markdown, whether a column receives the text below the head
    (`body`); their limits, and whether unseen `characters` have their place in them, and, in those of others
    (`foreign`), all that a text can hold. `taken`: whether a table takes the file at all.
    """

    dialect: Dialect = AS_RFC_4180
    encoding: str = "utf-8"
    columns: Map[str, str] = field(default_factory=dict)
    documents: bool = False
    body: bool = False
    limits: Limits = LIMITS
    characters: bool = False
    foreign: bool = False
    taken: bool = False

    @property
    def forbidden(self) -> re.Pattern[str]:
        """The characters that they may not hold."""
        if self.foreign:
            return _NO_TEXT
        return COMMANDS if self.characters else FORBIDDEN

    @property
    def forbidden_value(self) -> re.Pattern[str]:
        """Those that an escape between double quotes may not bring into a value."""
        if self.foreign:
            return _NO_TEXT
        return _COMMANDS_IN_VALUES if self.characters else _FORBIDDEN_IN_VALUES


AS_USUAL = Manner()
