"""Rows that have something in common: those that name the same rows as another, themselves or by what they hold."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from generator.catalogue.addresses import Addresses
from generator.catalogue.reads import ANY, decided
from generator.catalogue.records import Record

MOST = 6  # rows told of one
MOST_OF_TABLE = 3  # of them, of one table
WIDEST = 60  # what more rows name (a source, a country) brings none of them together


@dataclass(frozen=True, slots=True)
class Kin:
    """A row, and what it has in common with another: the rows that both name, the rarest first."""

    row: Record
    shared: tuple[Record, ...]


class Related:
    """The rows that have a page of their own, by what they name; worked out once it is asked for."""

    def __init__(self, addresses: Addresses) -> None:
        self._addresses = addresses
        self._named: dict[Record, dict[Record, None]] = {}
        self._naming: dict[Record, list[Record]] = {}

    @decided(lambda related, record: (ANY,), links=True)
    def of(self, record: Record) -> list[Kin]:
        """The rows nearest to one: each thing that both name counts for one over how many name it. Those that name it, or that
        it names, are left out, as its page leads to them already.
        """
        if not self._named:
            self._gather()
        own = self._named.get(record, {})
        scores: dict[Record, float] = {}
        shared: dict[Record, list[Record]] = {}
        for named in sorted(own, key=lambda named: len(self._naming[named])):
            naming = self._naming[named]
            for other in naming if 1 < len(naming) <= WIDEST else ():
                if other is not record and other not in own and record not in self._named[other]:
                    scores[other] = scores.get(other, 0) + 1 / len(naming)
                    shared.setdefault(other, []).append(named)
        return [Kin(row, tuple(shared[row])) for row in _nearest(scores)]

    def _gather(self) -> None:
        catalogue = self._addresses.catalogue
        paged = {name for name, place in self._addresses.places.items() if not place.anchored}
        following = {
            resource.name: [catalogue.follower(key) for key in resource.foreign_keys]
            for resource in catalogue.contracts.resources.values()
        }
        for record in catalogue.records():
            owner = record
            while owner.parent is not None:
                owner = owner.parent
            if owner.resource.name not in paged:
                continue
            named = self._named.setdefault(owner, {})
            for follow in following[record.resource.name]:
                target = follow(record)
                if target is not None and target is not owner and target.parent is None and target not in named:
                    named[target] = None
                    self._naming.setdefault(target, []).append(owner)


def _nearest(scores: dict[Record, float]) -> list[Record]:
    """The first of them, not too many of one table; of two that are as near, that which stands first."""
    of_table: Counter[str] = Counter()
    kept: list[Record] = []
    for row in sorted(scores, key=lambda row: -scores[row]):
        name = row.resource.name
        if of_table[name] < MOST_OF_TABLE and len(kept) < MOST:
            of_table[name] += 1
            kept.append(row)
    return kept
