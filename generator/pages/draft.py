"""A page before it is rendered: where it stands, from which template, and all that the template receives. What a template
receives is a frozen dataclass whose fields say what they are; the guide of templates is made from them.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from generator.catalogue.addresses import Addresses
from generator.catalogue.project import Project
from generator.catalogue.related import Related
from generator.contracts.model import Package
from generator.layout import EARLIEST
from generator.packages.cited import Citations
from generator.packages.extracts import Extracts, extracts
from generator.packages.metadata import Link
from generator.pages.figures.gallery import Gallery
from generator.pages.history import History
from generator.pages.sharing import Shared
from generator.pages.views import Views


def told(text: str) -> Any:
    """A field of a context and what it is, in French: a line of the guide of templates."""
    return field(metadata={"texte": text})


MOVED = "nouvelle_adresse"  # the property of a page that only leads elsewhere


@dataclass(frozen=True, slots=True)
class Draft:
    """A page to be made at `path` (ends with /, or is empty for the home page). `source` is the file of the repository to
    correct it in, `more` are properties for the theme, `links` are what its head links to, `data` is the JSON-LD that it holds, `shared`
    what a page that a contract declares says of itself to others, `picture` the path of an image that it shows, and its words.
    """

    path: str
    title: str
    template: str
    context: object
    description: str = ""
    source: str = ""
    more: Map[str, str] = field(default_factory=dict)
    links: tuple[Link, ...] = ()
    data: str = ""
    shared: Shared | None = None
    picture: tuple[str, str] | None = None

    def names(self) -> dict[str, object]:
        """All that the template receives, by name."""
        return names(self.context) | {"titre_de_page": self.title, "path": self.path, "fichier": self.source}


@dataclass(frozen=True, slots=True)
class Later:
    """A draft that is made when it is asked for, of a page at `path`. Beside contracts and settings, `make` is given all that it needs in
    `about`, and reads the rest of rows and of the indexes of all rows (catalogue/reads.py).
    """

    path: str
    about: tuple[object, ...]
    make: Callable[[], Draft]


def drawn_up(page: Draft | Later) -> Draft:
    """The draft of a page."""
    return page.make() if isinstance(page, Later) else page


def names(context: object) -> dict[str, object]:
    """What a context gives to a template, by name."""
    kind: Any = type(context)
    return {name: getattr(context, name) for name in _named(kind)}


@cache
def _named(kind: Any) -> tuple[str, ...]:
    """The fields of a context, by its class."""
    return tuple(field.name for field in dataclasses.fields(kind))


# What every template receives.
ALWAYS = {
    "titre_de_page": "Le titre de la page, qui est déjà en haut d’elle.",
    "path": "L’adresse de la page, depuis la racine du site.",
    "fichier": "Le fichier de la fiche, ou rien.",
}


@dataclass(frozen=True, slots=True)
class Ground:
    """What pages are drawn from."""

    project: Project
    views: Views
    addresses: Addresses
    extracts: Extracts
    history: History
    citations: Citations
    date: str  # the reference date, AAAA-MM-JJ
    gallery: Gallery
    related: Related

    def package(self, name: str) -> Package:
        """The package of that name."""
        return self.project.catalogue.contracts.packages[name]


def ground(project: Project, date: str = EARLIEST) -> Ground:
    """What the pages of a project are drawn from on a date (AAAA-MM-JJ)."""
    views, addresses = Views(project.catalogue), project.catalogue.once(Addresses)
    return Ground(
        project=project,
        views=views,
        addresses=addresses,
        extracts=extracts(project.catalogue),
        history=History(views),
        citations=Citations.of(project.catalogue, project.settings),
        date=date,
        gallery=Gallery(project.catalogue, project.settings),
        related=Related(addresses),
    )
