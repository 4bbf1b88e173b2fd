"""Values that hold mappings and never change."""

from __future__ import annotations

from types import MappingProxyType


def freeze(value: object, *names: str) -> None:
    """Make mappings of a frozen value read-only: each becomes a copy that nobody else holds."""
    for name in names:
        object.__setattr__(value, name, MappingProxyType(dict(getattr(value, name))))
