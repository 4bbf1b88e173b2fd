"""The drawings that a contract declares, read from it, and what is known of each kind of drawing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from typing import Literal

from generator.contracts.frozen import freeze
from generator.diagnostics.finding import Position
from generator.documents.reader import Reader

NAME = r"[a-z][a-z0-9-]{0,59}"  # of a drawing: its files and its address have it
PROSE = ("title", "description", "note")  # what is told of a drawing, in sentences bound to data


@dataclass(frozen=True, slots=True)
class FigureKind:
    """What the checks must know of a kind of drawing: its roles and what each takes (`number`, or `any`); those that must be given;
    of which at least one must, and those that go `together`; whether it puts values on one `scale` (all of them, or those of each
    row), `adds` them, or counts rows (`counts`: the role whose values are counted); how many rows it needs at least; which options it takes.
    """

    roles: Map[str, str]
    required: tuple[str, ...] = ()
    one_of: tuple[str, ...] = ()
    together: tuple[tuple[str, ...], ...] = ()
    scale: Literal["", "all", "row"] = ""
    adds: bool = False
    counts: str = ""
    least: int = 1
    options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Drawn:
    """Rows that a drawing shows: those of a table that hold one of these values (`when`, "" being an absent one), and by which paths
    each role is read. Rows that are `computed` are no source's: the drawing says so.
    """

    table: str
    when: Map[str, tuple[str, ...]]
    roles: Map[str, tuple[str, ...]]
    computed: bool
    position: Position
    titles: Map[str, str] = field(default_factory=dict)  # of what a path leads to, where that of the column does not do
    places: Map[str, Position] = field(default_factory=dict)

    def __post_init__(self) -> None:
        freeze(self, "when", "roles", "titles", "places")

    def at(self, text: str) -> Position:
        """The place of a text of the declaration."""
        return self.places.get(text, self.position)


@dataclass(frozen=True, slots=True)
class Figure:
    """A drawing, or one for each row of a table (`each`). Of the rows of one, those are drawn that are `alike` in these columns, the
    most numerous, and none below `least`. `units` are those that may stand on one scale; `at_least` are the qualifiers that mean
    « more than »; `total` is the key of the row that is the whole of what is added; `complete` adds the rows that a label could name
    and none does.
    """

    name: str
    kind: str
    title: str
    description: str
    note: str
    rows: tuple[Drawn, ...]
    position: Position
    package: str
    each: str = ""
    alike: tuple[str, ...] = ()
    least: int = 1
    units: tuple[str, ...] = ()
    at_least: tuple[str, ...] = ()
    total: str = ""
    complete: bool = False
    options: tuple[str, ...] = ()  # those that are written
    places: Map[str, Position] = field(default_factory=dict)
    proses: Map[str, Position] = field(default_factory=dict)  # where each sentence is written

    def __post_init__(self) -> None:
        freeze(self, "places", "proses")

    def at(self, text: str) -> Position:
        """The place of a text of the declaration."""
        return self.places.get(text, self.position)

    def told(self) -> Iterator[tuple[str, Position]]:
        """The sentences of its declaration, each with its place."""
        return ((text, self.proses[word]) for word in PROSE if (text := getattr(self, word)))


OPTIONS = ("alike", "least", "units", "at_least", "total", "complete")


def read_figure(item: Reader, package: str) -> Figure:
    """The drawing that a mapping declares."""
    least = item.text("least", pattern="[1-9][0-9]?")
    figure = Figure(
        name=item.text("name", required=True, pattern=NAME),
        kind=item.text("kind", required=True),
        title=item.text("title", required=True),
        description=item.text("description", required=True),
        note=item.text("note"),
        rows=tuple(_read_rows(rows) for rows in item.mappings("rows", required=True) if not rows.unread),
        position=item.position,
        package=package,
        each=item.text("each"),
        alike=item.texts("alike", distinct=True),
        least=int(least) if re.fullmatch("[1-9][0-9]?", least) else 1,
        units=item.texts("units", distinct=True),
        at_least=item.texts("at_least", distinct=True),
        total=item.text("total"),
        complete=item.boolean("complete"),
        options=tuple(word for word in OPTIONS if item.has(word)),
        places=item.spots(),
        proses={word: item.spot(word, text) for word, text in _written(item)},
    )
    item.close("un dessin")
    return figure


def _written(item: Reader) -> Iterator[tuple[str, str]]:
    return ((word, item.text(word)) for word in PROSE if item.has(word))


def _read_rows(item: Reader) -> Drawn:
    when, roles, titles = item.mapping("when"), item.mapping("roles", required=True), item.mapping("titles")
    drawn = Drawn(
        table=item.text("table", required=True),
        when={name: when.texts(name) for name in when.node.nodes},
        roles={name: roles.texts(name, required=True) for name in roles.node.nodes},
        computed=item.boolean("computed"),
        position=item.position,
        titles={path: titles.text(path) for path in titles.node.nodes},
        places=item.spots(),
    )
    item.close("les lignes d’un dessin")
    return drawn
