"""How the rows of a page are cut into parts: by letter, year, decade, or what columns lead to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from generator.catalogue.records import Catalogue, Record
from generator.catalogue.relations import Relations
from generator.contracts.model import Field, ForeignKey, Resource
from generator.contracts.pages import Page
from generator.contracts.parts import Parts
from generator.text.french import fold
from generator.text.interface import say
from generator.text.memory import TEXTS
from generator.text.portable import unportable
from generator.text.spoken import order
from generator.values.types import canonical

OTHERS, UNDATED = "autres", "sans-date"  # the addresses of the parts of what has no letter or no value, and no date
_YEAR = re.compile(r"(?<![0-9])[0-9]{4}(?![0-9])")
_LONGEST = 60  # characters of the address of a part that is made from a text

_Key = tuple[object, ...]  # what orders parts, and tells them apart
Cut = tuple[str, str, str, Record | None, list[Record]]  # a part, and its rows
_Named = tuple[str, str, Record | None]  # the address of a part, its name, the record that it is about


@dataclass(frozen=True, slots=True)
class _Step:
    """What a name leads to: a column, with the key that it ends, or the tables nested under it."""

    column: Field | None
    key: ForeignKey | None
    nested: tuple[str, ...]


def cut(catalogue: Catalogue, page: Page) -> list[Cut]:
    """The parts of a page, in their order; none for a page that is not cut."""
    return _Cutting(catalogue).cut(page, page.parts) if page.parts is not None else []


class _Cutting:
    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._relations = catalogue.once(Relations)
        self._steps: dict[tuple[str, str], _Step] = {}

    def cut(self, page: Page, parts: Parts) -> list[Cut]:
        """The parts of a page, each with its rows."""
        found: dict[_Key, list[Cut]] = {}
        slugs: set[str] = set()
        for table in dict.fromkeys((page.resource, *parts.tables)):
            for record in self._rows(table, parts):
                for key, named in self._keys(record, parts, table == page.resource).items():
                    chain = found.setdefault(key, [])
                    if not chain or len(chain[-1][-1]) == parts.most:
                        chain.append(_part(page, parts, slugs, named, len(chain) + 1))
                    chain[-1][-1].append(record)
        return [part for key in sorted(found) for part in found[key]]

    def _rows(self, table: str, parts: Parts) -> list[Record]:
        """The rows of a table in the order in which parts show them."""
        rows = self._catalogue[table] if table in self._catalogue.tables else []
        return sorted(rows, key=lambda row: order(row.label)) if parts.by == "letter" else rows

    def _keys(self, record: Record, parts: Parts, placed: bool) -> dict[_Key, _Named]:
        """What orders the parts of a row, with their addresses, names and records; `placed`: it must have one."""
        if parts.by == "letter":
            return dict([_letter(self._first(record, parts) or record.label)])
        found = dict(self._years(record, parts)) if parts.dated else dict(self._values(record, parts))
        if found or not placed or parts.only:
            return found
        absent = (UNDATED, say("Sans date")) if parts.dated else (OTHERS, say("Autres"))
        return {(1, 0, ""): (*absent, None)}

    def _first(self, record: Record, parts: Parts) -> str:
        return next((text for path in parts.columns for _, text, _ in self._ends(record, path)), "")

    def _years(self, record: Record, parts: Parts) -> Iterator[tuple[_Key, _Named]]:
        for named in _YEAR.findall(self._first(record, parts)):
            year = int(named)
            if parts.by == "year":
                yield (0, year, ""), (named, str(year), None)
            else:
                first = year - year % 10
                yield (0, first, ""), (f"{first:04}", say("De {first} à {last}", first=first, last=first + 9), None)

    def _values(self, record: Record, parts: Parts) -> Iterator[tuple[_Key, _Named]]:
        for path in parts.columns:
            for column, text, target in self._ends(record, path):
                if parts.only and text not in parts.only:
                    continue
                if target is not None:
                    table = self._catalogue.tables[target.resource.name]
                    place = self._relations.rank(target)
                    yield (0, place, table.resource.name, target.label), (slug(text), target.label, target)
                else:
                    known = [value for value, _ in column.categories]
                    place = known.index(text) if text in known else len(known)
                    yield (0, place, fold(text), text), (slug(text), column.label(text), None)

    def _ends(self, record: Record, path: tuple[str, ...]) -> Iterator[tuple[Field, str, Record | None]]:
        """The columns to which a path leads from a row, with what each holds: its text, and the record that it names."""
        name, rest = path[0], path[1:]
        step = self._step(record.resource, name)
        if step.column is None:
            for child in step.nested if rest else ():
                for row in self._relations.children(record, child):
                    yield from self._ends(row, rest)
            return
        target = None if step.key is None else self._catalogue.target(record, step.key)
        if rest:
            yield from self._ends(target, rest) if target is not None else ()
        elif record[name] is not None:
            column, text = step.column, canonical(record[name])
            for each in text.split(column.separator) if column.separator else (text,):
                yield column, each, target

    def _step(self, resource: Resource, name: str) -> _Step:
        """What a name is in the rows of a table."""
        slot = resource.name, name
        if slot not in self._steps:
            children = self._catalogue.contracts.children(resource.name)
            self._steps[slot] = _Step(
                resource.field(name) if name in resource.index else None,
                next((key for key in resource.foreign_keys if key.fields[-1] == name), None),
                tuple(child.name for child in children if child.rows.step == name),
            )
        return self._steps[slot]


def initial(text: str) -> tuple[str, str]:
    """The first letter of a name, without accent: as an address, and as it is read."""
    letter = fold(text)[:1]
    return (letter, letter.upper()) if letter.isascii() and letter.isalpha() else (OTHERS, say("Autres"))


def _letter(text: str) -> tuple[_Key, _Named]:
    slug, name = initial(text)
    return (int(slug == OTHERS), slug, ""), (slug, name, None)


def _part(page: Page, parts: Parts, taken: set[str], named: _Named, rank: int) -> Cut:
    """A part of a page, without its rows; the second of a name, and those after it, say so."""
    slug, name, about = named
    free = _free(slug if rank == 1 else f"{slug}-{rank}", taken)
    said = name if rank == 1 else say("{part} ({rank})", part=name, rank=rank)
    return free, said, f"{page.path}{parts.path}{free}/", about, []


@lru_cache(maxsize=TEXTS)
def slug(text: str) -> str:
    """A text as the name of an address."""
    made = re.sub(r"[^a-z0-9]+", "-", fold(text))[:_LONGEST].strip("-")
    return OTHERS if unportable(made) else made


def _free(slug: str, taken: set[str]) -> str:
    """An address that no other part has."""
    free, rank = slug, 1
    while free in taken:
        rank += 1
        free = f"{slug}-{rank}"
    taken.add(free)
    return free
