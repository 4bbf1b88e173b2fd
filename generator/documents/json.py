"""JSON text (RFC 8259) → the same nodes as YAML, so that the same checks and places serve for both. A number, `true`, `false` and
`null` are texts as they are written, which the contract types; a text between quotes is `quoted`. No recursion.
"""

from __future__ import annotations

import json
import re
import sys
from unicodedata import normalize

from generator.diagnostics.finding import Diagnostic
from generator.documents.files import decode_text
from generator.documents.json_refusals import KEYS, VALUES, Expected, explain
from generator.documents.manner import AS_USUAL, Manner
from generator.documents.nodes import Broken, Document, Mapping, Node, Scalar, Sequence, mark_at
from generator.documents.yaml_refusals import Refusals, Unreadable

# What stands between two blanks: a text, a number, a word, a sign. No part gives back what it took.
TOKEN = re.compile(
    r"[ \t\n]*+(?:"
    r'("(?:[^"\\\x00-\x1f]++|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*+")'
    r"|(-?+(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?+(?:[eE][-+]?+[0-9]++)?+)(?![\w.+-])"
    r"|(true|false|null)(?!\w)"
    r"|([{}\[\],:]))"
)
_TEXT, _SIGN = 1, 4  # groups of a token
_CLOSING = {
    *(("]", Sequence, expected) for expected in (Expected.FIRST_VALUE, Expected.NEXT)),
    *(("}", Mapping, expected) for expected in (Expected.FIRST_KEY, Expected.NEXT)),
}


def parse_json(path: str, data: bytes, manner: Manner = AS_USUAL) -> tuple[Document, list[Diagnostic]]:
    """Text of a JSON file → document. Every refusal has a position; after a syntax error the root is None."""
    text, diagnostics = decode_text(path, data, manner)
    if text is None:
        return Document(path, None), diagnostics
    if not text.strip(" \t\n"):  # an empty file says nothing; it is not unknown
        return Document(path, Scalar("", mark_at(1, 1))), diagnostics
    reading = _Reading(path, text, manner)
    try:
        root = reading.read()
    except Unreadable:
        root = None
    return Document(path, root), diagnostics + reading.refused.told()


class _Reading:
    """A text being read, one token after the other."""

    def __init__(self, path: str, text: str, manner: Manner) -> None:
        self.text = text
        self.most, self.deepest, self.forbidden = manner.limits.values, manner.limits.depth, manner.forbidden_value
        self.refused = Refusals(path, text, manner)
        self.root: Node | None = None
        self.container: Mapping | Sequence | None = None  # what is open, and what holds it
        self.stack: list[Mapping | Sequence] = []
        self.key = ""  # whose value is awaited; "" discards the value
        self.expected = Expected.VALUE
        self.comma = 0  # the place of the last one
        self.count = 0

    def read(self) -> Node | None:
        """The root. Raises Unreadable when the rest is not worth reading."""
        text, offset, line, start = self.text, 0, 1, 0
        while (found := TOKEN.match(text, offset)) is not None:
            kind = found.lastindex or 0
            place = found.start(kind)
            ends = text.count("\n", offset, place)
            if ends:
                line, start = line + ends, text.rfind("\n", offset, place) + 1
            if not self._take(kind, found[kind], mark_at(line, place - start + 1), place):
                break
            offset = found.end()
        place = len(text) - len(text[offset:].lstrip(" \t\n"))
        if place < len(text) or self.expected is not Expected.END:
            opened = self.container.mark if self.container is not None else 0
            self.refused.diagnostics.append(explain(self.refused.path, text, place, self.expected, opened, self.comma))
            return None
        return self.root

    def _take(self, kind: int, token: str, mark: int, place: int) -> bool:
        """Read one token; whether it may stand there."""
        if kind == _SIGN:
            return self._sign(token, mark, place)
        if kind == _TEXT and self.expected in KEYS:
            self._key(self._said(token), mark)
            return True
        if self.expected not in VALUES:
            return False
        if kind == _TEXT:
            said = self._said(token)
            bad = "\\" in token and self.forbidden.search(said)
            self._put(self.refused.escape(said, mark) if bad else Scalar(said, mark, True), mark)
        else:
            self._put(Scalar(token, mark), mark)
        self._read_value()
        return True

    def _sign(self, sign: str, mark: int, place: int) -> bool:
        """Open or close a list or a group, or pass to what follows."""
        expected, container = self.expected, type(self.container)
        if sign in "[{" and expected in VALUES:
            self._open(Mapping(mark) if sign == "{" else Sequence(mark), mark)
        elif (sign, container, expected) in _CLOSING:
            self._close()
        elif sign == "," and expected is Expected.NEXT:
            self.comma = place
            self.expected = Expected.KEY if container is Mapping else Expected.VALUE
        elif sign == ":" and expected is Expected.COLON:
            self.expected = Expected.VALUE
        else:
            return False
        return True

    def _said(self, token: str) -> str:
        """What a text between quotes says, its line ends in LF and its letters composed as those of the file are."""
        if "\\" not in token:
            return token[1:-1]
        said: str = json.loads(token)
        return normalize("NFC", said.replace("\r\n", "\n"))

    def _key(self, key: str, mark: int) -> None:
        container = self.container
        self.key, self.expected = "", Expected.COLON
        if type(container) is not Mapping:
            return
        if not key or key in container.nodes:
            self.refused.key(container, key, mark, True)
        elif self.forbidden.search(key):
            self.refused.escape(key, mark)
        else:
            self.key = sys.intern(key)  # the same few keys in every record
            container.nodes[self.key] = _AWAITED
            container.key_marks.append(mark)

    def _put(self, node: Node, mark: int) -> None:
        """Put a value where it stands."""
        self.count += 1
        if self.count > self.most:
            self.refused.size(mark)
        if self.container is None:
            self.root = node
        elif isinstance(self.container, Sequence):
            self.container.items.append(node)
        elif self.key:
            self.container.nodes[self.key] = node

    def _read_value(self) -> None:
        self.expected = Expected.END if self.container is None else Expected.NEXT

    def _open(self, opened: Mapping | Sequence, mark: int) -> None:
        if len(self.stack) + (self.container is not None) >= self.deepest:
            self.refused.depth(mark)
        self._put(opened, mark)
        if self.container is not None:
            self.stack.append(self.container)
        self.container = opened
        self.expected = Expected.FIRST_KEY if isinstance(opened, Mapping) else Expected.FIRST_VALUE

    def _close(self) -> None:
        self.container = self.stack.pop() if self.stack else None
        self._read_value()


_AWAITED = Broken(0)
