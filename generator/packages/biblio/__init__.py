"""One file per format in which programs exchange references. A format is a module of this folder that has `TITLE`, `FILE` (how that of a
package is called), `MEDIATYPE`, `PARTS` (whether rows have their entries too) and `document(citations)`, the text of a file of them;
nothing else names it.

A row that comes from a source is the part of that source which is read at a place: its author, its title and its date are there, then
who publishes it here, where and in which version.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from pathlib import PurePosixPath
from types import ModuleType

from generator.packages.citation import Citation, Work
from generator.packages.styles import closed, drawn, spaced, version_of
from generator.text.interface import say
from generator.text.language import spoken
from generator.text.spoken import date


@cache
def formats() -> dict[str, ModuleType]:
    """Every format by its name."""
    names = sorted(found.name for found in pkgutil.iter_modules(__path__))
    return {name: importlib.import_module(f"{__name__}.{name}") for name in names}


@cache
def of_rows() -> tuple[ModuleType, ...]:
    """The formats in which rows have their entries."""
    return tuple(module for module in formats().values() if module.PARTS)


def rows_file(module: ModuleType, table: str) -> str:
    """Where the entries of the rows of a table stand, in the folder of its package."""
    return f"citations/{table}{PurePosixPath(module.FILE).suffix}"


def sources(citations: Sequence[Citation]) -> Iterator[Work]:
    """The works from which whole packages and tables come, each once: they have an entry of their own before them."""
    found = {origin.work.key: origin.work for each in citations if each.kind != "row" for origin in each.origins}
    yield from found.values()


def note(citation: Citation) -> str:
    """What a format has no other word for: the place in the source of a row, when it is not only a page, and who publishes the row here;
    from which works the rest comes.
    """
    if citation.kind != "row":
        return drawn(citation.origins, lambda work: work.author or work.title)
    if not citation.origins:
        return ""
    others = (
        closed(say("D’après aussi : {title}, {place}", title=o.work.title, place=o.place)) for o in citation.origins[1:]
    )
    return spaced(closed(citation.origins[0].beyond), _where(citation.package, spoken()), *others)


@lru_cache(maxsize=1_000)
def _where(package: Work, language: str) -> str:
    """In which package a row is told, in the language that is spoken."""
    title = say("« {title} » [jeu de données]", title=package.title)
    told = (package.author, title, version_of(package), date(package.date))
    return say("Repris par {where}.", where=", ".join(part for part in told if part))
