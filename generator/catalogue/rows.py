"""Nodes → the rows of tables, nested ones included: each text read as its column says. What does not fit is a diagnostic, and the
rest goes on.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping as Map

from generator.catalogue import refusals, refused_keys
from generator.catalogue.plan import Plan
from generator.catalogue.records import Record, Table
from generator.catalogue.refusals import Cell
from generator.catalogue.structures import text_of
from generator.catalogue.twins import Twins
from generator.contracts.model import Contracts, Field, Resource
from generator.diagnostics.finding import Diagnostic
from generator.documents.nodes import Broken, Document, Mapping, Node, Scalar, Sequence
from generator.rules.printed import Printed
from generator.values.conversion import Convert
from generator.values.identifiers import identifier
from generator.values.types import Value


class Rows:
    """Fills tables; `diagnostics`: what was found so far."""

    def __init__(self, contracts: Contracts, tables: Map[str, Table], plans: Map[str, Plan]) -> None:
        self.contracts = contracts
        self.tables = tables
        self.plans = plans
        self.twins = Twins()
        self.diagnostics: list[Diagnostic] = []

    def add(
        self, plan: Plan, document: Document, node: Node, parent: Record | None, rank: int, lost: Iterable[int] = ()
    ) -> Record | None:
        """Add the row that a node is, and those nested in it; None when it is no row. `lost`: the places of the columns that its
        file does not give.
        """
        resource = plan.resource
        if plan.single and type(node) is Scalar and node.text:
            node = _row_of(plan.single, node)
        if type(node) is not Mapping:
            if not isinstance(node, Broken):
                self.diagnostics.append(refusals.not_a_row(plan, document, node))
            self.mark_unread(resource, None)
            return None
        values: list[Value | None] = [None] * len(resource.fields)
        failed = list(lost)
        record = Record(resource, values, document, node, parent)
        if parent is not None:
            for place, source in plan.parent_places:
                values[place] = parent.values[source]
        if plan.rank is not None:
            values[plan.rank] = rank
        columns = plan.columns
        nested: list[tuple[str, Node]] = []
        for name, value in node.nodes.items():
            known = columns.get(name)
            if known is not None:
                if type(value) is Scalar:
                    place, _, convert = known
                    converted, problem = convert(value.text) if value.text else (None, None)
                    if problem is None and value.text:
                        values[place] = converted
                        continue
                self._refuse(plan, Cell(document, node, name, value), known, failed, values)
            elif name in plan.nested:
                nested.append((name, value))
            elif name in plan.groups:
                self._add_group(plan, document, node, name, values, failed)
            elif document.header is None and name not in self.contracts.unplaced and not self.contracts.unread:
                meant = self._unknown(plan, Cell(document, node, name, value), failed, values)
                record.unsure = record.unsure or bool(meant)
                if meant in plan.nested and isinstance(value, Sequence):
                    nested.append((meant, value))
        absent = [(place, column) for place, column in plan.required if values[place] is None and place not in failed]
        if absent:
            self.diagnostics += refused_keys.missing(record, [column for _, column in absent])
            failed += (place for place, _ in absent)
        self._index(plan, record, failed)
        for name, value in nested:
            self._add_nested(plan, document, name, value, record)
        return record

    def mark_unread(self, resource: Resource, stem: str | None) -> None:
        """Remember that a table lacks something we could not read, its nested tables too."""
        pending = [resource.name]
        for name in pending:
            if stem is None:
                self.tables[name].incomplete = True
            else:
                self.tables[name].unknown.add(stem)
            pending += (child.name for child in self.contracts.children(name))

    def _add_group(
        self, plan: Plan, document: Document, holder: Mapping, name: str, values: list[Value | None], failed: list[int]
    ) -> None:
        columns, value = plan.groups[name], holder.nodes[name]
        if not isinstance(value, Mapping):
            failed.extend(place for place, _, _ in columns.values())
            if not isinstance(value, Broken):
                self.diagnostics.append(refusals.not_a_group(document, holder, name, columns))
            return
        for key, part in value.nodes.items():
            known = columns.get(key)
            if known is None:
                said, meant = refused_keys.unknown_key_in_group(plan, document, value, name, key)
                self.diagnostics.append(said)
                failed += meant
                continue
            if type(part) is Scalar and part.text:
                converted, problem = known[2](part.text)
                if problem is None:
                    values[known[0]] = converted
                    continue
            self._refuse(plan, Cell(document, value, key, part), known, failed, values)

    def _unknown(self, plan: Plan, cell: Cell, failed: list[int], values: list[Value | None]) -> str:
        """Say that a key is not one of the table, and read its value as that of the key that was meant; this key, or ""."""
        said, places = refused_keys.unknown_key(plan, cell.document, cell.holder, cell.name)
        self.diagnostics.append(said)
        failed += places
        meant = said.suggestion if said.suggestion not in cell.holder.nodes else ""
        if meant in plan.columns and isinstance(cell.value, Scalar) and cell.value.text:
            place, _, convert = plan.columns[meant]
            values[place] = convert(cell.value.text)[0]
        return meant

    def _refuse(
        self,
        plan: Plan,
        cell: Cell,
        known: tuple[int, Field, Convert],
        failed: list[int],
        values: list[Value | None],
    ) -> None:
        place, column, convert = known
        whole = text_of(cell.value, column) if not isinstance(cell.value, Scalar) else None
        if whole:
            values[place], problem = convert(whole)
            if problem is None:
                return
        failed.append(place)
        said = refusals.refused_value(cell, column, convert)
        if said is not None and column.name == plan.resource.former_ids:
            said = refusals.former_list(said, cell.value)
        rule = plan.printed
        if said is not None and rule is not None and column.name in (rule.value, *rule.between):
            said = refusals.printed_otherwise(said, cell, rule)
            self._understood(plan, cell.value, rule, values)
        if said is not None:
            self.diagnostics.append(said)

    def _understood(self, plan: Plan, value: Node, rule: Printed, values: list[Value | None]) -> None:
        """Fill the columns of an interval or of a fraction that was written in that of a number."""
        keys = rule.keys(value.text) if isinstance(value, Scalar) else {}
        for name, text in keys.items() if len(keys) > 1 else ():
            if name in plan.columns:
                place, _, convert = plan.columns[name]
                values[place] = convert(text)[0] if values[place] is None else values[place]

    def _index(self, plan: Plan, record: Record, failed: list[int]) -> None:
        """Add the record to its table, even a faulty one: what names it must not be blamed."""
        resource = plan.resource
        table = self.tables[resource.name]
        table.records.append(record)
        key = record.id
        if None in key or not key:
            for column in resource.primary_key:  # its key is unknown, not absent
                meant = _written(record, column)
                if resource.index[column] in failed and (meant or plan.id_place is None):  # else the file name says it
                    self.mark_unread(resource, meant)
            return
        other = table.by_key.setdefault(key, record)
        if other is not record:
            self.twins.add(record, other)

    def _add_nested(self, plan: Plan, document: Document, name: str, value: Node, parent: Record) -> None:
        child = self.plans[plan.nested[name]]
        if child.resource.name in self.contracts.faulty:
            self.mark_unread(child.resource, None)
            return
        if isinstance(value, Sequence):
            for rank, item in enumerate(value.items, 1):
                self.add(child, document, item, parent, rank)
            return
        self.mark_unread(child.resource, None)
        if not isinstance(value, Broken):
            self.diagnostics.append(refusals.not_a_nested_list(child, parent, name, value))


def _written(record: Record, column: str) -> str | None:
    """The identifier that a refused text was meant to be, or None when nothing usable is written."""
    node = record.written(column)
    return identifier(node.text) or node.text if isinstance(node, Scalar) and node.text else None


def _row_of(key: str, text: Scalar) -> Mapping:
    """The row that a plain text stands for: `genres: [roman]` is `genres: [{genre: roman}]`."""
    row = Mapping(text.mark)
    row.nodes[key] = text
    row.key_marks.append(text.mark)
    return row
