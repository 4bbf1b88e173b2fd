"""The fingerprint of the data of a package, which a version records: of the tables that it declares, in their canonical form, and
of nothing else. What describes them may improve without changing it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from collections.abc import Mapping as Map

from generator.catalogue.records import Catalogue
from generator.contracts.model import Package, Resource
from generator.packages.built import Written
from generator.packages.formats import csv
from generator.packages.sheets import sheet

SHORT = 8  # digits of a fingerprint that tell two states of a version apart


def sums_text(sums: Map[str, str]) -> str:
    """The SHA-256 of the files of tables, by the names of the tables, as `sha256sum *.csv` says them in a folder that holds them."""
    lines = sorted((f"{name}{csv.SUFFIX}", digest) for name, digest in sums.items())
    return "".join(f"{digest}  {name}\n" for name, digest in lines)


def fingerprint(sums: Map[str, str]) -> str:
    """The SHA-256, 64 digits, of that text."""
    return hashlib.sha256(sums_text(sums).encode()).hexdigest()


def sums_of(package: Package, tables: Iterable[Written]) -> dict[str, str]:
    """The sums of the tables that a package declares, once written."""
    return {t.sheet.name: t.files[0].sha256 for t in tables if t.sheet.name in package.resources}


def numbered(package: Package, found: str) -> str:
    """The version of data that have a fingerprint: that of the newest record, unless it is of other data; it is then followed by the
    first digits (SemVer, « build metadata »), so that two contents never have one version. "" for a package without version.
    """
    if not package.versions:
        return ""
    newest = package.versions[0]
    same = newest.fingerprint in ("", found) or not found
    return newest.version if same else f"{newest.version}+{found[:SHORT]}"


def of_files(package: Package, tables: Iterable[Written]) -> str:
    """That of a package whose tables are written, or "" when their sums are not known."""
    sums = sums_of(package, tables)
    return fingerprint(sums) if all(sums.values()) else ""


def of_data(package: Package, catalogue: Catalogue) -> str:
    """That of a package, nothing being written."""
    resources = catalogue.contracts.resources
    return fingerprint({name: table_sum(resources[name], catalogue) for name in package.resources if name in resources})


def table_sum(resource: Resource, catalogue: Catalogue) -> str:
    """The SHA-256 of the canonical file of a table."""
    return catalogue.of((resource.name,), _sum, resource.name, resource)


def _sum(catalogue: Catalogue, resource: Resource) -> str:
    return csv.digest(sheet(catalogue, resource))
