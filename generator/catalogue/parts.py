"""The parts of the pages that contracts cut, and the rows of each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from generator.catalogue.cutting import cut
from generator.catalogue.placing import led, placing
from generator.catalogue.reads import decided
from generator.catalogue.records import Catalogue, Record
from generator.contracts.pages import Page
from generator.contracts.parts import PART
from generator.text.interface import say

_Name = tuple[
    str, str
]  # of a page that is cut, and the word between its address and that of a part: a list has several facets


@dataclass(slots=True)
class Part:
    """A part of a page at `path`: its name, the record that it is about when columns lead to one, its rows, table by table. What the
    rows are is a question of its own.
    """

    slug: str
    name: str
    path: str
    about: Record | None
    read: Callable[[str], list[Record]] = field(compare=False)

    @property
    def rows(self) -> list[Record]:
        """Its rows, table by table."""
        return self.read(self.path)


_NOWHERE: list[str] = []  # the names of the parts that hold a row which none holds


def _cutting(divisions: Divisions, page: Page, *rows: Record) -> frozenset[str]:
    """The tables that decide of the parts of a page."""
    return divisions.cutting(page)


class Divisions:
    """The parts of each page, worked out once it is asked for."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._cutting: dict[_Name, frozenset[str]] = {}
        self._made: dict[_Name, list[Part]] = {}
        self._of: dict[_Name, dict[int, list[Part]]] = {}
        self._named: dict[_Name, dict[int, list[str]]] = {}
        self._held: dict[_Name, dict[str, list[Record]]] = {}

    def cutting(self, page: Page) -> frozenset[str]:
        """The tables whose rows decide of the parts of a page."""
        slot = _name(page)
        if slot not in self._cutting:
            contracts = self._catalogue.contracts
            self._cutting[slot] = led(placing(page, contracts), contracts)
        return self._cutting[slot]

    @decided(_cutting)
    def of(self, page: Page) -> list[Part]:
        """The parts of a page, in their order; none for a page that is not cut."""
        if page.parts is not None and _name(page) not in self._made:
            self._make(page)
        return self._made.get(_name(page), [])

    @decided(_cutting)
    def held(self, page: Page, path: str) -> list[Record]:
        """The rows of the part of a page at a path."""
        self.of(page)
        return self._held[_name(page)].get(path, [])

    @decided(_cutting)
    def holding(self, page: Page, record: Record) -> list[Part]:
        """The parts of a page that hold a row."""
        self.of(page)
        return self._of.get(_name(page), {}).get(id(record), [])

    @decided(lambda divisions, page, path, other: divisions.cutting(page) | divisions.cutting(other))
    def across(self, page: Page, path: str, other: Page) -> list[list[str]]:
        """For each row of the part of a page at a path, the names of the parts of another page that hold it."""
        self.of(other)
        named = self._named.get(_name(other), {})
        return [named.get(id(record), _NOWHERE) for record in self.held(page, path)]

    def _make(self, page: Page) -> None:
        holding, held = dict[int, list[Part]](), dict[str, list[Record]]()
        made = self._made[_name(page)] = list[Part]()
        named = self._named[_name(page)] = dict[int, list[str]]()
        self._of[_name(page)], self._held[_name(page)] = holding, held
        for slug, name, path, about, rows in self._catalogue.of(self.cutting(page), cut, "".join(_name(page)), page):
            part = Part(slug, name, path, about, partial(self.held, page))
            made.append(part)
            held[path] = rows
            for record in rows:
                holding.setdefault(id(record), []).append(part)
                named.setdefault(id(record), []).append(name)


def _name(page: Page) -> _Name:
    return page.path, page.parts.path if page.parts is not None else ""


def part_title(page: Page, part: Part) -> str:
    """The title of the page of a part."""
    declared = page.parts.title if page.parts is not None else ""
    return declared.replace(PART, part.name) if declared else say("{page} : {part}", page=page.title, part=part.name)
