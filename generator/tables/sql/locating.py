"""From the numbers of rows to causes with their places: our own reader says the line, the column and the texts."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Sequence, Set

from generator.tables.files.places import Locator
from generator.tables.files.reading import Data, data
from generator.tables.files.records import Batch
from generator.tables.sql.asking import Asked, Found, Interrupted
from generator.tables.sql.laying import FILES, Laid, Lines, Part
from generator.tables.verdict import Cause, Check, Place, Verdict

Rows = dict[int, tuple[Data, int]]  # the number of a row → what was read with it, and its place there


def verdicts(laid: Sequence[Laid], asked: Sequence[Asked], why: Interrupted | None) -> tuple[Verdict, ...]:
    """The verdict of each table; `why` the engine stopped before its end, if it did."""
    return tuple(_verdict(each, own, why) for each, own in zip(laid, asked, strict=True))


def _verdict(laid: Laid, asked: Asked, why: Interrupted | None) -> Verdict:
    source = laid.table.source
    name = next((file.name for file in source.files), source.name)
    stopped = [*laid.stopped, *([why.told(name)] if why is not None else ())]
    found = causes(laid, asked)
    ragged = sum(cause.count for cause in found if not cause.columns)
    return Verdict(asked.rows + ragged, found, tuple(stopped))


def causes(laid: Laid, asked: Asked) -> tuple[Cause, ...]:
    """What an engine found in a table, with its places."""
    rows = located(laid, {number for found in asked.found for pair in found.records for number in pair if number})
    told = [*laid.ragged.causes(), *(_cause(laid, found, rows) for found in asked.found)]
    return tuple(sorted(told, key=lambda cause: cause.check))


def _cause(laid: Laid, found: Found, rows: Rows) -> Cause:
    shape = laid.table.shape
    ranks = [shape.rank(name) for name in found.check.columns]

    def place(number: int, first: int, with_texts: bool) -> Place:
        piece, row = rows[number]
        cells = [piece.order.places[rank] for rank in ranks]
        line, column, length = piece.spot(row, _blamed(found.check, cells))
        texts = tuple((piece.rows[row][cell] or "") if cell >= 0 else "" for cell in cells) if with_texts else ()
        other = place(first, 0, False) if first else None
        return Place(piece.file, number % FILES, line, column, length, texts=texts, other=other)

    places = tuple(place(number, first, True) for number, first in found.records)
    return Cause.of(found.check, found.count, places)


def _blamed(check: Check, cells: Sequence[int]) -> int:
    """The cell that is underlined: the last one; of a rule, that of the column to mend, or the first of the row."""
    if not check.rule:
        return cells[-1]
    return max(cells[check.columns.index(check.blamed)], 0) if check.blamed else 0


def located(laid: Laid, numbers: Set[int]) -> Rows:
    """The rows of these numbers, read again; no further than the last of each file."""
    wanted, found = defaultdict[int, set[int]](set), Rows()
    for number in numbers:
        wanted[number // FILES].add(number % FILES)
    for part in laid.parts:
        own = wanted.get(part.rank, set())
        if own:
            found |= _by_record(part, own) if part.lines is None else _by_line(part, part.lines, own)
    return found


def _by_record(part: Part, wanted: Set[int]) -> Rows:
    found, last = Rows(), max(wanted)
    for piece in data(part.table):
        if not isinstance(piece, Data):
            continue
        for row in range(len(piece.rows)):
            number = piece.number(row)
            if number in wanted:
                found[part.rank * FILES + number] = piece, row
        if piece.number(len(piece.rows) - 1) >= last:
            break
    return found


def _by_line(part: Part, lines: Lines, wanted: Set[int]) -> Rows:
    """The rows of a file whose lines are records."""
    dialect, name = part.table.source.dialect, part.table.source.files[0].name
    locator, found, head = Locator(dialect), Rows(), int(dialect.header)
    for line, text in lines({number - 1 + head for number in wanted}):
        cells = next(csv.reader([text], delimiter=dialect.delimiter, strict=True))
        batch, number = Batch([cells], [text], line + 1), line + 1 - head
        piece = Data(name, [cells], part.order, number, (0,), batch=batch, locator=locator)
        found[part.rank * FILES + number] = piece, 0
    return found
