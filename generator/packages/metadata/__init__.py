"""One file per description of the packages for machines and people who seek them: catalogues, feeds, citations. A description is
a module of this folder that has `TITLE`, `DESCRIPTION` (a sentence for people) and `files(published)`, the files that it makes:
their paths on the site, and what makes their text; nothing else names it.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from types import ModuleType

from generator.packages.built import Published
from generator.writing import Writer

Files = Iterator[tuple[str, Callable[[], str]]]


@cache
def descriptions() -> dict[str, ModuleType]:
    """Every description by its name."""
    names = sorted(found.name for found in pkgutil.iter_modules(__path__))
    return {name: importlib.import_module(f"{__name__}.{name}") for name in names}


def write(published: Published, folder: Path) -> int:
    """Write every description under a folder, as the site has it; how many files."""
    writer, count = Writer(folder), 0
    for path, text in files(published):
        writer.write(path, text())
        count += 1
    return count


def files(published: Published) -> Files:
    """Every file of every description."""
    for module in descriptions().values():
        yield from module.files(published)
