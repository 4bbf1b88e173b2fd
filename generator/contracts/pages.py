"""The pages that a contract declares, read from it, and what is known of each generic kind of page."""

from __future__ import annotations

import re
from collections.abc import Mapping as Map
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from generator.contracts.frozen import freeze
from generator.contracts.listing import Layout, read_layout
from generator.contracts.parts import Parts, read_parts
from generator.contracts.searching import Found, read_found
from generator.diagnostics.finding import Position
from generator.diagnostics.suggestions import nearest
from generator.diagnostics.wording import listed
from generator.documents.nodes import plain
from generator.documents.reader import Reader
from generator.text.names import BRACED, bare

LISTS = (
    "index"  # the kind of page that lists its table: without a template of its own, on as many pages as its rows need
)
_PATH = re.compile(r"[a-z0-9_-][a-z0-9_/-]*/\Z")  # a column of the record being `x`


@dataclass(frozen=True, slots=True)
class PageKind:
    """What the check must know of a generic kind of page: the template used when the page names none ("" when it must name
    one), whether it must name a table, whether it is one page per record, whether it is cut into parts (`part_template` is then that
    of a part which names none), which of its options name a column, and whether it shows what its table computes.
    """

    template: str = ""
    needs_table: bool = False
    per_record: bool = False
    part_template: str = ""
    column_options: tuple[str, ...] = ()
    computes: bool = False


# What a record may be, of the types of schema.org (https://schema.org/docs/full.html), those that need a name alone.
TYPES = (
    *("Thing", "CreativeWork", "Article", "Book", "Report", "Claim", "Legislation", "DefinedTerm", "DefinedTermSet"),
    *("Event", "Place", "Organization", "GovernmentOrganization", "NGO", "Person", "Occupation", "Service"),
    *("GovernmentService", "Product", "Observation", "StatisticalVariable", "Grant", "Project"),
)


@dataclass(frozen=True, slots=True)
class Card:
    """What the picture of a record shows when its page is shared, as ways to columns: the `figure` as printed, the `text` under it
    ("" for what the page says of itself).
    """

    figure: str = ""
    text: str = ""

    @property
    def ways(self) -> tuple[str, ...]:
        """Those that are declared."""
        return tuple(way for way in (self.figure, self.text) if way)


@dataclass(frozen=True, slots=True)
class Page:
    """A page or family of pages that a package declares. `about` is the type of its records for schema.org, `card` what the picture
    of each shows when it is shared, `layout` how a list lays out its rows, `picture` the column that names a picture of each record and
    `picture_text` that of its words, `position_columns` those that place it on Earth (one of points, or a latitude and a longitude);
    `options` are for its template, but for three that any page may have: `rank` (its place among the
    ways in, 0 when it says none), `home_template` (a template of the package that the home page shows, or "") and `put_forward` (for
    each table, the keys of the records it puts forward, `parent/id` when the key has two columns).
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
    rank: int = 0
    home_template: str = ""
    put_forward: Map[str, Sequence[str]] = field(default_factory=dict)
    parts: Parts | None = None  # what it is cut into, each on a page below its own
    about: str = ""
    card: Card | None = None
    places: Map[str, Position] = field(default_factory=dict)  # of the texts of the declaration
    found: Found = field(default_factory=Found)  # by the search
    layout: Layout = field(default_factory=Layout)
    picture: str = ""
    picture_text: str = ""
    position_columns: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        freeze(self, "options", "put_forward", "places")

    def at(self, text: str) -> Position:
        """The place of a text of the declaration."""
        return self.places.get(text, self.position)

    def template_name(self, kind: PageKind) -> str:
        """The full name of its template: one of its package (`jardins/fiche.html`), or the generic one of its kind."""
        return f"{self.package}/{self.template}" if self.template else kind.template

    @property
    def ways(self) -> tuple[str, ...]:
        """The ways to columns that it names outside its path."""
        card = self.card.ways if self.card is not None else ()
        pictured = (way for way in (self.picture, self.picture_text) if way)
        told = BRACED.findall(f"{self.title} {self.description if self.per_record else ''}")
        return (*told, *card, *self.layout.named, *pictured, *self.position_columns)

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that its path holds."""
        return tuple(map(bare, BRACED.findall(self.path)))

    @property
    def lists(self) -> bool:
        """Whether it is the list of a table as every site has it, cut into pages (catalogue/listings.py)."""
        return self.kind == LISTS and not self.template and bool(self.resource)

    @property
    def placed(self) -> bool:
        """Whether its path is one: relative, in small letters without accents, with a bar at its end."""
        return bool(_PATH.match(BRACED.sub("x", self.path)))

    @property
    def per_record(self) -> bool:
        """Whether it is a family of pages: its path then holds columns."""
        return "{" in self.path


def read_page(item: Reader, package: str) -> Page:
    """The page that a mapping declares."""
    kind = item.text("kind", required=True)
    path = item.text("path", required=True)
    options = item.mapping("options")
    rank = options.text("rang", pattern="[0-9]{1,4}")
    card = item.mapping("card") if item.has("card") else None
    page = Page(
        kind=kind,
        path=path,
        title=item.text("title", required=True),
        template=item.text("template"),
        resource=item.text("resource"),
        anchors=item.texts("anchors", distinct=True),
        description=item.text("description"),
        options={key: plain(node) for key, node in options.node.nodes.items()},
        position=item.position,
        package=package,
        rank=int(rank) if re.fullmatch("[0-9]{1,4}", rank) else 0,
        home_template=options.text("accueil"),
        put_forward=_put_forward(options),
        parts=read_parts(item.mapping("parts")) if item.has("parts") else None,
        about=_about(item),
        card=_card(card) if card is not None else None,
        places=item.spots(),
        found=read_found(item.mapping("search")),
        layout=read_layout(item),
        picture=item.text("picture"),
        picture_text=item.text("picture_text"),
        position_columns=item.texts("position", distinct=True),
    )
    if path and not page.placed:
        message = "Le chemin « {path} » doit être relatif, en minuscules sans accent, et finir par « / »."
        meant = f"{path}/" if replace(page, path=f"{path}/").placed else ""
        item.fault("path", message, "", meant, path=path)
    item.close("une page")
    return page


def _about(item: Reader) -> str:
    """The type of the records of a page."""
    about = item.text("about")
    if about and about not in TYPES:
        message, hint = "« {about} » n’est pas un type de fiche.", "Types possibles : {choices}."
        item.fault("about", message, hint, nearest(about, TYPES), about=about, choices=listed(TYPES))
    return about


def _card(reader: Reader) -> Card:
    """What a picture shows."""
    card = Card(reader.text("figure"), reader.text("text"))
    reader.close("« card »")
    return card


def _put_forward(options: Reader) -> dict[str, Sequence[str]]:
    tables = options.mapping("vedettes")
    return {name: tables.texts(name, required=True) for name in tables.node.nodes}
