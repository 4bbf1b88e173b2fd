"""Documents × contracts → the catalogue: each row found where its contract says, each text read as its column says. What does
not fit is a diagnostic and the rest goes on.
"""

from __future__ import annotations

from collections.abc import Iterable

from generator.catalogue import refusals, sheets
from generator.catalogue.plan import Plan, make_plan
from generator.catalogue.records import Catalogue, Record, Table
from generator.contracts.model import Contracts, Field, Resource
from generator.diagnostics.finding import Diagnostic
from generator.documents.nodes import Broken, Document, Mapping, Node, Scalar, Sequence
from generator.values.conversion import Convert, identifier
from generator.values.types import Value, canonical


def load(documents: Iterable[Document], contracts: Contracts) -> tuple[Catalogue, list[Diagnostic]]:
    """Fill the tables of the contracts from the documents (paths start with the content folder's name)."""
    loader = _Loader(contracts)
    for name in contracts.faulty & loader.tables.keys():
        loader.mark_unread(loader.tables[name].resource, None)
    for document in documents:
        loader.add(document)
    loader.close()
    return loader.catalogue, loader.diagnostics


class _Loader:
    def __init__(self, contracts: Contracts) -> None:
        self.contracts = contracts
        self.tables = {name: Table(resource) for name, resource in contracts.resources.items()}
        self.catalogue = Catalogue(contracts, self.tables)
        self.diagnostics: list[Diagnostic] = []
        self.plans = {name: make_plan(resource, contracts) for name, resource in contracts.resources.items()}
        self.sources = [
            (resource, resource.rows.paths)
            for resource in contracts.resources.values()
            if resource.rows.kind != "within"
        ]
        self.fed: set[str] = set()  # the resources for which something was found, readable or not

    def add(self, document: Document) -> None:
        """Read one document into the table whose pattern takes it."""
        takers = [resource for resource, pattern in self.sources if pattern.match(document.path)]
        if not takers and document.root is None:  # a folder that could not be listed, or a link
            folder = document.path.partition("/")[2] + "/"
            for resource, _ in self.sources:
                if resource.rows.pattern.startswith(folder):
                    self.mark_unread(resource, None)
                    self.fed.add(resource.name)
            return
        if not takers:
            if self.contracts.unread:
                return
            said = refusals.no_table(document, [resource for resource, _ in self.sources])
            self.diagnostics.append(said)
            self.fed |= {resource.name for resource, pattern in self.sources if pattern.match(said.suggestion)}
            return
        if len(takers) > 1:
            self.diagnostics.append(refusals.two_tables(document, takers[0], takers[1]))
        resource = takers[0]
        self.fed |= {taker.name for taker in takers}
        stem = document.path.rsplit("/", 1)[-1].rsplit(".", 1)[0]
        if resource.name in self.contracts.faulty:
            self.mark_unread(resource, None)
        elif document.root is None:
            self.mark_unread(resource, stem if resource.rows.kind == "records" else None)
        elif resource.rows.kind == "records":
            self._add_file(resource, document, stem)
        elif isinstance(document.root, Sequence):
            self._add_rows(self.plans[resource.name], document, document.root)
        elif refusals.is_empty(document.root):
            self.diagnostics.append(sheets.no_row(document, resource))
        elif not isinstance(document.root, Broken):
            self.diagnostics.append(refusals.not_a_list(document, document.root, resource))
            self.mark_unread(resource, None)

    def close(self) -> None:
        """Say which tables no file fills, unless nothing at all was found or a contract that is not known may say why."""
        if self.fed and not self.contracts.unread:
            empty = (r for r, _ in self.sources if r.name not in self.fed | self.contracts.faulty)
            self.diagnostics += map(sheets.no_file, empty)

    def _add_rows(self, plan: Plan, document: Document, rows: Sequence) -> None:
        """Add the rows of a file; what is wrong with the header of a CSV is said once for all of them."""
        lost, said = sheets.check(plan, document, rows)
        self.diagnostics += said
        for item in rows.items:
            self._add_record(plan, document, item, None, 0, lost)

    def _add_file(self, resource: Resource, document: Document, stem: str) -> None:
        plan, root = self.plans[resource.name], document.root or Broken(0)
        if refusals.is_empty(root):
            self.mark_unread(resource, stem)
            self.diagnostics.append(refusals.empty_file(document, plan))
            return
        before = len(self.diagnostics)
        record = self._add_record(plan, document, root, None, 0)
        if record is None:
            self.mark_unread(resource, stem)
        elif plan.id_place is not None:
            given = record.values[plan.id_place]
            if given is None:
                self.mark_unread(resource, stem)
            elif canonical(given) != stem:
                self.mark_unread(resource, stem)  # which of the two is right is not known
                self.diagnostics.append(refusals.other_identifier(record, canonical(given), stem))
        elif len(self.diagnostics) > before:
            self.mark_unread(resource, stem)

    def mark_unread(self, resource: Resource, stem: str | None) -> None:
        """Remember that a table lacks something we could not read, its nested tables too."""
        pending = [resource.name]
        for name in pending:
            if stem is None:
                self.tables[name].incomplete = True
            else:
                self.tables[name].unknown.add(stem)
            pending += (child.name for child in self.contracts.children(name))

    def _add_record(
        self, plan: Plan, document: Document, node: Node, parent: Record | None, rank: int, lost: Iterable[int] = ()
    ) -> Record | None:
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
                self._refuse(document, node, name, value, known, failed)
            elif name in plan.nested:
                nested.append((name, value))
            elif name in plan.groups:
                self._add_group(plan, document, node, name, values, failed)
            elif document.header is None and name not in self.contracts.unplaced and not self.contracts.unread:
                said, meant = refusals.unknown_key(plan, document, node, name)
                self.diagnostics.append(said)
                failed += meant
        for place, column in plan.required:
            if values[place] is None and place not in failed:
                self.diagnostics.append(refusals.missing(record, column))
                failed.append(place)
        self._index(plan, record, failed)
        for name, value in nested:
            self._add_nested(plan, document, name, value, record)
        return record

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
                said, meant = refusals.unknown_key_in_group(plan, document, value, name, key)
                self.diagnostics.append(said)
                failed += meant
                continue
            if type(part) is Scalar and part.text:
                converted, problem = known[2](part.text)
                if problem is None:
                    values[known[0]] = converted
                    continue
            self._refuse(document, value, key, part, known, failed)

    def _refuse(
        self,
        document: Document,
        holder: Mapping,
        name: str,
        value: Node,
        known: tuple[int, Field, Convert],
        failed: list[int],
    ) -> None:
        place, column, convert = known
        failed.append(place)
        said = refusals.refused_value(document, holder, name, value, column, convert)
        if said is not None:
            self.diagnostics.append(said)

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
            self.diagnostics.append(refusals.same_key(record, other))

    def _add_nested(self, plan: Plan, document: Document, name: str, value: Node, parent: Record) -> None:
        child = self.plans[plan.nested[name]]
        if child.resource.name in self.contracts.faulty:
            self.mark_unread(child.resource, None)
            return
        if isinstance(value, Sequence):
            for rank, item in enumerate(value.items, 1):
                self._add_record(child, document, item, parent, rank)
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
