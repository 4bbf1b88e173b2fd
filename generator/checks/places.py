"""Links to places of the site itself: the menu, the foot of pages, `page:` and anchors in a prose. Anchors of pages that a
template makes are known once they are rendered (pages/proof.py).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from generator import layout
from generator.catalogue.project import Project
from generator.catalogue.records import Record
from generator.catalogue.sitemap import Address
from generator.contracts.configuration import PAGE as MENU_PAGE
from generator.contracts.configuration import Entry
from generator.diagnostics.finding import Diagnostic, Position, fault
from generator.diagnostics.suggestions import Words, nearest
from generator.diagnostics.wording import listed
from generator.documents.articles import Article
from generator.prose.headings import headings, html_id
from generator.prose.targets import PAGE, target_of
from generator.text.interface import sentence

Blame = Callable[[Position], Diagnostic]


class Places:
    """The addresses of a site, and the anchors of its prose pages."""

    def __init__(self, project: Project, site: Sequence[Address]) -> None:
        self.project = project
        self.paths = {address.path for address in site}
        pages = [page.path for package in project.catalogue.contracts.packages.values() for page in package.pages]
        self.declared = {path.rstrip("/") + "/" for path in pages if "{" not in path}  # rightly or not
        self.known = Words(sorted(self.paths))
        self.articles = {layout.article(article.name): article for article in project.articles}

    def menu(self) -> Iterator[Diagnostic]:
        """The headings of the menu and of the foot of pages that lead nowhere."""
        configuration = self.project.settings.configuration
        for entries, suffix in ((configuration.menu, MENU_PAGE), (configuration.foot, "")):
            for entry in entries:
                if not entry.outside and not self._holds(entry.address):
                    yield self._misled(entry, suffix)

    def _misled(self, entry: Entry, suffix: str) -> Diagnostic:
        message, hint = (
            "« {written} » n’existe pas : ce n’est pas une page du site.",
            "Écrivez l’adresse d’une page, qui finit par « {end} ».",
        )
        near = self.known.nearest(entry.address)
        suggestion = f"{near}{suffix}" if near else ""
        end = f"/{suffix}"
        return fault("reglage", entry.position, message, hint, suggestion, written=entry.written, end=end)

    def wrong(self, written: str, owner: Record | Article) -> Blame | None:
        """What is wrong with a link of a prose that leads to a page of the site, or to a place on its own page."""
        if written.startswith("#"):
            if isinstance(owner, Article):
                return self._lost(written, layout.article(owner.name), written[1:], "#")
            message = "« {target} » dépend de la page où cette fiche est montrée, et elle peut l’être sur plusieurs."
            hint = "Écrivez l’adresse de la page : page:adresse/{target}."
            return lambda place: fault("lien-casse", place, message, hint, target=written)
        found = target_of(written, self.project.catalogue, self.project.targets)
        if found is None or found.outside or found.record is not None:
            return None
        path, hash_mark, anchor = found.address.partition("#")
        if not self._holds(path):
            return self._no_page(written, path, hash_mark + anchor)
        return self._lost(written, path, anchor, written.partition("#")[0] + "#") if anchor else None

    def _holds(self, path: str) -> bool:
        """Whether a page is there, or may be that of a row which could not be read."""
        catalogue = self.project.catalogue
        return (
            path in self.paths
            or path in self.project.files
            or path in self.declared
            or catalogue.contracts.unread
            or any(
                page.per_record
                and path.startswith(page.path.partition("{")[0])
                and (page.resource not in catalogue.tables or catalogue.tables[page.resource].lacking)
                for package in catalogue.contracts.packages.values()
                for page in package.pages
            )
        )

    def _no_page(self, written: str, path: str, rest: str) -> Blame:
        message, hint = (
            "La page « {path} » n’existe pas : aucune page du site n’a cette adresse.",
            "Une adresse part de la racine du site : {page}{home}.",
        )
        near = self.known.nearest(path)
        suggestion = f"{PAGE}{near}{rest}" if near else ""
        home = next((known for known in sorted(self.paths) if known), "")
        return lambda place: fault("lien-casse", place, message, hint, suggestion, path=path, page=PAGE, home=home)

    def _lost(self, written: str, path: str, anchor: str, before: str) -> Blame | None:
        """An anchor that a prose page has not."""
        article = self.articles.get(path)
        if article is None or path == layout.HOME or not anchor:
            return None
        known = [layout.TOP, *(html_id(heading.anchor) for heading in headings(article.text))]
        if anchor in known:
            return None
        message, hint = "La page « {title} » n’a pas d’ancre « #{anchor} ».", "Ses ancres : {choices}."
        near = nearest(anchor, known[1:])
        suggestion = f"{before}{near}" if near else ""
        choices = listed(known[1:], "et") or sentence("aucune")
        return lambda place: fault(
            "lien-casse", place, message, hint, suggestion, title=article.title, anchor=anchor, choices=choices
        )
