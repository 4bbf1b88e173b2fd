"""All that is known of a change between two states of a project: what differs, what it reaches, what to ask, what to publish."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping as Map
from dataclasses import dataclass, replace
from typing import Literal

from generator.catalogue.records import Record
from generator.changes import diff, schemas
from generator.changes.consequences import Consequences, derived_columns, reach
from generator.changes.diff import Cell, Pair, TableDiff
from generator.changes.questions import Question, ask
from generator.changes.release import Release, releases
from generator.changes.schemas import ContractChange
from generator.changes.states import State
from generator.changes.values import Gap, gap, is_figure, unit_of
from generator.contracts.model import Contracts


@dataclass(frozen=True, slots=True)
class Head:
    """A row that comes or goes, and how many rows come or go with it, by the titles of their tables."""

    row: Record
    held: Counter[str]


@dataclass(frozen=True, slots=True)
class Review:
    """A change, complete. `kinds` are those of the columns of each table, `known` the contracts that say what
    packages do not.
    """

    old: State
    new: State
    tables: tuple[TableDiff, ...]
    contract: tuple[ContractChange, ...]
    reached: Consequences
    questions: tuple[Question, ...]
    releases: tuple[Release, ...]
    kinds: Map[str, Map[str, str]]
    known: Contracts

    def kind(self, row: Record, column: str) -> str:
        """What a column holds: `derived` for a value that a rule computes, `figure`, or `value` for any other."""
        return self.kinds.get(row.resource.name, {}).get(column, "value")

    def cells(self) -> dict[str, list[tuple[Pair, Cell]]]:
        """The values that changed, by what their columns hold, in the order of their tables; the identifiers that rows had are
        told with the rows.
        """
        found: dict[str, list[tuple[Pair, Cell]]] = {"figure": [], "derived": [], "value": []}
        for table in self.tables:
            resource = self.known.resources.get(table.name)
            former = resource.former_ids if resource is not None else ""
            kinds = self.kinds.get(table.name, {})
            for pair in table.pairs:
                for cell in pair.cells:
                    if cell.column != former:
                        found[kinds.get(cell.column, "value")].append((pair, cell))
        return found

    def more_cells(self) -> Counter[str]:
        """How many values that changed are not in `cells`, by what their columns hold: those of large tables, past the first."""
        found = Counter[str]()
        for table in self.tables:
            for column, amount in table.more_cells.items():
                found[self.kinds.get(table.name, {}).get(column, "value")] += amount
        return found

    def more_heads(self, kind: Literal["added", "removed"]) -> int:
        """How many rows that come or go are not in `heads`."""
        return sum(table.more_added if kind == "added" else table.more_removed for table in self.tables)

    def heads(self, kind: Literal["added", "removed"]) -> list[Head]:
        """The rows that come or go with a table that stays, those that they hold being counted with them."""
        tables = [table for table in self.tables if self._stays(table.name)]
        rows = [row for table in tables for row in getattr(table, kind)]
        alike, found = {id(row) for row in rows}, dict[int, Head]()
        for row in rows:
            top = row
            while top.parent is not None and id(top.parent) in alike:
                top = top.parent
            head = found.setdefault(id(top), Head(top, Counter()))
            if top is not row:
                head.held[row.resource.title] += 1
        return list(found.values())

    def renamed(self) -> list[Pair]:
        """The rows that were renamed, not those that only follow what holds them."""
        return [pair for table in self.tables for pair in table.renamed if pair.how != "holder"]

    def _stays(self, name: str) -> bool:
        return name in self.old.catalogue.tables and name in self.new.catalogue.tables

    def unit(self, row: Record, column: str, old: bool = False) -> str:
        """The unit of a number of the new state, or of the old one, in words; "" for none."""
        return unit_of(row, column, (self.old if old else self.new).catalogue, self.known)

    def gap(self, pair: Pair, cell: Cell) -> Gap | None:
        """What separates the two values of a figure; None when they are none, or when the unit is no longer the same."""
        if self.kind(pair.new, cell.column) == "value":
            return None
        unit = self.unit(pair.new, cell.column)
        same = unit == self.unit(pair.old, cell.column, old=True)
        return gap(cell.old, cell.new, unit) if same else None

    @property
    def empty(self) -> bool:
        """Whether nothing differs."""
        return not self.contract and all(table.same for table in self.tables)


def review(old: State, new: State) -> Review:
    """The change from one state to another."""
    published = old.published or new.published
    tables = diff.compare(old.catalogue, new.catalogue, words_only=published)
    contract = schemas.compare(old.catalogue.contracts, new.catalogue.contracts, published)
    reached = reach(old.catalogue, new.catalogue, new.project.articles, new.project.root, tables)
    asked = tuple(releases(old.catalogue, new.catalogue, tables, contract))
    first = next((state for state in (new, old) if not state.published), new)
    known = replace(first.catalogue.contracts, rules=first.known.rules)
    questions = tuple(ask(old.catalogue, new.catalogue, tables, reached, asked))
    return Review(
        old,
        new,
        tables=tables,
        contract=contract,
        reached=reached,
        questions=questions,
        releases=asked,
        kinds=_kinds(known),
        known=known,
    )


def _kinds(contracts: Contracts) -> dict[str, dict[str, str]]:
    """The columns of each table that hold computed values or figures."""
    found: dict[str, dict[str, str]] = {}
    for name, resource in contracts.resources.items():
        computed = derived_columns(contracts, name)
        figures = [column for column in resource.index if is_figure(resource, column)]
        found[name] = dict.fromkeys(figures, "figure") | dict.fromkeys(computed, "derived")
    return found
