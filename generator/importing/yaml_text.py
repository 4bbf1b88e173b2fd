"""Plain values → YAML as a person would write it: blocks, small groups and lists between braces and brackets, quotes where they must."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from collections.abc import Mapping as Map

WIDTH = 118
_PLAIN = re.compile(r"[^\W_][\w\u2019/.()%\u00b0\u20ac +-]*(?<! )\Z")
_WORDS = re.compile(r"(?:true|false|yes|no|on|off|null|y|n)\Z", re.IGNORECASE)


def dumped(value: Map[str, object]) -> str:
    """A group as the text of a file."""
    return "\n".join(_block(value, 0)) + "\n"


def scalar(value: object) -> str:
    """A text, a number or a truth."""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    plain = _PLAIN.match(text) and "  " not in text and not (_WORDS.match(text) and not isinstance(value, int))
    return text if plain or text in ("true", "false") else json.dumps(text, ensure_ascii=False)


def _flow(value: object) -> str:
    if isinstance(value, Map):
        return "{" + ", ".join(f"{scalar(key)}: {_flow(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return scalar(value)


def _flat(value: object, depth: int = 0) -> bool:
    """Whether a value stands well on one line."""
    if isinstance(value, Map):
        return depth < 3 and all(_flat(inner, depth + 1) for inner in value.values())
    return not isinstance(value, list | tuple) or all(_flat(inner, depth + 1) for inner in value)


def _block(value: Map[str, object], indent: int) -> Iterator[str]:
    margin = " " * indent
    for key, inner in value.items():
        head = f"{margin}{scalar(key)}:"
        line = f"{head} {_flow(inner)}"
        if not isinstance(inner, Map | list | tuple) or (not _has_groups(inner) and len(line) <= WIDTH):
            yield line
        elif isinstance(inner, Map):
            yield head
            yield from _block(inner, indent + 2)
        else:
            yield head
            yield from _items(inner, indent + 2)


def _has_groups(value: object) -> bool:
    """Whether a list holds groups, each of which has a line of its own."""
    return isinstance(value, list | tuple) and any(isinstance(item, Map) for item in value)


def _items(value: list[object] | tuple[object, ...], indent: int) -> Iterator[str]:
    margin = " " * indent
    for item in value:
        line = f"{margin}- {_flow(item)}"
        if not isinstance(item, Map) or (_flat(item) and len(line) <= WIDTH):
            yield line
            continue
        first, *others = _block(item, indent + 2)
        yield f"{margin}- {first.strip()}"
        yield from others
