"""Values that JSON types → the texts that the cells of a CSV would hold for them, which the types of the standard read."""

from __future__ import annotations

import json

from generator.documents.nodes import Broken, Mapping, Node, Sequence
from generator.standard.part import is_flag, is_null, is_number
from generator.values.writing import Writing

_NUMBERS = ("number", "integer", "year", "any")
_STRUCTURES = {"object": (Mapping,), "geojson": (Mapping,), "array": (Sequence,), "any": (Mapping, Sequence)}
_POINTS = {"array": Sequence, "object": Mapping}


def in_json(node: Node) -> str:
    """A node as JSON, on one line, numbers as they are written."""
    if isinstance(node, Mapping):
        return "{" + ",".join(f"{_quoted(key)}:{in_json(value)}" for key, value in node.nodes.items()) + "}"
    if isinstance(node, Sequence):
        return "[" + ",".join(map(in_json, node.items)) + "]"
    if isinstance(node, Broken) or is_null(node):
        return "null"
    return node.text if is_number(node) or is_flag(node) else _quoted(node.text)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def physical(node: Node, kind: str, writing: Writing) -> str | None:
    """The text of a value for a column of a type, so written; None when JSON gives it another type: a number is no text."""
    if isinstance(node, Broken):
        return None
    if isinstance(node, Mapping | Sequence):
        return _structure(node, kind, writing)
    if is_flag(node):
        words = {"true": writing.true, "false": writing.false}[node.text]
        return (words or (node.text,))[0] if kind in ("boolean", "any") else None
    if is_number(node):
        if kind not in _NUMBERS:
            return None
        return node.text.replace(".", writing.decimal) if kind == "number" else _whole(node.text)
    return None if is_null(node) else node.text


def _whole(text: str) -> str:
    """3.0 is 3: JSON has one kind of numbers."""
    whole, point, rest = text.partition(".")
    return whole if point and not rest.strip("0") else text


def _structure(node: Mapping | Sequence, kind: str, writing: Writing) -> str | None:
    if kind == "list" and isinstance(node, Sequence):
        items = [physical(item, writing.item, writing) for item in node.items]
        return None if None in items else writing.delimiter.join(filter(None, items))
    if kind == "geopoint":
        return in_json(node) if isinstance(node, _POINTS.get(writing.format, ())) else None
    return in_json(node) if isinstance(node, _STRUCTURES.get(kind, ())) else None
