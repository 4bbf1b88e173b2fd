"""A page before it is rendered: where it stands, from which template, and all that the template receives. What a template
receives is a frozen dataclass whose fields say what they are; the guide of templates is made from them.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from typing import Any

from generator.catalogue.addresses import Addresses
from generator.catalogue.project import Project
from generator.contracts.model import Package
from generator.pages.history import History
from generator.pages.views import Views


def told(text: str) -> Any:
    """A field of a context and what it is, in French: a line of the guide of templates."""
    return field(metadata={"texte": text})


@dataclass(frozen=True, slots=True)
class Draft:
    """A page to be made at `path` (ends with /, or is empty for the home page). `source` is the file of the repository to
    correct it in, `more` are properties for the theme.
    """

    path: str
    title: str
    template: str
    context: object
    description: str = ""
    source: str = ""
    more: Map[str, str] = field(default_factory=dict)

    def names(self) -> dict[str, object]:
        """All that the template receives, by name."""
        own = {f.name: getattr(self.context, f.name) for f in dataclasses.fields(self.context)}  # type: ignore[arg-type]
        return own | {"titre_de_page": self.title, "path": self.path, "fichier": self.source}


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
    history: History

    def package(self, name: str) -> Package:
        """The package of that name."""
        return self.project.catalogue.contracts.packages[name]


def ground(project: Project) -> Ground:
    """What the pages of a project are drawn from."""
    views = Views(project.catalogue)
    return Ground(project, views, Addresses(project.catalogue), History(views))
