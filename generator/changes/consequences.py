"""What a change of data reaches besides itself: values computed from it, sentences that quote it, pages that show it, packages that
publish it, addresses that it loses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Map
from dataclasses import dataclass
from pathlib import Path

from generator import layout
from generator.catalogue.addresses import Addresses
from generator.catalogue.records import Catalogue, Record
from generator.changes.diff import Pair, TableDiff
from generator.changes.lost import Lost, lost_rows
from generator.contracts.model import Contracts
from generator.diagnostics.finding import Position
from generator.documents.articles import Article
from generator.prose.markdown import Link, links, words
from generator.prose.passages import Lines, passages
from generator.prose.targets import record_of, terms
from generator.rules.formula import Formula
from generator.values.types import Value, canonical

_AROUND = 400  # characters of a sentence on each side of a link
_TARGET = re.compile(r"\b[a-z]{1,40}:[^\s()<>\[\]?]+")
_END = re.compile(r"[.!?\u2026][*_)]*\s+(?=[^\Wa-z\d_]|[\u00ab\[*])|\n\s*\n|\n(?=[-*#>|])")


@dataclass(frozen=True, slots=True)
class Derived:
    """A value computed from figures that changed, and what it was before; None when its row is new. `computed` from the rows
    `of`.
    """

    row: Record
    column: str
    old: Value | None
    new: Value | None
    of: tuple[Record, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence that names a row that changed: its words in the link, the sentence, and where it stands."""

    row: Record
    owner: Record | Article
    words: str
    sentence: str
    position: Position


@dataclass(frozen=True, slots=True)
class Consequences:
    """What a change reaches. `packages`: those whose files change, each with whether a table of its own does."""

    derived: tuple[Derived, ...]
    quotes: tuple[Quote, ...]
    pages: tuple[str, ...]
    packages: tuple[tuple[str, bool], ...]
    lost: tuple[Lost, ...]


def derived_columns(contracts: Contracts, table: str) -> frozenset[str]:
    """The columns of a table that its contract, or a rule, computes."""
    fields = contracts.resources[table].fields
    own = frozenset(column.name for column in fields if column.computed is not None or column.measure is not None)
    return own.union(rule.equals for rule in contracts.rules.get(table, ()) if isinstance(rule, Formula))


def reach(
    old: Catalogue, new: Catalogue, articles: Sequence[Article], root: Path, tables: Sequence[TableDiff]
) -> Consequences:
    """What the differences of two catalogues reach, in the new one: its pages of prose, and the folder where they are."""
    changed = {id(pair.new): pair for table in tables for pair in table.pairs}
    derived = tuple(_derived(old, new, changed))
    quotes = tuple(_quotes(new, articles, root, tables))
    shown = [*(row for table in tables for row in table.added), *(pair.new for pair in changed.values())]
    shown += [*(found.row for found in derived), *(q.owner for q in quotes if isinstance(q.owner, Record))]
    pages = {layout.article(q.owner.name) for q in quotes if isinstance(q.owner, Article)}
    return Consequences(
        derived=derived,
        quotes=quotes,
        pages=tuple(sorted(pages | set(_pages(old, new, shown, tables)))),
        packages=tuple(_packages(new.contracts, tables)),
        lost=tuple(lost_rows(old, new)),
    )


def _derived(old: Catalogue, new: Catalogue, changed: Map[int, Pair]) -> Iterator[Derived]:
    """The values that a rule computes from a column that changed, in the order of their tables."""
    for name, rules in new.contracts.rules.items():
        for rule in rules:
            if isinstance(rule, Formula):
                found: dict[int, tuple[Record, list[Record]]] = {}
                for row, target in _terms(new, rule, changed):
                    found.setdefault(id(row), (row, []))[1].append(target)
                for row, targets in found.values():
                    before = old.tables[name].by_key.get(row.id) if name in old.tables else None
                    before = changed[id(row)].old if id(row) in changed else before
                    was = before[rule.equals] if before is not None and rule.equals in before.resource.index else None
                    yield Derived(row, rule.equals, was, row[rule.equals], tuple(targets))


