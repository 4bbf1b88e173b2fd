"""A table as it is published: its columns, and its rows as often as one wants them. All the formats are written from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from generator.catalogue.elsewhere import Elsewhere
from generator.catalogue.records import Catalogue
from generator.contracts.model import Field, Resource
from generator.text.links import without_links
from generator.values.several import rejoined
from generator.values.types import Value

if TYPE_CHECKING:
    from generator.tables.duck.publishing import Publishing

Row = Sequence[Value | None]
KEPT = 500_000  # cells that are made once for all files; those of more are made again for each


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table to publish: what it is called and says, its columns, how many rows it has, and what reads them anew (each has a value
    per column). `resource` is the table whose rows it shows; `flat`, that labels stand beside its codes (flat.py); `large`, that they
    are those of a large table, and `publishing`, what gives these all at once, if anything does.
    """

    name: str
    title: str
    description: str
    resource: Resource
    columns: tuple[Field, ...]
    count: int
    read: Callable[[], Iterator[Row]]
    flat: bool = False
    large: bool = False
    publishing: Callable[[], Publishing | None] = lambda: None

    def rows(self) -> Iterator[Row]:
        """Its rows, from the first."""
        return self.read()


def sheet(catalogue: Catalogue, resource: Resource) -> Sheet:
    """A table as its contract declares it. The identifiers that rows had are left out when none had any; a prose keeps the words of
    its links, not their targets, which are addresses of the site.
    """
    elsewhere = catalogue.tables[resource.name].elsewhere
    if elsewhere is not None:
        return _large(resource, elsewhere)
    records = catalogue[resource.name]
    unused = resource.former_ids and all(record[resource.former_ids] is None for record in records)
    columns = tuple(field for field in resource.fields if not (unused and field.name == resource.former_ids))
    read = reader(resource, columns)
    return Sheet(
        name=resource.name,
        title=resource.title,
        description=resource.description,
        resource=resource,
        columns=columns,
        count=len(records),
        read=lambda: (read(record.values) for record in records),
    )


def _large(resource: Resource, elsewhere: Elsewhere) -> Sheet:
    """A large table: its rows are read where they are, for each file anew."""
    return Sheet(
        name=resource.name,
        title=resource.title,
        description=resource.description,
        resource=resource,
        columns=resource.fields,
        count=elsewhere.size,
        read=elsewhere.rows,
        large=True,
        publishing=lambda: elsewhere.publishing,
    )


class Sheets:
    """The tables of a catalogue as they are published; the rows of the first ones are kept until all that holds them is written."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._made: dict[str, Sheet] = {}
        self._kept: dict[str, list[Row]] = {}
        self._room = KEPT

    def of(self, resource: Resource) -> Sheet:
        """A table as its contract declares it."""
        found = self._made.get(resource.name)
        if found is None:
            made = sheet(self._catalogue, resource)
            found = self._made[resource.name] = replace(made, read=lambda: self._rows(made))
        return found

    def _rows(self, made: Sheet) -> Iterator[Row]:
        kept, cells = self._kept.get(made.name), made.count * len(made.columns)
        if kept is None:
            if cells > self._room:
                return made.rows()
            self._room -= cells
            kept = self._kept[made.name] = list(made.rows())
        return iter(kept)

    def end(self) -> None:
        """Keep no rows any longer."""
        self._kept, self._room = {}, -1


def reader(resource: Resource, columns: Sequence[Field]) -> Callable[[list[Value | None]], Row]:
    """What takes of the values of a row those of some columns, as they are published."""
    places = [resource.index[field.name] for field in columns]
    changed = [(rank, field) for rank, field in enumerate(columns) if field.prose or field.separator]
    whole = places == list(range(len(resource.fields)))

    def read(values: list[Value | None]) -> Row:
        row = values if whole and not changed else [values[place] for place in places]
        for rank, field in changed:
            row[rank] = published(row[rank], field)
        return row

    return read


def published(value: Value | None, field: Field) -> Value | None:
    """A value of a column as it is published: that of a prose without the targets of its links, several as their contract separates
    them.
    """
    if not isinstance(value, str):
        return value
    text = without_links(value) if field.prose else value
    return rejoined(text, field.separator) if field.separator else text
