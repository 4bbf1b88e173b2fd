"""Which pages are measured: of each kind of page, that is of each template, the heaviest and the lightest. Derived from the project
itself: a page that a contract adds is measured from that day.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from generator.commands.check import checked_project
from generator.packages.folder import planned
from generator.pages.all import Pages

INDEX = "index.html"
LOST = "404.html"  # the page for missing addresses, which the engine makes


@dataclass(frozen=True)
class Place:
    """A page to measure: its kind (the name of its template) and its address, "" for the home page."""

    kind: str
    address: str

    def __str__(self) -> str:
        return f"/{self.address}"


def places(root: Path, site: Path) -> list[Place]:
    """Of each kind, its heaviest page then its lightest, in the order of their kinds; then the page for missing addresses."""
    found = defaultdict(list)
    for kind, address in drafted(root):
        found[kind].append((size(site, address), address))
    kept = [Place(kind, weighed[1]) for kind, all in sorted(found.items()) for weighed in {max(all): 0, min(all): 0}]
    return [*kept, Place(LOST, LOST)]


def heaviest(found: Iterable[Place]) -> list[Place]:
    """The first page of each kind."""
    first: dict[str, Place] = {}
    for place in found:
        first.setdefault(place.kind, place)
    return list(first.values())


def drafted(root: Path) -> list[tuple[str, str]]:
    """(template, address) of every page of a project."""
    project = checked_project(root)
    drafts = Pages(project).drafts(planned(project.catalogue, project.settings), ())
    return [(draft.template, draft.path) for draft in drafts]


def size(site: Path, address: str) -> int:
    """Bytes of the HTML of a page."""
    return (site / address / INDEX).stat().st_size
