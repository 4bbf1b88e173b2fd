"""Nodes → the rows of tables, nested ones included: each text read as its column says. What does not fit is a diagnostic, and the
rest goes on.
"""

from __future__ import annotations

from collections.abc import Mapping as Map
from dataclasses import dataclass, field

from generator.catalogue import refusals, refused_keys, refused_shapes
from generator.catalogue.cells import Cells, Row
from generator.catalogue.plan import Plan
from generator.catalogue.records import Record
from generator.catalogue.shapes import NOWHERE, Standing, nothing, part_of, row_of_list, row_of_text, taker
from generator.contracts.model import Contracts, Resource
from generator.diagnostics.finding import Diagnostic
from generator.documents.nodes import Broken, Document, Mapping, Node, Scalar, Sequence
from generator.values.identifiers import identifier
from generator.values.types import Value


@dataclass(slots=True)
class Given:
    """What a document gives: its rows, each before those that it holds; the tables that lack something which could not be read,
    each with the identifier of a row, None when any may be missing; what is said of it; the tables that it feeds, and the place
    where it probably belongs when none reads it ("" when nothing says it).
    """

    records: list[Record] = field(default_factory=list)
    lacking: list[tuple[str, str | None]] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    fed: tuple[str, ...] = ()
    meant: str | None = None


class Rows:
    """The rows of a document, added to what it gives."""

    def __init__(self, contracts: Contracts, plans: Map[str, Plan]) -> None:
        self.contracts = contracts
        self.plans = plans
        self.given = Given()
        self.diagnostics = self.given.diagnostics
        self.cells = Cells(contracts, plans, self.diagnostics)

    def add(
        self,
        plan: Plan,
        document: Document,
        node: Node,
        parent: Record | None,
        rank: int,
        standing: Standing = NOWHERE,
    ) -> Record | None:
        """Add the row that a node is, and those nested in it; None when it is no row. `standing`: what the place of the row says."""
        resource = plan.resource
        shaped = node if type(node) is Mapping else self._shaped(plan, document, node)
        if shaped is None:
            return None
        values: list[Value | None] = [None] * len(resource.fields)
        record = Record(resource, values, document, shaped, parent, standing.mark or shaped.mark)
        if parent is not None:
            for place, source in plan.parent_places:
                values[place] = parent.values[source]
        if plan.rank is not None:
            values[plan.rank] = rank
        for place, value in standing.values:
            values[place] = value
        row = Row(plan, record, [*standing.lost])
        self.cells.fill(row, plan.top, shaped)
        if row.others and resource.rows.rest:
            self.cells.keep(row)
        failed = row.failed
        absent = [(place, column) for place, column in plan.required if values[place] is None and place not in failed]
        if absent:
            self.diagnostics += refused_keys.missing(record, [column for _, column in absent])
            failed += (place for place, _ in absent)
        self._place(plan, record, failed)
        for holder, name, names in row.nested:
            self._add_nested(row, holder, name, [self.plans[each] for each in names])
        if plan.own:
            self._add_own(row, node)
        return record

    def _shaped(self, plan: Plan, document: Document, node: Node) -> Mapping | None:
        """A row that is not written with keys, as if it were; None when it is none, which is said."""
        if isinstance(node, Scalar) and node.text and plan.text:
            return row_of_text(plan.text, node)
        if isinstance(node, Sequence) and (plan.by_place or plan.own):
            return row_of_list(() if plan.own else node.items, node.mark)
        if nothing(node) and plan.resource.empties:
            return None
        if not isinstance(node, Broken):
            self.diagnostics.append(refusals.not_a_row(plan, document, node))
        self.lacks(plan.resource, None)
        return None

    def lacks(self, resource: Resource, stem: str | None) -> None:
        """A table, with those nested in it, lacks something that could not be read: a row of this identifier, or any row."""
        self.given.lacking.append((resource.name, stem))

    def _place(self, plan: Plan, record: Record, failed: list[int]) -> None:
        """Add a row, even a faulty one; when its key could not be read, it is unknown, not absent."""
        resource = plan.resource
        self.given.records.append(record)
        key = record.id
        for column in resource.primary_key if None in key else ():
            meant = _written(record, column)
            if resource.index[column] in failed and (meant or plan.id_place is None):  # else the file name says it
                self.lacks(resource, meant)

    # --- Rows that others hold ---

    def _add_nested(self, row: Row, holder: Mapping, name: str, plans: list[Plan]) -> None:
        """Add the rows of the value of a key, to the table that takes what has its shape."""
        record, value = row.record, holder.nodes[name]
        known = [plan for plan in plans if plan.resource.name not in self.contracts.faulty]
        for plan in plans:
            if plan not in known or isinstance(value, Broken):
                self.lacks(plan.resource, None)
        if isinstance(value, Broken) or not known:
            return
        taking = taker(known, value)
        if taking is not None:
            self.add_all(taking, record.document, value, record)
        elif not nothing(value) or not (row.plan.resource.empties or known[0].resource.empties):
            self.lacks(known[0].resource, None)
            self.diagnostics.append(refused_shapes.not_nested(known, record.document, holder, name, value))

    def _add_own(self, row: Row, node: Node) -> None:
        """Add the rows that a row is itself: its items, or its unknown keys."""
        plan = self.plans[row.plan.own]
        if plan.resource.name in self.contracts.faulty:
            self.lacks(plan.resource, None)
        elif isinstance(node, Sequence):
            self.add_all(plan, row.record.document, node, row.record)
        elif row.others:
            self.add_all(plan, row.record.document, part_of(row.others), row.record)

    def add_all(
        self,
        plan: Plan,
        document: Document,
        value: Node,
        parent: Record | None,
        standing: Standing = NOWHERE,
    ) -> None:
        """Add the rows that a list, a map or one object holds."""
        if isinstance(value, Sequence):
            for rank, item in enumerate(value.items, 1):
                self.add(plan, document, item, parent, rank, standing)
        elif isinstance(value, Mapping) and plan.resource.rows.keys:
            self._add_map(plan, document, value, parent, standing)
        else:
            self.add(plan, document, value, parent, 1, standing)

    def _add_map(
        self, plan: Plan, document: Document, rows: Mapping, parent: Record | None, standing: Standing
    ) -> None:
        """Add the rows of a map: under each key one, or a list of them."""
        rank = 0
        several = not (plan.by_place or plan.own)
        for key, value in rows.nodes.items():
            own, said = refused_shapes.key_read(plan, document, rows, key, standing)
            self.diagnostics += said
            if nothing(value):
                if not plan.resource.empties and not isinstance(value, Mapping):
                    self.diagnostics.append(refused_shapes.empty_entry(document, rows, key))
                    self.lacks(plan.resource, None)
                    continue
                value = Mapping(value.mark)
            for item in value.items if several and isinstance(value, Sequence) else (value,):
                rank += 1
                self.add(plan, document, item, parent, rank, own)


def _written(record: Record, column: str) -> str | None:
    """The identifier that a refused text was meant to be, or None when nothing usable is written."""
    node = record.written(column)
    return identifier(node.text) or node.text if isinstance(node, Scalar) and node.text else None
