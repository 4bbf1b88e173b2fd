"""The annotated templates: an index of the tables with where their rows are written, and a page for each package with what
to copy.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from generator import layout
from generator.authoring.asks import holder, where
from generator.authoring.blank import specimen
from generator.contracts.model import Resource
from generator.pages.page import Page, finish
from generator.pages.renderer import Renderer
from generator.text.french import french

TITLE = "Gabarits annotés"
DESCRIPTION = "Pour chaque table, le texte à copier pour ajouter une ligne, et ce que chaque clé attend."


def render(renderer: Renderer) -> Iterator[Page]:
    """The index, then a page for each package that has a table of its own files."""
    contracts = renderer.views.catalogue.contracts

    def written(resource: Resource) -> str:
        return where(resource, contracts)

    def address(resource: Resource) -> str:
        root = holder(resource, contracts)
        return f"{layout.specimens(root.package)}#{root.name}_"

    packages = [(p, [contracts.resources[name] for name in p.resources]) for p in contracts.packages.values()]
    yield finish(
        renderer, layout.SPECIMENS, TITLE, "specimens-index.html", DESCRIPTION,
        paquets=packages, ecrite=written, gabarit=address,
    )  # fmt: skip
    for package, resources in packages:
        own = [resource for resource in resources if resource.rows.kind != "within"]
        if own:
            yield finish(
                renderer, layout.specimens(package.name), french(f"{package.title} : gabarits"), "specimens.html",
                french(f"Le texte à copier pour ajouter une ligne à une table de « {package.title} »."),
                package.position.path,
                paquet=package, ecrite=written, gabarits=[(r, specimen(r, contracts)) for r in own],
                morceaux=pieces, dictionnaire=layout.package(package.name),
            )  # fmt: skip


def pieces(text: str) -> list[tuple[bool, str]]:
    """A template cut into what explains (True) and what is to be filled."""
    lines = groupby(text.splitlines(keepends=True), lambda line: re.match(r"[# ]*##(?: |$)", line) is not None)
    return [(explains, "".join(some)) for explains, some in lines]
