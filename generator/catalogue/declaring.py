"""What differs between two readings of a project beside its rows and its prose: its contracts, its settings, its templates."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Map
from dataclasses import fields
from typing import Any

from generator.catalogue.difference import Difference, Fact, row
from generator.catalogue.explored import explored
from generator.catalogue.project import Project
from generator.catalogue.reads import Watched
from generator.contracts import saying
from generator.contracts.model import Contracts, Resource
from generator.contracts.settings import Settings
from generator.documents.keeping import latest

SETTINGS = ("settings",)
TEMPLATE = "template"
# What of the settings decides of pages alone, whichever their addresses are.
_TOLD = (
    *("site_name", "site_description", "repo_url", "branch", "publisher", "publisher_url", "contact", "data_licence"),
    "picture",
)
# Where reading a declaration is noted.
WATCHED: Watched = {
    **{kind: dict.fromkeys(names, "facts") for kind, names in saying.TEXTS.items()},
    Resource: dict.fromkeys((*saying.TEXTS[Resource], saying.COLUMNS), "facts"),
    Settings: dict.fromkeys(_TOLD, "facts"),
}


class Declarations:
    """The declarations of a project, each by its place, which it keeps from one reading to the next."""

    def __init__(self, project: Project) -> None:
        self._contracts = project.catalogue.contracts
        self._places = {
            **_places(self._contracts),
            id(project.settings): SETTINGS,
        }  # both last as long as their project
        self._facts: dict[tuple[Any, str], Fact | None] = {}  # by what was noted: thousands of pages tell the same

    def place(self, thing: object) -> saying.Place | None:
        """The place of a declaration; None for what is none."""
        return self._places.get(id(thing))

    def at(self, place: saying.Place) -> Any:
        """The declaration at a place."""
        return saying.at(self._contracts, place)

    def fact(self, noted: tuple[Any, str]) -> Fact | None:
        """What was read, by its name; None for what was made meanwhile, of which nothing is known."""
        if noted not in self._facts:
            about, name = noted
            place = TEMPLATE if about == TEMPLATE else self._places.get(about)
            self._facts[noted] = (place, name) if place is not None else None
        return self._facts[noted]


@latest
def _places(contracts: Contracts) -> Map[int, saying.Place]:
    return saying.places(contracts)


def declared(old: Project, new: Project, rows: Difference) -> Difference | None:
    """The difference of two projects, of which that of `rows` is known; None when their contracts or their settings decide of other
    pages, or of other files.
    """
    contracts = old.catalogue.contracts, new.catalogue.contracts
    if old.settings == new.settings and contracts[0] == contracts[1]:
        return rows
    if not (_same_settings(old.settings, new.settings) and list(_shape(old)) == list(_shape(new))):
        return None
    told = saying.differing(*contracts)
    settings = ((SETTINGS, name) for name in _TOLD if getattr(old.settings, name) != getattr(new.settings, name))
    facts = (told or frozenset()).union(settings)
    tables = [str(place[1]) for place, name in facts if name == saying.COLUMNS]  # of which every row is another
    said = (row(record) for table in tables for record in new.catalogue.tables[table].records)
    return rows._replace(
        said=rows.said.union(said),
        linked=rows.linked.union(tables),
        facts=facts,
        declared=bool(facts) or told is None or old.settings != new.settings,
        whole=told is None,
    )


def _same_settings(old: Settings, new: Settings) -> bool:
    """Whether two settings differ by what pages tell at most, and by what the engine alone reads."""
    others = (each.name for each in fields(Settings) if each.name not in (*_TOLD, "configuration"))
    same = all(getattr(old, name) == getattr(new, name) for name in others)
    return same and old.configuration.language == new.configuration.language


def _shape(project: Project) -> Iterator[object]:
    """What decides of the pages and files that contracts alone make."""
    contracts = project.catalogue.contracts
    yield list(contracts.resources)
    for package in contracts.packages.values():
        yield package.name, package.resources, [(v.version, v.date, v.fingerprint) for v in package.versions]
        yield [figure.name for figure in package.figures], list(explored(package, project.catalogue))
