"""A page of the list of a table, for its template: what it shows of each table, and the ways to the other pages of the list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from textwrap import shorten

from generator.catalogue.listings import Facet, Leaf, grouping
from generator.catalogue.records import Record
from generator.catalogue.trees import Node
from generator.contracts.model import Field, Resource
from generator.contracts.pages import Page
from generator.pages.draft import Ground
from generator.pages.views import View

MOST_STEPS = 60  # pages of a list that each of them names, besides those around it
NEAR = 3
SHORTEST = 40  # letters of the names between which a page goes


@dataclass(frozen=True, slots=True)
class Branch:
    """A row of a tree: what to open and to close before it, how many rows stand under it; `rappel` when another page has it, and it is
    here to say what the next ones stand under.
    """

    fiche: View
    ouvre: int
    ferme: int
    dessous: int
    rappel: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that hold the same value of a column: it, its rank among the groups of the list, the rows."""

    fiche: View
    rang: int
    lignes: list[View]


@dataclass(frozen=True, slots=True)
class Block:
    """What a page of a list shows of a table."""

    table: Resource
    colonnes: list[str]
    lignes: list[View]
    groupe: Field | None
    groupes: list[Group]
    arbre: list[Branch]
    fin: int  # lists to close after the last branch
    premier: bool  # whether the list begins its rows here
    dedans: list[dict[str, object]]  # what these rows hold and no page shows


@dataclass(frozen=True, slots=True)
class Step:
    """A page of a list: its rank, its address, the names of its first and last rows, cut when they are long."""

    rang: int
    adresse: str
    premier: str
    dernier: str


@dataclass(frozen=True, slots=True)
class Option:
    """A value of a facet: its name, the address of its list, how many rows it has, whether it is the one shown."""

    nom: str
    adresse: str
    lignes: int
    ici: bool


def blocks(leaf: Leaf, page: Page, ground: Ground) -> Iterator[Block]:
    """What a page of a list shows, table by table."""
    tables: dict[str, list[Node]] = {}
    for node in leaf.nodes:
        tables.setdefault(node.record.resource.name, []).append(node)
    for name, nodes in tables.items():
        resource, rows = nodes[0].record.resource, [ground.views.of(node.record) for node in nodes]
        column = grouping(page, resource) if name == page.resource and leaf.path.startswith(page.path) else None
        branches, open_ = _branches(nodes, ground) if any(node.depth or node.below for node in nodes) else ([], 0)
        yield Block(
            table=resource,
            colonnes=[name for name in shown(page, resource, ground) if column is None or name != column.name],
            lignes=rows,
            groupe=column,
            groupes=_groups(rows, column, ground) if column is not None else [],
            arbre=branches,
            fin=open_,
            premier=nodes[0].record is _first(page, resource, ground),
            dedans=list(_held(rows, page, resource, ground)),
        )


def shown(page: Page, resource: Resource, ground: Ground) -> list[str]:
    """The columns that a list shows of a table, but for those that no row fills."""
    rows = ground.project.catalogue[resource.name]
    names = ground.addresses.listings.columns(page, resource)
    return [name for rank, name in enumerate(names) if not rank or any(row[name] is not None for row in rows)]


def _first(page: Page, resource: Resource, ground: Ground) -> Record | None:
    leaves = ground.addresses.listings.of(page)
    return next((n.record for leaf in leaves for n in leaf.nodes if n.record.resource is resource), None)


def _groups(rows: Sequence[View], column: Field, ground: Ground) -> list[Group]:
    every = ground.project.catalogue[rows[0].record.resource.name]
    ranks = {value: rank for rank, value in enumerate(dict.fromkeys(row[column.name] for row in every), 1)}
    groups: dict[object, list[View]] = {}
    for row in rows:
        groups.setdefault(row[column.name], []).append(row)
    return [Group(found[0], ranks[found[0][column.name]], found) for found in groups.values()]


def _branches(nodes: Sequence[Node], ground: Ground) -> tuple[list[Branch], int]:
    """The rows of a tree with the lists to open and close around each, and how many stay open; what the first of the page stands under
    is told again.
    """
    again = list(nodes[0].line())[::-1]
    depth, branches = -1, []
    for node in (*again, *nodes):
        opened, closed = int(node.depth > depth), max(depth - node.depth, 0)
        branches.append(Branch(ground.views.of(node.record), opened, closed, node.below, node in again))
        depth = node.depth
    return branches, depth + 1


def _held(rows: Sequence[View], page: Page, resource: Resource, ground: Ground) -> Iterator[dict[str, object]]:
    """The rows nested in these that no other page shows, table by table, however deep."""
    for child in ground.addresses.listings.held(page, resource):
        own = [row for view in rows for row in ground.views.children(view.record, child.name)]
        if own:
            columns = [f.name for f in child.shown if any(row[f.name] is not None for row in own)]
            yield {"table": child, "lignes": own, "colonnes": columns}
            yield from _held(own, page, child, ground)


def steps(leaves: Sequence[Leaf], here: Leaf) -> list[Step]:
    """The pages of a list; none when it has one. Of many, those around this one, and one here and there."""
    if len(leaves) < 2:
        return []
    gap = -(-len(leaves) // MOST_STEPS)
    kept = [f for f in leaves if (f.rank - 1) % gap == 0 or abs(f.rank - here.rank) <= NEAR or f is leaves[-1]]
    return [Step(f.rank, f.path, _short(f.nodes[0].record), _short(f.nodes[-1].record)) for f in kept]


def _short(record: Record) -> str:
    return shorten(record.label, SHORTEST, placeholder="…")


def options(facets: Sequence[Facet], here: str) -> list[tuple[str, list[Option]]]:
    """The facets of a list: the title of each, its values."""
    return [
        (
            facet.column.title or facet.column.name,
            [
                Option(choice.part.name, choice.part.path, len(choice.part.rows), here.startswith(choice.part.path))
                for choice in facet.choices
            ],
        )
        for facet in facets
    ]


def sorts(page: Page) -> dict[str, str]:
    """The column by which the rows of a list are in order, if its contract says so, and in which direction (`aria-sort`)."""
    first = page.layout.sort[0] if page.layout.sort else ""
    return {first.removeprefix("-"): "descending" if first.startswith("-") else "ascending"} if first else {}
