"""A table whose rows stand under others of the same table: which column says so, the rows in the order of the tree, and its loops."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.catalogue.records import Catalogue, Record
from generator.contracts.model import ForeignKey, Resource
from generator.contracts.pages import Page


@dataclass(slots=True, eq=False)
class Node:
    """A row of a tree: how deep it stands, what it stands under, how many stand under it, however deep."""

    record: Record
    depth: int = 0
    above: Node | None = None
    below: int = 0

    def line(self) -> Iterator[Node]:
        """The nodes under which it stands, from the nearest."""
        here = self.above
        while here is not None:
            yield here
            here = here.above


def tree_key(resource: Resource, page: Page, rows: Sequence[Record], placed: bool) -> ForeignKey | None:
    """The key by which a list is a tree: the one that its page names, else the only one by which the table refers to itself, when it
    places most of the rows. A list that declares columns or groups, or is the only place of its rows (not `placed`), is none unless it
    says so.
    """
    own = [key for key in resource.foreign_keys if len(key.fields) == 1 and key.resource == resource.name]
    if page.layout.tree:
        return next((key for key in own if key.fields[0] == page.layout.tree), None)
    chosen = page.layout.columns or "groupe" in page.options or resource.listing.columns
    if len(own) != 1 or chosen or not placed:
        return None
    return own[0] if 2 * sum(row[own[0].fields[0]] is not None for row in rows) >= len(rows) > 0 else None


def nodes(rows: Sequence[Record], key: ForeignKey, catalogue: Catalogue) -> list[Node]:
    """The rows of a tree, each before those that stand under it; brothers keep their order. No row is lost: of a loop, the first row
    stands as if nothing were above it.
    """
    above = {id(row): catalogue.target(row, key) for row in rows}
    under: dict[int, list[Record]] = {}
    for row in rows:
        holder = above[id(row)]
        under.setdefault(id(holder) if holder is not None else 0, []).append(row)
    found: list[Node] = []
    seen: set[int] = set()
    for root in (*under.get(0, ()), *rows):
        if id(root) not in seen:
            found += _walk(root, under, seen)
    for node in found:
        for other in node.line():
            other.below += 1
    return found


def _walk(root: Record, under: dict[int, list[Record]], seen: set[int]) -> Iterator[Node]:
    waiting = [Node(root)]
    while waiting:
        node = waiting.pop()
        if id(node.record) in seen:
            continue
        seen.add(id(node.record))
        yield node
        waiting += [Node(row, node.depth + 1, node) for row in reversed(under.get(id(node.record), ()))]


def loops(rows: Sequence[Record], key: ForeignKey, catalogue: Catalogue) -> Iterator[list[Record]]:
    """The rows that stand under themselves: each loop once, from its first row up to itself."""
    done: set[int] = set()
    for row in rows:
        path: list[Record] = []
        here: Record | None = row
        while here is not None and id(here) not in done:
            if here in path:
                yield [*path[path.index(here) :], here]
                break
            path.append(here)
            here = catalogue.target(here, key)
        done.update(map(id, path))
