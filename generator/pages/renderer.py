"""What templates can ask: the filters and functions that they are given, and the HTML that they make."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from collections.abc import Mapping as Map
from dataclasses import asdict
from types import SimpleNamespace
from typing import Any

from markupsafe import Markup

from generator import layout
from generator.catalogue.reads import Memo, late
from generator.catalogue.records import Record
from generator.contracts.model import Resource
from generator.documents.articles import Article
from generator.pages import citing, drawings, facets, framing, freshness, gathering, specimens
from generator.pages.cells import Cells, counted, downloads, emphasised, html, label, marked, url_html, worded
from generator.pages.draft import Ground, names
from generator.pages.markup import MARK, heading, settled, there_mark, url_mark, with_former
from generator.pages.reporting import folded_link, line_url, row_links
from generator.pages.templates import environment, rendering
from generator.pages.views import View
from generator.prose.citations import Citations
from generator.prose.coverage import coverage
from generator.prose.headings import html_id
from generator.prose.html import plain, render
from generator.prose.targets import COUNT, resolver
from generator.text.interface import phrase, say
from generator.text.language import spoken
from generator.text.links import relative
from generator.text.spoken import agreed, alphabetical, date, formula_words, lowered, number, period, size, typeset

# The addresses that templates may name: not the module that declares them, which holds what Python needs.
_MADE = ("HOME", "package", "table", "specimens", "guide", "download", "article", "schema", "versions", "version")


def addresses() -> SimpleNamespace:
    """The addresses of a site in the language that is spoken."""
    fixed = {name.upper(): address for name, address in asdict(layout.words()).items()}
    return SimpleNamespace(**fixed, **{name: getattr(layout, name) for name in _MADE})


class Renderer:
    """Renders templates of the generator (`record.html`) and of packages (`jardins/fiche.html`)."""

    def __init__(self, ground: Ground) -> None:
        project = ground.project
        self.root = project.root
        self.settings = project.settings
        self.views = ground.views
        self.addresses = ground.addresses
        self._resolve = resolver(ground.addresses, project.targets)
        self._articles = project.articles
        self._coverage: dict[str, object] = {}
        self.citations = Citations(project.catalogue, project.articles)
        self.cells = Cells(self.link, self.prose)
        self._links: Memo[int, Markup] = Memo()
        self._proses: Memo[str, Markup] = Memo()
        self._kept: Memo[tuple[object, int], object] = Memo()
        self.environment = environment(self.root, sorted(project.catalogue.contracts.packages))
        self._give(ground)

    def _give(self, ground: Ground) -> None:
        """What templates can ask."""
        views = self.views
        self.environment.filters.update(
            nombre=number, date=date, periode=period, taille=size, minuscule=lowered, alphabetique=alphabetical,
            chiffre=emphasised, texte=plain, lien=self.link, adresse=self.url_of, ancre=self.anchor,
            ancre_ici=self.id_here, prose=self.prose, phrase=self.sentence, etiquette=label, valeur=self.cells.cell,
            francais=typeset, dit=phrase, selon=self.kept, voir_la_ligne=self.see_line,
            lien_a_ecrire=self.link_to_write,
        )  # fmt: skip
        self.environment.globals.update(
            titre=section_heading, titre_ancre=self.record_heading, url=url_html, table=views.table, renvois=self.referring,
            si_ici=self.if_here, _=worded, adresses=addresses(), compte=counted, accorde=agreed,
            mots_de_formule=formula_words, langue_du_site=spoken, champ=self.field, en_nombre=measured, cible=self.target,
            ligne=self.line_link, telechargements=downloads,
            attributs=self.cells.attributes, cites_dans=self.citing,
            couverture=self.coverage, gabarit=self.specimen, changements=ground.history.of, ressources=views.catalogue.contracts.resources,
            site=self.settings, **gathering.functions(views), **citing.functions(ground),
            **freshness.functions(views, ground.date),
            **drawings.functions(ground.gallery, views, self.figure), **facets.functions(ground),
            **framing.functions(views.catalogue.contracts),
        )  # fmt: skip

    def render(self, template: str, here: str, names: Map[str, object]) -> str:
        """The HTML of a page with its headings still marked; `here` is its address, from which URLs are relative."""
        return settled(rendering(self.environment, template, names, self.root), here)

    def figure(self, context: drawings.Context) -> Markup:
        """A drawing, as pages show it: it is the same on all."""
        return Markup(rendering(self.environment, "figure.html", names(context), self.root))

    def url_of(self, view: View | None) -> str:
        """The URL of a record, "" when it has no place on the site."""
        address = self.addresses.of(view.record) if view is not None else ""
        return url_mark(address) if address else ""

    def anchor(self, view: View) -> str:
        """The id that a record has on the page where it stands, and those that it had."""
        return with_former(self.addresses.anchor(view.record), self.addresses.former_anchors(view.record))

    def if_here(self, view: View, here: object, elsewhere: object = "") -> Markup:
        """What is shown on the page where a record has its anchor, and what is shown elsewhere."""
        page, anchored, _ = self.addresses.of(view.record).partition("#")
        return marked(there_mark(page, html(here), html(elsewhere)) if anchored else html(elsewhere))

    def id_here(self, view: View, other: str = "") -> Markup:
        """The attribute `id` of a record, on the page where it has its anchor; elsewhere another one, or none."""
        own = Markup(' id="{}"').format(self.anchor(view))
        return self.if_here(view, own, Markup(' id="{}"').format(other) if other else "")

    def specimen(self, resource: Resource) -> str:
        """The address of the annotated template of a table."""
        return specimens.address(resource, self.views.catalogue.contracts)

    def target(self, view: View, column: str) -> View | None:
        """The record that a column names, when a foreign key ends there."""
        key = next((k for k in view.record.resource.foreign_keys if k.fields[-1] == column), None)
        return None if key is None else self.views.target(view.record, key)

    def link(self, view: View | None, text: str = "") -> Markup:
        """A link to a record, or its name alone when it has no place on the site."""
        if view is None:
            return Markup("")
        if text:
            return self._linked(view, text)
        return self._links(id(view.record), lambda: self._linked(view, str(view)))

    def _linked(self, view: View, text: str) -> Markup:
        url = self.url_of(view)
        return marked(f'<a href="{url}">{html(text)}</a>' if url else html(text))

    def prose(self, text: object) -> Markup:
        """A prose field as HTML; nothing for an absent one."""
        if not text:
            return Markup("")
        written = str(text)
        return self._proses(written, lambda: Markup(render(written, self._link_mark)))  # cleaned by prose/markdown.py

    def _link_mark(self, written: str) -> str:
        """The URL of a link of a prose as written, marked; "" when it is only words."""
        found = self._resolve(written)
        return found if self._stays(written, found) else url_mark(found)

    @staticmethod
    def _stays(written: str, found: str) -> bool:
        return written.startswith(COUNT) or ":" in found.split("/")[0] or found.startswith("#")

    def sentence(self, text: object) -> Markup:
        """A prose of one paragraph, without the paragraph: to stand within another."""
        made = self.prose(text)
        return made[3:-4] if made.startswith("<p>") and made.count("<p>") == 1 and made.endswith("</p>") else made

    def link_url(self, written: str, here: str) -> str:
        """The URL of a link of a prose as written, on a page; "" when it is only words."""
        found = self._resolve(written)
        return found if self._stays(written, found) else relative(here, found)

    def kept(self, view: View, macro: Callable[[View], object]) -> object:
        """What a macro of an imported template makes of a record, made once for the whole site: it may hold links,
        prose and its anchor, which are marked, not headings.
        """
        return self._kept((macro, id(view.record)), lambda: macro(view))

    def citing(self, view: View, sauf: Sequence[View] = ()) -> list[tuple[str, list[Markup]]]:
        """What names a record in its prose: the title of a table, or « Pages », and links to what does, save these."""
        groups: dict[str, dict[Markup, None]] = {}
        for owner in self.citations.of(view.record):
            if isinstance(owner, Article):
                link = Markup('<a href="{}">{}</a>').format(url_mark(layout.article(owner.name)), owner.title)
                groups.setdefault(say("Pages"), {})[link] = None
                continue
            shown: Record | None = owner
            while shown is not None and not self.addresses.of(shown):
                shown = shown.parent
            if shown is not None and shown is not view.record and self.views.of(shown) not in sauf:
                groups.setdefault(shown.resource.title, {})[self.link(self.views.of(shown))] = None
        return [(title, list(found)) for title, found in groups.items()]

    @late
    def coverage(self) -> dict[str, object]:
        """What was drawn from each source, counted once: `documents`, `tables` (table, rows by identifier of the source,
        total), `figures` (source, figures, placed, share in percent), `prose`.
        """
        if not self._coverage:
            found = coverage(self.views.catalogue, self._articles, self.settings.vocabulary)
            self._coverage = {
                "documents": [self.views.of(record) for record in found.documents],
                "tables": found.tables,
                "figures": [(self.views.of(f.document), f.total, f.placed, f.share) for f in found.figures],
                "prose": found.prose,
            }
        return self._coverage

    def field(self, view: View, column: str) -> Any:
        """The declaration of a column."""
        return view.record.resource.field(column)

    def referring(self, view: View, resource: str, column: str = "") -> list[View]:
        """The records of a resource that name this one."""
        return self.views.referring(view.record, resource, column)

    def line_link(self, view: View, column: str = "") -> str:
        """The URL of the line of the content where a record, or one of its values, is written; "" without repository."""
        return line_url(self.settings, view.record, column)

    def see_line(self, view: View, column: str = "") -> Markup:
        """Links « voir la ligne » and « signaler une erreur » for a record, or one of its values; each where it leads somewhere."""
        return marked(row_links(self.settings, view.record, column))

    def link_to_write(self, view: View) -> Markup:
        """The link by which a prose quotes a record, folded, to be copied; nothing when no scheme names it."""
        return Markup(folded_link(view.record, self.views.catalogue))

    def record_heading(self, level: int, text: str, view: View) -> Markup:
        """The heading under which a record stands on the page: its id is the anchor of the record."""
        anchor, *olds = self.anchor(view).split(MARK)
        return Markup("".join(f'<span id="{old}"></span>' for old in olds) + heading(level, text, anchor))


def measured(view: View, column: str) -> bool:
    """Whether a column of a row holds numbers to be compared: they stand at the right of their cells."""
    return view.record.resource.measures(view.record.resource.field(column))


def section_heading(level: int, text: str, anchor: str) -> Markup:
    """A heading of the page."""
    return marked(heading(level, text, html_id(anchor)))
