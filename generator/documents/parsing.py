"""Bytes of a data file → document, by its kind."""

from __future__ import annotations

from collections.abc import Callable

from generator.diagnostics.finding import Diagnostic
from generator.documents.csv import parse_csv
from generator.documents.json import parse_json
from generator.documents.kinds import Kind, kind_of
from generator.documents.manner import AS_USUAL, Manner
from generator.documents.markdown import parse_markdown
from generator.documents.nodes import Document
from generator.documents.yaml import parse_yaml

Parsed = tuple[Document, list[Diagnostic]]
_PARSERS: dict[Kind, Callable[[str, bytes, Manner], Parsed]] = {
    "yaml": parse_yaml,
    "json": parse_json,
    "csv": parse_csv,
    "markdown": parse_markdown,
}


def parse(path: str, data: bytes, manner: Manner = AS_USUAL) -> Parsed:
    """What a file says; a document without a root when it cannot be read."""
    return _PARSERS[kind_of(path)](path, data, manner)
