"""Content files set out the same way: line ends, composed letters, indents, spaces after a colon and a dash, blank lines. What a
file says never changes: its nodes are read again and compared; comments, quotes, the order of keys stay the author's.
"""

from __future__ import annotations

from dataclasses import dataclass

from generator.authoring.indents import reindented
from generator.diagnostics.finding import Diagnostic
from generator.documents.cleaning import normal
from generator.documents.csv import parse_csv
from generator.documents.encodings import NARROW
from generator.documents.files import decode_text
from generator.documents.kinds import kind_of
from generator.documents.manner import AS_USUAL, Manner
from generator.documents.nodes import Document, Mapping, Node, Scalar, Sequence
from generator.documents.yaml import parse_yaml
from generator.text.interface import NOTHING, Sentence, sentence

_BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class Formatted:
    """The bytes of a file, set out; the same ones, and why, for a file that is left as it is."""

    data: bytes
    left: Sentence = NOTHING


def formatted(path: str, data: bytes, manner: Manner | None) -> Formatted:
    """A content file, set out. `manner`: how it is written; None when its contract says it wrongly."""
    if kind_of(path) == "csv":
        return Formatted(data) if manner is None else _csv(path, data, manner)
    manner = manner or AS_USUAL
    if kind_of(path) == "yaml" and not manner.documents:
        return _yaml(path, data, manner)
    text, found = decode_text(path, data, manner)
    if text is None or found:
        return _unread(data)
    return Formatted(_ended(text).encode())


def _unread(data: bytes) -> Formatted:
    return Formatted(data, sentence("le contrôle y trouve une faute de lecture, à corriger d’abord"))


def _ended(text: str) -> str:
    """A text that ends with one line end; one without anything stays so."""
    return text.rstrip("\n") + "\n" if text.strip() else text


def _yaml(path: str, data: bytes, manner: Manner) -> Formatted:
    before, found = parse_yaml(path, data, manner)
    if before.root is None or any(d.severity == "erreur" for d in found):
        return _unread(data)
    text = normal(data.decode("utf-8"))
    made = reindented(text)
    if made is None or not _says_the_same(before, found, *parse_yaml(path, made.encode(), manner)):
        return Formatted(data, sentence("sa mise en page est trop particulière pour être reprise sans risque"))
    return Formatted(made.encode())


def _csv(path: str, data: bytes, manner: Manner) -> Formatted:
    """Line ends, and composed letters in UTF-8; a byte order mark stays, as some spreadsheets want it."""
    before, found = parse_csv(path, data, manner)
    if before.root is None or any(d.severity == "erreur" for d in found):
        return _unread(data)
    if manner.encoding != "utf-8" and manner.encoding not in NARROW:
        return Formatted(data)
    text = data.decode(manner.encoding)
    made = _ended(normal(text) if manner.encoding == "utf-8" else text.replace("\r\n", "\n").replace("\r", "\n"))
    made = _BOM * (manner.encoding == "utf-8" and text.startswith(_BOM)) + made
    written = made.encode(manner.encoding)
    if not _says_the_same(before, found, *parse_csv(path, written, manner)):
        return Formatted(data, sentence("sa mise en page est trop particulière pour être reprise sans risque"))
    return Formatted(written)


def _says_the_same(before: Document, said: list[Diagnostic], after: Document, again: list[Diagnostic]) -> bool:
    return _same(before.root, after.root) and [d.code for d in said] == [d.code for d in again]


def _same(a: Node | None, b: Node | None) -> bool:
    """Whether two nodes say the same, their places apart (no recursion deeper than the reader's limit)."""
    if isinstance(a, Scalar) and isinstance(b, Scalar):
        return (a.text, a.quoted) == (b.text, b.quoted)
    if isinstance(a, Mapping) and isinstance(b, Mapping):
        return list(a.nodes) == list(b.nodes) and all(_same(a.nodes[key], b.nodes[key]) for key in a.nodes)
    if isinstance(a, Sequence) and isinstance(b, Sequence):
        return len(a.items) == len(b.items) and all(map(_same, a.items, b.items))
    return False
