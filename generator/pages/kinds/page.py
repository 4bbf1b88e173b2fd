"""A page of a package that names its own template, and shows what it likes."""

from __future__ import annotations

from collections.abc import Iterator

from generator.contracts.pages import Page as Declared
from generator.contracts.pages import PageKind
from generator.pages.draft import Draft, Ground
from generator.pages.kinds import index
from generator.pages.kinds.index import Context as Context  # what it receives is what an index receives

KIND = PageKind()


def drafts(declared: Declared, ground: Ground) -> Iterator[Draft]:
    """The page."""
    return index.drafts(declared, ground, KIND)
