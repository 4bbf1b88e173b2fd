"""How a CSV file is written: its dialect (Data Package v2, Table Dialect), its encoding, its columns. A contract declares them,
the reading follows them.
"""

from __future__ import annotations

from collections.abc import Mapping as Map
from dataclasses import dataclass, field

DELIMITERS = (",", ";", "\t", "|")
QUOTES = ('"', "'")


@dataclass(frozen=True, slots=True)
class Dialect:
    """The separator, the quote (doubled inside), what opens a line of comment ("" for nothing), the row of the header (0 for the
    first one that is not empty) and whether spaces after a separator count for nothing.
    """

    delimiter: str = ","
    quote: str = '"'
    comment: str = ""
    header_row: int = 0
    skip_initial_space: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a contract says of the CSV files of a table; `columns`: the title of each by its name, none when no contract says."""

    dialect: Dialect = Dialect()
    encoding: str = "utf-8"
    columns: Map[str, str] = field(default_factory=dict)


AS_USUAL = Sheet()
