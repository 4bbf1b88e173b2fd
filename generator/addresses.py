"""The address of everything on the site: the URL scheme stands here and in the `pages` of the contracts, nowhere else."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import product

from generator.catalogue import Catalogue, Record, named
from generator.contracts import Page
from generator.diagnostics import Diagnostic, fault
from generator.former import former_ids
from generator.values import canonical

HOME = ""
SEARCH = "recherche/"
DATA = "donnees/"
DOCUMENTATION = "documentation/"
MESSAGES = DOCUMENTATION + "messages/"
SPECIMENS = DOCUMENTATION + "gabarits/"

COUNT = "nombre:"  # the scheme of a number of prose that is no figure: the records of a table, or nothing

# Top folders that the engine or the site uses: no page may be there.
RESERVED = ("assets", "pagefind", "search", "sitemap.xml", "404.html")


def package(name: str) -> str:
    """The page of a package."""
    return f"{DATA}{name}/"


def specimens(package_name: str) -> str:
    """The page of the annotated templates of a package."""
    return f"{SPECIMENS}{package_name}/"


def download(package_name: str, path: str) -> str:
    """A file of a package."""
    return f"{DATA}{package_name}/{path}"


def article(path: str) -> str:
    """The page of a prose file, by its path under content/pages: `methode.md` → `methode/`."""
    stem = path.removesuffix(".md")
    return re.sub(r"(^|/)index$", r"\1", stem) + ("" if stem == "index" or stem.endswith("/index") else "/")


def relative(here: str, there: str) -> str:
    """The URL of the page or file `there` as written on the page `here` (both from the root of the site)."""
    target, hash_mark, anchor = there.partition("#")
    if target == here and hash_mark:
        return f"#{anchor}"
    source = here.split("/")[:-1]
    parts = target.split("/")
    common = 0
    while common < len(source) and common < len(parts) - 1 and source[common] == parts[common]:
        common += 1
    path = "../" * (len(source) - common) + "/".join(parts[common:])
    return (path or "./") + hash_mark + anchor


@dataclass(frozen=True, slots=True)
class _Place:
    page: Page
    anchored: bool
    prefix: str = ""


class Addresses:
    """Where each record is shown, as the pages of the contracts say."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.places: dict[str, _Place] = {}
        pages = [page for p in catalogue.contracts.packages.values() for page in p.pages]
        for page in pages:
            if page.kind == "record" and page.resource:
                self.places[page.resource] = _Place(page, False)
        for page in pages:
            for rank, name in enumerate(page.anchors):
                prefix = "" if rank == 0 else name.replace("_", "-") + "-"
                self.places.setdefault(name, _Place(page, True, prefix))

    def of(self, record: Record) -> str:
        """The address of a record: its page, or its anchor on one; "" when it has none."""
        place = self.places.get(record.resource.name)
        if place is None:
            return ""
        if not place.anchored:
            return fill(place.page.path, record)
        page = self.page_of(record)
        return f"{page}#{self.anchor(record)}" if page else ""

    def page_of(self, record: Record) -> str:
        """The page on which a record stands, without its anchor: the page of a record that holds it, or that it names."""
        place = self.places[record.resource.name]
        if place.page.kind != "record":
            return place.page.path
        holder: Record | None = record
        while holder is not None and holder.resource.name != place.page.resource:
            holder = holder.parent or self._named(holder, place.page.resource)
        return fill(place.page.path, holder) if holder is not None else ""

    def _named(self, record: Record, resource: str) -> Record | None:
        key = next((key for key in record.resource.foreign_keys if key.resource == resource), None)
        return None if key is None else self.catalogue.target(record, key)

    def former(self, record: Record) -> list[str]:
        """The addresses of the pages that a record had before it was renamed; its old anchors are on its page."""
        place = self.places.get(record.resource.name)
        if place is None or place.anchored:
            return []
        own = fill(place.page.path, record)
        return [path for old in former_ids(record) if (path := fill(place.page.path, record, old)) != own]

    def anchor(self, record: Record) -> str:
        """The anchor of a record on its page: its identifier, after the name of its table when it is not the first."""
        return next(self._anchors(record))

    def former_anchors(self, record: Record) -> list[str]:
        """The anchors that a record had on its page before it, or what holds it there, was renamed."""
        return list(self._anchors(record))[1:]

    def _anchors(self, record: Record) -> Iterator[str]:
        place = self.places.get(record.resource.name)
        parts = [(canonical(record.id[-1]), *former_ids(record))]
        holder = record.parent
        on_its_own_page = place is not None and place.page.kind == "record"
        while place is not None and holder is not None:
            if on_its_own_page and holder.resource.name == place.page.resource:
                break
            parts.insert(0, (canonical(holder.id[-1]), *former_ids(holder)))
            holder = holder.parent
        return ((place.prefix if place else "") + "-".join(names) for names in product(*parts))


def fill(path: str, record: Record, identifier: str = "") -> str:
    """`jardins/{id}/` with the columns of a record, or with another identifier than its own. A column that does not exist
    stays as it is written: the check of pages says it.
    """
    own = record.resource.primary_key[-1] if identifier else ""

    def value(found: re.Match[str]) -> str:
        if found[1] not in record.resource.index:
            return found[0]
        return identifier if found[1] == own else canonical(record[found[1]])

    return re.sub(r"\{([a-z0-9_]+)\}", value, path)


def record_of(target: str, catalogue: Catalogue) -> Record | None:
    """The record that a link in prose names (`ouvrage:atlas`), by the scheme that its contract declares."""
    scheme, colon, rest = target.partition(":")
    resource = next((r for r in catalogue.contracts.resources.values() if r.scheme == scheme), None) if colon else None
    if resource is None:
        return None
    return named(catalogue.tables[resource.name], rest)


def resolver(catalogue: Catalogue, articles: Iterable[str]) -> Callable[[str], str]:
    """The function that turns the target of a link in prose into an address of the site, or leaves a web address as it
    is; "" when it names nothing. Targets: https://…, mailto:…, #anchor, `page.md` (an article, by its name),
    `page:jardins/` (any page), and the schemes that the contracts give to tables (`ouvrage:atlas`). A number marked as such
    (`nombre:`) is no link.
    """
    names = set(articles)
    places = Addresses(catalogue)

    def resolve(target: str) -> str:
        scheme, colon, rest = target.partition(":")
        if scheme in ("https", "http", "mailto") or target.startswith("#"):
            return target
        if colon and scheme == "page":
            return rest.strip("/") + "/" if rest.strip("/") else HOME
        record = record_of(target, catalogue)
        if record is not None:
            return places.of(record) or package(record.resource.package)
        name, hash_mark, anchor = target.partition("#")
        return article(name) + hash_mark + anchor if name in names else ""

    return resolve


def taken(path: str, record_or_page: Record | Page, former: bool = False) -> Diagnostic:
    """The diagnostic for an address that is already taken; `former`: an address that a record had."""
    message, hint = "L’adresse « {path} » est déjà prise sur le site.", "Changez l’identifiant ou le chemin de la page."
    if not isinstance(record_or_page, Record):
        position = record_or_page.position
    elif former:
        hint = "Une ancienne adresse de cette fiche y est : retirez cet ancien identifiant, ou changez l’autre page."
        position = record_or_page.at(record_or_page.resource.former_ids)
    else:
        position = record_or_page.at()
    return fault("adresse-prise", position, message, hint, path=path)
