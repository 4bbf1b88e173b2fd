"""What a descriptor says, read back: it is the one place where the contract and the settings of the site already meet."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Said = Mapping[str, Any]


def mappings(value: object) -> list[Said]:
    """The mappings of a list; none for anything else."""
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list | tuple) else []


def mapping(value: object) -> Said:
    """A mapping, or an empty one."""
    return value if isinstance(value, Mapping) else {}


def text(said: Mapping[str, object], key: str) -> str:
    """A text, or ""."""
    value = said.get(key)
    return value if isinstance(value, str) else ""


def texts(said: Mapping[str, object], key: str) -> tuple[str, ...]:
    """A list of texts, or one text."""
    value = said.get(key)
    if isinstance(value, list | tuple):
        return tuple(item for item in value if isinstance(item, str))
    return (value,) if isinstance(value, str) and value else ()
