"""Names of tables and files made from those of a source: kept when they can be, else the nearest that can; never the same twice."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable

from generator.text.french import fold

STRICT = re.compile(r"[a-z][a-z0-9_]{0,59}\Z")
_LONGEST = 60


def slug(text: str, between: str = "-") -> str:
    """A text as a name of a folder or of a table: `Prix au m²` → `prix-au-m2`."""
    folded = re.sub(r"[^a-z0-9]+", between, fold(text).replace("²", "2")).strip(between)[:_LONGEST].strip(between)
    return folded if folded[:1].isalpha() else f"t{between}{folded}".strip(between)


def unique(name: str, taken: Container[str], between: str = "_") -> str:
    """A name, with a number when it is taken."""
    number, found = 2, name
    while found in taken:
        found, number = f"{name[: _LONGEST - 4]}{between}{number}", number + 1
    return found


def distinct(name: str, taken: Iterable[str]) -> str:
    """A name, with a number when another differs from it by capitals alone, or not at all: databases take them for one."""
    number, found, folded = 2, name, {other.casefold() for other in taken}
    while found.casefold() in folded:
        found, number = f"{name}_{number}", number + 1
    return found


def titled(name: str) -> str:
    """A name as a title: `prix_moyens` → « Prix moyens »."""
    words = re.sub(r"[_-]+", " ", name).strip()
    return words[:1].upper() + words[1:] if words else name
