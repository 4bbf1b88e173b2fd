"""One file per generic kind of page that contracts can declare. A kind is a module of this folder that has `KIND` (what the
check must know), `Context` (what its template receives) and `drafts(declared, ground)`; nothing else names it. One that makes thousands
of pages has `later`, which gives the same drafts before they are made.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from types import ModuleType

from generator.contracts.pages import PageKind


@cache
def kinds() -> dict[str, ModuleType]:
    """Every kind of page by its name."""
    return {found.name: importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__)}


def page_kinds() -> dict[str, PageKind]:
    """What the check must know of each kind."""
    return {name: module.KIND for name, module in kinds().items()}
