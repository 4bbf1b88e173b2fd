"""The readers of files, against what the standard library reads: hostile JSON, and Markdown with a head."""

from __future__ import annotations

import json
from unicodedata import normalize

from generator.documents.heads import head_of
from generator.documents.json_spans import json_ends, json_spans
from generator.documents.manner import Manner
from generator.documents.nodes import Mapping, Node, Scalar, Sequence
from generator.documents.parsing import parse

TAKEN = Manner(body=True, taken=True)


def check_json(data: bytes) -> None:
    """What is accepted is JSON and says the same; what is refused for its form is none; a refusal has a place in the file."""
    document, found = parse("a.json", data, TAKEN)
    lines = data.count(b"\n") + data.count(b"\r") + 1
    assert all(0 <= d.position.line <= lines for d in found)
    try:
        text = normalize("NFC", data.decode("utf-8").removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n"))
        theirs = json.loads(text, parse_int=str, parse_float=str, parse_constant=_refuse)
    except (ValueError, RecursionError):
        assert found or not data.decode("utf-8", "replace").strip(" \t\r\n\ufeff")
        return
    assert not any(d.code == "json-mal-forme" for d in found), text
    if document.root is not None and not found:
        assert _plain(document.root) == _normal(theirs), text
        assert all(mark < end for mark, end in json_ends(text).items())
        assert all(span.start < span.end for span in json_spans(text))


def check_head(data: bytes) -> None:
    """A file says its keys and its text, or says why not; none of its text is lost."""
    document, found = parse("a.md", data, TAKEN)
    assert document.root is not None or found
    text = data.decode("utf-8", "replace").removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    head = head_of(text)
    if not found and document.body is not None:
        below = normalize("NFC", text if head is None else head.text)
        assert document.body.text.split() == below.split()


def _refuse(word: str) -> str:
    raise ValueError(word)


def _plain(node: Node) -> object:
    if isinstance(node, Scalar):
        return {"true": True, "false": False, "null": None}.get(node.text, node.text) if not node.quoted else node.text
    if isinstance(node, Sequence):
        return [_plain(item) for item in node.items]
    return {key: _plain(value) for key, value in node.nodes.items()} if isinstance(node, Mapping) else node


def _normal(value: object) -> object:
    """A value as ours are: letters composed, lines that end in LF."""
    if isinstance(value, str):
        return normalize("NFC", value.replace("\r\n", "\n"))
    if isinstance(value, list):
        return [_normal(item) for item in value]
    return {str(_normal(key)): _normal(held) for key, held in value.items()} if isinstance(value, dict) else value
