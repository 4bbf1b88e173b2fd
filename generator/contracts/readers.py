"""How the texts of a column are read, whoever reads them: which words are absences in it, and which are values all the same."""

from __future__ import annotations

from collections.abc import Iterator

from generator.contracts.model import Contracts, Field, Resource
from generator.values.absence import RESERVED


def absences(column: Field, resource: Resource) -> tuple[str, ...]:
    """The words that stand for an absence in a column, "" apart: what is empty is told otherwise."""
    missing = resource.missing_values if column.missing_values is None else column.missing_values
    return tuple(filter(None, missing))


def values(column: Field, resource: Resource, contracts: Contracts) -> frozenset[str]:
    """The words that software takes for an absence and that are values of a column."""
    meanings = tuple(_meaning(resource, column, contracts))
    return frozenset(word for each in meanings for word in RESERVED if each.permits(word))


def _meaning(resource: Resource, column: Field, contracts: Contracts, steps: int = 4) -> Iterator[Field]:
    """The columns that say which words, of those that software takes for an absence, are values of a column: itself, and those
    that it names, at most so many tables further.
    """
    yield column
    for key in resource.foreign_keys if steps else ():
        table = contracts.resources.get(key.resource)
        for own, other in zip(key.fields, key.reference, strict=True) if table is not None else ():
            if own == column.name and table is not None and other in table.index:
                yield from _meaning(table, table.field(other), contracts, steps - 1)
