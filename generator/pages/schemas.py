"""The page of what helps an editor: the JSON Schema of each table, and how to have it read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator import layout
from generator.authoring.asks import place
from generator.authoring.editors import RECOMMENDED, modeline
from generator.authoring.json_schema import with_files
from generator.contracts.model import Resource
from generator.pages.draft import Draft, Ground, told
from generator.text.interface import say

TITLE = "Être aidé par son éditeur"
DESCRIPTION = "Les schémas JSON des fiches : les clés et les valeurs proposées, expliquées, et les fautes soulignées."


@dataclass(frozen=True, slots=True)
class Context:
    """What the template of the list of schemas receives."""

    schemas: list[tuple[Resource, str]] = told("Les tables qui ont leurs fichiers YAML, chacune avec leur place.")
    extension: str = told("L’extension de VS Code qui lit les schémas.")
    premiere_ligne: str = told("La ligne par laquelle un fichier de la première table dit son schéma.")


def drafts(ground: Ground) -> Iterator[Draft]:
    """The page."""
    project = ground.project
    found = [(resource, place(resource)) for resource in with_files(project.catalogue.contracts)]
    site = project.settings.absolute(layout.words().schemas)
    line = next((modeline(resource.name, path, site) for resource, path in found), "")
    context = Context(found, RECOMMENDED, line)
    yield Draft(layout.words().schemas, say(TITLE), "schemas.html", context, say(DESCRIPTION))
