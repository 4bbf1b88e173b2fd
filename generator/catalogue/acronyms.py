"""The acronyms of a whole site, and what each stands for: those of the columns to which contracts give these roles."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalogue.records import Catalogue
from generator.contracts.searched import having
from generator.contracts.searching import ACRONYM, EXPANSION


def acronyms(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """The acronyms that the tables of a site declare, each with each thing that it stands for."""
    for resource in catalogue.contracts.resources.values():
        for acronym in having(resource, ACRONYM):
            for record in catalogue[resource.name]:
                for expansion in having(resource, EXPANSION):
                    if record[acronym.name] and record[expansion.name]:
                        yield str(record[acronym.name]), str(record[expansion.name])
