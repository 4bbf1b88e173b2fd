"""The shapes in which rows are written: with keys, as a list read by places, as a text alone; in a list, in a map, as one object."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.catalogue.levels import NULLS
from generator.catalogue.plan import Plan
from generator.documents.nodes import Mapping, Node, Scalar, Sequence
from generator.values.types import Value


@dataclass(frozen=True, slots=True)
class Standing:
    """What the place of a row says: the values that it gives and the columns that it should have given, by their places, and where
    it stands: 0 where it begins.
    """

    values: tuple[tuple[int, Value | None], ...] = ()
    lost: tuple[int, ...] = ()
    mark: int = 0


NOWHERE = Standing()


def nothing(node: Node) -> bool:
    """Whether what is written says nothing: no text, an empty list or group, a null that is not between quotes."""
    if isinstance(node, Scalar):
        return not node.text or (node.text in NULLS and not node.quoted)
    return (isinstance(node, Sequence) and not node.items) or (isinstance(node, Mapping) and not node.nodes)


def taker(plans: Iterable[Plan], value: Node) -> Plan | None:
    """Of the tables whose rows stand under one key, that which takes what has the shape of a value. A group is one object when
    its keys are all those of a row, else a map.
    """
    lists = next((plan for plan in plans if not plan.resource.rows.keys), None)
    maps = next((plan for plan in plans if plan.resource.rows.keys), None)
    one = lists if lists is not None and lists.resource.rows.single else None
    if isinstance(value, Sequence):
        return lists
    if isinstance(value, Mapping):
        return one if one is not None and (maps is None or all(map(one.knows, value.nodes))) else maps
    return one if one is not None and one.text and not nothing(value) else None


def row_of_text(way: tuple[str, ...], text: Scalar) -> Mapping:
    """The row that a plain text stands for: `genres: [roman]` is `genres: [{genre: roman}]`."""
    *outer, key = way
    row = _pair(key, text, text.mark)
    for step in reversed(outer):
        row = _pair(step, row, text.mark)
    return row


def row_of_list(items: Iterable[Node], mark: int) -> Mapping:
    """The row that a list of values stands for: `[a, b]` is `{1: a, 2: b}`."""
    row = Mapping(mark)
    for rank, item in enumerate(items, 1):
        row.nodes[str(rank)] = item
        row.key_marks.append(item.mark)
    return row


def part_of(others: Iterable[tuple[object, Mapping, str]]) -> Mapping:
    """Keys that stand among others, as if they were alone."""
    made = Mapping(0)
    for _, holder, name in others:
        made.nodes[name] = holder.nodes[name]
        made.key_marks.append(holder.key_mark(name))
    return made


def _pair(key: str, value: Node, mark: int) -> Mapping:
    made = Mapping(mark)
    made.nodes[key] = value
    made.key_marks.append(mark)
    return made
