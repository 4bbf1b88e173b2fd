"""The rows of a table, file after file: header, comments and blank lines set apart, each with its number in its file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from itertools import islice

from generator.diagnostics.finding import Diagnostic, Position, fault
from generator.tables.files.header import Order, joined, order_of
from generator.tables.files.places import Locator, stopped_at
from generator.tables.files.records import Batch, Stop, batches
from generator.tables.source import Dialect, File, Table

Cell = str | None  # None: a null that no text says, of inline rows
_INLINE = 2_000  # inline rows checked at a time


@dataclass(frozen=True, slots=True)
class Data:
    """Rows that follow each other in a file. `first`: the number of the first, from 1; `index`: the place of each in its batch."""

    file: str
    rows: Sequence[Sequence[Cell]]
    order: Order
    first: int
    index: Sequence[int] = ()
    numbers: Sequence[int] = ()  # of each row, when they do not follow each other
    batch: Batch | None = None
    locator: Locator | None = None

    def spot(self, row: int, cell: int) -> tuple[int, int, int]:
        """The line, the column and the length of a cell, from 0, of a row, from 0; nowhere in inline rows."""
        if self.batch is None or self.locator is None:
            return 0, 0, 1
        return self.locator.spot(self.batch, self.index[row], cell)

    def number(self, row: int) -> int:
        """The number in its file of a row, from 0."""
        return self.numbers[row] if self.numbers else self.first + row

    def only(self, kept: Sequence[int]) -> Data:
        """Some of its rows."""
        index = [self.index[row] for row in kept] if self.index else ()
        return replace(
            self, rows=[self.rows[row] for row in kept], index=index, numbers=[self.first + row for row in kept]
        )


def data(table: Table) -> Iterator[Data | Diagnostic]:
    """The rows of a table; and, for each file whose reading stops before its end, or does not begin, why."""
    if table.source.typed:
        yield from import_module("generator.tables.duck.parquet").data(table)  # its library is an extra
        return
    if table.source.rows is not None:
        yield from _inline(table)
    order: Order | None = None
    for file in table.source.files:
        reading = _File(table, file, order)
        yield from reading.data()
        order = reading.order or order


def _inline(table: Table) -> Iterator[Data | Diagnostic]:
    rows = iter(table.source.rows or ())
    name, dialect = table.source.name, table.source.dialect
    head = [[cell or "" for cell in row] for row in islice(rows, len(dialect.header_rows))]
    order = _order(table, head, Position(name)) if dialect.header else _headless(table, (table.source.rows or [[]])[0])
    if not isinstance(order, Order):
        yield from order
        return
    first = 1
    while held := list(islice(rows, _INLINE)):
        yield Data(name, held, order, first)
        first += len(held)


def _headless(table: Table, first: Sequence[object]) -> Order:
    """The columns of a file that does not name them: those of the schema, in their order, or as many as its first row has cells."""
    width = len(table.shape.columns)
    return Order(tuple(range(width)), width or len(first))


def _order(table: Table, head: list[list[str]], place: Position) -> Order | list[Diagnostic]:
    dialect = table.source.dialect
    if not head:
        message, hint = "Ce fichier est vide : il n’a pas même d’en-tête.", "Écrivez-y le nom des colonnes."
        return [fault("csv-en-tete", place, message, hint)]
    return order_of(table.shape, joined(head, dialect), dialect, place)


class _File:
    """The rows of a file."""

    def __init__(self, table: Table, file: File, former: Order | None) -> None:
        self.table, self.file = table, file
        self.dialect: Dialect = table.source.dialect
        self.locator = Locator(self.dialect)
        self.head: list[list[str]] = []
        self.order = None if file.header else former
        self.place = Position(file.name)
        self.number = 1  # of the next row
        self.taken = 0  # records before the batch

    def data(self) -> Iterator[Data | Diagnostic]:
        """Its rows, and what keeps from reading them all."""
        for batch in batches(self.file, self.table.source):
            if isinstance(batch, Stop):
                line, column, length = stopped_at(batch, self.dialect)
                yield Diagnostic(
                    batch.cut.code, Position(self.file.name, line, column, length), batch.cut.message, batch.cut.hint
                )
                return
            if self.order is None and not self.dialect.header:
                self.order = _headless(self.table, next(filter(None, batch.rows), ()))
            index = self._rows(batch)
            whole = self.taken + len(batch.rows) >= max(self.dialect.header_rows, default=0)
            if self.order is None and self.head and whole:
                found = _order(self.table, self.head, self.place)
                if not isinstance(found, Order):
                    yield from found
                    return
                self.order = found
            if index and self.order is not None:
                rows = batch.rows if len(index) == len(batch.rows) else [batch.rows[place] for place in index]
                yield Data(self.file.name, rows, self.order, self.number, index, batch=batch, locator=self.locator)
                self.number += len(rows)
            self.taken += len(batch.rows)
        if self.order is None and self.dialect.header:
            yield from _order(self.table, [], self.place)  # type: ignore[misc]  # of no header, faults

    def _rows(self, batch: Batch) -> Sequence[int]:
        """The places of the data in a batch, those of the header kept apart."""
        rows, dialect = batch.rows, self.dialect
        index: Sequence[int] = range(len(rows))
        if dialect.comment_rows:
            index = [place for place in index if self.taken + place + 1 not in dialect.comment_rows]
        if [] in rows or self.table.source.blank:
            blank = self.table.source.blank
            index = [place for place in index if rows[place] and not (blank and not any(rows[place]))]
        if self.order is None:
            index = self._header(batch, index)
        return index

    def _header(self, batch: Batch, index: Sequence[int]) -> Sequence[int]:
        """Take the rows of the header; those that follow it."""
        dialect = self.dialect
        usual = dialect.header_rows == (1,)
        heads = index[:1] if usual else [n for n in index if self.taken + n + 1 in dialect.header_rows]
        for place in heads:
            if not self.head:
                line, column, length = self.locator.spot(batch, place, 0)
                self.place = Position(self.file.name, line, column, length)
            self.head.append(batch.rows[place])
        last = 0 if usual else max(dialect.header_rows)
        return index[1:] if usual else [n for n in index if self.taken + n + 1 > last]
