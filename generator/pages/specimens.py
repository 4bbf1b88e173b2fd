"""The annotated templates: an index of the tables with where their rows are written, and a page for each package with what
to copy.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby

from generator import layout
from generator.authoring.asks import holder, where
from generator.authoring.blank import Specimen, specimen
from generator.contracts.model import Contracts, Package, Resource
from generator.pages.draft import Draft, Ground, told
from generator.text.interface import say

TITLE = "Gabarits annotés"
DESCRIPTION = "Pour chaque table, le texte à copier pour ajouter une ligne, et ce que chaque clé attend."


@dataclass(frozen=True, slots=True)
class IndexContext:
    """What the template of the list of annotated templates receives."""

    paquets: list[tuple[Package, list[Resource]]] = told("Les paquets et leurs tables.")
    ecrite: Callable[[Resource], str] = told("`ecrite(table)` : où s’écrit une nouvelle ligne.")


@dataclass(frozen=True, slots=True)
class PackageContext:
    """What the template of the annotated templates of a package receives."""

    paquet: Package = told("Le paquet.")
    ecrite: Callable[[Resource], str] = told("`ecrite(table)` : où s’écrit une nouvelle ligne.")
    gabarits: list[tuple[Resource, Specimen | None]] = told(
        "Ses tables, chacune avec son gabarit, ou rien : une grande table, une table en JSON."
    )
    morceaux: Callable[[str], list[tuple[bool, str]]] = told(
        "`morceaux(texte)` : ce qui explique, ce qui est à remplir."
    )
    dictionnaire: str = told("L’adresse de la page du jeu de données.")


def drafts(ground: Ground) -> Iterator[Draft]:
    """The index, then a page for each package that has a table of its own files."""
    contracts, schemas = ground.project.catalogue.contracts, ground.project.settings.absolute(layout.words().schemas)

    def written(resource: Resource) -> str:
        return where(resource, contracts)

    packages = [(p, [contracts.resources[name] for name in p.resources]) for p in contracts.packages.values()]
    index = IndexContext(packages, written)
    yield Draft(layout.words().specimens, say(TITLE), "specimens-index.html", index, say(DESCRIPTION))
    for package, resources in packages:
        own = [
            (r, None if r.rows.elsewhere or r.rows.pattern.endswith(".json") else specimen(r, contracts, schemas))
            for r in resources
            if r.rows.in_files or r.rows.elsewhere
        ]
        if own:
            described = "Le texte à copier pour ajouter une ligne à une table de « {title} »."
            yield Draft(
                layout.specimens(package.name), say("{title} : gabarits", title=package.title), "specimens.html",
                PackageContext(package, written, own, pieces, layout.package(package.name)),
                say(described, title=package.title), package.position.path,
            )  # fmt: skip


def address(resource: Resource, contracts: Contracts) -> str:
    """The address of the annotated template of a table: that of the table whose files hold its rows."""
    root = holder(resource, contracts)
    return f"{layout.specimens(root.package)}#{root.name}_"


def pieces(text: str) -> list[tuple[bool, str]]:
    """A template cut into what explains (True) and what is to be filled."""
    lines = groupby(text.splitlines(keepends=True), lambda line: re.match(r"[# ]*##(?: |$)", line) is not None)
    return [(explains, "".join(some)) for explains, some in lines]
