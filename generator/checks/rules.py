"""Declared rules: each row of a table is shown to each of its rules."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.catalogue.records import Catalogue, Record
from generator.catalogue.relations import Relations
from generator.contracts.model import ForeignKey, Resource
from generator.diagnostics.finding import Diagnostic, Position
from generator.documents.nodes import Mapping, Node
from generator.rules.formula import Formula
from generator.rules.gap import Gap
from generator.rules.operands import Apart, Term
from generator.rules.reads import Reads
from generator.rules.rule import UNREAD, Row, Rule
from generator.rules.transitions import Transitions
from generator.text.names import steps


@dataclass(frozen=True, slots=True)
class Broken:
    """What breaks the rules that look at a row alone: what is said of it, and the records (their `id()`) that are concerned.
    Which of their values is right is not known, so that nothing is blamed for not saying the other.
    """

    diagnostics: tuple[Diagnostic, ...]
    doubtful: frozenset[int]


def check(catalogue: Catalogue) -> Broken:
    """Every row that does not follow a rule of its table; calculations and differences apart."""
    said, doubtful = list[Diagnostic](), set[int]()
    relations = catalogue.once(Relations)
    for resource, rule in _rules(catalogue):
        if not isinstance(rule, Formula | Gap):
            related = _Related(rule, catalogue, relations, frozenset()) if isinstance(rule, Reads) else None
            for record in catalogue[resource.name]:
                found = [] if record.unsure else list(rule.check(_Row(record, catalogue, related)))
                if found:
                    said += found
                    doubtful.add(id(record))
        if isinstance(rule, Transitions):
            for rows in _siblings(catalogue[resource.name]):
                said += rule.follow(rows)
    return Broken(tuple(said), frozenset(doubtful))


def check_formulas(catalogue: Catalogue, doubtful: frozenset[int]) -> Iterator[Diagnostic]:
    """Every calculation or difference that does not give its value, unless it starts from a doubtful record."""
    relations = catalogue.once(Relations)
    for resource, rule in _rules(catalogue):
        if isinstance(rule, Formula | Gap):
            related = _Related(rule, catalogue, relations, doubtful) if isinstance(rule, Formula) else None
            for record in catalogue[resource.name]:
                if not record.unsure:
                    yield from rule.check(_Row(record, catalogue, related, doubtful))


def apart(catalogue: Catalogue) -> frozenset[frozenset[Position]]:
    """The pairs of records that must not be added, by their places: those that calculations may not add either."""
    relations = catalogue.once(Relations)
    rules = [rule for _, rule in _rules(catalogue) if isinstance(rule, Formula)]
    return frozenset(pair for rule in rules for pair in _Related(rule, catalogue, relations, frozenset()).pairs)


def _siblings(records: Sequence[Record]) -> Iterator[list[_Row]]:
    """The rows that are nested in the same record, as they are written; all of a table that is not nested."""
    groups: dict[int, list[_Row]] = {}
    for record in records:
        if not record.unsure:
            groups.setdefault(id(record.parent), []).append(_Row(record))
    yield from groups.values()


def _rules(catalogue: Catalogue) -> Iterator[tuple[Resource, Rule]]:
    for resource in catalogue.contracts.resources.values():
        for rule in catalogue.contracts.rules.get(resource.name, ()):
            yield resource, rule


def seen(record: Record) -> Row:
    """A record as rules see it."""
    return _Row(record)


class _Row:
    """A record as rules see it: its columns and, when it is given the catalogue, those of the records that it names, unless they
    are doubtful.
    """

    __slots__ = ("catalogue", "doubtful", "record", "related")

    def __init__(
        self, record: Record, catalogue: Catalogue | None = None, related: _Related | None = None,
        doubtful: frozenset[int] = frozenset(),
    ) -> None:  # fmt: skip
        self.record = record
        self.catalogue = catalogue
        self.related = related
        self.doubtful = doubtful

    def __getitem__(self, name: str) -> object:
        place = self.record.resource.index.get(name)
        if place is None and self.related is not None:
            return self.related.of(self.record, name)
        if place is None:
            end, *rest = steps(name)
            return self._followed(end, ".".join(rest)) if rest else None
        value = self.record.values[place]
        return UNREAD if value is None and tried(self.record, name) else value

    def _followed(self, end: str, column: str) -> object:
        """A column of the record that a key names, by the last of its columns; UNREAD when it names none that is known and sure."""
        if self.catalogue is None or (self.record[end] is None and not tried(self.record, end)):
            return None
        target = self.catalogue.target(self.record, _key(self.record.resource, end))
        return UNREAD if target is None or id(target) in self.doubtful else _Row(target)[column]

    def at(self, name: str = "") -> Position:
        return self.record.at(name)

    def named(self, column: str) -> _Row | None:
        """The record that a key names, by the last of its columns."""
        if self.catalogue is None:
            return None
        target = self.catalogue.target(self.record, _key(self.record.resource, column))
        return _Row(target) if target is not None else None

    @property
    def label(self) -> str:
        return self.record.label

    @property
    def columns(self) -> Sequence[str]:
        return tuple(self.record.resource.index)

    @property
    def numeric(self) -> Sequence[str]:
        numbers = (f.name for f in self.record.resource.fields if f.type in ("number", "integer"))
        return [name for name in numbers if self.record[name] is not None]


def tried(record: Record, name: str) -> bool:
    """Whether something is written for a column, or in the place of its group, though no value was read."""
    node: Node = record.node
    for step in record.resource.field(name).key:
        if not isinstance(node, Mapping):
            return True
        if step not in node.nodes:
            return False
        node = node.nodes[step]
    return True


class _Related:
    """What a rule reads besides the row: the terms of a calculation, and the pairs of records that must not be added."""

    def __init__(
        self, rule: Formula | Reads, catalogue: Catalogue, relations: Relations, doubtful: frozenset[int]
    ) -> None:
        self.doubtful = doubtful
        self.catalogue = catalogue
        self.relations = relations
        self.operands = rule.operands if isinstance(rule, Formula) else None
        self.apart = rule.apart.table if rule.apart is not None else ""
        self.pairs = self._pairs(rule.apart) if rule.apart is not None else frozenset[frozenset[Position]]()

    def of(self, record: Record, name: str) -> object:
        """The terms of a record, UNREAD when one of them could not be read; the pairs."""
        if name == self.apart:
            return self.pairs
        if self.operands is None:
            return None
        rows = self.relations.children(record, name)
        column, key = self.operands.name, _key(self.catalogue.contracts.resources[name], self.operands.record)
        if self.catalogue.tables[name].incomplete or any(row[column] is None for row in rows):
            return UNREAD
        if any(id(self.catalogue.target(row, key)) in self.doubtful for row in rows):
            return UNREAD
        return tuple(Term(str(row[column]), _Row(row), self.target(row, key)) for row in rows)

    def target(self, row: Record, key: ForeignKey) -> _Row | None:
        """The row that a key of another names."""
        found = self.catalogue.target(row, key)
        return None if found is None else _Row(found)

    def _pairs(self, apart: Apart) -> frozenset[frozenset[Position]]:
        table = self.catalogue.contracts.resources[apart.table]
        keys = [_key(table, end) for end in apart.ends]
        rows = (row for row in self.catalogue[apart.table] if apart.when(_Row(row)))
        named = ([self.catalogue.target(row, key) for key in keys] for row in rows)
        return frozenset(frozenset(target.at() for target in pair if target is not None) for pair in named)


def _key(resource: Resource, last: str) -> ForeignKey:
    return next(key for key in resource.foreign_keys if key.fields[-1] == last)
