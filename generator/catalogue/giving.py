"""What a document gives to the catalogue by itself, as contracts read it: its rows, what it lacks, what is said of it. It depends on no
other document.
"""

from __future__ import annotations

from dataclasses import replace

from generator.catalogue import refused_files, refused_keys, refused_shapes, sheets
from generator.catalogue.belonging import Belonging
from generator.catalogue.plan import Plan, make_plans
from generator.catalogue.rows import Given, Rows
from generator.catalogue.shapes import NOWHERE, Standing
from generator.contracts.model import Contracts, Resource
from generator.documents.nodes import Broken, Document, Mapping, Node, Sequence
from generator.values.types import Value, canonical


class Reading:
    """How documents are read: the contracts, in the language that is spoken."""

    def __init__(self, contracts: Contracts) -> None:
        self.contracts = contracts
        self.plans = make_plans(contracts)
        resources = contracts.resources.values()
        self.sources = [(resource, resource.rows.paths) for resource in resources if resource.rows.in_files]
        self.belonging = Belonging(self.plans, [resource for resource, _ in self.sources])


def reading(folder: str, data: bytes, contracts: Contracts, language: str) -> Reading:
    """That of contracts, which a next reading of the project may take again."""
    return Reading(contracts)


def given(path: str, data: bytes, document: Document, reading: Reading) -> Given:
    """What a document gives."""
    giving = _Giving(document, reading)
    giving.read()
    return giving.given


class _Giving:
    def __init__(self, document: Document, reading: Reading) -> None:
        self.document, self.reading = document, reading
        self.rows = Rows(reading.contracts, reading.plans)
        self.given = self.rows.given

    def read(self) -> None:
        """Read the document into the table whose pattern takes it."""
        document = self.document
        takers = self._takers()
        if not takers:
            return
        resource = takers[0]
        if len(takers) > 1:
            self.given.diagnostics.append(refused_files.two_tables(document, takers[0], takers[1]))
        self.given.fed = tuple(taker.name for taker in takers)
        stem = self._name(resource, document)
        if document.mended:
            self.rows.lacks(resource, stem if resource.rows.kind == "records" else None)
        belongs = self.reading.belonging.file_of(resource, document.root)
        if belongs is not None:
            self.given.diagnostics.append(refused_files.other_table(document, resource, belongs))
            self.rows.lacks(belongs, stem)
        else:
            self._add(resource, stem)

    def _takers(self) -> list[Resource]:
        """The tables that read the document: by its place or, when none does, by the place where it probably belongs."""
        sources, document, given = self.reading.sources, self.document, self.given
        takers = [resource for resource, pattern in sources if pattern.match(document.path)]
        if takers:
            return takers
        if document.root is None:  # a folder that could not be listed, or a link
            folder = document.path.partition("/")[2] + "/"
            lost = [resource for resource, _ in sources if resource.rows.pattern.startswith(folder)]
            given.fed = tuple(resource.name for resource in lost)
            for resource in lost:
                self.rows.lacks(resource, None)
        elif not self.reading.contracts.unread:
            likely = self.reading.belonging.likely(document) or [resource for resource, _ in sources]
            given.meant = refused_files.meant_place(document, likely)
            return [resource for resource, pattern in sources if pattern.match(given.meant)] if given.meant else []
        return []

    def _add(self, resource: Resource, stem: str) -> None:
        """Read the document as one of a table."""
        plan, root = self.reading.plans[resource.name], self.document.root
        if resource.name in self.reading.contracts.faulty:
            self.rows.lacks(resource, None)
        elif root is None:
            self.rows.lacks(resource, stem if resource.rows.kind == "records" else None)
        elif resource.rows.kind == "records":
            self._add_file(plan, stem)
        elif resource.rows.keys:
            self._add_map(plan, root)
        elif isinstance(root, Sequence):
            self._add_rows(plan, root)
        elif refused_keys.is_empty(root):
            self.given.diagnostics.append(sheets.no_row(self.document, resource))
        elif not isinstance(root, Broken):
            self.given.diagnostics.append(refused_files.not_a_list(self.document, root, resource))
            self.rows.lacks(resource, None)

    def _add_rows(self, plan: Plan, rows: Sequence) -> None:
        """Add the rows of a file; what is wrong with the header of a CSV is said once for all of them."""
        document = self.document
        lost, said = sheets.check(plan, document, rows)
        self.given.diagnostics += said
        own = self._standing(plan)
        standing = replace(own, lost=(*own.lost, *lost)) if lost else own
        for rank, item in enumerate(rows.items, 1):
            belongs = self.reading.belonging.row_of(plan, item) if document.header is None else None
            if belongs is not None:
                self.given.diagnostics.append(refused_files.other_row(document, item, plan.resource, belongs))
            else:
                self.rows.add(plan, document, item, None, rank, standing)

    def _add_map(self, plan: Plan, root: Node) -> None:
        """Add the rows of a file that holds them under keys."""
        if refused_keys.is_empty(root):
            self.given.diagnostics.append(sheets.no_row(self.document, plan.resource))
        elif isinstance(root, Mapping):
            self.rows.add_all(plan, self.document, root, None, self._standing(plan))
        elif not isinstance(root, Broken):
            self.given.diagnostics.append(refused_shapes.not_a_map(plan, self.document.at(root.mark)))
            self.rows.lacks(plan.resource, None)

    @staticmethod
    def _name(resource: Resource, document: Document) -> str:
        """The identifier that the place of a file gives to its row."""
        stem, way = resource.rows.place(document.path)
        return way if resource.rows.path in resource.primary_key else stem

    def _standing(self, plan: Plan) -> Standing:
        """What a file says of its rows by its place, and by its text when it is a page; what is wrong there is said once."""
        document, values, lost = self.document, list[tuple[int, Value | None]](), list[int]()
        stem, way = plan.resource.rows.place(document.path)
        body = document.body.text.strip("\n").rstrip() if document.body is not None else ""
        for word, text in (("file", stem), ("path", way), ("body", body)):
            if word not in plan.received or not text:
                continue
            place, column, convert = plan.received[word]
            value, problem = convert(text)
            values.append((place, value))
            if problem is not None:
                lost.append(place)
                self.given.diagnostics.append(refused_shapes.refused_text(document, column, problem, word))
        return Standing(tuple(values), tuple(lost)) if values else NOWHERE

    def _add_file(self, plan: Plan, stem: str) -> None:
        """Add the row that a file is."""
        document, resource = self.document, plan.resource
        root = document.root or Broken(0)
        if refused_keys.is_empty(root):
            self.rows.lacks(resource, stem)
            self.given.diagnostics.append(refused_files.empty_file(document, plan))
            return
        before = len(self.given.diagnostics)
        record = self.rows.add(plan, document, root, None, 0, self._standing(plan))
        if record is None:
            self.rows.lacks(resource, stem)
        elif plan.id_place is not None:
            own = record.values[plan.id_place]
            if own is None:
                self.rows.lacks(resource, stem)
            elif canonical(own) != stem and not (resource.rows.file or resource.rows.path):
                self.rows.lacks(resource, stem)  # which of the two is right is not known
                self.given.diagnostics.append(refused_files.other_identifier(record, canonical(own), stem))
        elif len(self.given.diagnostics) > before:
            self.rows.lacks(resource, stem)
