"""How the cells of a CSV file are written (Data Package v2, Table Dialect)."""

from __future__ import annotations

from dataclasses import dataclass

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


AS_RFC_4180 = Dialect()
