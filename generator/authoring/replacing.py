"""One value of a content file, written anew: the bytes of the file with that value replaced or added, and every other byte as it
was. A way of writing is kept only if the file, read again, says the same as before but for that value.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.authoring.ways import in_csv, in_tree
from generator.catalogue.records import Record
from generator.contracts.model import Field
from generator.documents.kinds import is_csv
from generator.documents.manner import Manner
from generator.documents.nodes import Document, Mapping, Node, Scalar, Sequence
from generator.documents.parsing import parse
from generator.text.patching import Edit, OverlapError, patched

Leaf = tuple[str | int, ...]  # the keys and the ranks that lead to a text


def replaced(data: bytes, record: Record, column: Field, text: str, manner: Manner) -> bytes | None:
    """The bytes of the file of a record, where a column that it writes, or does not yet, says `text`; None when there is no way
    of writing it that changes nothing else. `data` are those that the record was read from, `manner` how it is written.
    """
    path = record.document.path
    before = _read(path, data, manner)
    root = before[0].root
    if root is None:
        return None
    known = {id(node): leaf for leaf, node in _nodes(record.document.root or root)}
    written = record.written(column.name)
    keys = (column.name,) if record.document.header is not None else column.key
    place = (*known.get(id(record.node), ()), *keys) if written is None else known.get(id(written))
    if place is None:
        return None
    wanted = _told(root) | {place: text}
    cells = before[0].header is not None
    for edit in in_csv(data, record, column, text, manner) if cells else in_tree(data, record, column, text, manner):
        found = _written(data, edit, manner)
        if found is None or found == data:
            continue
        document, said = _read(path, found, manner)
        if document.root is not None and _told(document.root) == wanted and said <= before[1]:
            return found
    return None


def _read(path: str, data: bytes, manner: Manner) -> tuple[Document, int]:
    document, said = parse(path, data, manner)
    return document, len(said)


def _nodes(root: Node) -> Iterator[tuple[Leaf, Node]]:
    """Every node of a file and what leads to it."""
    pending: list[tuple[Leaf, Node]] = [((), root)]
    while pending:
        leaf, node = pending.pop()
        yield leaf, node
        if isinstance(node, Mapping):
            pending += [((*leaf, key), child) for key, child in node.nodes.items()]
        elif isinstance(node, Sequence):
            pending += [((*leaf, rank), child) for rank, child in enumerate(node.items)]


def _told(root: Node) -> dict[Leaf, str]:
    """What a file says: each text, and each list or group that holds nothing, by what leads to it."""
    return {
        leaf: node.text if isinstance(node, Scalar) else type(node).__name__
        for leaf, node in _nodes(root)
        if isinstance(node, Scalar) or not _holds(node)
    }


def _holds(node: Node) -> bool:
    return bool(node.nodes if isinstance(node, Mapping) else node.items if isinstance(node, Sequence) else ())


def _written(data: bytes, edit: Edit, manner: Manner) -> bytes | None:
    """The bytes edited, in the encoding of the file; None where this would change another byte, or cannot be."""
    encoding = manner.encoding if is_csv(edit.path) else "utf-8"
    try:
        if encoding == "utf-8":
            return patched(data, [edit])
        text = data.decode(encoding)
        found = patched(text.encode(), [edit]).decode().encode(encoding)
        return found if text.encode(encoding) == data else None
    except (OverlapError, UnicodeError):
        return None
