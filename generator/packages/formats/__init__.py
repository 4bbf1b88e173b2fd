"""One file per download format. A format is a module of this folder that has `TITLE`, `SUFFIX` (how its files end), `MEDIATYPE`,
`DESCRIPTION` (a sentence for people), `SCOPE` and `write`; nothing else names it. Its scope says of what it makes a file:
- `table`: `write(path, sheet)`, a file for each table, `data/<table><SUFFIX>`;
- `package`: `write(path, built)`, a file for each package, `<package><SUFFIX>`; what `built.folder` holds is already written.

One of packages may have `write_all(path, published)` too, for one file of all of them.
One that people want before others says so by its `RANK`, from 1.
A format whose files hold several tables may have `write_sheets(stream, sheets)` too: each page that shows rows then has such a file.
The canonical one has `text(sheet)` too.
One that needs a library which may be absent names it in `NEEDS`, and is left out without it. One that the file types of the European
Union have (https://op.europa.eu/en/web/eu-vocabularies) gives its code there in `FILE_TYPE`, for catalogues.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache
from importlib.util import find_spec
from types import ModuleType

CANONICAL = "csv"  # what the descriptor describes; the other formats say the same
LAST = 100  # the rank of a format that has none


@cache
def formats() -> dict[str, ModuleType]:
    """Every format by its name, the canonical one first, then by their ranks, then in the order of their names."""
    found = {each.name: importlib.import_module(f"{__name__}.{each.name}") for each in pkgutil.iter_modules(__path__)}
    there = {name: module for name, module in found.items() if find_spec(getattr(module, "NEEDS", "csv")) is not None}

    def order(name: str) -> tuple[bool, int, str]:
        return name != CANONICAL, getattr(there[name], "RANK", LAST), name

    return {name: there[name] for name in sorted(there, key=order)}


def of(scope: str) -> dict[str, ModuleType]:
    """The formats of a scope."""
    return {name: module for name, module in formats().items() if scope == module.SCOPE}
