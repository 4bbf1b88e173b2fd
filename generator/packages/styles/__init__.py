"""One file per style in which people write a reference. A style is a module of this folder that has `TITLE` and `text(citation)`, a
text on one line; nothing else names it.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Sequence
from functools import cache
from types import ModuleType

from generator.packages.citation import Origin, Work
from generator.text.interface import count, say, sentence
from generator.text.spoken import semicolon

WORKS = 1_000  # of which what is said is kept: many rows come from few works, and are in few packages
MOST = 3  # works named before a package; of the others, only how many

UNDATED = sentence("s.\u00a0d.")  # of a work whose date is unknown


@cache
def styles() -> tuple[ModuleType, ...]:
    """Every style, the norm before the custom."""
    names = sorted((found.name for found in pkgutil.iter_modules(__path__)), reverse=True)
    return tuple(importlib.import_module(f"{__name__}.{name}") for name in names)


def dated(work: Work, shown: str) -> str:
    """The date of a work as it is shown, or that it is only deduced, or unknown."""
    if not work.date:
        return str(UNDATED)
    return say("vers {date}", date=shown) if work.approximate else shown


def version_of(work: Work) -> str:
    """« version 1.2.0 », on one line; nothing without a version."""
    return say("version {number}", number=work.version).replace(" ", "\u00a0") if work.version else ""


def closed(text: str) -> str:
    """A text with a full stop at its end, unless it ends with one."""
    return text if not text or text.endswith((".", "!", "?", "…")) else f"{text}."


def spaced(*parts: str) -> str:
    """What is said of each part, one after the other."""
    return " ".join(filter(None, parts))


def drawn(origins: Sequence[Origin], name: Callable[[Work], str]) -> str:
    """Who made what a package or a table comes from, before who publishes it; nothing when it comes from itself."""
    names = list(dict.fromkeys(name(origin.work) for origin in origins))
    if not names:
        return ""
    shown = semicolon().join(names[:MOST])
    if len(names) > MOST:
        others = count(len(names) - MOST, "autre", "autres")
        shown = say("{names} et {others}", names=shown, others=others)
    return closed(say("D’après {names}", names=shown))
