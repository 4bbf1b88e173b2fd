"""How the rows of a table come to an engine: files that it may read itself, in the order that their headers say, and rows that our own
reader hands it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import islice
from pathlib import Path

from generator.diagnostics.finding import Diagnostic
from generator.tables.files.header import Order
from generator.tables.files.plain import Plain, plain, plain_dialect
from generator.tables.files.reading import Cell, Data, data
from generator.tables.python.finding import Found
from generator.tables.source import Table
from generator.tables.sql.queries import raw
from generator.tables.verdict import RAGGED, Check

FILES = 1 << 40  # the number of a row is the rank of its file times this, and its rank there, from 1


Lines = Callable[[Set[int]], Iterable[tuple[int, str]]]


@dataclass(frozen=True, slots=True)
class Part:
    """A file of a table, or its inline rows (rank 0): the table of these rows alone, where they have its columns. `plain`, when an engine
    may read it itself; `lines`, when each of its lines is a record: what gives those of some numbers, the header being 0.
    """

    rank: int
    table: Table
    order: Order
    plain: Plain | None = None
    lines: Lines | None = None

    @property
    def columns(self) -> list[str]:
        """The names of its cells for an engine: those of the columns of the shape, and others for what is asked of none."""
        names = {place: raw(rank) for rank, place in enumerate(self.order.places)}
        return [names.get(place, f"x{place}") for place in range(self.order.width)]


@dataclass(slots=True)
class Laid:
    """A table that is ready for an engine. `stopped`: why the reading of a file does not begin, or stopped; `ragged`: the rows that have
    not the cells of their header, which no engine is handed.
    """

    table: Table
    parts: list[Part] = field(default_factory=list)
    stopped: list[Diagnostic] = field(default_factory=list)
    ragged: Found = field(default_factory=Found)

    @property
    def ranks(self) -> list[int]:
        """The columns of the shape that its files have, by their places there."""
        if not self.parts:
            return list(range(len(self.table.shape.columns)))
        return [rank for rank, place in enumerate(self.parts[0].order.places) if place >= 0]

    @property
    def present(self) -> frozenset[str]:
        """Their names."""
        return frozenset(self.table.shape.columns[rank].name for rank in self.ranks)

    @property
    def counted(self) -> int | None:
        """How many rows it has, when all its files are plain; None when it is not known."""
        if self.stopped or not all(part.plain for part in self.parts):
            return None
        return sum(part.plain.records - int(part.table.source.dialect.header) for part in self.parts if part.plain)

    @property
    def alike(self) -> bool:
        """Whether all its files have the same columns."""
        return len({tuple(place >= 0 for place in part.order.places) for part in self.parts}) < 2


def lay(table: Table, trusted: bool = True) -> Laid:
    """A table, its files looked at; `trusted`: whether an engine may read the plain ones itself."""
    if table.held is not None:
        known: Laid = table.held.laid
        return replace(known, table=table)
    laid = Laid(table)
    for rank, own in enumerate(_alone(table)):
        for begun in data(own):
            if isinstance(begun, Data):
                may = trusted and not own.source.typed and plain_dialect(own.source)
                found = plain(own.source.files[0].path, own.source.dialect.delimiter) if may else None
                lines = partial(lines_of, own.source.files[0].path) if found and found.records == found.lines else None
                laid.parts.append(Part(rank, own, begun.order, found, lines))
                break
            laid.stopped.append(begun)
    return laid


def lines_of(path: Path, wanted: Set[int]) -> Iterator[tuple[int, str]]:
    """The lines of these numbers, from 0."""
    before = -1
    with path.open(encoding="utf-8-sig", newline=None) as lines:
        for number in sorted(wanted):
            yield number, next(islice(lines, number - before - 1, None))
            before = number


def _alone(table: Table) -> Iterator[Table]:
    """A table of each of the files of a table; of its inline rows."""
    source = table.source
    if source.rows is not None:
        yield Table(table.shape, replace(source, files=()))
    for file in source.files:
        yield Table(table.shape, replace(source, files=(file,), rows=None))


def handed(laid: Laid, parts: Sequence[Part]) -> Iterator[list[Cell]]:
    """The rows of some parts, each after its number, by the columns of the table; what keeps from reading on is noted."""
    for part in parts:
        places = [part.order.places[rank] for rank in laid.ranks]
        for piece in data(part.table):
            if not isinstance(piece, Data):
                laid.stopped.append(piece)
                continue
            for row, cells in enumerate(piece.rows):
                if len(cells) == part.order.width:
                    number = str(part.rank * FILES + piece.number(row))
                    yield [number, *(cells[place] for place in places)]
                else:
                    told = (str(len(cells)), str(part.order.width))
                    laid.ragged.add(Check(RAGGED), piece, row, 0, told)
