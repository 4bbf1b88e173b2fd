"""The pages of the lists of tables: each list cut so that none of its pages is heavy, whatever the number of rows, and for each column
that makes facets a list for each of its values.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from generator.catalogue.cutting import slug
from generator.catalogue.listed import columns, key_of, ordered
from generator.catalogue.parts import Divisions, Part
from generator.catalogue.records import Catalogue, Record
from generator.catalogue.relations import Relations
from generator.catalogue.trees import Node, nodes, tree_key
from generator.contracts.model import Contracts, Field, Resource
from generator.contracts.pages import Page
from generator.contracts.parts import Parts
from generator.values.types import canonical

MOST_ROWS = 250  # of a page of a list
MOST_BYTES = 60_000  # about what the rows of one weigh: with its head, its menus and its foot a page stays under 100 kB
FEW = 30  # rows that one reads at a glance: their list has no facet that nobody asked for
MOST_FACETS, MOST_VALUES = 3, 30  # of a list that declares none; of a column that makes one
_ROW, _CELL, _LINK = 110, 18, 60  # bytes of the tags of a row, of a cell, of a link
_TOOLS = (
    700  # bytes of what leads to the line of a row, and to whom an error in it is told, where it has no page of its own
)


@dataclass(slots=True)
class Leaf:
    """A page of a list at `path`: the `rank`-th, from 1; its rows, table by table (those of a tree with their depth)."""

    path: str
    rank: int
    nodes: list[Node] = field(default_factory=list)
    weight: int = 0


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet: its part, and the pages of its list; none when a page that its contract cuts has it already."""

    part: Part
    leaves: tuple[Leaf, ...] = ()


@dataclass(frozen=True, slots=True)
class Facet:
    """A column whose values make lists."""

    column: Field
    choices: tuple[Choice, ...]