def _terms(catalogue: Catalogue, rule: Formula, changed: Map[int, Pair]) -> Iterator[tuple[Record, Record]]:
    """The rows whose formula reads a number that changed, each with the row where it stands."""
    nested = catalogue.contracts.resources[rule.operands.table]
    key = next(key for key in nested.foreign_keys if key.fields[-1] == rule.operands.record)
    for term in catalogue[nested.name]:
        target = catalogue.target(term, key)
        pair = changed.get(id(target))
        if target is not None and pair is not None and term.parent is not None:
            column = str(term[rule.operands.column] or rule.equals)
            if any(cell.column == column for cell in pair.cells):
                yield term.parent, target


def _quotes(
    catalogue: Catalogue, articles: Sequence[Article], root: Path, tables: Sequence[TableDiff]
) -> Iterator[Quote]:
    """The sentences that name a row that changed; only the proses that may hold one are read."""
    wanted: set[str] = set()
    for table in tables:
        scheme = table.pairs[0].new.resource.scheme if table.pairs else ""
        if scheme:
            wanted |= {f"{scheme}:{'/'.join(map(canonical, pair.new.id))}" for pair in table.pairs}
    if not wanted:
        return
    lines = Lines(root)
    for passage in passages(catalogue, articles):
        if "](" not in passage.text or wanted.isdisjoint(_TARGET.findall(passage.text)):
            continue
        for link, term in _links_to(passage.text):
            row = record_of(term, catalogue) if term in wanted else None
            if row is not None:
                said = _sentence(passage.text, link.offset, link.length)
                place = passage.at(link.offset, link.length, lines)
                yield Quote(row, passage.owner, link.text, said, place)


def _links_to(text: str) -> Iterator[tuple[Link, str]]:
    """The links of a prose, each with what it names: one target, or the two that it compares."""
    return ((link, term) for link in links(text) for term in terms(link.target))


def _sentence(text: str, offset: int, length: int) -> str:
    """The sentence of a prose that holds a link, without its marks; a part of it when it is very long."""
    start, end = max(0, offset - _AROUND), min(len(text), offset + length + _AROUND)
    start = max((found.end() for found in _END.finditer(text, start, offset)), default=start)
    after = _END.search(text, offset + length, end)
    end = after.start() + (not after[0][0].isspace()) if after is not None else end
    return " ".join(words(text[start:end]).split())


def _pages(old: Catalogue, new: Catalogue, shown: Sequence[Record], tables: Sequence[TableDiff]) -> Iterator[str]:
    """The pages where rows stand, those that list a table that changed, and those where a row that is gone stood."""
    places = Addresses(new)
    yield from filter(None, (_page(row, places) for row in shown))
    names = {table.name for table in tables if not table.same}
    listing = [page for p in new.contracts.packages.values() for page in p.pages if not page.per_record]
    yield from (page.path for page in listing if page.resource in names or names.intersection(page.anchors))
    removed = [row for table in tables for row in table.removed]
    if removed:
        before, standing = Addresses(old), {_page(row, places) for row in new.records()}
        yield from filter(None, standing & {_page(row, before) for row in removed})


def _page(row: Record, places: Addresses) -> str:
    """The page where a row stands, or what holds it; "" when there is none."""
    holder: Record | None = row
    while holder is not None:
        address = places.of(holder)
        if address:
            return address.partition("#")[0]
        holder = holder.parent
    return ""


def _packages(contracts: Contracts, tables: Sequence[TableDiff]) -> Iterator[tuple[str, bool]]:
    """The packages of which a file changes."""
    names = {table.name for table in tables if not table.same}
    for name, package in contracts.packages.items():
        if not names.isdisjoint(contracts.reached(name)):
            yield name, not names.isdisjoint(package.resources)
