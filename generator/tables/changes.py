"""What differs between two states of a large table, by its key: exact counts, and the first rows of each kind with where they stand."""

from __future__ import annotations

from collections.abc import Mapping as Map
from collections.abc import Sequence
from dataclasses import dataclass, field

from generator.tables.source import Table
from generator.tables.values import Row

MOST = 100  # rows of each kind that are told one by one


@dataclass(frozen=True, slots=True)
class Written:
    """A row: its values, None for a null, the file and the line where it stands (0 when files have no lines)."""

    values: Row
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Naming:
    """A table of the former state whose `columns` name rows of the compared one by its columns `named`."""

    table: Table
    columns: tuple[str, ...]
    named: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """How many rows there were `before`, how many were added, removed (`used`: those that another table named) and changed (`naming`: those
    that name other rows than they did), how many values of each column changed, how many rows stand elsewhere when nothing else differs;
    and the first of them.
    """

    before: int = 0
    added: int = 0
    removed: int = 0
    changed: int = 0
    used: int = 0
    naming: int = 0
    moved: int = 0
    cells: Map[str, int] = field(default_factory=dict)
    first_added: Sequence[Written] = ()
    first_removed: Sequence[Written] = ()
    first_changed: Sequence[tuple[Written, Written]] = ()


class Incomparable(Exception):
    """Two states that cannot be compared by their keys; `why`: a diagnostic, or None for keys that tell no rows apart."""

    def __init__(self, why: object = None) -> None:
        super().__init__(str(why))
        self.why = why
