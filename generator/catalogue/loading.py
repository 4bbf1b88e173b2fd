"""Documents × contracts → the catalogue: each row found where its contract says, each text read as its column says. What does
not fit is a diagnostic and the rest goes on.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from generator.catalogue import refused_files, refused_keys, refused_shapes, sheets
from generator.catalogue.belonging import Belonging
from generator.catalogue.deriving import complete
from generator.catalogue.plan import Plan, make_plans
from generator.catalogue.records import Catalogue, Table
from generator.catalogue.rows import Rows
from generator.catalogue.shapes import NOWHERE, Standing
from generator.contracts.model import Contracts, Resource
from generator.diagnostics.finding import Diagnostic
from generator.documents.nodes import Broken, Document, Mapping, Node, Sequence
from generator.values.types import Value, canonical


def load(documents: Iterable[Document], contracts: Contracts) -> tuple[Catalogue, list[Diagnostic]]:
    """Fill the tables of the contracts from the documents (paths start with the content folder's name)."""
    loader = _Loader(contracts)
    for name in contracts.faulty & loader.tables.keys():
        loader.rows.mark_unread(loader.tables[name].resource, None)
    for document in documents:
        loader.add(document)
    loader.close()
    loader.diagnostics += complete(loader.catalogue)
    return loader.catalogue, loader.diagnostics


OTHER_NAME = "identifiant-et-fichier"  # the code of a file that has not the name of its row


class _Loader:
    def __init__(self, contracts: Contracts) -> None:
        self.contracts = contracts
        self.tables = {name: Table(resource) for name, resource in contracts.resources.items()}
        self.catalogue = Catalogue(contracts, self.tables)
        self.plans = make_plans(contracts)
        self.rows = Rows(contracts, self.tables, self.plans)
        self.diagnostics = self.rows.diagnostics
        self.sources = [
            (resource, resource.rows.paths) for resource in contracts.resources.values() if resource.rows.in_files
        ]
        self.fed: set[str] = set()  # the resources for which something was found, readable or not
        self.belonging = Belonging(self.plans, [resource for resource, _ in self.sources])
        self.strays: list[tuple[Document, str]] = []  # the files that no table reads, and where each probably belongs

    def add(self, document: Document) -> None:
        """Read one document into the table whose pattern takes it."""
        takers = [resource for resource, pattern in self.sources if pattern.match(document.path)]
        if not takers and document.root is None:  # a folder that could not be listed, or a link
            folder = document.path.partition("/")[2] + "/"
            for resource, _ in self.sources:
                if resource.rows.pattern.startswith(folder):
                    self.rows.mark_unread(resource, None)
                    self.fed.add(resource.name)
            return
        if not takers:
            if self.contracts.unread:
                return
            meant = refused_files.meant_place(
                document, self.belonging.likely(document) or [resource for resource, _ in self.sources]
            )
            self.strays.append((document, meant))
            takers = [resource for resource, pattern in self.sources if pattern.match(meant)] if meant else []
            for taker in takers:
                self.tables[taker.name].strays = True
            if not takers:
                return
        if len(takers) > 1:
            self.diagnostics.append(refused_files.two_tables(document, takers[0], takers[1]))
        resource = takers[0]
        self.fed |= {taker.name for taker in takers}
        stem = self._name(resource, document)
        if document.mended:
            self.rows.mark_unread(resource, stem if resource.rows.kind == "records" else None)
        belongs = self.belonging.file_of(takers[0], document.root)
        if belongs is not None:
            self.diagnostics.append(refused_files.other_table(document, resource, belongs))
            self.rows.mark_unread(belongs, stem)
            return
        if resource.name in self.contracts.faulty:
            self.rows.mark_unread(resource, None)
        elif document.root is None:
            self.rows.mark_unread(resource, stem if resource.rows.kind == "records" else None)
        elif resource.rows.kind == "records":
            self._add_file(resource, document, stem)
        elif resource.rows.keys:
            self._add_map(self.plans[resource.name], document, document.root)
        elif isinstance(document.root, Sequence):
            self._add_rows(self.plans[resource.name], document, document.root)
        elif refused_keys.is_empty(document.root):
            self.diagnostics.append(sheets.no_row(document, resource))
        elif not isinstance(document.root, Broken):
            self.diagnostics.append(refused_files.not_a_list(document, document.root, resource))
            self.rows.mark_unread(resource, None)

    def close(self) -> None:
        """Say which rows have one key, which files and which folders no table reads, and which tables no file fills, unless
        nothing at all was found or a contract that is not known may say why.
        """
        copies = {copy.document.path for copy, _ in self.rows.twins.pairs()}
        self.diagnostics[:] = [d for d in self.diagnostics if d.code != OTHER_NAME or d.position.path not in copies]
        self.diagnostics += self.rows.twins.told(self.tables)
        self.diagnostics += refused_files.strays(self.strays, [resource for resource, _ in self.sources])
        if self.fed and not self.contracts.unread:
            empty = (r for r, _ in self.sources if r.name not in self.fed | self.contracts.faulty)
            self.diagnostics += map(sheets.no_file, empty)

    def _add_rows(self, plan: Plan, document: Document, rows: Sequence) -> None:
        """Add the rows of a file; what is wrong with the header of a CSV is said once for all of them."""
        lost, said = sheets.check(plan, document, rows)
        self.diagnostics += said
        own = self._standing(plan, document)
        standing = replace(own, lost=(*own.lost, *lost)) if lost else own
        for rank, item in enumerate(rows.items, 1):
            belongs = self.belonging.row_of(plan, item) if document.header is None else None
            if belongs is not None:
                self.diagnostics.append(refused_files.other_row(document, item, plan.resource, belongs))
            else:
                self.rows.add(plan, document, item, None, rank, standing)

    def _add_map(self, plan: Plan, document: Document, root: Node) -> None:
        """Add the rows of a file that holds them under keys."""
        if refused_keys.is_empty(root):
            self.diagnostics.append(sheets.no_row(document, plan.resource))
        elif isinstance(root, Mapping):
            self.rows.add_all(plan, document, root, None, self._standing(plan, document))
        elif not isinstance(root, Broken):
            self.diagnostics.append(refused_shapes.not_a_map(plan, document.at(root.mark)))
            self.rows.mark_unread(plan.resource, None)

    @staticmethod
    def _name(resource: Resource, document: Document) -> str:
        """The identifier that the place of a file gives to its row."""
        stem, way = resource.rows.place(document.path)
        return way if resource.rows.path in resource.primary_key else stem

    def _standing(self, plan: Plan, document: Document) -> Standing:
        """What a file says of its rows by its place, and by its text when it is a page; what is wrong there is said once."""
        values, lost = list[tuple[int, Value | None]](), list[int]()
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
                self.diagnostics.append(refused_shapes.refused_text(document, column, problem, word))
        return Standing(tuple(values), tuple(lost)) if values else NOWHERE

    def _add_file(self, resource: Resource, document: Document, stem: str) -> None:
        plan, root = self.plans[resource.name], document.root or Broken(0)
        if refused_keys.is_empty(root):
            self.rows.mark_unread(resource, stem)
            self.diagnostics.append(refused_files.empty_file(document, plan))
            return
        before = len(self.diagnostics)
        record = self.rows.add(plan, document, root, None, 0, self._standing(plan, document))
        if record is None:
            self.rows.mark_unread(resource, stem)
        elif plan.id_place is not None:
            given = record.values[plan.id_place]
            if given is None:
                self.rows.mark_unread(resource, stem)
            elif canonical(given) != stem and not (resource.rows.file or resource.rows.path):
                self.rows.mark_unread(resource, stem)  # which of the two is right is not known
                if record not in self.rows.twins:  # a copy has its own message
                    self.diagnostics.append(refused_files.other_identifier(record, canonical(given), stem))
        elif len(self.diagnostics) > before:
            self.rows.mark_unread(resource, stem)
