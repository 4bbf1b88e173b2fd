"""Where each value of a JSON text is written, for who changes it at its place, and how a value is written."""

from __future__ import annotations

import json
import re

from generator.documents.json import TOKEN
from generator.documents.nodes import mark_at
from generator.documents.yaml_spans import Span

_PLAIN = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?|true|false|null")


def in_json(text: str, quoted: bool) -> str:
    """A text as JSON writes it: a number or a word that is not between quotes stays so."""
    return text if not quoted and _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def json_spans(text: str) -> list[Span]:
    """The texts, the numbers and the words of a JSON text that can be read, keys too, in order."""
    return [span for span in _spans(text) if not span.style or span.style not in "{["]


def json_ends(text: str) -> dict[int, int]:
    """Where each value ends: its mark → the mark just after it."""
    return {mark_at(*span.start): mark_at(*span.end) for span in _spans(text)}


def _spans(text: str) -> list[Span]:
    found: list[Span] = []
    opened: list[tuple[tuple[int, int], str]] = []
    offset, line, start = 0, 1, 0
    while (token := TOKEN.match(text, offset)) is not None:
        place = token.start(token.lastindex or 0)
        ends = text.count("\n", offset, place)
        if ends:
            line, start = line + ends, text.rfind("\n", offset, place) + 1
        offset, sign = token.end(), text[place]
        at, after = (line, place - start + 1), (line, offset - start + 1)
        if sign in "[{":
            opened.append((at, sign))
        elif sign in "]}" and opened:
            found.append(Span(opened[-1][0], after, opened.pop()[1]))
        elif sign not in ",:":
            found.append(Span(at, after, '"' if sign == '"' else ""))
    return found
