"""The pages that a contract declares, and what is known of each generic kind of page."""

from __future__ import annotations

import re
from collections.abc import Mapping as Map
from collections.abc import Sequence
from dataclasses import dataclass, field

from generator.contracts.frozen import freeze
from generator.diagnostics.finding import Position

COLUMN = re.compile(r"\{([a-z0-9_]+)\}")  # a column, in the path or the title of a page
_PATH = re.compile(r"[a-z0-9_{}-][a-z0-9_{}/-]*/\Z")


@dataclass(frozen=True, slots=True)
class PageKind:
    """What the check must know of a generic kind of page: the template used when the page names none ("" when it must name
    one), whether it must name a table, whether it is one page per record, and which of its options name a column.
    """

    template: str = ""
    needs_table: bool = False
    per_record: bool = False
    column_options: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A page or family of pages that a package declares; `options` are for its template, but for three that any page
    may have: `rang` (its place among the ways in), `accueil` (a template of the package that the home page shows) and
    `vedettes` (the records it puts forward: for each table, their keys).
    """

    kind: str
    path: str
    title: str
    template: str
    resource: str
    anchors: tuple[str, ...]
    description: str
    options: Map[str, object]
    position: Position
    package: str
    places: Map[str, Position] = field(default_factory=dict)  # of the texts of the declaration

    def __post_init__(self) -> None:
        freeze(self, "options", "places")

    def at(self, text: str) -> Position:
        """The place of a text of the declaration."""
        return self.places.get(text, self.position)

    def template_name(self, kind: PageKind) -> str:
        """The full name of its template: one of its package (`jardins/fiche.html`), or the generic one of its kind."""
        return f"{self.package}/{self.template}" if self.template else kind.template

    @property
    def placed(self) -> bool:
        """Whether its path is one: relative, in small letters without accents, with a bar at its end."""
        return bool(_PATH.match(self.path))

    @property
    def per_record(self) -> bool:
        """Whether it is a family of pages: its path then holds columns."""
        return "{" in self.path

    @property
    def rank(self) -> int:
        """Its place among the ways in; 0 when it says none."""
        rank = str(self.options.get("rang", ""))
        return int(rank) if rank.isdecimal() else 0

    @property
    def home_template(self) -> str:
        """The template of its package that the home page shows, or ""."""
        return str(self.options.get("accueil", ""))

    @property
    def put_forward(self) -> Map[str, Sequence[str]]:
        """The records put forward: for each table, their keys (`parent/id` when the key has two columns)."""
        named = self.options.get("vedettes")
        return {r: k for r, k in named.items() if isinstance(k, list)} if isinstance(named, dict) else {}
