"""The engine that needs nothing: tables read in Python as they come, in a memory that only their keys make grow."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Map
from contextlib import contextmanager

from generator.diagnostics.finding import Diagnostic
from generator.tables.files.reading import Data, data
from generator.tables.python.columns import Checked
from generator.tables.python.finding import Found
from generator.tables.python.keys import Columns, Met
from generator.tables.python.parts import Part
from generator.tables.ruled import Ruled, ruled
from generator.tables.shape import Key, Reference
from generator.tables.source import Table
from generator.tables.verdict import PRIMARY, RAGGED, UNIQUE, UNKNOWN, Check, Verdict


def check(tables: Sequence[Table]) -> tuple[Verdict, ...]:
    """The verdict of each table, in their order; references are looked for among them."""
    readings = {table.shape.name: Reading(table) for table in tables}
    for reading in readings.values():
        for reference in reading.table.shape.references:
            target = readings.get(reference.table or reading.table.shape.name)
            if target is not None:
                alike = reading.shape.like(reference, target.shape)
                reading.targets[reference] = target.hold(reference.named) if alike else Met(reference.named)
    with no_collection():
        for name in named_first(readings):
            readings[name].read()
        for reading in readings.values():
            reading.read_again(readings)
    return tuple(readings[table.shape.name].verdict() for table in tables)


@contextmanager
def no_collection() -> Iterator[None]:
    """Rows hold no cycle, and looking for some among millions of keys costs more than a tenth of the reading."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def named_first(readings: Map[str, Reading]) -> Iterator[str]:
    """The tables, those that others name before these where they do not name each other: less is then kept of what is looked for."""
    waiting: dict[str, None] = dict.fromkeys(reversed([*readings]))
    begun: set[str] = set()
    while waiting:
        name = next(reversed(waiting))
        others = [
            each.table for each in readings[name].shape.references if each.table in waiting and each.table not in begun
        ]
        begun.add(name)
        if others:
            del waiting[others[0]]
            waiting[others[0]] = None
        else:
            del waiting[name]
            yield name


