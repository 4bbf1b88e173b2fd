"""Every address of the site, and what asks for it: known from the contracts, the rows and the prose files, before any page is
made.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Map
from dataclasses import dataclass

from generator import layout
from generator.catalogue.addresses import Addresses, fill
from generator.catalogue.alphabet import letters
from generator.catalogue.explored import explored
from generator.catalogue.figures import pictures
from generator.catalogue.records import Catalogue, Record
from generator.contracts.model import Package
from generator.contracts.pages import Page, PageKind
from generator.text.names import BRACED, bare
from generator.text.portable import unportable
from generator.values.types import canonical

_STEP = re.compile(rf"(?:{BRACED.pattern}|[^/])++")  # of an address, where columns stand between braces


@dataclass(frozen=True, slots=True)
class Asker:
    """What asks for an address: a prose file, a package, a page that a contract declares, a row of the table of such a page
    (at one of its former addresses when `former`); nothing for the pages that every site has.
    """

    file: str = ""
    package: Package | None = None
    page: Page | None = None
    row: Record | None = None
    former: bool = False


@dataclass(frozen=True, slots=True)
class Address:
    """An address of the site: its names, from the root, and what asks for it. `columns` are those that give each name."""

    names: tuple[str, ...]
    asker: Asker
    columns: tuple[tuple[str, ...], ...] = ()

    @property
    def path(self) -> str:
        """`jardins/clos-vert/`; "" for the home page."""
        return "".join(f"{name}/" for name in self.names)


def sitemap(
    catalogue: Catalogue, articles: Sequence[str], kinds: Map[str, PageKind], guides: bool
) -> Iterator[Address]:
    """Every address: of the pages that every site has, of those that contracts declare, of prose files, and those that rows had.
    `articles`: the prose files, under their folder; `kinds`: the generic kinds of page; `guides`: whether those of
    the generator are published. A page that is badly declared, which is said of it, has none.
    """
    contracts, places = catalogue.contracts, catalogue.once(Addresses)
    if layout.FRONT not in articles:
        yield Address((), Asker())
    yield from _machine(catalogue)
    yield from _guides() if guides else ()
    yield from _drawn(catalogue)
    if named := letters(places):
        yield _address(layout.words().alphabet, Asker())
        yield from (_address(letter.path, Asker()) for letter in named)
    for package in contracts.packages.values():
        for page in package.pages:
            if page.kind in kinds and kinds[page.kind].per_record == page.per_record:
                yield from _declared(page, places)
    for name in articles:
        yield _address(layout.article(name), Asker(file=name))
    for resource in contracts.resources.values():
        for row in catalogue[resource.name] if resource.former_ids else ():
            for path in places.former(row):
                yield _address(path, Asker(row=row, former=True))


def _machine(catalogue: Catalogue) -> Iterator[Address]:
    """The pages of search, data and what helps those who write."""
    contracts = catalogue.contracts
    yield _address(layout.words().search, Asker())
    yield _address(layout.words().by_hand, Asker())
    yield _address(layout.words().data, Asker())
    for package in contracts.packages.values():
        yield _address(layout.package(package.name), Asker(package=package))
        yield from (
            _address(layout.table(package.name, name), Asker(package=package)) for name in explored(package, catalogue)
        )
        if package.versions:
            yield _address(layout.versions(package.name), Asker(package=package))
        if not unportable(package.name) and any(
            contracts.resources[name].rows.in_files for name in package.resources if name in contracts.resources
        ):
            yield _address(layout.specimens(package.name), Asker())
    for path in (layout.words().specimens, layout.words().schemas):
        yield _address(path, Asker())


def _guides() -> Iterator[Address]:
    """The guides of the generator, and the reference pages made from its code."""
    for path in (layout.words().documentation, layout.words().messages, layout.words().architecture):
        yield _address(path, Asker())
    for name in layout.GUIDES_READ:
        yield _address(layout.guide(name), Asker())
    for name in layout.rooms():
        yield _address(f"{layout.words().architecture}{name}/", Asker())


def _drawn(catalogue: Catalogue) -> Iterator[Address]:
    """The page of all drawings, and that of each; of two that have one name, which is said, the first."""
    packages = catalogue.contracts.packages.values()
    declared = {figure.name: figure for package in packages for figure in reversed(package.figures)}
    if declared:
        yield _address(layout.words().drawings, Asker())
    for package in packages:
        own = (figure for figure in package.figures if declared[figure.name] is figure)
        for picture in (picture for figure in own for picture in pictures(figure, catalogue)):
            owner = picture.owner
            key = owner.resource.primary_key if owner is not None else ()
            ids = tuple(canonical(part) for part in owner.id) if owner is not None else ()
            names = (layout.words().drawings.rstrip("/"), package.name, picture.figure.name, *ids)
            columns = ((),) * (len(names) - len(key)) + tuple((name,) for name in key)
            yield Address(names, Asker(package=package, row=owner), columns)


def _declared(page: Page, places: Addresses) -> Iterator[Address]:
    """The address of a page and those of its parts, or one for each row of its table."""
    table = places.catalogue.tables.get(page.resource)
    if not page.placed or (page.per_record and table is None):
        return
    if page.lists and table is not None:
        yield from (_address(leaf.path, Asker(page=page)) for leaf in places.listings.leaves(page))
        return
    if table is None or not page.per_record:
        yield _address(page.path, Asker(page=page))
        yield from (_address(part.path, Asker(page=page)) for part in places.divisions.of(page))
        return
    steps = [found[0] for found in _STEP.finditer(page.path)]
    columns = tuple(tuple(map(bare, BRACED.findall(step))) for step in steps)
    for row in table.records if all(name in table.resource.index for names in columns for name in names) else ():
        yield Address(tuple(fill(step, row) for step in steps), Asker(page=page, row=row), columns)


def _address(path: str, asker: Asker) -> Address:
    return Address(tuple(path.removesuffix("/").split("/")) if path else (), asker)
