"""One file per download format. A format is a module of this folder that has `TITLE`, `SUFFIX` (how its files end),
`MEDIATYPE`, `DESCRIPTION` (a sentence for people) and `write(path, resource, records)`; nothing else names it.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from types import ModuleType

CANONICAL = "csv"  # what the descriptor describes; the other formats say the same


@cache
def formats() -> dict[str, ModuleType]:
    """Every format by its name, the canonical one first, then in the order of their names."""
    names = sorted((found.name for found in pkgutil.iter_modules(__path__)), key=lambda name: (name != CANONICAL, name))
    return {name: importlib.import_module(f"{__name__}.{name}") for name in names}