class Reading:
    """A table that is read: once, and a second time when a key is twice or a name leads nowhere, to say where."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.shape = table.shape
        required = self.shape.required
        self.columns = [Checked(column, column.name in required) for column in self.shape.columns]
        self.places = {column.name: place for place, column in enumerate(self.shape.columns)}
        self.keys = [(key, Met(key.columns)) for key in self.shape.keys]
        self.held = {met.columns: met for _, met in self.keys}
        self.rules = ruled(self.shape)
        self.named = [(reference, Met(reference.columns)) for reference in self.shape.references]
        self.targets: dict[Reference, Met] = {}
        self.found = Found()
        self.rows = 0
        self.stopped: list[Diagnostic] = []
        self._twice: dict[
            Columns, set[object]
        ] = {}  # of each key, the values that are twice and of which a place is told

    def hold(self, columns: Columns) -> Met:
        """Keep the values of columns, which other rows name."""
        return self.held.setdefault(columns, Met(columns))

    def read(self) -> None:
        """Read it, and check all but its names."""
        for part in data(self.table):
            if isinstance(part, Data):
                self.rows += len(part.rows)
                self._check(Part(self._even(part), self.columns, self.places))
            else:
                self.stopped.append(part)

    def _even(self, part: Data) -> Data:
        """The rows that have the cells of the header; the others are told."""
        width = part.order.width
        if set(map(len, part.rows)) <= {width}:
            return part
        even = []
        for row, cells in enumerate(part.rows):
            if len(cells) == width:
                even.append(row)
            else:
                self.found.add(Check(RAGGED), part, row, 0, (str(len(cells)), str(width)))
        return part.only(even)

    def _check(self, part: Part) -> None:
        for place, column in enumerate(self.columns):
            wrong = part.wrong(place)
            for row, text in enumerate(part.texts(place)) if wrong else ():
                if text in wrong:
                    name = column.column.name
                    self.found.add(Check(wrong[text], (name,)), part.data, row, part.cell(place), (text or "",))
        for rule in self.rules:
            self._judge(rule, part)
        shared = {id(met) for _, met in self.keys}
        for key, met in self.keys:
            values = part.together(key.columns)
            for row in met.again(values) if values is not None else ():
                self._again(key, part, row, values[row])  # type: ignore[index]
        for columns, met in self.held.items():
            values = None if id(met) in shared else part.together(columns)
            if values is not None:
                met.add(values)
        for reference, met in self.named:
            values = part.together(reference.columns) if reference in self.targets else None
            if values is not None:
                met.lack(values, self.targets[reference])

    def _judge(self, rule: Ruled, part: Part) -> None:
        """Count the rows that break a rule."""
        places = [self.places[name] for name in rule.columns]
        none = [None] * len(part.data.rows)
        columns = [part.texts(place) if part.cell(place) >= 0 else none for place in places]
        for row, texts in enumerate(zip(*columns, strict=True)):
            for kind, blamed in rule.blames(texts):
                cell = max(part.cell(self.places[blamed]), 0) if blamed else 0
                check = Check(kind, rule.columns, rule=rule.rank, blamed=blamed)
                self.found.add(check, part.data, row, cell, tuple(text or "" for text in texts))

    def _again(self, key: Key, part: Part, row: int, value: object) -> None:
        kind = PRIMARY if key.primary else UNIQUE
        cell, texts = part.last(key.columns), part.texts_of(key.columns, row)
        told = self.found.add(Check(kind, key.columns), part.data, row, cell, texts)
        if told:
            told.value = value
            self._twice.setdefault(key.columns, set()).add(value)

    def read_again(self, readings: dict[str, Reading]) -> None:
        """Read it a second time if it must be: for the first rows of the keys that are twice, and the names that nothing holds."""
        lost = [
            (reference, unknown) for reference, met in self.named if (unknown := self._lost(reference, met, readings))
        ]
        firsts = {columns: set(values) for columns, values in self._twice.items()}
        for part in data(self.table) if lost or firsts else ():
            if isinstance(part, Data):
                own = Part(self._same(part), self.columns, self.places)
                for columns, values in [*firsts.items()]:
                    self._first(columns, values, own)
                    if not values:
                        del firsts[columns]
                for reference, unknown in lost:
                    self._unknown(reference, unknown, own)
            if not lost and not firsts:
                break

    def _lost(self, reference: Reference, met: Met, readings: dict[str, Reading]) -> set[object]:
        """The values that no row of the table that is named has; none when not all of it was read."""
        target = readings.get(reference.table or self.shape.name)
        if target is None or target.stopped:
            return set()
        return met.seen - self.targets[reference].seen

    def _same(self, part: Data) -> Data:
        width = part.order.width
        if set(map(len, part.rows)) <= {width}:
            return part
        return part.only([row for row, cells in enumerate(part.rows) if len(cells) == width])

    def _first(self, columns: Columns, wanted: set[object], part: Part) -> None:
        """Note where values that are twice are first."""
        values = part.together(columns)
        if values is None or wanted.isdisjoint(values):
            return
        for row, value in enumerate(values):
            if value in wanted:
                wanted.discard(value)
                self.found.first(columns, value, part.data, row, part.last(columns))

    def _unknown(self, reference: Reference, unknown: set[object], part: Part) -> None:
        columns = reference.columns
        values = part.together(columns)
        if values is None or unknown.isdisjoint(values):
            return
        for row, value in enumerate(values):
            if value in unknown:
                cell, texts = part.last(columns), part.texts_of(columns, row)
                check = Check(UNKNOWN, columns, reference.table, reference.named)
                self.found.add(check, part.data, row, cell, texts)

    def verdict(self) -> Verdict:
        """What was found."""
        return Verdict(self.rows, self.found.causes(), tuple(self.stopped))
