"""What a contract says of the blank spreadsheet of a table: `frame: {read_me: …, title: …, rows: 20}`, as a value."""

from __future__ import annotations

from dataclasses import dataclass

from generator.diagnostics.finding import Position
from generator.documents.reader import Reader

FEWEST, USUAL, MOST = 1, 20, 300  # rows of a sheet
NESTED = 3  # times more rows for the lists that rows hold


@dataclass(frozen=True, slots=True)
class Frame:
    """The blank spreadsheet of a table: what it is called, what it is for, how many rows of the table it takes."""

    title: str
    read_me: str
    rows: int
    position: Position


def read_frame(resource: Reader) -> Frame | None:
    """What `frame` says; None when it is not there."""
    if not resource.has("frame"):
        return None
    item = resource.mapping("frame")
    title, read_me, rows = item.text("title"), item.text("read_me", required=True), item.text("rows")
    item.close("« frame »")
    known = rows.isascii() and rows.isdigit() and FEWEST <= int(rows) <= MOST
    if rows and not known:
        item.fault("rows", "« rows » est un nombre de lignes, de {least} à {most}.", least=FEWEST, most=MOST)
    return Frame(title, read_me, int(rows) if known else USUAL, item.position)
