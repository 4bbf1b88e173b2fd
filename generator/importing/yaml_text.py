"""Plain values → YAML as a person would write it: blocks, small groups and lists between braces and brackets, quotes where they must."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Map

from generator.documents.places import key

WIDTH = 118


def dumped(value: Map[str, object]) -> str:
    """A group as the text of a file."""
    return "\n".join(_block(value, 0)) + "\n"


def scalar(value: object) -> str:
    """A text, a number or a truth, the same on a line of its own and inside brackets."""
    return str(value).lower() if isinstance(value, bool) else key(str(value))


def _flow(value: object) -> str:
    if isinstance(value, Map):
        return "{" + ", ".join(f"{scalar(name)}: {_flow(inner)}" for name, inner in value.items()) + "}"
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
    for name, inner in value.items():
        head = f"{margin}{scalar(name)}:"
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
