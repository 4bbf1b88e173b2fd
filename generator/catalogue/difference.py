"""What differs between two readings of a project: the rows that one of them alone has, that say something else, or stand elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from generator.catalogue.records import Catalogue, Key, Record
from generator.contracts.model import Contracts, Resource
from generator.documents.nodes import COLUMN_BITS, Mapping, Node, Sequence

Fact = tuple[Any, str]  # something declared: where it is, its name
Row = tuple[str, Key]  # a row by the name of its table and its key


def row(record: Record) -> Row:
    """What names a row from one reading to the next."""
    return record.resource.name, record.id


class Difference(NamedTuple):
    """What is not the same in two readings: the rows, by their names, that say something else, or are in one alone; those that
    stand elsewhere in the files. `own`: those of the former that came, or say something else than their rank, and those that held one
    that is gone. `linked`: the tables whose rows are other ones, stand in another order, or name other rows. `facts`: the texts of
    contracts, the settings and the templates (declaring.py) that are others; `declared`: whether contracts or settings say something
    else; `whole`: whether they differ by more than such texts.
    """

    said: frozenset[Row]
    moved: frozenset[Row]
    own: frozenset[Row] = frozenset()
    others: bool = False  # whether rows came or went
    linked: frozenset[str] = frozenset()
    facts: frozenset[Fact] = frozenset()
    declared: bool = False
    whole: bool = False

    @property
    def tables(self) -> frozenset[str]:
        """The tables whose rows say something else, or stand in another order."""
        return frozenset(table for table, _ in self.said)

    def and_also(self, other: Difference) -> Difference:
        """What differs here or there: what was made of either reading may be made again."""
        both: Iterator[tuple[Any, Any]] = zip(self, other, strict=True)
        return Difference(*(ours | theirs for ours, theirs in both))


NOTHING = Difference(frozenset(), frozenset())


def difference(old: Catalogue, new: Catalogue) -> Difference:
    """Which rows differ between two readings of contracts that have the same tables."""
    said: set[Row] = set()
    own: set[Row] = set()
    moved: set[Row] = set()
    linked: set[str] = set()
    others = False
    for name, table in new.tables.items():
        before = old.tables[name].by_key
        links = tuple(link for link in _links(table.resource, new.contracts) if link in old.tables[name].resource.index)
        for key, record in table.by_key.items():
            former = before.get(key)
            if former is record:  # of a file that was not read again
                continue
            if former is None:
                own.add((name, key))
            elif repr(former.values) != repr(record.values) or _above(former) != _above(record):
                said.add((name, key))
                own.add((name, key))
                if former.key(links) != record.key(links) or _above(former) != _above(record):
                    linked.add(name)
            elif not _same_place(former, record):
                moved.add((name, key))
        if before.keys() != table.by_key.keys():
            others = True
            said.update((name, key) for key in before.keys() ^ table.by_key.keys())
            own.update(filter(None, (_above(before[key]) for key in before.keys() - table.by_key.keys())))
            linked.add(name)
        if list(before) != list(table.by_key):  # the order of rows is published
            said.update((name, key) for key in table.by_key)
            linked.add(name)
    return Difference(frozenset(said), frozenset(moved), frozenset(own), others, frozenset(linked))


def _links(resource: Resource, contracts: Contracts) -> tuple[str, ...]:
    """The columns by which rows name others, or others name them."""
    own = (name for key in resource.foreign_keys for name in key.fields)
    tables = contracts.resources.values()
    theirs = (name for r in tables for key in r.foreign_keys if key.resource == resource.name for name in key.reference)
    return tuple(dict.fromkeys((*own, *theirs)))


def _above(record: Record) -> Row | None:
    """The row that holds another."""
    return row(record.parent) if record.parent is not None else None


def _same_place(old: Record, new: Record) -> bool:
    """Whether all that is written of a row stands at the same lines of the same file."""
    if old.document is new.document:  # rows derived from a file that was not read again
        return old.mark == new.mark
    return old.document.path == new.document.path and list(_lines(old)) == list(_lines(new))


def _lines(record: Record) -> Iterator[int]:
    """The lines where a row and all that it holds are written."""
    pending: list[Node] = [record.node]
    yield record.mark >> COLUMN_BITS
    while pending:
        node = pending.pop()
        yield node.mark >> COLUMN_BITS
        if isinstance(node, Mapping):
            yield from (mark >> COLUMN_BITS for mark in node.key_marks)
            pending += node.nodes.values()
        elif isinstance(node, Sequence):
            pending += node.items
