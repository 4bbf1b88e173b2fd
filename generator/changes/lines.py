"""The lines of the story of a change: the same few parts for each, whatever form they are shown in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from generator.catalogue.records import Record
from generator.changes.states import State
from generator.values.types import canonical

MOST = 1_000  # lines of a section; the others are counted
_NAME = 80  # characters of the name of a row

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that is told: of which table, what, in which column or respect, before, after, what separates the two, a remark,
    and where it stands in the files. All are texts, "" when there is nothing to say.
    """

    table: str = ""
    what: str = ""
    column: str = ""
    old: str = ""
    new: str = ""
    gap: str = ""
    note: str = ""
    place: str = ""


PARTS = ("table", "what", "column", "old", "new", "gap", "note", "place")


@dataclass(frozen=True, slots=True)
class Section:
    """The lines of one kind; `total` counts those that are not told as well."""

    name: str
    title: str
    lines: tuple[Line, ...]
    total: int

    def parts(self) -> tuple[str, ...]:
        """The parts that a line at least has."""
        return tuple(part for part in PARTS if any(getattr(line, part) for line in self.lines))


def section(name: str, title: str, items: Sequence[T], told: Callable[[T], Line], more: int = 0) -> Section:
    """The section that tells of some things, of the first ones when they are too many; `more` are counted besides."""
    return Section(name, title, tuple(map(told, items[:MOST])), len(items) + more)


def name_of(row: Record) -> str:
    """What a row is called: by its label, or by its identifier in what holds it."""
    key = canonical(row.id[-1])
    if row.parent is not None:
        return f"{name_of(row.parent)}, {key}"
    label = " ".join(row.label.split())
    if label == key or len(row.id) > 1:  # a label alone would not say of what
        label = "/".join(map(canonical, row.id))
    return label if len(label) <= _NAME else label[: _NAME - 1].rstrip() + "…"


def place_of(row: Record, column: str, state: State) -> str:
    """`content/jardins/clos-vert.yaml:4`; "" for a row of published packages, whose files are ours."""
    position = row.at(column)
    return "" if state.published else f"{position.path}:{position.line}"
