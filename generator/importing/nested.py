"""Records of YAML, JSON and front matters → tables: a group becomes columns, a list or a map becomes a nested table, at any depth. What has
not one shape is kept whole, as an object.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from generator.documents.nodes import Mapping, Node, Scalar, plain
from generator.documents.nodes import Sequence as List
from generator.importing.keys import primary
from generator.importing.model import Column, Foreign, Source, Table
from generator.importing.naming import distinct, slug, unique
from generator.importing.types import infer
from generator.text.interface import say, sentence

DEEPEST = 6  # groups in groups that become columns
MANY = 12  # keys of groups of one place, above which they are data and no names
MANY_ROWS, SELDOM = 100, 50  # rows of a table above which a key that one in so many has makes no table
RARE = 4  # and each of them is in less than one group out of so many
_DATE = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?\Z")


def kinds(nodes: Iterable[Node]) -> Counter[str]:
    """How many nodes are texts, groups, lists, or nothing."""
    return Counter(_kind(node) for node in nodes)


def _kind(node: Node) -> str:
    if isinstance(node, Mapping):
        return "group" if node.nodes else "nothing"
    if isinstance(node, List):
        return "list" if node.items else "nothing"
    return "text" if isinstance(node, Scalar) and _said(node) else "nothing"


def _said(node: Scalar) -> str:
    """The text of a node; "" for one that says nothing."""
    return "" if not node.quoted and node.text in ("null", "~", "Null", "NULL") else node.text


@dataclass(frozen=True, slots=True)
class Held:
    """A nested table to be made: the table that holds it, the key and the path where it stands, the node of each row that has one."""

    table: Table
    path: tuple[str, ...]
    nodes: Sequence[tuple[int, Node]]
    is_map: bool
    alone: bool = False  # some rows have one group there, and no list


class Nesting:
    """Finds the tables of records, and adds them to a source."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.pending: list[Held] = []
        self.size = 0  # rows of the table that is being found

    def add(self, table: Table, rows: Sequence[Node]) -> None:
        """Add a table whose rows are these nodes, and, once it has its key, those that are nested in it."""
        self.source.tables.append(table)
        self.size = len(rows)
        if rows and all(isinstance(row, Scalar) for row in rows):
            name = unique(say("valeur"), table.names())
            table.columns.append(Column(name, [_said(row) if isinstance(row, Scalar) else "" for row in rows]))
        else:
            groups = [row if isinstance(row, Mapping) else Mapping(0) for row in rows]
            self._group(table, groups, (), range(len(rows)))
        if "rest" in table.content:
            table.columns.append(Column(_kept(), [""] * len(rows), found={"type": "object"}))
        for column in table.columns:
            infer(column, table.name, self.source)
        if not table.primary_key:
            primary(table, self.source)
        nested, self.pending = self.pending, []
        for held in nested:
            self._nested(held)

    def _group(self, table: Table, groups: Sequence[Mapping], path: tuple[str, ...], owners: Sequence[int]) -> None:
        """The columns and the nested tables of groups that stand at a path of the rows."""
        for key in dict.fromkeys(key for group in groups for key in group.nodes):
            held = [
                (owner, group.nodes[key]) for owner, group in zip(owners, groups, strict=True) if key in group.nodes
            ]
            if not path and len(groups) >= MANY_ROWS and len(held) * SELDOM < len(groups) and _is_deep(held):
                self._rest(table, key)
            else:
                self._value(table, held, (*path, key))

    def _value(self, table: Table, held: Sequence[tuple[int, Node]], path: tuple[str, ...]) -> None:
        found = kinds(node for _, node in held)
        found.pop("nothing", None)
        names = set(found)
        if names <= {"text"}:
            self._column(table, held, path)
        elif names == {"group"} and not self._is_map(held):
            filled = [(owner, node) for owner, node in held if isinstance(node, Mapping)]
            if len(path) <= DEEPEST:
                self._group(table, [node for _, node in filled], path, [owner for owner, _ in filled])
            else:
                self._whole(table, held, path, "object")
        elif len(names) == 1 and self._even(held):
            self.pending.append(Held(table, path, held, names == {"group"}))
        elif names == {"group", "list"} and self._even(held) and not self._is_map(held):
            self.pending.append(Held(table, path, held, False, alone=True))
        elif len(names) == 1:
            self._whole(table, held, path, "array" if names == {"list"} else "object")
        else:
            self._left(table, path, found)

    def _column(self, table: Table, held: Sequence[tuple[int, Node]], path: tuple[str, ...]) -> None:
        column = self._new(table, path)
        for owner, node in held:
            column.texts[owner] = _said(node) if isinstance(node, Scalar) else ""

    def _new(self, table: Table, path: tuple[str, ...]) -> Column:
        name = distinct("_".join(path) if len(path) > 1 else path[0], table.names())
        column = Column(name, [""] * self.size, path if path != (name,) else ())
        table.columns.append(column)
        return column

    def _whole(self, table: Table, held: Sequence[tuple[int, Node]], path: tuple[str, ...], kind: str) -> None:
        """A column that holds the JSON of what stands at a path."""
        column = self._new(table, path)
        column.found["type"] = kind
        for owner, node in held:
            if _kind(node) != "nothing":
                column.texts[owner] = json.dumps(plain(node), ensure_ascii=False)
        told = "« {path} » n’a pas une seule forme : gardé entier, en JSON."
        self.source.note("decided", table.name, sentence(told, path=".".join(path)))

    def _left(self, table: Table, path: tuple[str, ...], found: Counter[str]) -> None:
        """What is now a text, now a group or a list: kept with the unknown keys when it stands in the row itself."""
        words = {"text": say("un texte"), "group": say("un groupe"), "list": say("une liste")}
        shapes = ", ".join(words[kind] for kind in sorted(found))
        table.content["rest"] = _kept()
        told = "« {path} » est tantôt {shapes} : gardé entier dans « {rest} », en JSON."
        self.source.note("decided", table.name, sentence(told, path=".".join(path), shapes=shapes, rest=_kept()))

    def _rest(self, table: Table, key: str) -> None:
        """A key that few rows have, and that would make tables of its own."""
        if "rest" not in table.content:
            told = "Des clés que peu de lignes ont, et qui feraient des tables : gardées dans « {rest} », en JSON."
            self.source.note("decided", table.name, sentence(told, rest=_kept()))
        table.content["rest"] = _kept()

    def _is_map(self, held: Sequence[tuple[int, Node]]) -> bool:
        """Whether the keys of groups are data: dates, or many that are each in few of the groups, with values of one kind."""
        groups = [node for _, node in held if isinstance(node, Mapping)]
        counted = Counter(key for group in groups for key in group.nodes)
        if not counted:
            return False
        if all(_DATE.match(key) for key in counted):
            return True
        inner = kinds(value for group in groups for value in group.nodes.values())
        inner.pop("nothing", None)
        return len(counted) > MANY and len(inner) == 1 and max(counted.values()) * RARE < max(len(groups), RARE + 1)

    def _even(self, held: Sequence[tuple[int, Node]]) -> bool:
        """Whether the items of lists, or the values of maps, are all texts, or all groups."""
        inner = kinds(row for _, node in held for _, row in _inner(node, True))
        inner.pop("nothing", None)
        return set(inner) in ({"text"}, {"group"})

    def _nested(self, held: Held) -> None:
        """The table of the items of lists, or of the values of maps."""
        content: dict[str, object] = {
            "within": held.table.name,
            "key": held.path[0] if len(held.path) == 1 else list(held.path),
        }
        name = unique(slug(held.path[-1], "_"), {other.name for other in self.source.tables})
        child = Table(name, content, [], parent=held.table.name)
        if held.alone:
            content["single"] = "true"
        found = [(owner, place, row) for owner, node in held.nodes for place, row in _inner(node, held.is_map)]
        owners, places = [owner for owner, _, _ in found], [place for _, place, _ in found]
        _key_of(child, held.table, owners, places, held.is_map)
        self.add(child, [row for _, _, row in found])


