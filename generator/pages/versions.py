"""A page for each package that has versions: what each changed, when and why, and where it is kept."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator import layout
from generator.contracts.model import Contracts, Package, Version
from generator.contracts.noted import Noted
from generator.packages.metadata import atom
from generator.packages.noted import Told, told
from generator.pages import draft
from generator.pages.draft import Draft, Ground
from generator.pages.views import View
from generator.text.interface import say

SHOWN = 5  # versions told on the page of all the data
WORDS = ("title", "description", "example", "keywords", "categories")  # a list of values that changes is an `enum`


@dataclass(frozen=True, slots=True)
class Shown:
    """A version, the web address of its archive ("" when there is none), and what changed, each with its row of today: in the data
    and their form, then in what describes them.
    """

    version: Version
    archive: str
    changes: list[tuple[Told, View | None]]
    described: list[tuple[Told, View | None]]


@dataclass(frozen=True, slots=True)
class Context:
    """What the template of the versions of a package receives."""

    paquet: Package = draft.told("Le jeu de données.")
    versions: list[Shown] = draft.told(
        "Ses versions, la plus récente en tête : `version`, `archive` (son adresse, ou rien), `changes` (les données et leur forme) et "
        "`described` (ce qui les décrit), des paires (ce qui change : `table`, `row`, `what`, `old`, `new` ; la ligne d’aujourd’hui, ou rien)."
    )
    atom: str = draft.told("L’adresse de son flux Atom, ou rien.")
    ancre: str = draft.told("Ce qui précède un numéro dans l’ancre d’une version.")


def drafts(ground: Ground) -> Iterator[Draft]:
    """The pages, one per package that has versions."""
    for package in ground.project.catalogue.contracts.packages.values():
        if package.versions:
            title = say("Les versions : {title}", title=package.title)
            description = say("Ce qui a changé dans « {title} », quand et pourquoi.", title=package.title)
            shown = [_shown(package, version, ground) for version in package.versions]
            context = Context(package, shown, feed(package, ground), layout.VERSION_ANCHOR)
            links = tuple(atom.links(ground.project.settings, package))
            yield Draft(layout.versions(package.name), title, "versions.html", context, description, links=links)


def latest(contracts: Contracts) -> list[tuple[Version, list[Package]]]:
    """The last published versions, newest first; packages published the same day for the same reason are together.
    Of one day, the versions that ask something of re-users are first.
    """
    grouped: dict[tuple[str, str], tuple[Version, list[Package]]] = {}
    for package in contracts.packages.values():
        for version in package.versions:
            grouped.setdefault((version.date, version.summary), (version, []))[1].append(package)
    ordered = sorted(grouped, key=lambda key: (key[0], grouped[key][0].version.endswith(".0.0"), key[1]), reverse=True)
    return [grouped[key] for key in ordered[:SHOWN]]


def feed(package: Package, ground: Ground) -> str:
    """The feed of the versions of a package, "" when there is none (packages/metadata/atom.py)."""
    return layout.feed(package.name) if package.versions and ground.project.settings.site_url else ""


def _shown(package: Package, version: Version, ground: Ground) -> Shown:
    path = layout.archive(package.name, version.version, version.date) if version.fingerprint else ""
    contracts = ground.project.catalogue.contracts
    changes, described = (
        [(told(noted, contracts), ground.history.row(noted)) for noted in version.changes if _describes(noted) is words]
        for words in (False, True)
    )
    return Shown(version, ground.project.settings.absolute(path) if path else "", changes, described)


def _describes(noted: Noted) -> bool:
    """Whether a change is of what describes the data alone: whoever reads them has nothing to adapt."""
    return noted.kind == "property" and (noted.what in WORDS or ":" in noted.what)
