"""The tables of a package and the keys that lead from one to another: boxes one under the other, and for each table that is named a
line beside them, to which those that name it are joined.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from textwrap import shorten

from generator.contracts.model import Resource
from generator.text.interface import count, say

# Sizes in the units of the drawing, which are pixels on a phone.
WIDTH, BOX, HEIGHT, GAP, LANE, EDGE = 320, 196, 34, 10, 8, 12
LETTERS = 26  # of a title, in a box


@dataclass(frozen=True, slots=True)
class Relation:
    """That columns of a table name rows of another."""

    source: Resource
    columns: tuple[str, ...]
    target: Resource


def relations(own: Sequence[Resource], tables: Mapping[str, Resource]) -> list[Relation]:
    """The keys of tables, in the order of the tables and of their keys."""
    return [
        Relation(table, key.fields, tables[key.resource])
        for table in own
        for key in table.foreign_keys
        if key.resource in tables
    ]


def drawing(name: str, own: Sequence[Resource], found: Sequence[Relation]) -> str:
    """The drawing of the tables of a package, its own first, then those that they name elsewhere; `name` makes its ids."""
    mine = {table.name for table in own}
    listed = list({table.name: table for table in (*own, *(relation.target for relation in found))}.values())
    tops = {table.name: 1 + rank * (HEIGHT + GAP) for rank, table in enumerate(listed)}
    height = len(listed) * (HEIGHT + GAP) - GAP + 2
    targets = sorted({r.target.name for r in found}, key=lambda target: (_span(target, found, tops), tops[target]))
    width = max(WIDTH, BOX + EDGE + LANE * len(targets) + 4)
    title = say("Les tables et leurs clés")
    told = say(
        "{tables}, {keys} ; la liste qui suit dit la même chose.",
        tables=count(len(listed), "table"),
        keys=count(len(found), "clé"),
    )
    return "\n".join(
        [
            f'<svg class="relations" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" '
            f'aria-labelledby="{name}-cles-titre {name}-cles-texte">',
            f'<title id="{name}-cles-titre">{escape(title)}</title><desc id="{name}-cles-texte">{escape(told)}</desc>',
            f'<marker id="{name}-cles-fleche" viewBox="0 0 6 6" refX="5" refY="3" markerWidth="6" markerHeight="6" orient="auto">'
            '<path d="M0 0L6 3L0 6z" fill="currentColor" stroke="none"/></marker>',
            *(_lane(target, rank, found, tops, name) for rank, target in enumerate(targets)),
            *(_box(table, tops[table.name], table.name in mine) for table in listed),
            "</svg>",
        ]
    )


def _span(target: str, found: Sequence[Relation], tops: Mapping[str, int]) -> int:
    """How far the line of a table goes: the shortest are drawn nearest."""
    ends = [tops[target], *(tops[r.source.name] for r in found if r.target.name == target)]
    return max(ends) - min(ends)


def _lane(target: str, rank: int, found: Sequence[Relation], tops: Mapping[str, int], name: str) -> str:
    """The line of a table that is named: from each that names it, to it."""
    across = BOX + EDGE + LANE * rank
    end = tops[target] + HEIGHT // 3
    starts = sorted({tops[r.source.name] + HEIGHT * 2 // 3 for r in found if r.target.name == target})
    paths = [f"M{BOX + 1} {start}H{across}V{end}H{BOX + 3}" for start in starts]
    lines = "".join(f'<path d="{way}" marker-end="url(#{name}-cles-fleche)"/>' for way in paths)
    return f'<g class="relations__cle" fill="none" stroke="currentColor">{lines}</g>'


def _box(table: Resource, top: int, own: bool) -> str:
    """A table: its title and its name."""
    title = escape(shorten(table.title, LETTERS, placeholder="…"))
    kind = "relations__table" if own else "relations__table relations__table--autre"
    return (
        f'<g class="{kind}"><rect x="1" y="{top}" width="{BOX}" height="{HEIGHT}" rx="3" stroke="currentColor"/>'
        f'<text x="9" y="{top + 14}" font-size="12" font-weight="600">{title}</text>'
        f'<text x="9" y="{top + 28}" font-size="11" class="relations__nom">{escape(table.name)}</text></g>'
    )