def _key_of(child: Table, table: Table, owners: Sequence[int], places: Sequence[str], is_map: bool) -> None:
    """The columns of a nested table that say which row holds each of its own, then its rank or its key there."""
    names: list[str] = []
    for own in table.primary_key:
        column = table.column(own)
        name = own if table.parent and own not in (_place(False), _place(True)) else f"{_singular(table.name)}_{own}"
        names.append(unique(name, names))
        texts = [column.texts[owner] for owner in owners]
        child.columns.append(Column(names[-1], texts, found={"type": column.type}))
    last = _place(is_map)
    child.content["keys" if is_map else "rank"] = last
    child.columns.append(Column(last, list(places), found={} if is_map else {"type": "integer"}))
    child.primary_key = (*names, last)
    child.foreign_keys.append(Foreign(tuple(names), table.name, table.primary_key))


def _is_deep(held: Sequence[tuple[int, Node]]) -> bool:
    """Whether what stands at a key is no text."""
    return any(isinstance(node, Mapping | List) for _, node in held)


def _inner(node: Node, is_map: bool) -> Iterator[tuple[str, Node]]:
    """The rows that a list or a map holds, with their rank or their key; a group alone is the first row."""
    if isinstance(node, Mapping) and is_map:
        yield from node.nodes.items()
    elif isinstance(node, Mapping):
        yield "1", node
    elif isinstance(node, List):
        yield from ((str(rank), item) for rank, item in enumerate(node.items, 1))


def _kept() -> str:
    """The column of what has not one shape."""
    return say("autres")


def _place(is_map: bool) -> str:
    """The column of the keys of a map, or of the ranks of a list."""
    return say("cle") if is_map else say("rang")


def _singular(name: str) -> str:
    return name.removesuffix("s") if len(name) > 3 else name
