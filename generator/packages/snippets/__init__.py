"""One file per way to read the data with a program. A snippet is a module of this folder that has `TITLE`, `LANGUAGE` (python, r…, ""
for sentences), and `code(reading)`, which reads the main table of a package into what its language calls one, codes as texts and
numbers as numbers; nothing else names it. One that reads another file than the canonical one says its format by `FORMAT`, and is left
out where the table has none.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from types import ModuleType

from generator import layout
from generator.contracts.settings import Settings
from generator.packages.built import Built, Written
from generator.packages.descriptor import DESCRIPTOR
from generator.packages.formats import CANONICAL

UNKNOWN = "https://…/"  # stands for the address of a site that does not know its own
JSON = "json"
_NUMBERS = ("number", "integer", "year")


@dataclass(frozen=True, slots=True)
class Reading:
    """What is read: a table, the names of its columns of numbers, and the address of any file of its package."""

    table: Written
    numbers: tuple[str, ...]
    address: Callable[[str], str]

    @property
    def name(self) -> str:
        """The name of the table."""
        return self.table.sheet.name

    @property
    def csv(self) -> str:
        """The address of its canonical file."""
        return self.address(self.table.path)

    @property
    def json(self) -> str:
        """The address of its file in JSON."""
        return self.address(next(file.path for file in self.table.files if file.format == JSON))

    @property
    def descriptor(self) -> str:
        """The address of the description of its package."""
        return self.address(DESCRIPTOR)


@dataclass(frozen=True, slots=True)
class Snippet:
    """A way to read the data: its title, its language, its lines."""

    title: str
    language: str
    code: str


@cache
def languages() -> tuple[ModuleType, ...]:
    """Every way to read, in the order of their titles."""
    found = (importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__))
    return tuple(sorted(found, key=lambda module: str(module.TITLE)))


def snippets(built: Built, settings: Settings) -> tuple[Snippet, ...]:
    """How the main table of a package is read: its first flat one, else its first one; nothing when it has none."""
    table = next(iter((*built.flat, *built.own)), None)
    if table is None:
        return ()

    def address(path: str) -> str:
        place = layout.download(built.package.name, path)
        return settings.absolute(place) or UNKNOWN + place

    numbers = tuple(field.name for field in table.sheet.columns if field.type in _NUMBERS)
    reading = Reading(table, numbers, address)
    there = {file.format for file in table.files}
    return tuple(
        Snippet(module.TITLE, module.LANGUAGE, module.code(reading))
        for module in languages()
        if getattr(module, "FORMAT", CANONICAL) in there
    )