class Listings:
    """The pages of each list, worked out once it is asked for."""

    def __init__(self, catalogue: Catalogue, divisions: Divisions) -> None:
        self._catalogue = catalogue
        self._divisions = divisions
        self._relations = catalogue.once(Relations)
        self._made: dict[str, list[Leaf]] = {}
        self._facets: dict[str, list[Facet]] = {}
        self._paths: dict[str, dict[int, str]] = {}

    def of(self, page: Page) -> list[Leaf]:
        """The pages of a list: one at least."""
        if page.path not in self._made:
            own = self._tree(page)
            others = (Node(row) for name in page.anchors if name != page.resource for row in self._rows(name))
            made = self._made[page.path] = self._leaves(page.path, page, [*own, *others])
            self._paths[page.path] = {id(node.record): leaf.path for leaf in made for node in leaf.nodes}
        return self._made[page.path]

    def path_of(self, page: Page, record: Record) -> str:
        """The page of a list where a row stands, by itself or by what holds it; the first one for a row that has none."""
        self.of(page)
        holder: Record | None = record
        while holder is not None and id(holder) not in self._paths[page.path]:
            holder = holder.parent
        return self._paths[page.path][id(holder)] if holder is not None else page.path

    def facets(self, page: Page) -> list[Facet]:
        """The facets of a list, in the order of its contract."""
        if page.path not in self._facets:
            made = (self._facet(page, column) for column in self._faceted(page))
            self._facets[page.path] = [facet for facet in made if len(facet.choices) > 1]
        return self._facets[page.path]

    def leaves(self, page: Page) -> Iterator[Leaf]:
        """Every page of a list and of its facets, in their order."""
        yield from self.of(page)
        yield from (leaf for facet in self.facets(page) for choice in facet.choices for leaf in choice.leaves)

    def _rows(self, table: str) -> Sequence[Record]:
        return self._catalogue[table] if table in self._catalogue.tables else ()

    def _tree(self, page: Page) -> list[Node]:
        """The rows of a list, as a tree when it is one, group by group when it has groups."""
        resource = self._catalogue.contracts.resources.get(page.resource)
        if resource is None:
            return []
        rows = ordered(self._rows(page.resource), page, self._catalogue)
        key = tree_key(resource, page, rows, has_page(resource, self._catalogue.contracts))
        if key is not None:
            return nodes(rows, key, self._catalogue)
        column = grouping(page, resource)
        groups: dict[object, list[Record]] = (
            {row[column.name]: [] for row in self._rows(page.resource)} if column else {}
        )
        for row in rows:
            groups.setdefault(row[column.name] if column else None, []).append(row)
        last = groups.pop(None, [])
        return [Node(row) for group in (*groups.values(), last) for row in group]

    def _leaves(self, path: str, page: Page, found: Iterable[Node]) -> list[Leaf]:
        made = [Leaf(path, 1)]
        weighing: dict[str, Callable[[Record], int]] = {}
        for node in found:
            resource = node.record.resource
            if resource.name not in weighing:
                weighing[resource.name] = self._weighing(resource, self.columns(page, resource), page)
            weight = weighing[resource.name](node.record)
            if made[-1].nodes and (made[-1].weight + weight > MOST_BYTES or len(made[-1].nodes) >= MOST_ROWS):
                made.append(Leaf(f"{path}page-{len(made) + 1}/", len(made) + 1))
            made[-1].nodes.append(node)
            made[-1].weight += weight
        return made

    def columns(self, page: Page, resource: Resource) -> tuple[str, ...]:
        """The columns that a list shows of a table: its own, or another that it shows whole."""
        placed = has_page(resource, self._catalogue.contracts)
        return columns(resource, page if resource.name == page.resource else None, not placed)

    def held(self, page: Page, resource: Resource) -> list[Resource]:
        """The tables nested in one that no page of a record shows: the list that shows it shows them too."""
        contracts = self._catalogue.contracts
        nested = () if has_page(resource, contracts) else contracts.children(resource.name)
        return [child for child in nested if child.name not in page.anchors]

    def _weighing(self, resource: Resource, shown: Iterable[str], page: Page) -> Callable[[Record], int]:
        """About how many bytes of a page a row of a table takes, with those that it holds when they are shown nowhere else."""
        columns = [(name, _LINK if key_of(resource, name) is not None else 0) for name in shown]
        empty = _ROW + (0 if has_page(resource, self._catalogue.contracts) else _TOOLS) + _CELL * len(columns)
        held = [
            (child.name, self._weighing(child, [f.name for f in child.shown], page))
            for child in self.held(page, resource)
        ]

        def weight(record: Record) -> int:
            size = empty
            for name, link in columns:
                value = record[name]
                if value is not None:
                    size += len(canonical(value).encode()) + link
            for name, own in held:
                size += sum(own(row) for row in self._relations.children(record, name))
            return size

        return weight

    def _faceted(self, page: Page) -> list[Field]:
        resource = self._catalogue.contracts.resources[page.resource]
        if page.layout.facets is not None:
            return [resource.field(name) for name in page.layout.facets if name in resource.index]
        group = grouping(page, resource)
        closed = [f for f in resource.shown if 1 < max(len(f.categories), len(f.constraints.enum)) <= MOST_VALUES]
        few = len(self._rows(page.resource)) <= FEW
        return [] if few else [f for f in closed if f is not group][:MOST_FACETS]

    def _facet(self, page: Page, column: Field) -> Facet:
        """The values of a column, each with the part of a page that the contract cuts by it, else with a list of its own."""
        cut = self._cut_by(page, column)
        if cut is not None:
            return Facet(column, tuple(Choice(part) for part in self._divisions.of(cut)))
        parts = Parts("column", ((column.name,),), f"{slug(column.name)}/", position=page.position)
        made = []
        for part in self._divisions.of(replace(page, parts=parts)):
            rows = ordered(part.rows, page, self._catalogue)
            made.append(Choice(part, tuple(self._leaves(part.path, page, map(Node, rows)))))
        return Facet(column, tuple(made))

    def _cut_by(self, page: Page, column: Field) -> Page | None:
        packages = self._catalogue.contracts.packages.values()
        cut = (other for package in packages for other in package.pages if other.resource == page.resource)
        return next((c for c in cut if c.parts is not None and c.parts.columns == ((column.name,),)), None)


def grouping(page: Page, resource: Resource) -> Field | None:
    """The column by which a list groups its rows."""
    name = page.options.get("groupe")
    return resource.field(name) if isinstance(name, str) and name in resource.index else None


def has_page(resource: Resource, contracts: Contracts) -> bool:
    """Whether each row of a table has a page of its own, or stands on that of a row that holds it or that it names."""
    pages = [page for package in contracts.packages.values() for page in package.pages if page.per_record]
    own = any(resource.name == page.resource or resource.name in page.anchors for page in pages)
    parent = contracts.resources.get(resource.parent)
    return own or (parent is not None and has_page(parent, contracts))
