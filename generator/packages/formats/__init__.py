"""One file per download format. A format is a module of this folder that has `TITLE`, `SUFFIX` (how its files end), `MEDIATYPE`,
`DESCRIPTION` (a sentence for people), `SCOPE` and `write`; nothing else names it. Its scope says of what it makes a file:
- `table`: `write(path, sheet)`, a file for each table, `data/<table><SUFFIX>`;
- `package`: `write(path, built)`, a file for each package, `<package><SUFFIX>`; what `built.folder` holds is already written.

One of packages may have `write_all(path, published)` too, for one file of all of them.
A format whose files hold several tables may have `write_sheets(path, sheets)` too: each page that shows rows then has such a file.
One that needs a library which may be absent names it in `NEEDS`, and is left out without it.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from importlib.util import find_spec
from types import ModuleType

CANONICAL = "csv"  # what the descriptor describes; the other formats say the same


@cache
def formats() -> dict[str, ModuleType]:
    """Every format by its name, the canonical one first, then in the order of their names."""
    names = sorted((found.name for found in pkgutil.iter_modules(__path__)), key=lambda name: (name != CANONICAL, name))
    found = {name: importlib.import_module(f"{__name__}.{name}") for name in names}
    return {name: module for name, module in found.items() if find_spec(getattr(module, "NEEDS", "csv")) is not None}


def of(scope: str) -> dict[str, ModuleType]:
    """The formats of a scope."""
    return {name: module for name, module in formats().items() if scope == module.SCOPE}
