"""All that is known of a change between two states of a project: what differs, what it reaches, what to ask, what to publish."""

from __future__ import annotations

from dataclasses import dataclass

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
class Review:
    """A change, complete. `derived` are the computed columns of each table, `units` the contracts that say where units stand."""

    old: State
    new: State
    tables: tuple[TableDiff, ...]
    contract: tuple[ContractChange, ...]
    reached: Consequences
    questions: tuple[Question, ...]
    releases: tuple[Release, ...]
    derived: dict[str, frozenset[str]]
    units: Contracts

    def kind(self, row: Record, column: str) -> str:
        """What a column holds: `derived` for a value that a rule computes, `figure`, or `value` for any other."""
        name = row.resource.name
        if column in self.derived.get(name, ()):
            return "derived"
        resource = self.units.resources.get(name, row.resource)
        return "figure" if column in resource.index and is_figure(resource, column) else "value"

    def cells(self, kind: str) -> list[tuple[Pair, Cell]]:
        """The values that changed in the columns of a kind, in the order of their tables."""
        pairs = (pair for table in self.tables for pair in table.pairs)
        return [(pair, cell) for pair in pairs for cell in pair.cells if self.kind(pair.new, cell.column) == kind]

    def unit(self, row: Record, column: str) -> str:
        """The unit of a number of the new state, in words; "" for none."""
        return unit_of(row, column, self.new.catalogue, self.units)

    def gap(self, pair: Pair, cell: Cell) -> Gap | None:
        """What separates the two values of a figure; None when they are none, or when the unit is no longer the same."""
        if self.kind(pair.new, cell.column) == "value":
            return None
        unit = self.unit(pair.new, cell.column)
        same = unit == unit_of(pair.old, cell.column, self.old.catalogue, self.units)
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
    known = old.catalogue.contracts if new.published and not old.published else new.catalogue.contracts
    questions = tuple(ask(old.catalogue, new.catalogue, tables, reached, asked))
    return Review(old, new, tables, contract, reached, questions, asked, derived_columns(known), known)
