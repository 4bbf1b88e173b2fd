"""What one cites, as values: who made it, what it is called, when, where. First the works that it comes from, then what the site
publishes of them: a package, a table or a row. Every style and format of citation is written from it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

_FULL_DATE = re.compile(r"([0-9]{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12][0-9]|3[01]))?)?\Z")
_PAGES = re.compile(r"(?:\bpp?\.|\bpages?\b)\s*([0-9]+(?:\s*[-–]\s*[0-9]+)?)")
_PLAIN = re.compile(r"[A-Za-z0-9_.-]+")


@dataclass(frozen=True, slots=True)
class Work:
    """A work; "" for what is unknown. Its `key` is stable, ASCII, and its own on the whole site. `date`: AAAA, AAAA-MM or
    AAAA-MM-JJ, else words; `approximate` when it is only deduced. `licence`: the address of its licence, `licence_name` its SPDX.
    """

    key: str
    title: str
    author: str = ""
    date: str = ""
    approximate: bool = False
    version: str = ""
    url: str = ""
    description: str = ""
    licence: str = ""
    licence_name: str = ""

    def __hash__(self) -> int:
        return hash(self.key)

    @property
    def date_parts(self) -> tuple[str, ...]:
        """The year, the month and the day of its date, as far as they are known; nothing for a date in words."""
        found = _FULL_DATE.match(self.date)
        return tuple(part for part in found.groups() if part) if found is not None else ()


@dataclass(frozen=True, slots=True)
class Origin:
    """A work that something comes from, and the place in it, in words."""

    work: Work
    place: str = ""

    @property
    def pages(self) -> str:
        """The pages that the place gives, in figures, before which programs write « p. » themselves; "" when it gives none."""
        found = _PAGES.search(self.place)
        return found[1] if found is not None else ""

    @property
    def beyond(self) -> str:
        """The place, when it says more than pages."""
        found = _PAGES.fullmatch(self.place)
        return "" if found is not None else self.place


@dataclass(frozen=True, slots=True)
class Citation:
    """What is cited: the `work`, which the site publishes, and the works from which it comes. A table and a row are part of the work
    of their package.
    """

    kind: Literal["package", "table", "row"]
    work: Work
    package: Work
    origins: tuple[Origin, ...] = ()

    @property
    def part(self) -> bool:
        """Whether it is only a part of its package."""
        return self.kind != "package"

    @property
    def itself(self) -> Work | None:
        """The source itself, when the row that is cited is one."""
        return next((origin.work for origin in self.origins if origin.work.key == self.work.key), None)


def key(*parts: str) -> str:
    """A key from names and values: ASCII, without what a program of references gives a meaning to; `:` stands between the parts
    alone, so that two lists of parts never have the same.
    """
    return ":".join(part if _PLAIN.fullmatch(part) else "".join(_letters(part)) for part in parts)


def _letters(part: str) -> Iterator[str]:
    """The letters of a part, each that is not plain by the bytes of its UTF-8 (`é` → `+c3+a9`)."""
    for letter in part:
        if _PLAIN.match(letter):
            yield letter
        else:
            yield from (f"+{byte:02x}" for byte in letter.encode())
