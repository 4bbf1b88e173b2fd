"""Values of several parts that a file writes as such, a group of keys or a list, rather than as the text of a cell: the text that a
column reads of them.
"""

from __future__ import annotations

import json
import re

from generator.catalogue.levels import NULLS
from generator.contracts.model import Field
from generator.documents.nodes import Broken, Mapping, Node, Scalar, Sequence

# What stands without quotes and is no text in JSON (YAML 1.2, « JSON schema »).
_PLAIN = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|true|false")
_PARTS = ("object", "array", "geojson", "geopoint")


def text_of(node: Node, column: Field) -> str | None:
    """The text of a group or of a list, as a column of its type would hold it; None when its type takes none."""
    if column.type == "list" and isinstance(node, Sequence):
        return _list(node, column)
    if column.type not in _PARTS or not isinstance(node, Mapping | Sequence):
        return None
    found = json_of(node)
    return _point(node, column, found) if column.type == "geopoint" and found is not None else found


def json_of(node: Node) -> str | None:
    """A node as JSON, in its order; None when a part of it could not be read. What stands without quotes is a number or a truth as YAML
    1.2 and JSON say, with the digits that are written.
    """
    if isinstance(node, Mapping):
        pairs = {key: json_of(value) for key, value in node.nodes.items()}
        told = (f"{json.dumps(key, ensure_ascii=False)}:{value}" for key, value in pairs.items())
        return None if None in pairs.values() else f"{{{','.join(told)}}}"
    if isinstance(node, Sequence):
        items = [json_of(item) for item in node.items]
        return None if None in items else f"[{','.join(filter(None, items))}]"
    if isinstance(node, Broken):
        return None
    if not node.quoted and (not node.text or node.text in NULLS):
        return "null"
    return node.text if not node.quoted and _PLAIN.fullmatch(node.text) else json.dumps(node.text, ensure_ascii=False)


def _point(node: Node, column: Field, found: str) -> str | None:
    """A point in the format of its column, whichever way it is written."""
    parts = node.nodes if isinstance(node, Mapping) else dict(zip(("lon", "lat"), _items(node), strict=False))
    lon, lat = parts.get("lon"), parts.get("lat")
    if len(parts) != 2 or not isinstance(lon, Scalar) or not isinstance(lat, Scalar):
        return found
    if column.format == "array":
        return f"[{lon.text}, {lat.text}]"
    return f'{{"lon": {lon.text}, "lat": {lat.text}}}' if column.format == "object" else f"{lon.text}, {lat.text}"


def _list(node: Node, column: Field) -> str | None:
    """The items of a list, one after the other; None when one is no plain value, or holds what separates them."""
    items = [item.text if isinstance(item, Scalar) else None for item in _items(node)]
    texts = [text for text in items if text is not None]
    mark = column.writing.delimiter
    return None if len(texts) < len(items) or any(mark in text for text in texts) else mark.join(texts)


def _items(node: Node) -> list[Node]:
    return node.items if isinstance(node, Sequence) else []
