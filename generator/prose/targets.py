"""What the links of a prose name: an address of the web, a page of the site, or a record by the scheme of its table."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal

from generator import layout
from generator.catalogue.addresses import Addresses
from generator.catalogue.records import Catalogue, Record, named
from generator.contracts.model import Contracts, Resource
from generator.documents.keeping import latest
from generator.documents.signatures import PICTURES, ending
from generator.text.spoken import number

PAGE = "page:"  # the scheme of any page of the site, by its address
AGAINST = "?contre="  # between a record and the one that it is compared with
COUNT = "nombre:"  # the scheme of a number of prose that is no figure: the records of a table, or nothing


@dataclass(frozen=True, slots=True)
class Target:
    """What a link names: a `record`, or an address: of the web or of the page itself (`outside`), else from the root of the
    site.
    """

    address: str = ""
    outside: bool = False
    record: Record | None = None


def schemes(catalogue: Catalogue) -> frozenset[str]:
    """The schemes of links that lead to something of the site or mark a number: those that contracts declare, and ours."""
    declared = (resource.scheme for resource in catalogue.contracts.resources.values() if resource.scheme)
    return frozenset((PAGE.rstrip(":"), COUNT.rstrip(":"), *declared))


def terms(written: str) -> tuple[str, ...]:
    """The targets that a target is made of: a record and the one that it is compared with (`livre:a?contre=livre:b`), or itself
    alone.
    """
    return tuple(written.split(AGAINST)) if AGAINST in written and not _elsewhere(written) else (written,)


def _elsewhere(written: str) -> bool:
    return written.startswith(("https:", "http:", "mailto:", "#", PAGE, COUNT))


def target_of(written: str, catalogue: Catalogue, names: Collection[str]) -> Target | None:
    """What the target of a link names, None when it names nothing. Targets: https://…, mailto:…, #anchor, `page.md` and
    `fichiers/plan.pdf` (one of the prose files, or of those published as they are, by their `names`), `page:jardins/` (any page),
    each also with the anchor of a place on it, and the schemes that the contracts give to tables (`ouvrage:atlas`). A record
    that is compared with another (`ouvrage:atlas?contre=…`) is where the link leads. A number marked as such (`nombre:`) is no
    link.
    """
    if written.startswith(("https:", "http:", "mailto:", "#")):
        return Target(written, outside=True)
    if written.startswith(PAGE):
        path, hash_mark, anchor = written.removeprefix(PAGE).partition("#")
        return Target((path.strip("/") + "/" if path.strip("/") else layout.HOME) + hash_mark + anchor)
    record = record_of(written, catalogue)
    if record is not None:
        return Target(record=record)
    name, hash_mark, anchor = written.partition("#")
    if name.startswith(layout.FILES_SHOWN) and name in names:
        return Target(written)
    return Target(layout.article(name) + hash_mark + anchor) if name in names or name == layout.FRONT else None


def is_shown(written: str, files: Collection[str]) -> bool:
    """Whether a page shows this as an image: one of the files that are published as they are, of a kind that a browser shows."""
    return written in files and ending(written) in PICTURES


def record_of(target: str, catalogue: Catalogue) -> Record | None:
    """The record that a link in prose names (`ouvrage:atlas`), the first of two, by the scheme that its contract declares."""
    scheme, colon, rest = terms(target)[0].partition(":")
    resource = _by_scheme(catalogue.contracts).get(scheme) if colon else None
    if resource is None:
        return None
    return named(catalogue.tables[resource.name], rest)


@latest
def _by_scheme(contracts: Contracts) -> dict[str, Resource]:
    """The first table of each scheme."""
    return {resource.scheme: resource for resource in reversed([*contracts.resources.values()])}


def quotable(record: Record) -> Iterator[str]:
    """What a sentence may quote of a record: its quoted columns, numbers in French."""
    for name in record.resource.quoted:
        value = record[name]
        if isinstance(value, Decimal | int) and not isinstance(value, bool):
            yield number(value)
        elif value is not None:
            yield str(value)


def resolver(places: Addresses, names: Collection[str]) -> Callable[[str], str]:
    """The function that turns the target of a link in prose into an address of the site, or leaves a web address as it
    is; "" when it names nothing. `names`: of the prose files.
    """

    def resolve(target: str) -> str:
        found = target_of(target, places.catalogue, names)
        if found is None:
            return ""
        if found.record is None:
            return found.address
        return places.of(found.record) or layout.package(found.record.resource.package)

    return resolve
