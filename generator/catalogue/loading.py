"""Documents × contracts → the catalogue: what each document gives, in one table each. What does not fit is a diagnostic and the
rest goes on.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping as Map

from generator.catalogue import refused_files, sheets
from generator.catalogue.deriving import complete
from generator.catalogue.elsewhere import NONE as NO_LARGE
from generator.catalogue.elsewhere import Elsewhere
from generator.catalogue.giving import Reading, given, reading
from generator.catalogue.records import Catalogue, Record, Table
from generator.catalogue.rows import Given
from generator.catalogue.twins import Twins
from generator.contracts.model import Contracts
from generator.diagnostics.finding import Diagnostic
from generator.documents.keeping import Keep, anew
from generator.documents.nodes import Document
from generator.layout import PACKAGES
from generator.text.language import spoken

OTHER_NAME = "identifiant-et-fichier"  # the code of a file that has not the name of its row


def load(
    documents: Iterable[Document], contracts: Contracts, keep: Keep = anew, large: Map[str, Elsewhere] = NO_LARGE
) -> tuple[Catalogue, list[Diagnostic]]:
    """Fill the tables of the contracts from the documents (paths start with the content folder's name). `keep` may know what is given
    by documents that have not changed: their rows are the same objects. `large`: where the rows of large tables are, by their names.
    """
    read = keep(reading, PACKAGES, b"", contracts, spoken())
    loader = _Loader(read, keep)
    for name in contracts.faulty & loader.tables.keys():
        loader.lack(name, None)
    for name, elsewhere in large.items():
        loader.tables[name].elsewhere = elsewhere
        if not elsewhere.there:
            loader.lack(name, None)
    for document in documents:
        loader.add(document, keep(given, document.path, b"", document, read))
    loader.close()
    loader.diagnostics += complete(loader.catalogue)
    return loader.catalogue, loader.diagnostics


class _Loader:
    """Gathers what documents give."""

    def __init__(self, reading: Reading, keep: Keep) -> None:
        self.contracts, self.sources = reading.contracts, [resource for resource, _ in reading.sources]
        self.tables = {name: Table(resource) for name, resource in self.contracts.resources.items()}
        self.catalogue = Catalogue(self.contracts, self.tables, keep)
        self.diagnostics: list[Diagnostic] = []
        self.twins = Twins()
        self.fed: set[str] = set()  # the resources for which something was found, readable or not
        self.strays: list[tuple[Document, str]] = []  # the files that no table reads, and where each probably belongs

    def add(self, document: Document, given: Given) -> None:
        """Have what a document gives."""
        self.fed.update(given.fed)
        self.diagnostics += given.diagnostics
        if given.meant is not None:
            self.strays.append((document, given.meant))
            for name in given.fed:
                self.tables[name].strays = True
        for name, stem in given.lacking:
            self.lack(name, stem)
        for record in given.records:
            self._index(record)

    def lack(self, name: str, stem: str | None) -> None:
        """Remember that a table lacks something we could not read, its nested tables too."""
        pending = [name]
        for each in pending:
            if stem is None:
                self.tables[each].incomplete = True
            else:
                self.tables[each].unknown.add(stem)
            pending += (child.name for child in self.contracts.children(each))

    def _index(self, record: Record) -> None:
        """Add a row to its table, even a faulty one: what names it must not be blamed."""
        table, key = self.tables[record.resource.name], record.id
        table.records.append(record)
        if key and None not in key:
            other = table.by_key.setdefault(key, record)
            if other is not record:
                self.twins.add(record, other)

    def close(self) -> None:
        """Say which rows have one key, which files and which folders no table reads, and which tables no file fills, unless
        nothing at all was found or a contract that is not known may say why.
        """
        copies = {copy.document.path for copy, _ in self.twins.pairs()}  # a copy has its own message
        self.diagnostics[:] = [d for d in self.diagnostics if d.code != OTHER_NAME or d.position.path not in copies]
        self.diagnostics += self.twins.told(self.tables)
        self.diagnostics += refused_files.strays(self.strays, self.sources)
        if self.fed and not self.contracts.unread:
            empty = (r for r in self.sources if r.name not in self.fed | self.contracts.faulty)
            self.diagnostics += map(sheets.no_file, empty)
