"""What each template receives, as the guide of templates tells it: read from the dataclasses themselves."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from generator.pages import alphabet, data, drawings, exploring, fixed, help, moved, page, schemas, specimens, versions
from generator.pages.draft import ALWAYS
from generator.pages.kinds import kinds
from generator.text.spoken import typeset

# The templates of the generator's own pages, which a package may replace by including them, and what they receive.
OWN: dict[str, type] = {
    "home.html": fixed.HomeContext,
    "article.html": fixed.ArticleContext,
    "search.html": fixed.SearchContext,
    "by-hand.html": fixed.ByHandContext,
    "alphabet.html": alphabet.Context,
    "data.html": data.IndexContext,
    "package.html": data.PackageContext,
    "table.html": exploring.Context,
    "versions.html": versions.Context,
    "help-index.html": help.IndexContext,
    "messages.html": help.MessagesContext,
    "architecture.html": help.ArchitectureContext,
    "modules.html": help.ModulesContext,
    "specimens-index.html": specimens.IndexContext,
    "specimens.html": specimens.PackageContext,
    "schemas.html": schemas.Context,
    "moved.html": moved.Context,
    "extract.html": page.ExtractContext,
    "figure.html": drawings.Context,
    "drawing.html": drawings.Context,
    "drawings.html": drawings.GalleryContext,
}


def table() -> str:
    """The Markdown of the guide: what every template receives, what those of each kind of page do, what our own do."""
    own = {name: [kind for kind, module in kinds().items() if module.Context is name] for name in _contexts()}
    lines = ["| Nom | Dans | Ce que c’est |", "|---|---|---|"]
    lines += [f"| `{name}` | toutes | {typeset(text)} |" for name, text in ALWAYS.items()]
    for context, names in own.items():
        where = ", ".join(f"`{name}`" for name in names)
        lines += [f"| `{name}` | {where} | {text} |" for name, text in _fields(context)]
    lines.append("| `vitrine` | modèle `accueil` | Sur la page d’accueil : `vitrine.page`, `vitrine.vedettes`. |")
    lines += ["", "Les modèles du générateur reçoivent :", "", "| Modèle | Nom | Ce que c’est |", "|---|---|---|"]
    for template, context in OWN.items():
        lines += [f"| `{template}` | `{name}` | {text} |" for name, text in _fields(context)]
    return "\n".join(lines) + "\n"


def _contexts() -> list[type]:
    return list(dict.fromkeys(module.Context for module in kinds().values()))


def _fields(context: type) -> Iterator[tuple[str, str]]:
    for field in dataclasses.fields(context):
        yield field.name, typeset(str(field.metadata["texte"]))
