"""The rows that readers look up by their names, from A to Z: those that have a page of their own, and those of tables that a page
cuts by letter.
"""

from __future__ import annotations

from dataclasses import dataclass

from generator import layout
from generator.catalogue.addresses import Addresses
from generator.catalogue.cutting import OTHERS, initial
from generator.catalogue.records import Record
from generator.text.spoken import order


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter, the address of its page, its rows in alphabetical order."""

    name: str
    path: str
    rows: list[Record]


def letters(addresses: Addresses) -> list[Letter]:
    """The letters by which names begin, in their order; what begins with none comes last."""
    found: dict[str, Letter] = {}
    for table in looked_up(addresses):
        for record in addresses.catalogue[table]:
            slug, name = initial(record.label)
            found.setdefault(slug, Letter(name, f"{layout.words().alphabet}{slug}/", [])).rows.append(record)
    for letter in found.values():
        letter.rows.sort(key=lambda record: order(record.label))
    return [found[slug] for slug in sorted(found, key=lambda slug: (slug == OTHERS, slug))]


def looked_up(addresses: Addresses) -> list[str]:
    """The tables whose rows are looked up by their names, when they have some."""
    tables = addresses.catalogue.tables
    placed = ((name, place.page) for name, place in addresses.places.items() if name in tables and tables[name].records)
    return [
        name
        for name, page in placed
        if name == page.resource and (page.per_record or (page.parts is not None and page.parts.by == "letter"))
    ]
