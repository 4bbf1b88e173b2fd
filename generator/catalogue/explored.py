"""The published tables whose rows are filtered and sorted on a page of their own: those of which the contract says so, and those that
have many rows, unless it says not.
"""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalogue.records import Catalogue
from generator.contracts.flats import name_of
from generator.contracts.model import Package

MANY = 1_000  # rows that nobody reads one after the other


def explored(package: Package, catalogue: Catalogue) -> Iterator[str]:
    """Their names, as files have them: the flat form of a table that has one. A table without rows has no page."""
    for name in package.resources:
        resource = catalogue.contracts.resources.get(name)
        count = len(catalogue[name]) if resource is not None else 0
        if resource is not None and count and (count >= MANY if resource.explorer is None else resource.explorer):
            yield name_of(resource) if resource.flat is not None else name
