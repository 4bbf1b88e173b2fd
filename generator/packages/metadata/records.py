"""The JSON of each record, of the records of each table and of all the tables, under `api/v1/`. A record has its values, the labels of
its codes, the names and the addresses of what its keys lead to, the rows that it holds, its address. documentation/json.md tells it
to those who read it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from generator import layout
from generator.catalogue.addresses import Addresses
from generator.catalogue.records import Record
from generator.catalogue.relations import Relations
from generator.contracts.flats import ending, reaching
from generator.contracts.model import Field, ForeignKey, Resource
from generator.packages import sheets
from generator.packages.built import Built, Published, Written
from generator.packages.descriptor import DESCRIPTOR
from generator.packages.formats.json import FORMAT, text, value
from generator.packages.names import record_file
from generator.values.types import canonical

TITLE = "JSON"
DESCRIPTION = "Chaque fiche en JSON, avec ses libellés et ce qu’elle contient, et l’index de toutes"

PAGE = "_page"  # of the name of what says where the row that a key leads to stands


def files(published: Published) -> Iterator[tuple[str, Callable[[], str]]]:
    """The index, then that of each table whose rows are not held by others, then each of its records."""
    api = _Api(published)
    yield f"{layout.API}index.json", api.index
    for resource in api.tables:
        yield api.table_file(resource), partial(api.table, resource)
        for record in api.catalogue[resource.name]:
            yield api.file(record), partial(api.record, record)


@dataclass(frozen=True, slots=True)
class _Column:
    """What is told of a column: its name, those of the label and of the page of what its value names ("" when other columns have
    them), each as JSON; the key by which it leads to a row; whether it is published otherwise than it is read, and has former
    identifiers, which are told when there are some.
    """

    place: int
    field: Field
    name: str
    label: str
    page: str
    key: ForeignKey | None
    changed: bool
    former: bool


class _Api:
    """What is told of records, and where."""

    def __init__(self, published: Published) -> None:
        self.catalogue = published.catalogue
        resources = self.catalogue.contracts.resources.values()
        self.tables = [each for each in resources if not (each.parent or each.rows.elsewhere)]
        self._packages = published.packages
        self._absolute = published.settings.absolute
        self._addresses, self._relations = self.catalogue.once(Addresses), self.catalogue.once(Relations)
        self._known: dict[str, list[_Column]] = {}
        self._pages: dict[int, str] = {}  # by the identity of records, which the catalogue keeps alive
        self._taken = {name: self._own(resource) for name, resource in self.catalogue.contracts.resources.items()}

    def table_file(self, resource: Resource) -> str:
        """The path of the index of a table."""
        return f"{layout.API}{resource.name}/index.json"

    def file(self, record: Record) -> str:
        """The path of the JSON of a record."""
        return record_file(record.resource.name, [canonical(part) for part in record.id])

    def index(self) -> str:
        """The packages and their tables."""
        packages = [
            {
                "name": built.package.name,
                "title": built.package.title,
                "version": str(built.descriptor.get("version", "")),
                "descriptor": self._url(layout.download(built.package.name, DESCRIPTOR)),
                "tables": [self._table(table, built) for table in (*built.own, *built.flat)],
            }
            for built in self._packages
        ]
        return text({"format": FORMAT, "packages": packages}) + "\n"

    def _table(self, table: Written, built: Built) -> dict[str, object]:
        sheet = table.sheet
        files = [
            {"format": file.format, "url": self._url(layout.download(built.package.name, file.path)), "size": file.size}
            for file in table.files
        ]
        told = {"name": sheet.name, "title": sheet.title, "rows": sheet.count, "files": files}
        listed = not sheet.flat and sheet.resource in self.tables
        return told | ({"records": self._url(self.table_file(sheet.resource))} if listed else {})

    def table(self, resource: Resource) -> str:
        """The records of a table: key, name, page, JSON."""
        about = text({"format": FORMAT, "table": resource.name, "title": resource.title})[:-1]
        return f'{about}, "records": [{",".join(map(self._listed, self.catalogue[resource.name]))}\n]}}\n'

    def _listed(self, record: Record) -> str:
        key = ", ".join(f"{text(name)}: {value(record[name])}" for name in record.resource.primary_key)
        told = text({"name": record.label, "page": self._page(record), "json": self._url(self.file(record))})
        return f'\n{{"key": {{{key}}}, {told[1:]}'

    def record(self, record: Record) -> str:
        """A record, whole."""
        about = f'"format": {FORMAT}, "table": {text(record.resource.name)}, "name": {text(record.label)}'
        return f'{{{about}, "record": {self._said(record)}}}\n'

    def _said(self, record: Record) -> str:
        page = self._page(record)
        pairs = [pair for column in self._columns(record.resource) for pair in self._column(record, column)]
        for child in self.catalogue.contracts.children(record.resource.name):
            rows = ", ".join(self._said(row) for row in self._relations.children(record, child.name))
            pairs.append(f"{text(child.rows.step)}: [{rows}]")
        paged = page and PAGE not in self._taken[record.resource.name]
        return "{" + ", ".join([*pairs, f'"_page": {text(page)}'] if paged else pairs) + "}"

    def _column(self, record: Record, column: _Column) -> Iterator[str]:
        """A value, and what says it in words: the label of a code, the row that it names."""
        field, cell = column.field, record.values[column.place]
        if cell is None:
            if not column.former:
                yield f"{column.name}null"
            return
        yield column.name + value(sheets.published(cell, field) if column.changed else cell)
        target = self.catalogue.target(record, column.key) if column.key is not None else None
        if column.label and (field.categories or target is not None):
            yield column.label + text(field.label(cell) if target is None else target.label)
        if target is not None and column.page and self._page(target):
            yield column.page + text(self._page(target))

    def _columns(self, resource: Resource) -> list[_Column]:
        """What is told of the columns of a table."""
        if resource.name not in self._known:
            self._known[resource.name] = list(self._planned(resource))
        return self._known[resource.name]

    def _planned(self, resource: Resource) -> Iterator[_Column]:
        own, contracts = self._taken[resource.name], self.catalogue.contracts
        for place, field in enumerate(resource.fields):
            name = field.name
            label, page = (f"{text(each)}: " if each not in own else "" for each in (name + ending(), name + PAGE))
            key = reaching(resource, name, contracts) if not field.categories else None
            changed = field.prose or bool(field.separator)
            former = name == resource.former_ids
            yield _Column(place, field, f"{text(name)}: ", label, page, key, changed=changed, former=former)

    def _own(self, resource: Resource) -> frozenset[str]:
        """The names of the columns of a table and of the lists that its rows hold: no word of ours takes their place."""
        lists = (child.rows.step for child in self.catalogue.contracts.children(resource.name))
        return frozenset([*resource.index, *lists])

    def _page(self, record: Record) -> str:
        page = self._pages.get(id(record))
        if page is None:
            page = self._pages[id(record)] = self._url(self._addresses.of(record))
        return page

    def _url(self, path: str) -> str:
        """The address of a page or a file: whole when the site has one, else from its root."""
        return (self._absolute(path) or f"/{path}") if path else ""
