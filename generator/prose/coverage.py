"""What was drawn from each source, and how well it is placed: the rows of every table source by source, the figures whose
place in their source is precise, the numbers of the prose that are bound to the data.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from generator.catalogue.records import Catalogue, Record
from generator.contracts.model import Field, ForeignKey, Resource
from generator.documents.articles import Article
from generator.prose.markdown import links
from generator.prose.passages import passages
from generator.prose.targets import COUNT, record_of
from generator.text.characters import on_one_line
from generator.text.interface import count, say
from generator.text.numerals import numerals
from generator.text.spoken import number
from generator.text.vocabulary import Vocabulary, singular

# Words that lead a reader to the passage in any text, besides those that a site declares.
_PARTS = "page|note|chapitre|partie|section|annexe|article|encadré|tableau|figure"
_NAMED = "avant-propos|introduction|conclusion|préambule|édito(?:rial)?|sommaire|présentation"


@lru_cache(maxsize=8)  # one for each site that is read
def _precise(vocabulary: Vocabulary) -> re.Pattern[str]:
    """A page, a note, a numbered part, a printed heading."""
    parts = _PARTS + singular(vocabulary.numbered)
    return re.compile(rf"\bpp?\.\s?[0-9]|\b(?:{parts})[sx]?\b|\b(?:{_NAMED})\b|«", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of a source: how many, and how many whose place is precise."""

    document: Record
    total: int
    placed: int

    @property
    def share(self) -> Decimal:
        """The share of placed figures, in percent with one decimal."""
        return percent(self.placed, self.total)


@dataclass(frozen=True, slots=True)
class Prose:
    """The numbers of the prose: bound to data, recognised by their form or marked as no figure, and bare."""

    bound: int
    recognised: int
    bare: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """What was drawn from the sources. `tables`: each table that says its source, with its rows by
    identifier of the source, and their total."""

    documents: tuple[Record, ...]
    tables: tuple[tuple[Resource, Counter[str], int], ...]
    figures: tuple[Figures, ...]
    prose: Prose


def percent(part: int, whole: int) -> Decimal:
    """A share in percent with one decimal; 100 of nothing."""
    share = Decimal(100 * part) / whole if whole else Decimal(100)
    return share.quantize(Decimal("0.1"), ROUND_HALF_UP)


def coverage(catalogue: Catalogue, articles: Sequence[Article], vocabulary: Vocabulary) -> Coverage:
    """Count everything. The sources are the records of the tables that contracts say are cited (`cited_as`)."""
    documents: dict[str, Record] = {}
    total, placed = Counter[str](), Counter[str]()
    precise = _precise(vocabulary)
    tables = []
    for resource in catalogue.contracts.resources.values():
        if resource.cited_as:
            documents |= {_name(record): record for record in catalogue[resource.name]}
        for key, places in _sourced(resource, catalogue):
            counts = Counter[str]()
            for record in catalogue[resource.name]:
                source = catalogue.target(record, key)
                if source is None:
                    continue
                counts[_name(source)] += 1
                if resource.quoted:
                    total[_name(source)] += 1
                    placed[_name(source)] += any(_is_precise(record[field.name], precise) for field in places)
            if counts:
                tables.append((resource, counts, counts.total()))
    found = (Figures(record, total[name], placed[name]) for name, record in documents.items())
    return Coverage(tuple(documents.values()), tuple(tables), tuple(found), _prose(catalogue, articles, vocabulary))


def _name(document: Record) -> str:
    return str(document.id[-1])


def _is_precise(place: object, precise: re.Pattern[str]) -> bool:
    """Whether a place leads to the passage: the number of a page, or words that do."""
    return isinstance(place, int) or bool(precise.search(str(place or "")))


def _sourced(resource: Resource, catalogue: Catalogue) -> list[tuple[ForeignKey, list[Field]]]:
    """The keys by which a table says its source, each with the columns of the same group, where the place is."""
    found = []
    for key in resource.foreign_keys:
        target = catalogue.contracts.resources.get(key.resource)
        group = resource.field(key.fields[0]).group
        if target is not None and target.cited_as and group:
            found.append((key, [f for f in resource.fields if f.group == group and f.name not in key.fields]))
    return found


def _prose(catalogue: Catalogue, articles: Sequence[Article], vocabulary: Vocabulary) -> Prose:
    schemes = frozenset(r.scheme for r in catalogue.contracts.resources.values() if r.scheme and r.quoted)
    bound = recognised = bare = 0
    for passage in passages(catalogue, articles):
        for link in links(passage.text):
            record = record_of(link.target, catalogue)
            bound += record is not None and bool(record.resource.quoted)
            recognised += link.target.startswith(COUNT)
        for _, known in numerals(passage.text, schemes | {COUNT.rstrip(":")}, vocabulary):
            recognised += known
            bare += not known
    return Prose(bound, recognised, bare)


def as_text(found: Coverage) -> str:
    """For a terminal: rows by source, the share of placed figures, the numbers of the prose."""
    lines = []
    for figures in found.figures:
        rows = sum(counts[_name(figures.document)] for _, counts, _ in found.tables)
        lines.append(_line(_name(figures.document), rows, figures.total, figures.placed))
    total, placed = sum(f.total for f in found.figures), sum(f.placed for f in found.figures)
    lines.append(_line(say("ensemble"), sum(total for _, _, total in found.tables), total, placed))
    bound, recognised, bare = (
        count(amount, one, many)
        for amount, one, many in (
            (found.prose.bound, "lié à une donnée", "liés à une donnée"),
            (found.prose.recognised, "reconnu ou marqué", "reconnus ou marqués"),
            (found.prose.bare, "libre", "libres"),
        )
    )
    prose = say("Nombres de la prose : {bound}, {recognised}, {bare}.", bound=bound, recognised=recognised, bare=bare)
    return "\n".join([*lines, prose])


def _line(name: str, rows: int, total: int, placed: int) -> str:
    line = f"{on_one_line(name):<32}{count(rows, 'ligne'):>14}{count(total, 'chiffre'):>14}"
    share = say("{share} % situés" if placed > 1 else "{share} % situé", share=number(percent(placed, total)))
    return f"{line}{share:>18}" if total else line
