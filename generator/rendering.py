"""Templates → pages: the Jinja2 environment (autoescape, undefined is an error), the French filters, and the cut of a
rendered page into Markdown headings and finished HTML fragments. The only module that knows jinja2.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup, escape

from generator import addresses
from generator.addresses import Addresses
from generator.contracts import Resource
from generator.french import alphabetical, count, date, figure, lowered, number, period, size
from generator.project import TEMPLATES
from generator.prose import plain, render
from generator.settings import Settings
from generator.views import View, Views

# A heading travels through the HTML between two characters that no content can hold (documents.py refuses them).
_HEADING = re.compile("\x02([1-6])\\|([^|]*)\\|([^\x03]*)\x03")


def markdown_text(text: str) -> str:
    """Short text as Markdown that reads as itself: one line, every ASCII punctuation a numeric entity."""
    return re.sub(r"[^\w\s]|_", _entity, " ".join(text.split()))


def _entity(found: re.Match[str]) -> str:
    character = found.group()
    return f"&#{ord(character)};" if character.isascii() else character


class Renderer:
    """Renders templates of the generator (`record.html`) and of packages (`propositions/fiche.html`)."""

    def __init__(self, root: Path, settings: Settings, views: Views, resolve: Callable[[str], str]) -> None:
        self.settings = settings
        self.views = views
        self.addresses = Addresses(views.catalogue)
        self.here = ""
        self._resolve = resolve
        self._places: dict[int, str] = {}
        self._cells: dict[tuple[str, str], Callable[[View], Markup]] = {}
        packages = sorted(views.catalogue.contracts.packages)
        loaders: dict[str, jinja2.BaseLoader] = {
            name: jinja2.FileSystemLoader(root / "datapackages" / name / "templates") for name in packages
        }
        self.environment = jinja2.Environment(
            loader=jinja2.ChoiceLoader([jinja2.PrefixLoader(loaders), jinja2.FileSystemLoader(TEMPLATES)]),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            auto_reload=False,
            trim_blocks=True,
            lstrip_blocks=True,
            cache_size=-1,
        )
        self.environment.filters.update(
            nombre=number, date=date, periode=period, taille=size, minuscule=lowered, alphabetique=alphabetical,
            chiffre=emphasised, texte=plain, lien=self.link, adresse=self.url_of, ancre=self.anchor,
            ancree_ici=self.is_anchored_here, prose=self.prose, etiquette=self.label, valeur=self.cell,
        )  # fmt: skip
        self.environment.globals.update(
            titre=heading, titre_ancre=self.record_heading, url=self.url, table=views.table, renvois=self.referring,
            compte=count, regroupe=grouped, categories=by_category, champ=self.field, cible=self.target,
            ligne=self.line_link, site=settings,
        )  # fmt: skip

    def render(self, template: str, here: str, /, **context: object) -> str:
        """The HTML of a page with its headings still marked; `here` is its address, from which URLs are relative."""
        self.here = here
        return self.environment.get_template(template).render(context)

    def url(self, there: str) -> str:
        """The relative URL of a page or file of the site."""
        return addresses.relative(self.here, there)

    def url_of(self, view: View | None) -> str:
        """The relative URL of a record, "" when it has no place on the site."""
        address = self._place(view) if view is not None else ""
        return self.url(address) if address else ""

    def _place(self, view: View) -> str:
        place = self._places.get(id(view.record))
        if place is None:
            place = self._places[id(view.record)] = self.addresses.of(view.record)
        return place

    def anchor(self, view: View) -> str:
        """The id that a record has on the page where it stands."""
        return self.addresses.anchor(view.record)

    def is_anchored_here(self, view: View) -> bool:
        """Whether the address of a record is an anchor of the page being rendered."""
        return self._place(view).startswith(f"{self.here}#")

    def target(self, view: View, column: str) -> View | None:
        """The record that a column names, when a foreign key ends there."""
        key = next((k for k in view.record.resource.foreign_keys if k.fields[-1] == column), None)
        return None if key is None else self.views.target(view.record, key)

    def link(self, view: View | None, text: str = "") -> Markup:
        """A link to a record, or its name alone when it has no place on the site."""
        if view is None:
            return Markup("")
        words = escape(text or str(view))
        url = self.url_of(view)
        return Markup('<a href="{}">{}</a>').format(url, words) if url else words

    def prose(self, text: object) -> Markup:
        """A prose field as HTML; nothing for an absent one."""
        return (
            Markup(render(str(text), lambda target: self._target(target))) if text else Markup("")
        )  # cleaned by prose.py

    def _target(self, target: str) -> str:
        resolved = self._resolve(target)
        return resolved if ":" in resolved.split("/")[0] or resolved.startswith("#") else self.url(resolved)

    def label(self, view: View, column: str) -> str:
        """The French label of a category of a record; "" when absent."""
        value = view.record[column]
        return "" if value is None else view.record.resource.field(column).label(value)

    def cell(self, view: View, column: str) -> Markup:
        """A value as its column says: prose, label of a category, number, date, address, link to the record it names."""
        resource = view.record.resource
        show = self._cells.get((resource.name, column))
        if show is None:
            show = self._cells[resource.name, column] = self._shown_as(resource, column)
        return Markup("") if view.record[column] is None else show(view)

    def _shown_as(self, resource: Resource, column: str) -> Callable[[View], Markup]:
        field = resource.field(column)
        if field.prose:
            return lambda view: self.prose(view[column])
        if field.categories:
            return lambda view: escape(field.label(view[column]))
        if field.type in ("number", "integer"):
            return lambda view: escape(number(view[column]))
        if field.type == "boolean":
            return lambda view: Markup("oui" if view[column] else "non")
        if field.type == "date":
            return lambda view: escape(date(view[column]))
        if field.format == "uri":
            return lambda view: Markup('<a href="{0}">{0}</a>').format(view[column])
        key = next((k for k in resource.foreign_keys if k.fields[-1] == column), None)
        if key is not None:
            return lambda view: self.link(self.views.target(view.record, key)) or escape(view[column])
        return lambda view: escape(view[column])

    def field(self, view: View, column: str) -> Any:
        """The declaration of a column."""
        return view.record.resource.field(column)

    def referring(self, view: View, resource: str, column: str = "") -> list[View]:
        """The records of a resource that name this one."""
        return self.views.referring(view.record, resource, column)

    def line_link(self, view: View, column: str = "") -> str:
        """The URL of the line of the content where a record, or one of its values, is written; "" without repository."""
        position = view.record.at(column)
        return self.settings.line_url(position.path, position.line)

    def record_heading(self, level: int, text: str, view: View) -> Markup:
        """The heading under which a record stands on the page: its id is the anchor of the record."""
        return _marked(level, text, self.anchor(view))


def heading(level: int, text: str, anchor: str) -> Markup:
    """A heading of the page; its id gets an underscore, which no identifier of a record holds: they never collide."""
    return _marked(level, text, f"{anchor}_")


def _marked(level: int, text: str, anchor: str) -> Markup:
    return Markup("\x02{}|{}|{}\x03".format(level, anchor, str(text).replace("\x03", "")))  # encoded by `cut`


def emphasised(text: object) -> Markup:
    """A printed figure with its number in bold: près de **350 000** professionnels."""
    return Markup("{}<b>{}</b>{}").format(*figure(text))


def grouped(views: Sequence[View], column: str) -> list[tuple[Any, list[View]]]:
    """Views grouped by the value of a column, groups in order of first appearance."""
    groups: dict[Any, list[View]] = {}
    for view in views:
        groups.setdefault(getattr(view, column), []).append(view)
    return list(groups.items())


def by_category(views: Sequence[View], column: str) -> list[tuple[str, str, list[View]]]:
    """Views grouped by a category: (value, label, views), in the order in which the contract lists the categories."""
    groups = dict(grouped(views, column))
    declared = views[0].record.resource.field(column).categories if views else ()
    return [(value, label, groups[value]) for value, label in declared if value in groups]


def cut(rendered: str) -> str:
    """Marked HTML → Markdown: headings with their ids, and between them fragments that no parser reads again."""
    pieces = _HEADING.split(rendered)
    out = [_fragment(pieces[0])]
    for place in range(1, len(pieces), 4):
        level, anchor, text, body = pieces[place : place + 4]
        out.append(f"{'#' * int(level)} {markdown_text(text)} {{#{anchor}}}\n")
        out.append(_fragment(body))
    return "\n".join(part for part in out if part)


def _fragment(body: str) -> str:
    body = re.sub(r"\n[ \t]*(?=\n)", "", body).strip()
    return f"<!--fragment-->\n{body}\n<!--fin-->\n" if body else ""


def front_matter(**properties: str) -> str:
    """YAML front matter: HTML-escaped (the theme prints it as it is), quoted as JSON; empty ones are left out."""
    lines = [
        f"{name}: {json.dumps(html.escape(' '.join(text.split())), ensure_ascii=False)}"
        for name, text in properties.items()
        if text
    ]
    return "---\n" + "\n".join(lines) + "\n---\n"
