"""The pages that every site has whatever its content: home, prose, search, not found."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from generator import addresses
from generator.articles import Article
from generator.contracts import Contracts, Package, Version
from generator.diagnostics import Position, fault
from generator.pages.page import Page, finish
from generator.prose import render_parts
from generator.rendering import Renderer
from generator.values import identifier

HOME = "index.md"
CHANGES_SHOWN = 5


def render_articles(articles: tuple[Article, ...], renderer: Renderer, resolve: Callable[[str], str]) -> Iterator[Page]:
    """The hand-written pages; the one called index.md is the home page, with the ways in and the last changes."""
    for article in articles:
        path = addresses.article(article.name)

        def target(written: str, path: str = path) -> str:
            found = resolve(written)
            if ":" in found.split("/")[0] or found.startswith("#"):
                return found
            return addresses.relative(path, found)

        parts = [
            (part.level, part.heading, identifier(part.heading) or f"partie-{rank}", part.html)
            for rank, part in enumerate(render_parts(article.text, target))
        ]
        message, hint = "L’adresse « {path} » est déjà prise sur le site.", "Renommez ce fichier."
        blame = fault("adresse-prise", Position(article.file), message, hint, path=path)
        template = "home.html" if article.name == HOME else "article.html"
        contracts = renderer.views.catalogue.contracts
        extra = {"acces": ways_in(renderer), "changements": changes(contracts)} if template == "home.html" else {}
        yield finish(
            renderer, path, article.title, template, article.description, article.file, blame, parties=parts, **extra
        )


def render_fixed(renderer: Renderer, has_home: bool) -> Iterator[Page]:
    """The search page and, for a site without one, a home page made of its name and its ways in."""
    yield finish(
        renderer,
        addresses.SEARCH,
        "Rechercher",
        "search.html",
        "Rechercher dans tout le site.",
        acces=ways_in(renderer),
    )
    if not has_home:
        contracts = renderer.views.catalogue.contracts
        yield finish(
            renderer, addresses.HOME, renderer.settings.site_name, "home.html", renderer.settings.site_description,
            parties=[], acces=ways_in(renderer), changements=changes(contracts),
        )  # fmt: skip


def ways_in(renderer: Renderer) -> list[dict[str, object]]:
    """The index pages of the packages, with how many records each leads to, and the data."""
    catalogue = renderer.views.catalogue
    found: list[dict[str, object]] = [
        {
            "titre": page.title,
            "adresse": page.path,
            "description": page.description,
            "nombre": len(catalogue[page.resource]) if page.resource else 0,
            "table": catalogue.contracts.resources[page.resource].title if page.resource else "",
        }
        for package in catalogue.contracts.packages.values()
        for page in package.pages
        if page.kind != "record" and not page.path.count("{")
    ]
    packages = len(catalogue.contracts.packages)
    description = "Toutes les tables à télécharger, avec leur dictionnaire, leur licence et leur validation."
    found.append(
        {
            "titre": "Données",
            "adresse": addresses.DATA,
            "description": description,
            "nombre": packages,
            "table": "Jeux de données",
        }
    )
    return found


def changes(contracts: Contracts) -> list[tuple[Version, list[Package]]]:
    """The last published versions, newest first; packages published the same day for the same reason are together."""
    grouped: dict[tuple[str, str], tuple[Version, list[Package]]] = {}
    for package in contracts.packages.values():
        for version in package.versions:
            grouped.setdefault((version.date, version.summary), (version, []))[1].append(package)
    ordered = sorted(grouped, reverse=True)
    return [grouped[key] for key in ordered[:CHANGES_SHOWN]]
