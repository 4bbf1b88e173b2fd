"""The rows of a flat table, as its contract plans them (contracts/flats.py)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from generator.catalogue.addresses import Addresses
from generator.catalogue.records import Catalogue, Record
from generator.catalogue.relations import Relations
from generator.contracts.flats import SEPARATOR, Shown, name_of, plan
from generator.contracts.model import ForeignKey, Resource
from generator.contracts.settings import Settings
from generator.packages.sheets import Row, Sheet, words
from generator.text.interface import say
from generator.values.types import Value, canonical


def flat(catalogue: Catalogue, settings: Settings, resource: Resource) -> Sheet:
    """The flat table of a table."""
    columns = plan(resource, catalogue.contracts)
    addresses, relations = Addresses(catalogue), Relations(catalogue)
    readers = [_reader(shown, catalogue, settings, addresses, relations) for shown in columns]
    records = catalogue[resource.name]
    kept = tuple(shown.field for shown in columns)
    title = say("{title}, à plat", title=resource.title)
    hint = say("Une ligne par ligne de « {name} », avec les libellés à côté des codes.", name=resource.name)
    described = resource.flat.description if resource.flat is not None and resource.flat.description else hint

    def rows() -> Iterator[Row]:
        return ([read(record) for read in readers] for record in records)

    return Sheet(
        name=name_of(resource),
        title=title,
        description=described,
        resource=resource,
        columns=kept,
        count=len(records),
        read=rows,
        flat=True,
    )


_Read = Callable[[Record], Value | None]


def _reader(
    shown: Shown, catalogue: Catalogue, settings: Settings, addresses: Addresses, relations: Relations
) -> _Read:
    if shown.shows == "address":
        return lambda record: _address(addresses.of(record), settings)
    one = _end(shown, catalogue)
    nested = shown.nested
    if nested is None:
        return lambda record: one(_followed(record, shown.keys, catalogue))

    def several(record: Record) -> Value | None:
        ends = (one(_followed(child, shown.keys, catalogue)) for child in relations.children(record, nested.name))
        return SEPARATOR.join(canonical(end) for end in ends if end is not None) or None

    return several


def _address(path: str, settings: Settings) -> str | None:
    """The address of a page, whole when the site has one."""
    return (settings.absolute(path) or path) if path else None


def _followed(record: Record, keys: tuple[ForeignKey, ...], catalogue: Catalogue) -> Record | None:
    found: Record | None = record
    for key in keys:
        found = catalogue.target(found, key) if found is not None else None
    return found


def _end(shown: Shown, catalogue: Catalogue) -> Callable[[Record | None], Value | None]:
    """What is shown of the row that is reached."""
    column, target = shown.column, shown.target
    assert column is not None
    name = column.name

    def value(record: Record | None) -> Value | None:
        if record is None:
            return None
        return words(record[name]) if column.prose else record[name]

    def label(record: Record | None) -> Value | None:
        return None if record is None or record[name] is None else column.label(record[name])

    def named(record: Record | None) -> Value | None:
        found = catalogue.target(record, target) if record is not None and target is not None else None
        return found.label if found is not None else None

    return value if shown.shows == "value" else named if target is not None else label
