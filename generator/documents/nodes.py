"""What a content file says, before any contract: texts, groups and lists, each with its place. Nothing is typed here."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass

from generator.diagnostics.finding import Position

COLUMN_BITS = 28  # a column never exceeds the size of a file (manner.MOST)
FEW = 50  # keys among which one is looked for


def mark_at(line: int, column: int) -> int:
    """A place as one integer: 1-based line and column."""
    return line << COLUMN_BITS | column


class Scalar:
    """A text as written, `quoted` when it was between quotes or in a block."""

    __slots__ = ("mark", "quoted", "text")

    def __init__(self, text: str, mark: int, quoted: bool = False) -> None:
        self.text = text
        self.mark = mark
        self.quoted = quoted


class Mapping:
    """Keys and nodes in written order; `key_marks` are the places of the keys, in the same order."""

    __slots__ = ("_places", "key_marks", "mark", "nodes")

    def __init__(self, mark: int) -> None:
        self.mark = mark
        self.nodes: dict[str, Node] = {}
        self.key_marks = array("q")  # half the memory of a list
        self._places: dict[str, int] | None = None

    def key_mark(self, key: str) -> int:
        """The place of a key, or of the mapping when it has no such key."""
        if len(self.nodes) > FEW:
            if self._places is None or len(self._places) < len(self.nodes):
                self._places = dict(zip(self.nodes, self.key_marks, strict=True))
            return self._places.get(key, self.mark)
        for mark, name in zip(self.key_marks, self.nodes, strict=True):
            if name == key:
                return mark
        return self.mark


class Sequence:
    """Items in written order."""

    __slots__ = ("items", "mark")

    def __init__(self, mark: int) -> None:
        self.mark = mark
        self.items: list[Node] = []


class Broken:
    """Stands where something was refused: later stages pass over it, so that one mistake gives one message."""

    __slots__ = ("mark",)

    def __init__(self, mark: int) -> None:
        self.mark = mark


Node = Scalar | Mapping | Sequence | Broken


@dataclass(frozen=True, slots=True)
class Document:
    """A file of the content. `root` is None when it could not be read: what it holds is unknown, not absent."""

    path: str
    root: Node | None
    header: Mapping | None = None  # the columns of a CSV file, each with its place
    mended: bool = False  # read as it was probably meant: what it lacks may be there
    body: Scalar | None = None  # of a Markdown file, the text after its front matter, which `root` is

    def at(self, mark: int, length: int = 1) -> Position:
        """The position of a mark of this document."""
        return Position(self.path, mark >> COLUMN_BITS, mark & ((1 << COLUMN_BITS) - 1), length)


def scalars(root: Node) -> Iterator[Scalar]:
    """The texts of a node, however deep, from the last to the first."""
    pending = [root]
    while pending:
        node = pending.pop()
        if isinstance(node, Scalar):
            yield node
        elif isinstance(node, Sequence):
            pending += node.items
        elif isinstance(node, Mapping):
            pending += node.nodes.values()


def plain(node: Node) -> object:
    """A node as plain dictionaries, lists and texts (no recursion deeper than the reader's limit)."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Sequence):
        return [plain(item) for item in node.items]
    if isinstance(node, Mapping):
        return {key: plain(value) for key, value in node.nodes.items()}
    return ""
