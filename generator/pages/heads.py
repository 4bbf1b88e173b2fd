"""The head of each page: its picture, and what it says of itself to search engines (JSON-LD). A page without a picture of its own has
that of the page above.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from generator import layout
from generator.catalogue.project import Project
from generator.catalogue.reads import Memo, late
from generator.contracts.pages import Page as Declared
from generator.packages.citation import Origin, Work
from generator.packages.cited import Citations
from generator.packages.datasets import publisher
from generator.packages.linked import CONTEXT, Node, address_from, agent
from generator.packages.metadata import scripted
from generator.packages.table_schema import filled
from generator.pages.cards import HEIGHT, WIDTH, Card, drawing
from generator.pages.draft import MOVED, Draft
from generator.pages.sharing import Shared, completed, shortened, sourced, versioned
from generator.text.interface import say
from generator.text.language import spoken
from generator.text.links import relative


class Heads:
    """The heads of the pages of a project; `drawings` are those of the pictures, by their paths, as pages ask for them. Without
    pictures (`pictured`), none is asked for.
    """

    def __init__(self, project: Project, citations: Citations, titles: dict[str, str], pictured: bool) -> None:
        self.settings = project.settings
        self.citations = citations
        self.titles = titles  # of the pages that others are under, by their paths
        self.drawings: dict[str, str] = {}
        self._pictured = pictured
        packages = project.catalogue.contracts.packages.values()
        self._sections = {page.path: page for package in packages for page in package.pages if not page.per_record}
        self._packages = project.catalogue.contracts.packages
        self._words: dict[str, str] = {}
        self._site: Memo[str, Node] = Memo()

    def properties(self, draft: Draft) -> dict[str, str]:
        """What the theme writes in the head of a page: the address of its picture and its words."""
        if draft.picture is not None:
            path, words = draft.picture
            return {"image": self.settings.absolute(path) or relative(draft.path, path), "image_dit": words}
        path, given = self._picture(draft), self.settings.picture
        if not path:
            return {}
        address = self.settings.absolute(path) or relative(draft.path, path)
        if path == given:
            kind = "image/png" if given.endswith(".png") else "image/jpeg"
            return {"image": address, "image_dit": self.settings.site_name, "image_genre": kind}
        sizes = {"image_largeur": str(WIDTH), "image_hauteur": str(HEIGHT)}
        return {"image": address, "image_dit": self._words[path], **sizes}

    @late
    def above(self, path: str) -> list[tuple[str, str]]:
        """The pages above the one at a path, with their titles, from the nearest."""
        return [(above, self.titles[above]) for above in _above(path) if above in self.titles]

    # --- Pictures ----------------------------------------------------------------------------------------------------

    def _picture(self, draft: Draft) -> str:
        """The path of the picture of a page: its own, that of the site, that of the page above; "" without one."""
        given = self.settings.picture
        if not self._pictured:
            return given
        own = draft.shared.card if draft.shared is not None else None
        if own is not None and draft.shared is not None and self._drawn(draft.path, self._completed(draft, own)):
            return f"{draft.path}{layout.words().image}"
        if given:
            return given
        above = (path for path in (draft.path, *_above(draft.path)) if self.section(path))
        return next((f"{path}{layout.words().image}" for path in above), "")

    def _completed(self, draft: Draft, card: Card) -> Card:
        """The card of a record, with its source and its version."""
        shared = draft.shared
        assert shared is not None
        section = next((title for _, title in self.above(draft.path)), "")
        source = sourced(origin.work for origin in self._origins(shared))
        return completed(card, self.settings, section if section != draft.title else "", source, self._dated(shared))

    def version(self, shared: Shared) -> str:
        """The version of the data of a page and its date, in words; "" for data that have none."""
        return versioned(self.citations.package(shared.package).work)

    def _dated(self, shared: Shared) -> str:
        """The same in a picture, where each change of the data would make all pictures anew if it had their fingerprint."""
        work = self.citations.package(shared.package).work
        number, changed, _ = work.version.partition("+")
        told = versioned(replace(work, version=number))
        message = "Données : {edition}, modifiées depuis" if changed else "Données : {edition}"
        return say(message, edition=told) if told else ""

    @late
    def section(self, path: str) -> str:
        """The picture of the page at a path, which lists rows or is the home page, "" without one; it is drawn when first asked for."""
        page, name, place = self._sections.get(path), self.settings.site_name, f"{path}{layout.words().image}"
        if page is None and path != layout.HOME:
            return ""
        if place not in self.drawings:
            self._drawn(
                path, self._listing(page) if page else Card(name, title=name, text=self.settings.site_description)
            )
        return self.drawings.get(place, "")

    def _listing(self, page: Declared) -> Card:
        version = self._dated(Shared(self._packages[page.package]))
        return Card(self.settings.site_name, title=page.title, text=shortened(page.description), version=version)

    def _drawn(self, path: str, card: Card) -> bool:
        """Whether the picture of a page can be drawn; it then is."""
        place, svg = f"{path}{layout.words().image}", drawing(card)
        if svg:
            self.drawings[place], self._words[place] = svg, card.words
        return bool(svg)

    # --- Search engines ----------------------------------------------------------------------------------------------

    def data(self, draft: Draft, image: str) -> str:
        """The JSON-LD of a page: its own, else what it is, what it is about and the way to it."""
        if draft.data or MOVED in draft.more:
            return draft.data
        return scripted({"@context": CONTEXT, "@graph": [self._page(draft, image), *self._trail(draft)]})

    def _page(self, draft: Draft, image: str) -> Node:
        settings, shared = self.settings, draft.shared
        address = address_from(settings, draft.path)
        home = address(layout.HOME)
        own = draft.shared.package if draft.shared is not None else None
        work = self.citations.package(own).work if own is not None else None
        sizes = (
            {"width": f"{WIDTH} px", "height": f"{HEIGHT} px"}
            if draft.picture is None and not self._given(image)
            else {}
        )
        picture = {"@type": "ImageObject", "url": image, **sizes} if image else None
        return filled(
            {
                "@type": "CollectionPage" if shared is not None and shared.listing else "WebPage",
                "@id": settings.absolute(draft.path),
                "url": address(draft.path),
                "name": draft.title,
                "description": draft.description,
                "inLanguage": spoken(),
                **self._site(home, lambda: self._whole(home)),
                "dateModified": work.date if work is not None else "",
                "version": work.version if work is not None else "",
                "primaryImageOfPage": picture,
                "mainEntity": self._entity(draft),
                "isBasedOn": [_based(origin.work) for origin in self._origins(shared)] if shared is not None else [],
            }
        )

    def _whole(self, home: str) -> Node:
        """What all pages say of their site, by the address of its home page."""
        settings = self.settings
        return {
            "isPartOf": filled({"@type": "WebSite", "name": settings.site_name, "url": home}),
            "license": settings.data_licence.url,
            "publisher": agent(publisher(settings)),
        }

    def _given(self, image: str) -> bool:
        """Whether an address is that of the picture of the site, whose size is not ours."""
        return bool(self.settings.picture) and image.endswith(self.settings.picture)

    def _entity(self, draft: Draft) -> Node:
        """What the page of a record is about."""
        shared = draft.shared
        if shared is None or shared.record is None or not shared.about:
            return {}
        record = shared.record
        return filled({"@type": shared.about, "name": record.label, "description": draft.description})

    def _origins(self, shared: Shared) -> tuple[Origin, ...]:
        """The works that the row of a page comes from: its own, else those of the row that holds it."""
        row = shared.row
        while row is not None:
            found = self.citations.row(row).origins
            if found:
                return found
            row = row.parent
        return ()

    def _trail(self, draft: Draft) -> Iterator[Node]:
        """The pages above a page, from the home page to itself."""
        if draft.path == layout.HOME:
            return
        address = address_from(self.settings, draft.path)
        above = reversed(self.above(draft.path))
        steps = [(layout.HOME, say("Accueil")), *above, (draft.path, draft.title)]
        yield {
            "@type": "BreadcrumbList",
            "itemListElement": [
                {"@type": "ListItem", "position": rank, "name": title, "item": address(path)}
                for rank, (path, title) in enumerate(steps, 1)
            ],
        }


def _based(work: Work) -> Node:
    """A work that something comes from."""
    told = {"@type": "CreativeWork", "name": work.title, "creditText": work.author, "url": work.url}
    return filled(told | ({"datePublished": work.date} if work.date_parts and not work.approximate else {}))


def _above(path: str) -> Iterator[str]:
    """The addresses above one, from the nearest; the home page is the last."""
    names = path.strip("/").split("/") if path else []
    while names:
        names.pop()
        yield "".join(f"{name}/" for name in names)
