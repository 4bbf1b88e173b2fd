"""The pages that every site has whatever its content: home, prose, search, not found."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from generator import layout
from generator.contracts.conversion import identifier
from generator.contracts.model import Contracts, Package, Version
from generator.contracts.model import Page as Declared
from generator.diagnostics.finding import Position, fault
from generator.documents.articles import Article
from generator.pages.declared import put_forward
from generator.pages.page import Page, finish
from generator.pages.renderer import Renderer
from generator.prose import targets
from generator.prose.markdown import render_parts
from generator.text import links

HOME = "index.md"
CHANGES_SHOWN = 5


def render_articles(articles: tuple[Article, ...], renderer: Renderer, resolve: Callable[[str], str]) -> Iterator[Page]:
    """The hand-written pages; the one called index.md is the home page, with the ways in and the last changes."""
    for article in articles:
        path = layout.article(article.name)

        def target(written: str, path: str = path) -> str:
            found = resolve(written)
            if written.startswith(targets.COUNT) or ":" in found.split("/")[0] or found.startswith("#"):
                return found
            return links.relative(path, found)

        parts = [
            (part.level, part.heading, identifier(part.heading) or f"partie-{rank}", part.html)
            for rank, part in enumerate(render_parts(article.text, target))
        ]
        message, hint = "L’adresse « {path} » est déjà prise sur le site.", "Renommez ce fichier."
        blame = fault("adresse-prise", Position(article.file), message, hint, path=path)
        template = "home.html" if article.name == HOME else "article.html"
        home = _home(renderer) if template == "home.html" else {}
        yield finish(
            renderer, path, article.title, template, article.description, article.file, blame, parties=parts, accueil=home
        )  # fmt: skip


def render_fixed(renderer: Renderer, has_home: bool) -> Iterator[Page]:
    """The search page and, for a site without one, a home page made of its name and its ways in."""
    yield finish(
        renderer,
        layout.SEARCH,
        "Rechercher",
        "search.html",
        "Rechercher dans tout le site.",
        acces=ways_in(renderer),
    )
    if not has_home:
        yield finish(
            renderer, layout.HOME, renderer.settings.site_name, "home.html", renderer.settings.site_description,
            parties=[], accueil=_home(renderer),
        )  # fmt: skip


def _home(renderer: Renderer) -> dict[str, object]:
    """What the home page shows besides its prose: the ways in, what packages put forward, the last changes."""
    contracts = renderer.views.catalogue.contracts
    pages = [page for package in contracts.packages.values() for page in package.pages if page.home_template]
    shown = [
        {"modele": f"{page.package}/{page.home_template}", "page": page, "vedettes": put_forward(page, renderer)}
        for page in sorted(pages, key=lambda page: page.rank)
    ]
    return {"acces": ways_in(renderer), "vitrines": shown, "changements": changes(contracts)}


def ways_in(renderer: Renderer) -> list[dict[str, object]]:
    """The index pages of the packages in the order of their ranks, then the data, then the pages without rank (these are
    `second` when others have one); each with what it leads to: the tables shown there and how many records they have.
    """
    contracts = renderer.views.catalogue.contracts
    pages = [page for p in contracts.packages.values() for page in p.pages if page.kind != "record" and page.path]
    ranked = sorted((page for page in pages if page.rank), key=lambda page: page.rank)
    found: list[dict[str, object]] = [_way(page, False, renderer) for page in ranked]
    data: dict[str, object] = {
        "titre": "Données",
        "adresse": layout.DATA,
        "description": "Toutes les tables à télécharger, avec leur dictionnaire, leur licence et leur validation.",
        "tables": [("Jeux de données", len(contracts.packages))],
        "second": False,
    }
    others = [_way(page, bool(ranked), renderer) for page in pages if not page.rank]
    return [*found, data, *others] if ranked else [*others, data]


def _way(page: Declared, second: bool, renderer: Renderer) -> dict[str, object]:
    contracts = renderer.views.catalogue.contracts
    package = contracts.packages[page.package]
    below = [p for p in package.pages if p is page or (p.kind == "record" and p.path.startswith(page.path))]
    shown = dict.fromkeys(name for p in below for name in (p.resource, *p.anchors) if name in contracts.resources)
    tables = [(contracts.resources[name].title, len(renderer.views.catalogue[name])) for name in shown]
    return {
        "titre": page.title, "adresse": page.path, "description": page.description, "second": second,
        "tables": [table for table in tables if table[1]],
    }  # fmt: skip


def changes(contracts: Contracts) -> list[tuple[Version, list[Package]]]:
    """The last published versions, newest first; packages published the same day for the same reason are together.
    Of one day, the versions that ask something of re-users are first.
    """
    grouped: dict[tuple[str, str], tuple[Version, list[Package]]] = {}
    for package in contracts.packages.values():
        for version in package.versions:
            grouped.setdefault((version.date, version.summary), (version, []))[1].append(package)
    ordered = sorted(grouped, key=lambda key: (key[0], grouped[key][0].version.endswith(".0.0"), key[1]), reverse=True)
    return [grouped[key] for key in ordered[:CHANGES_SHOWN]]
