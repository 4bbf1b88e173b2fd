"""Which tables a package is made from: those whose rows its files tell, and those by which its addresses are found. A package whose
contracts and settings are the same, and none of these tables has changed, is the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.catalogue.addresses import Addresses
from generator.catalogue.records import Catalogue
from generator.contracts.model import Contracts
from generator.contracts.pages import Page


def needs(catalogue: Catalogue, package: str) -> frozenset[str]:
    """The names of the tables whose rows the files of a package read."""
    contracts = catalogue.contracts
    return _placed(_led(contracts.reached(package), contracts), catalogue)


def told(catalogue: Catalogue, package: str) -> frozenset[str]:
    """The names of the tables whose rows the descriptions about a package read (metadata/): its own, and the rows that these hold,
    whatever their package is.
    """
    contracts = catalogue.contracts
    held = (table for name in contracts.packages[package].resources for table in _held(name, contracts))
    return needs(catalogue, package) | _placed(_led(held, contracts), catalogue)


def _placed(names: frozenset[str], catalogue: Catalogue) -> frozenset[str]:
    """Tables, and those by which the addresses of their rows are found."""
    contracts, places = catalogue.contracts, catalogue.once(Addresses).places
    placing = (table for name in names if name in places for table in _placing(places[name].page, contracts))
    return names | _led(placing, contracts)


def _led(names: Iterable[str], contracts: Contracts) -> frozenset[str]:
    """Tables, those that their keys name, however far, and those whose rows hold theirs."""
    found = list(dict.fromkeys(names))
    for name in found:
        resource = contracts.resources.get(name)
        if resource is not None:
            named = (*(key.resource for key in resource.foreign_keys), resource.parent)
            found += [other for other in dict.fromkeys(named) if other and other not in found]
    return frozenset(name for name in found if name in contracts.resources)


def _placing(page: Page, contracts: Contracts) -> Iterator[str]:
    """The tables whose rows say on which page of a list, or of its parts, a row stands: those that come before it there, and what
    their rows weigh.
    """
    if page.per_record:
        return
    if page.lists:
        for name in (page.resource, *page.anchors):
            yield from _held(name, contracts)
    if page.parts is not None:
        yield from (page.resource, *page.parts.tables)


def _held(name: str, contracts: Contracts) -> Iterator[str]:
    """A table and those that are nested in it, however deep."""
    yield name
    for child in contracts.children(name):
        yield from _held(child.name, contracts)
