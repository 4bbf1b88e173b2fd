"""Rows read by the paths that the contract of a drawing gives: what each role is there, how it reads, in which unit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Map
from dataclasses import dataclass, replace
from decimal import Decimal

from generator.catalogue.records import Catalogue, Record, named
from generator.catalogue.relations import Relations
from generator.contracts.figures import Drawn, Figure
from generator.contracts.flats import naming, reaching
from generator.contracts.model import Field, ForeignKey, Resource
from generator.text import names
from generator.text.interface import say
from generator.text.links import without_links
from generator.text.spoken import lowered, number, period
from generator.values.types import Value, canonical

# A date or an interval (ISO 8601, EDTF), and not a number of four digits.
_DAY = r"[0-9]{4}(?:-[0-9]{2}){0,2}"
_DATED = re.compile(rf"{_DAY}|{_DAY}/(?:{_DAY}|\.\.)|\.\./{_DAY}")

VALUES = ("value", "min", "max", "a", "b")  # the roles that put a number on a scale


@dataclass(frozen=True, slots=True)
class Cell:
    """What a path leads to: its title, the column and the value at its end, how it reads, and the record that holds it, or that it
    names.
    """

    path: str
    title: str
    field: Field
    value: Value
    text: str
    record: Record


@dataclass(frozen=True, slots=True)
class Item:
    """A row of a drawing: what each role reads in it (nothing where nothing is written), and the units of its numbers, each an
    identity to compare it by, and its name. `record` is None for what no row says (`complete`).
    """

    record: Record | None
    cells: Map[str, tuple[Cell, ...]]
    units: tuple[tuple[str, str], ...] = ()
    computed: bool = False
    drawn: Drawn | None = None  # the rows among which it is declared

    @property
    def unit_name(self) -> str:
        """The name of the unit of its first number; "" when nothing says it."""
        return self.units[0][1] if self.units else ""

    def text(self, role: str) -> str:
        """How what a role reads is shown, several things on one line; "" for nothing."""
        return " · ".join(cell.text for cell in self.cells.get(role, ()))

    def code(self, role: str) -> str:
        """The value that a role reads, as contracts write it; "" for nothing."""
        cells = self.cells.get(role, ())
        return canonical(cells[0].value) if cells else ""

    def number(self, role: str) -> Decimal | None:
        """The number that a role reads."""
        cells = self.cells.get(role, ())
        return Decimal(str(cells[0].value)) if cells else None


class Reading:
    """Rows read by paths."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self._relations = catalogue.once(Relations)
        self._ways: dict[tuple[str, str], tuple[Resource | None, ForeignKey | None]] = {}

    def rows(self, drawn: Drawn) -> Iterator[Item]:
        """The rows of a table that a declaration shows."""
        for record in self.catalogue[drawn.table]:
            if all(canonical(record[name]) in values for name, values in drawn.when.items()):
                item = self._item(record, drawn)
                if "label" not in drawn.roles or item.cells["label"]:
                    yield item

    def _item(self, record: Record, drawn: Drawn) -> Item:
        cells = {
            role: tuple(c for p in paths for c in self._first(record, p, drawn)) for role, paths in drawn.roles.items()
        }
        measured = [cells[role][0] for role in VALUES if cells.get(role)]
        units = dict.fromkeys(self._unit(cell) for rank, cell in enumerate(measured) if not rank or cell.field.unit)
        return Item(record, cells, tuple(unit for unit in units if unit is not None), drawn.computed, drawn)

    def _first(self, record: Record, written: str, drawn: Drawn) -> list[Cell]:
        """What the first of several paths that leads to something leads to (`lieu|salle`)."""
        for path in names.alternatives(written):
            if found := list(self.read(record, written, names.steps(path))):
                title = drawn.titles.get(written, "")
                return [replace(cell, title=title) for cell in found] if title else found
        return []

    def _unit(self, cell: Cell) -> tuple[str, str] | None:
        """The unit of a number: what its column says, or the column itself when it says nothing; None for one that no row declares,
        which is said of it.
        """
        field, record = cell.field, cell.record
        if not field.unit:
            return f"{record.resource.name}.{field.name}", ""
        key = naming(record.resource, field.unit)
        if key is None or record[field.unit] is None:
            return canonical(record[field.unit]), canonical(record[field.unit])
        named = self.catalogue.target(record, key)
        return (canonical(record[field.unit]), named.label) if named is not None else None

    def read(self, record: Record, path: str, steps: Sequence[str]) -> Iterator[Cell]:
        """What the last steps of a path lead to from a record, through keys and nested lists."""
        step, rest = steps[0], steps[1:]
        child, key = self._led(record.resource, step)
        if child is not None:
            for row in self._relations.children(record, child.name):
                yield from self.read(row, path, rest)
            return
        target = self.catalogue.target(record, key) if key is not None else None
        if rest:
            if target is not None:
                yield from self.read(target, path, rest)
            return
        value = record[step] if step in record.resource.index else None
        if value is not None:
            field = record.resource.field(step)
            text = self.short(target) if target is not None else shown(value, field)
            yield Cell(path, field.title or field.name, field, value, text, target if target is not None else record)

    def _led(self, resource: Resource, step: str) -> tuple[Resource | None, ForeignKey | None]:
        """Where a step leads from the rows of a table: the list that is nested in them, or a key."""
        slot = resource.name, step
        if slot not in self._ways:
            contracts = self.catalogue.contracts
            child = next((c for c in contracts.children(resource.name) if c.rows.step == step), None)
            self._ways[slot] = child, reaching(resource, step, contracts)
        return self._ways[slot]

    def short(self, record: Record) -> str:
        """How a row is named: its label or, for a source, what its contract says where there is little room. A path whose end is
        empty gives the name of the row where it ends.
        """
        cited = record.resource.cited_as
        if cited is None or not cited.short:
            return record.label
        named = [self._ending(record, path) for path in cited.short]
        words = [name for name in named if name]
        return ", ".join([*words[:1], *map(lowered, words[1:])]) if len(words) > 1 or len(named) == 1 else record.label

    def _ending(self, record: Record, path: str) -> str:
        steps = names.steps(path)
        found = next((cell.text for cell in self.read(record, path, steps)), "")
        above = next((cell.text for cell in self.read(record, path, steps[:-1])), "") if steps[1:] else ""
        return found or above

    def owners(self, item: Item, table: str) -> Iterator[Record]:
        """The records of a table that a row names, or in which it stands."""
        if item.record is None:
            return
        for key in item.record.resource.foreign_keys:
            if key.resource == table and (target := self.catalogue.target(item.record, key)) is not None:
                yield target

    def total(self, figure: Figure) -> Item | None:
        """The row that is the whole of what a drawing adds, read as its rows are."""
        row = named(self.catalogue.tables[figure.rows[0].table], figure.total) if figure.total else None
        return None if row is None else self._item(row, figure.rows[0])

    def labels(self, drawn: Drawn) -> Iterator[Cell]:
        """All that the label of rows could name."""
        step = names.steps(drawn.roles["label"][0])[0]
        resource = self.catalogue.contracts.resources[drawn.table]
        key = naming(resource, step)
        for record in self.catalogue[key.resource] if key is not None else ():
            field = resource.field(step)
            yield Cell(step, field.title or step, field, canonical(record.id[-1]), self.short(record), record)


def shown(value: Value, field: Field) -> str:
    """A value as a drawing says it: the label of a category, a number or a date in French, a text without its links."""
    if field.categories:
        return field.label(value)
    if isinstance(value, bool):
        return say("oui") if value else say("non")
    if field.type in ("number", "integer"):
        return number(value)
    text = canonical(value)
    if _DATED.fullmatch(text):
        return period(text)
    return " ".join(without_links(text).split())
