"""Blank spreadsheets that people fill with rows of a table (`frame`), as contracts declare them: which sheets one has, and which columns
each. They are written and read by packages/frames/.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from generator.contracts.derive import Series
from generator.contracts.frames import FEWEST, MOST, NESTED
from generator.contracts.meanings import is_plain
from generator.contracts.model import Contracts, Field, ForeignKey, Resource
from generator.diagnostics.finding import Diagnostic, fault
from generator.text.interface import say
from generator.text.spoken import typeset

SHEET = 28  # characters of the name of a sheet, of the 31 that a spreadsheet allows: a number may be added
_UNSAFE = re.compile(r"[\[\]:*?/\\\x00-\x1f]")  # that no name of a sheet has


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet of a frame: its `name`, the table whose rows it takes, how many rows it has, its columns (those that are computed
    last), and the key by which its rows name the one that holds them, None for the sheet of the table itself.
    """

    name: str
    resource: Resource
    rows: int
    columns: tuple[Field, ...]
    key: ForeignKey | None = None

    @property
    def written(self) -> tuple[Field, ...]:
        """The columns that somebody fills."""
        return tuple(column for column in self.columns if column.computed is None)

    def holds(self, column: Field) -> bool:
        """Whether a column names the row that holds a row."""
        return self.key is not None and column.name in self.key.fields

    def required(self, column: Field) -> bool:
        """Whether every row must have a value."""
        return column.required or self.holds(column)


@dataclass(frozen=True, slots=True)
class Steps:
    """A sheet whose rows nobody writes: those of a series that starts from the rows of another sheet."""

    name: str
    resource: Resource
    series: Series
    of: Page


def pages(resource: Resource, contracts: Contracts) -> tuple[Page, ...]:
    """The sheets of the frame of a table that are filled: its own, then one for each table that its rows hold."""
    frame = resource.frame
    rows = frame.rows if frame is not None else FEWEST
    tables = [resource, *contracts.children(resource.name)]
    names = _names([typeset(table.title) for table in tables])
    return tuple(
        Page(name, table, rows if table is resource else min(MOST, NESTED * rows), *_columns(table, resource))
        for name, table in zip(names, tables, strict=True)
    )


def series(filled: tuple[Page, ...], contracts: Contracts) -> tuple[Steps, ...]:
    """The sheets of a frame that follow from the others, step by step."""
    by_table = {page.resource.name: page for page in filled}
    found = [
        (table, table.derive, by_table[table.derive.of])
        for table in contracts.resources.values()
        if isinstance(table.derive, Series) and not table.derive.ending and table.derive.of in by_table
    ]
    names = _names([*(page.name for page in filled), *(typeset(table.title) for table, _, _ in found)])
    return tuple(Steps(name, *each) for name, each in zip(names[len(filled) :], found, strict=True))


def _columns(table: Resource, top: Resource) -> tuple[tuple[Field, ...], ForeignKey | None]:
    """The columns of a sheet, those that name the row that holds it first and those that are computed last; and that key."""
    key = next((k for k in table.foreign_keys if k.resource == top.name), None) if table is not top else None
    held = [table.field(name) for name in key.fields] if key is not None else []
    written = [column for column in table.shown if not column.filled]
    computed = [column for column in table.shown if column.computed is not None]
    return (*held, *written, *computed), key


def _names(titles: list[str]) -> list[str]:
    """The names of sheets, each its own whatever the case, and not those of the sheets that every frame has."""
    taken, names = {say("Lisez-moi").lower(), say("Listes").lower(), "history"}, list[str]()
    for title in titles:
        plain = " ".join(_UNSAFE.sub(" ", title).split()).strip("' ")[:SHEET].strip("' ") or say("Feuille")
        name, rank = plain, 1
        while name.lower() in taken:
            rank += 1
            name = f"{plain}~{rank}"
        taken.add(name.lower())
        names.append(name)
    return names


def check_frame(resource: Resource, contracts: Contracts) -> Iterator[Diagnostic]:
    """What no frame can take, now that every table is known."""
    frame = resource.frame
    if frame is None:
        return
    children = tuple(contracts.children(resource.name))
    message = ""
    if resource.rows.kind not in ("records", "list"):
        message = "« {name} » n’est pas écrite en YAML, dans ses propres fichiers : elle n’a pas de cadre à remplir."
    elif children and len(resource.primary_key) != 1:
        message = "Les lignes de « {name} » en contiennent d’autres : pour un cadre, une seule colonne les désigne."
    elif any(True for child in children for _ in contracts.children(child.name)):
        message = "Un cadre a un seul niveau de listes, et une liste de « {name} » en contient une autre."
    elif not all(is_plain(each, contracts) for each in (resource, *children)):
        message = "Les lignes de « {name} », ou de ses listes, n’ont pas la forme qu’un cadre sait écrire."
    if message:
        yield fault("contrat-faux", frame.position, message, "Retirez « frame ».", name=resource.name)
