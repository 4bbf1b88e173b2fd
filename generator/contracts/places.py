"""Where the rows of a table stand, as its contract declares it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from generator.diagnostics.finding import Position
from generator.documents.dialect import Dialect
from generator.documents.manner import AS_USUAL

_NOWHERE = Position("")


@dataclass(frozen=True, slots=True)
class Rows:
    """Where the rows of a resource come from: `kind`, a glob under content/ or a parent resource and the key of the
    nested list, and the column that receives the rank in that list; of CSV files, how they are written (None when the contract
    says it wrongly).
    """

    kind: Literal["records", "list", "csv", "within", "derived"]
    pattern: str = ""
    parent: str = ""
    key: str = ""
    rank: str = ""
    position: Position = _NOWHERE
    dialect: Dialect | None = AS_USUAL.dialect
    encoding: str = AS_USUAL.encoding

    @property
    def in_files(self) -> bool:
        """Whether somebody writes the rows, in files of their own."""
        return self.kind in ("records", "list", "csv")

    @property
    def paths(self) -> re.Pattern[str]:
        """The paths of the files that hold the rows: `*` is anything but a change of folder."""
        return re.compile("[^/]*/" + "/".join(map(_name, self.pattern.split("/"))) + r"\Z")


def _name(glob: str) -> str:
    """The pattern of the name of a file or a folder, whose `*` is anything. What follows a `*` is taken where it first is, and
    never sought further: only the last `*` may give back.
    """
    first, *others = (re.escape(part) for part in re.split(r"\*+", glob))
    if not others:
        return first
    *middle, last = others
    return first + "".join(f"(?>[^/]*?{part})" for part in middle) + f"[^/]*{last}"
