"""One file per kind of drawing that contracts can declare. A kind is a module of this folder that has `KIND` (what the checks must
know), `DESCRIPTION` (what it is, for the guide) and `draw(picture)`, which makes its body; nothing else names it.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from types import ModuleType

from generator.contracts.figures import FigureKind


@cache
def kinds() -> dict[str, ModuleType]:
    """Every kind of drawing by its name."""
    return {found.name: importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__)}


def figure_kinds() -> dict[str, FigureKind]:
    """What the checks must know of each kind."""
    return {name: module.KIND for name, module in kinds().items()}
