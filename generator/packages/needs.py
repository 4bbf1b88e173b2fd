"""Which tables a package is made from: those whose rows its files tell, and those by which its addresses are found. A package whose
contracts and settings are the same, and none of these tables has changed, is the same.
"""

from __future__ import annotations

from generator.catalogue.addresses import Addresses
from generator.catalogue.placing import held, led
from generator.catalogue.records import Catalogue


def needs(catalogue: Catalogue, package: str) -> frozenset[str]:
    """The names of the tables whose rows the files of a package read."""
    contracts = catalogue.contracts
    return _placed(led(contracts.reached(package), contracts), catalogue)


def told(catalogue: Catalogue, package: str) -> frozenset[str]:
    """The names of the tables whose rows the descriptions about a package read (metadata/): its own, and the rows that these hold,
    whatever their package is.
    """
    contracts = catalogue.contracts
    tables = (table for name in contracts.packages[package].resources for table in held(name, contracts))
    return needs(catalogue, package) | _placed(led(tables, contracts), catalogue)


def _placed(names: frozenset[str], catalogue: Catalogue) -> frozenset[str]:
    """Tables, and those by which the addresses of their rows are found."""
    addresses = catalogue.once(Addresses)
    return names.union(*map(addresses.placing, names))
