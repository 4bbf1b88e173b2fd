"""The pages that every site has whatever its content: home, prose, search, the form for who has no account."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from generator import layout
from generator.authoring.form import Form, read_form
from generator.catalogue.alphabet import looked_up
from generator.contracts.pages import Page as Declared
from generator.documents.articles import Article
from generator.pages import searching
from generator.pages.draft import Draft, Ground, Later, told
from generator.prose.headings import anchor
from generator.prose.html import render_parts
from generator.prose.markdown import Resolve
from generator.prose.rendering import nothing
from generator.prose.targets import is_shown
from generator.text.interface import say

CHANGES_SHOWN = 5
WAYS_SHOWN = 3  # on the home page, each with its card

Part = tuple[int, str, str, str]  # level, heading, anchor, HTML


@dataclass(frozen=True, slots=True)
class ArticleContext:
    """What the template of a hand-written page receives."""

    parties: list[Part] = told("Les morceaux du texte : niveau, titre, ancre, HTML.")


@dataclass(frozen=True, slots=True)
class HomeContext:
    """What the template of the home page receives."""

    ouverture: str = told("Le texte avant le premier titre, en HTML.")
    parties: list[Part] = told("Les morceaux du texte : niveau, titre, ancre, HTML.")
    accueil: dict[str, object] = told(
        "`acces`, `seconds` : les entrées du site, principales et autres ; `vitrines` ; `changements` : les dernières lignes ajoutées ou "
        "corrigées ; `version` : la date de la dernière version."
    )


@dataclass(frozen=True, slots=True)
class SearchContext:
    """What the template of the search page receives."""

    acces: list[dict[str, object]] = told("Les entrées du site : `titre`, `adresse`, `description`, `tables`.")
    index: bool = told("S’il y a un index de A à Z.")


@dataclass(frozen=True, slots=True)
class ByHandContext:
    """What the template of the form on paper receives."""

    champs: list[tuple[str, bool]] = told("Les champs du formulaire : leur titre, et si la réponse peut être longue.")
    courriel: str = told("L’adresse d’un message à l’éditeur, déjà rempli de ces titres, ou rien.")


def articles(ground: Ground, target: Callable[[str, str], str]) -> Iterator[Later]:
    """The hand-written pages; the one called index.md is the home page, with the ways in and the last changes. `target`: the
    URL of a link as written, on the page of an address.
    """
    for article in ground.project.articles:
        home = _home(ground) if article.name == layout.FRONT else None
        yield Later(layout.article(article.name), (article, home), partial(_article, ground, article, home, target))


def _article(
    ground: Ground, article: Article, home: dict[str, object] | None, target: Callable[[str, str], str]
) -> Draft:
    path, files = layout.article(article.name), frozenset(ground.project.files)
    found = parts(article.text, *_leading(path, target, files))
    context = ArticleContext(found) if home is None else HomeContext(_opening(found), found, home)
    return Draft(
        path, article.title, "article.html" if home is None else "home.html", context,
        description=article.description, source=article.file, more=searching.of_article(article.words),
    )  # fmt: skip


def _leading(path: str, target: Callable[[str, str], str], files: Collection[str]) -> tuple[Resolve, Resolve]:
    """Where the links and the images of the page of an address lead."""

    def link(written: str) -> str:
        return target(written, path)

    return link, lambda written: link(written) if is_shown(written, files) else ""


def _opening(parts: list[Part]) -> str:
    """What stands before the first heading."""
    return parts[0][3] if parts and not parts[0][0] else ""


def parts(text: str, target: Resolve, show: Resolve = nothing) -> list[Part]:
    """A long prose cut at its headings, each with its anchor; `show` gives the URLs of its images."""
    return [
        (part.level, part.heading, anchor(part.heading, rank), part.html)
        for rank, part in enumerate(render_parts(text, target, show))
    ]


def fixed(ground: Ground) -> Iterator[Draft]:
    """The search page, the form for who has no account and, for a site without one, a home page made of its name and its ways in."""
    title, description = say("Rechercher"), say("Rechercher dans tout le site.")
    yield Draft(
        layout.words().search,
        title,
        "search.html",
        SearchContext(ways_in(ground), bool(looked_up(ground.addresses))),
        description,
    )
    yield _by_hand(ground)
    if not any(article.name == layout.FRONT for article in ground.project.articles):
        settings = ground.project.settings
        context = HomeContext("", [], _home(ground))
        yield Draft(layout.HOME, settings.site_name, "home.html", context, settings.site_description)


def _by_hand(ground: Ground) -> Draft:
    form, settings = read_form(ground.project.root), ground.project.settings
    shown = [(label, name in form.long) for name, label in form.labels.items()] if isinstance(form, Form) else []
    context = ByHandContext(shown, settings.mail_url(say("Une erreur"), dict.fromkeys(layout.FORM_FIELDS, " ")))
    title, description = (
        say("Corriger sans compte"),
        say("Dire une erreur sur papier ou par courriel, sans ouvrir de compte."),
    )
    return Draft(layout.words().by_hand, title, "by-hand.html", context, description)


def _home(ground: Ground) -> dict[str, object]:
    """What the home page shows besides its prose: the ways in, what packages put forward, what changed for readers."""
    contracts = ground.project.catalogue.contracts
    pages = [page for package in contracts.packages.values() for page in package.pages if page.home_template]
    shown = [
        {"modele": f"{page.package}/{page.home_template}", "page": page, "vedettes": ground.views.put_forward(page)}
        for page in sorted(pages, key=lambda page: page.rank)
    ]
    ways = ways_in(ground)
    first = [way for way in ways if not way["second"]][:WAYS_SHOWN]
    dates = [version.date for package in contracts.packages.values() for version in package.versions]
    return {
        "acces": first, "seconds": [way for way in ways if way not in first], "vitrines": shown,
        "changements": ground.history.recent(CHANGES_SHOWN), "version": max(dates, default=""),
    }  # fmt: skip


def ways_in(ground: Ground) -> list[dict[str, object]]:
    """The index pages of the packages in the order of their ranks, then the data, then the pages without rank (these are
    `second` when others have one); each with what it leads to: the tables shown there and how many records they have.
    """
    contracts = ground.project.catalogue.contracts
    pages = [page for p in contracts.packages.values() for page in p.pages if not page.per_record and page.path]
    families = {p.name: [page for page in p.pages if page.per_record] for p in contracts.packages.values()}
    ranked = sorted((page for page in pages if page.rank), key=lambda page: page.rank)
    found: list[dict[str, object]] = [_way(page, False, ground, families) for page in ranked]
    data: dict[str, object] = {
        "titre": say("Données"),
        "adresse": layout.words().data,
        "description": say("Toutes les tables à télécharger, avec leur dictionnaire, leur licence et leur validation."),
        "tables": [(say("Jeux de données"), len(contracts.packages))],
        "second": False,
    }
    others = [_way(page, bool(ranked), ground, families) for page in pages if not page.rank]
    return [*found, data, *others] if ranked else [*others, data]


def _way(page: Declared, second: bool, ground: Ground, families: Mapping[str, list[Declared]]) -> dict[str, object]:
    contracts = ground.project.catalogue.contracts
    below = [page, *(p for p in families[page.package] if p.path.startswith(page.path))]
    shown = dict.fromkeys(name for p in below for name in (p.resource, *p.anchors) if name in contracts.resources)
    tables = [(contracts.resources[name].title, len(ground.project.catalogue[name])) for name in shown]
    return {
        "titre": page.title, "adresse": page.path, "description": page.description, "second": second,
        "tables": [table for table in tables if table[1]],
    }  # fmt: skip
