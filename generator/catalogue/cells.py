"""The keys of a row → the values of its columns; keys that a table does not know are said, passed over or kept as it declares."""

from __future__ import annotations

from collections.abc import Mapping as Map

from generator.catalogue import refusals, refused_keys, refused_shapes
from generator.catalogue.levels import Known, Level
from generator.catalogue.plan import Plan
from generator.catalogue.records import Record
from generator.catalogue.refusals import Cell
from generator.catalogue.shapes import nothing
from generator.catalogue.structures import json_of, text_of
from generator.contracts.model import Contracts
from generator.diagnostics.finding import Diagnostic
from generator.documents.nodes import Broken, Mapping, Node, Scalar, Sequence
from generator.rules.printed import Printed

Way = tuple[str, ...]


class Row:
    """A row being read: the places of the columns that could not be, the keys that hold rows of other tables; `others`: the keys
    that it does not know, each with the way to its group.
    """

    __slots__ = ("failed", "nested", "others", "plan", "record")

    def __init__(self, plan: Plan, record: Record, failed: list[int]) -> None:
        self.plan = plan
        self.record = record
        self.failed = failed
        self.nested: list[tuple[Mapping, str, tuple[str, ...]]] = []
        self.others: list[tuple[Way, Mapping, str]] = []


class Cells:
    """Fills rows; what is wrong is added to `diagnostics`."""

    def __init__(self, contracts: Contracts, plans: Map[str, Plan], diagnostics: list[Diagnostic]) -> None:
        self.contracts = contracts
        self.plans = plans
        self.diagnostics = diagnostics

    def fill(self, row: Row, level: Level, holder: Mapping) -> None:
        """Read the keys of a row, or of a group in it."""
        quick, values = level.quick, row.record.values
        for name, value in holder.nodes.items():
            known = quick.get(name)
            if known is not None and type(value) is Scalar and value.text:
                converted, problem = known[2](value.text)
                if problem is None:
                    values[known[0]] = converted
                    continue
            self._fill(row, level, holder, name, value)

    def _fill(self, row: Row, level: Level, holder: Mapping, name: str, value: Node) -> None:
        """Read a key whose value does not go straight to a column."""
        known = level.columns.get(name)
        if known is not None and (
            isinstance(value, Scalar | Broken) or not (name in level.groups or name in level.nested)
        ):
            self._cell(row, Cell(row.record.document, holder, name, value), known)
        elif name in level.groups and (isinstance(value, Mapping | Broken) or name not in level.nested):
            self._group(row, level.groups[name], holder, name)
        elif name in level.nested:
            row.nested.append((holder, name, level.nested[name]))
        else:
            self._other(row, level, holder, name, value)

    def _cell(self, row: Row, cell: Cell, known: Known) -> None:
        """Read the value of a column that is not a plain text, or that its reader refuses."""
        place, column, convert = known
        values, value, resource = row.record.values, cell.value, row.plan.resource
        if nothing(value) and resource.empty(column):
            return
        text = value.text if isinstance(value, Scalar) else ""
        if isinstance(value, Mapping | Sequence):
            text = text_of(value, column) or ""
        converted, problem = convert(text) if text else (None, None)
        if text and problem is None:
            values[place] = converted
            return
        row.failed.append(place)
        said = refusals.refused_value(cell, column, problem)
        if said is not None and column.name == resource.former_ids:
            said = refusals.former_list(said, value)
        rule = row.plan.printed
        if said is not None and rule is not None and column.name in (rule.value, *rule.between):
            said = refusals.printed_otherwise(said, cell, rule)
            self._understood(row, value, rule)
        if said is not None:
            self.diagnostics.append(said)

    def _understood(self, row: Row, value: Node, rule: Printed) -> None:
        """Fill the columns of an interval or of a fraction that was written in that of a number."""
        keys = rule.keys(value.text) if isinstance(value, Scalar) else {}
        values = row.record.values
        for name, text in keys.items() if len(keys) > 1 else ():
            if name in row.plan.columns:
                place, _, convert = row.plan.columns[name]
                values[place] = convert(text)[0] if values[place] is None else values[place]

    def _group(self, row: Row, level: Level, holder: Mapping, name: str) -> None:
        value, resource = holder.nodes[name], row.plan.resource
        if isinstance(value, Mapping):
            self.fill(row, level, value)
        elif not (nothing(value) and all(resource.empty(column) for _, column, _ in level.all())):
            row.failed.extend(place for place, _, _ in level.all())
            if not isinstance(value, Broken):
                self.diagnostics.append(refusals.not_a_group(row.record.document, holder, name, level.keys))

    # --- Keys that a table does not know ---

    def _other(self, row: Row, level: Level, holder: Mapping, name: str, value: Node) -> None:
        rows, document = row.plan.resource.rows, row.record.document
        if rows.ignores(name):
            return
        if not level.path and name in row.plan.placed:
            self._placed(row, Cell(document, holder, name, value))
        elif rows.rest or (not level.path and row.plan.open):
            row.others.append((level.path, holder, name))
        elif level.path:
            said, meant = refused_keys.unknown_key_in_group(level, document, holder, name)
            self.diagnostics.append(said)
            row.failed += meant
        elif document.header is None and name not in self.contracts.unplaced and not self.contracts.unread:
            self._unknown(row, Cell(document, holder, name, value))

    def _unknown(self, row: Row, cell: Cell) -> None:
        """Say that a key is not one of the table, and read its value as that of the key that was meant."""
        plan = row.plan
        said, places = refused_keys.unknown_key(plan, cell.document, cell.holder, cell.name)
        self.diagnostics.append(said)
        row.failed += places
        meant = said.suggestion if said.suggestion not in cell.holder.nodes else ""
        if meant in plan.columns and isinstance(cell.value, Scalar) and cell.value.text:
            place, _, convert = plan.columns[meant]
            row.record.values[place] = convert(cell.value.text)[0]
        row.record.unsure = row.record.unsure or bool(meant)
        if meant in plan.nested and isinstance(cell.value, Sequence):
            row.nested.append((cell.holder, cell.name, plan.nested[meant]))

    def _placed(self, row: Row, cell: Cell) -> None:
        """A column that the place of a row fills may be written too, if it says the same."""
        place, column, convert = row.plan.placed[cell.name]
        given = row.record.values[place]
        if (
            place in row.failed
            or isinstance(cell.value, Broken)
            or (nothing(cell.value) and row.plan.resource.empty(column))
        ):
            return
        text = cell.value.text if isinstance(cell.value, Scalar) else ""
        if not text or convert(text)[0] != given:
            row.failed.append(place)
            self.diagnostics.append(refused_shapes.other_place(row.record, cell, column, given))

    def keep(self, row: Row) -> None:
        """Fill the column of what is kept, as JSON."""
        kept, document = Mapping(0), row.record.document
        for way, owner, name in row.others:
            value = owner.nodes[name]
            if document.header is None or not nothing(value):
                _group_at(kept, way).nodes[name] = value
        place, column, convert = row.plan.received["rest"]
        text = json_of(kept) if kept.nodes else ""
        if text is None:  # a part of it has its own message
            row.failed.append(place)
        elif text:
            row.record.values[place], problem = convert(text)
            if problem is not None:
                row.failed.append(place)
                self.diagnostics.append(refused_shapes.refused(row.record.at(), column, problem))


def _group_at(kept: Mapping, way: Way) -> Mapping:
    """The group at a way of what is kept, made if it is missing."""
    for step in way:
        inner = kept.nodes.setdefault(step, Mapping(0))
        assert isinstance(inner, Mapping)  # keys of one way are all groups
        kept = inner
    return kept
