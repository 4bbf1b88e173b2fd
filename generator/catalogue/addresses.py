"""The address of everything on the site: the URL scheme stands here and in the `pages` of the contracts, nowhere else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from generator.catalogue.former import former_ids
from generator.catalogue.listings import Listings
from generator.catalogue.parts import Divisions
from generator.catalogue.placing import led, placing
from generator.catalogue.reads import Memo, decided
from generator.catalogue.records import Catalogue, Record
from generator.contracts.pages import Page
from generator.text.memory import TEXTS
from generator.text.names import BRACED, bare
from generator.values.types import canonical


@dataclass(frozen=True, slots=True)
class _Place:
    page: Page
    anchored: bool
    prefix: str = ""


def _placing(addresses: Addresses, record: Record) -> frozenset[str]:
    """The tables that decide of the page of a record: those that it names or that hold it, those by which it is placed."""
    name = record.resource.name
    return led((name,), addresses.catalogue.contracts) | addresses.placing(name)


class Addresses:
    """Where each record is shown, as the pages of the contracts say: of two pages for each record, on the first one."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.divisions = Divisions(catalogue)
        self.listings = Listings(catalogue, self.divisions)
        self.places: dict[str, _Place] = {}
        self._placing: dict[str, frozenset[str]] = {}
        self._found: Memo[Record, str] = Memo()
        self._told: Memo[Record, tuple[str, ...]] = Memo()  # the anchors of rows
        pages = [page for p in catalogue.contracts.packages.values() for page in p.pages]
        for page in pages:
            if page.per_record and page.resource:
                self.places.setdefault(page.resource, _Place(page, False))
        for page in pages:
            for rank, name in enumerate(page.anchors):
                prefix = "" if rank == 0 else name.replace("_", "-") + "-"
                self.places.setdefault(name, _Place(page, True, prefix))

    def of(self, record: Record) -> str:
        """The address of a record: its page, or its anchor on one; "" when it has none."""
        return self._found(record, lambda: self._place_of(record))

    def _place_of(self, record: Record) -> str:
        place = self.places.get(record.resource.name)
        if place is None:
            return ""
        if not place.anchored:
            return fill(place.page.path, record)
        page = self.page_of(record)
        return f"{page}#{self.anchor(record)}" if page else ""

    def placing(self, table: str) -> frozenset[str]:
        """The tables by which the addresses of the rows of one are found; none when they have no page."""
        if table not in self._placing:
            contracts, place = self.catalogue.contracts, self.places.get(table)
            self._placing[table] = led(placing(place.page, contracts), contracts) if place else frozenset()
        return self._placing[table]

    @decided(_placing)
    def page_of(self, record: Record) -> str:
        """The page on which a record stands, without its anchor: the page of a record that holds it, or that it names."""
        place = self.places[record.resource.name]
        if place.page.lists:
            return self.listings.path_of(place.page, record)
        if not place.page.per_record:
            return self._part_of(record, place.page) if place.page.parts is not None else place.page.path
        holder: Record | None = record
        while holder is not None and holder.resource.name != place.page.resource:
            holder = holder.parent or self._named(holder, place.page.resource)
        return fill(place.page.path, holder) if holder is not None else ""

    def _part_of(self, record: Record, page: Page) -> str:
        """The part of a page on which a row stands, with what holds it: the first of those that have it, else the page itself."""
        holder: Record | None = record
        while holder is not None and holder.resource.name != page.resource:
            holder = holder.parent
        parts = self.divisions.holding(page, holder) if holder is not None else []
        return parts[0].path if parts else page.path

    def _named(self, record: Record, resource: str) -> Record | None:
        key = next((key for key in record.resource.foreign_keys if key.resource == resource), None)
        return None if key is None else self.catalogue.target(record, key)

    def former(self, record: Record) -> list[str]:
        """The addresses of the pages that a record had before it was renamed; its old anchors are on its page."""
        place = self.places.get(record.resource.name)
        if place is None or place.anchored:
            return []
        own = fill(place.page.path, record)
        return [path for old in former_ids(record) if (path := fill(place.page.path, record, old)) != own]

    def anchor(self, record: Record) -> str:
        """The anchor of a record on its page: its identifier, after the name of its table when it is not the first."""
        return self._anchors(record)[0]

    def former_anchors(self, record: Record) -> list[str]:
        """The anchors that a record had on its page before it, or what holds it there, was renamed."""
        return list(self._anchors(record)[1:])

    def _anchors(self, record: Record) -> tuple[str, ...]:
        return self._told(record, lambda: self._made(record))

    def _made(self, record: Record) -> tuple[str, ...]:
        place = self.places.get(record.resource.name)
        parts = [_named(record)]
        holder = record.parent
        on_its_own_page = place is not None and place.page.per_record
        while place is not None and holder is not None:
            if on_its_own_page and holder.resource.name == place.page.resource:
                break
            parts.insert(0, _named(holder))
            holder = holder.parent
        prefix = place.prefix if place else ""
        return tuple(prefix + "-".join(names) for names in product(*parts))


def _named(record: Record) -> tuple[str, ...]:
    """The anchor of a row among those of what holds it, and those that it had: only the last part of a key changes name."""
    *first, last = own_key(record)
    return tuple(_anchor([*first, name]) for name in (last, *former_ids(record)))


def own_key(record: Record) -> tuple[str, ...]:
    """The parts of the key of a row that tell it from others that the same row holds: all of them when none holds it."""
    resource, parent = record.resource, record.parent
    own = resource.primary_key
    if parent is not None:
        above = parent.resource.name
        taken = [name for key in resource.foreign_keys if key.resource == above for name in key.fields]
        own = tuple([name for name in own if name not in taken]) or own[-1:]
    return tuple([canonical(record[name]) for name in own])


def _anchor(parts: Sequence[str]) -> str:
    """The parts of a key as an anchor: `ROM 12` → `ROM-12`, as HTML wants no space there and a URL few signs."""
    return _anchored("-".join(parts))


@lru_cache(maxsize=TEXTS)
def _anchored(text: str) -> str:
    return re.sub(r"[^\w.-]+", "-", text).strip("-_.") or "-".join(f"{ord(character):x}" for character in text)


def fill(path: str, record: Record, identifier: str = "") -> str:
    """`jardins/{id}/` with the columns of a record, or with another identifier than its own. A column that does not exist
    stays as it is written: the check of pages says it.
    """
    own = record.resource.primary_key[-1] if identifier else ""

    def value(found: re.Match[str]) -> str:
        name = bare(found[1])
        if name not in record.resource.index:
            return found[0]
        return identifier if name == own else canonical(record[name])

    return BRACED.sub(value, path)
