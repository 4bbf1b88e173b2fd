"""Templates → HTML: the Jinja2 environment (autoescape, undefined is an error) and what templates can ask of it. The only
module that knows jinja2.
"""

from __future__ import annotations

import os
import re
import sys
import traceback
import zlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup, escape

from generator import addresses
from generator.addresses import Addresses
from generator.contracts import Field, Resource
from generator.diagnostics import Diagnostic, Position, fault, french
from generator.french import alphabetical, count, date, figure, lowered, number, period, size
from generator.marking import heading
from generator.project import TEMPLATES
from generator.prose import plain, render
from generator.settings import Settings
from generator.values import Value
from generator.views import View, Views

# A URL travels through the HTML as the address of the page it leads to, after a character that no content can hold: what is
# made of a record is then the same on every page, and kept.
_URL = re.compile("\x04([^\"'<>\\s]*)")

Show = Callable[[View, Value], Markup]

# Where compiled templates are kept: another folder as soon as the environment below is written otherwise.
COMPILED = Path(__file__).parent / "__pycache__" / f"templates-{zlib.crc32(Path(__file__).read_bytes()):08x}"


class TemplateFault(Exception):
    """A template of a package that cannot be rendered: what is wrong is the content's, not ours."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        self.diagnostic = diagnostic


def _template_fault(error: Exception, root: Path) -> TemplateFault | None:
    """The fault of the package's template in which an error happened; None in one of ours."""
    place = None
    if isinstance(error, jinja2.TemplateSyntaxError):
        place = error.filename or "", error.lineno
    else:
        for frame, line in traceback.walk_tb(error.__traceback__):
            if Path(frame.f_code.co_filename).is_relative_to(root / "datapackages"):
                place = frame.f_code.co_filename, line
    if place is None or not Path(place[0]).is_relative_to(root / "datapackages"):
        return None
    undefined = re.search("^'([^']*)'(?: is undefined)?$|has no attribute '([^']*)'$", str(error))
    message = "« {text} » n’existe pas." if undefined else "Ce modèle ne se lit pas ({text})."
    position = Position(Path(place[0]).relative_to(root).as_posix(), place[1], 1)
    hint = "La page « Les modèles de page » de la documentation dit ce qu’un modèle peut nommer."
    return TemplateFault(
        fault("modele-faux", position, message, hint, text=undefined[1] or undefined[2] if undefined else error)
    )


class Renderer:
    """Renders templates of the generator (`record.html`) and of packages (`jardins/fiche.html`)."""

    def __init__(self, root: Path, settings: Settings, views: Views, resolve: Callable[[str], str]) -> None:
        self.root = root
        self.settings = settings
        self.views = views
        self.addresses = Addresses(views.catalogue)
        self.here = ""
        self._resolve = resolve
        self._places: dict[int, str] = {}
        self._cells: dict[str, list[tuple[Field, Show]]] = {}
        self._links: dict[int, Markup] = {}
        self._kept: dict[tuple[object, int], object] = {}
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
            optimized=False,  # nothing is computed when a template is compiled
            bytecode_cache=None if sys.dont_write_bytecode else Compiled(),
        )
        self.environment.filters.update(
            nombre=number, date=date, periode=period, taille=size, minuscule=lowered, alphabetique=alphabetical,
            chiffre=emphasised, texte=plain, lien=self.link, adresse=self.url_of, ancre=self.anchor,
            ancree_ici=self.is_anchored_here, prose=self.prose, etiquette=self.label, valeur=self.cell,
            francais=french, selon=self.kept, voir_la_ligne=self.see_line,
        )  # fmt: skip
        self.environment.globals.update(
            titre=section_heading, titre_ancre=self.record_heading, url=self.url, table=views.table, renvois=self.referring,
            compte=count, regroupe=grouped, categories=by_category, champ=self.field, cible=self.target,
            ligne=self.line_link, attributs=self.attributes, site=settings,
        )  # fmt: skip

    def render(self, template: str, here: str, /, **context: object) -> str:
        """The HTML of a page with its headings still marked; `here` is its address, from which URLs are relative."""
        self.here = here
        try:
            rendered = self.environment.get_template(template).render(context)
        except (jinja2.TemplateError, LookupError, TypeError) as error:
            raise _template_fault(error, self.root) or error from error
        urls: dict[str, str] = {}

        def relative(found: re.Match[str]) -> str:
            there = found[1]
            url = urls.get(there)
            if url is None:
                url = urls[there] = addresses.relative(here, there)
            return url

        return _URL.sub(relative, rendered)

    def url(self, there: str) -> str:
        """The URL of a page or file of the site, made relative when the page is finished."""
        return f"\x04{there}"

    def url_of(self, view: View | None) -> str:
        """The URL of a record, "" when it has no place on the site."""
        address = self._place(view) if view is not None else ""
        return f"\x04{address}" if address else ""

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
        if text:
            return self._linked(view, text)
        link = self._links.get(id(view.record))
        if link is None:
            link = self._links[id(view.record)] = self._linked(view, str(view))
        return link

    def _linked(self, view: View, text: str) -> Markup:
        url = self.url_of(view)
        return Markup(f'<a href="{url}">{escape(text)}</a>') if url else escape(text)

    def prose(self, text: object) -> Markup:
        """A prose field as HTML; nothing for an absent one."""
        return Markup(render(str(text), self._target)) if text else Markup("")  # cleaned by prose.py

    def _target(self, target: str) -> str:
        resolved = self._resolve(target)
        return (
            resolved
            if ":" in resolved.split("/")[0] or resolved.startswith("#")
            else addresses.relative(self.here, resolved)
        )

    def label(self, view: View, column: str) -> str:
        """The French label of a category of a record; "" when absent."""
        value = view.record[column]
        return "" if value is None else view.record.resource.field(column).label(value)

    def cell(self, view: View, column: str) -> Markup:
        """A value as its column says: prose, label of a category, number, date, address, link to the record it names."""
        resource = view.record.resource
        value = view.record.values[resource.index[column]]
        return Markup("") if value is None else self._columns(resource)[resource.index[column]][1](view, value)

    def _columns(self, resource: Resource) -> list[tuple[Field, Show]]:
        columns = self._cells.get(resource.name)
        if columns is None:
            columns = self._cells[resource.name] = [(f, self._shown_as(resource, f)) for f in resource.fields]
        return columns

    def _shown_as(self, resource: Resource, field: Field) -> Show:
        if field.prose:
            return lambda view, value: self.prose(value)
        if field.categories:
            labels = {name: escape(label) for name, label in field.categories}
            return lambda view, value: labels[str(value)] if str(value) in labels else escape(value)
        if field.type in ("number", "integer"):
            return lambda view, value: escape(number(value))
        if field.type == "boolean":
            return lambda view, value: Markup("oui" if value else "non")
        if field.type == "date":
            return lambda view, value: escape(date(value))
        if field.format == "uri":
            return lambda view, value: Markup('<a href="{0}">{0}</a>').format(value)
        if any(key.fields[-1] == field.name for key in resource.foreign_keys):
            return lambda view, value: self.link(getattr(view, field.name)) or escape(value)
        return lambda view, value: escape(value)

    def attributes(self, views: Sequence[View], without: Sequence[str] = ()) -> list[tuple[Field, list[Markup]]]:
        """The columns that at least one of these records fills, each with its value for every one of them."""
        found = []
        empty = Markup("")
        for place, (column, show) in enumerate(self._columns(views[0].record.resource) if views else ()):
            values = [view.record.values[place] for view in views]
            if column.name not in without and any(value is not None for value in values):
                cells = [empty if v is None else show(view, v) for view, v in zip(views, values, strict=True)]
                found.append((column, cells))
        return found

    def kept(self, view: View, macro: Callable[[View], object]) -> object:
        """What a macro of an imported template makes of a record, made once for the whole site: it may hold links, not
        what depends on the page (headings, anchors, prose).
        """
        key = (macro, id(view.record))
        made = self._kept.get(key)
        if made is None:
            made = self._kept[key] = macro(view)
        return made

    def field(self, view: View, column: str) -> Any:
        """The declaration of a column."""
        return view.record.resource.field(column)

    def referring(self, view: View, resource: str, column: str = "") -> list[View]:
        """The records of a resource that name this one."""
        return self.views.referring(view.record, resource, column)

    def line_link(self, view: View, column: str = "") -> str:
        """The URL of the line of the content where a record, or one of its values, is written; "" without repository."""
        if not self.settings.repo_url:
            return ""
        position = view.record.at(column)
        return self.settings.line_url(position.path, position.line)

    def see_line(self, view: View, column: str = "") -> Markup:
        """A link « voir la ligne » to the place of a record, or of one of its values; nothing without repository."""
        url = self.line_link(view, column)
        words = (
            f'voir la ligne<span class="visuellement-cache"> de «\u202f{escape(str(view))}\u202f» dans le dépôt</span>'
        )
        return Markup(f' <a class="ligne" href="{escape(url)}">{words}</a>') if url else Markup("")

    def record_heading(self, level: int, text: str, view: View) -> Markup:
        """The heading under which a record stands on the page: its id is the anchor of the record."""
        return Markup(heading(level, text, self.anchor(view)))


class Compiled(jinja2.BytecodeCache):
    """Compiled templates, kept as Python keeps its compiled modules; a folder that cannot be written keeps nothing."""

    def load_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        """Fill the bucket if this very source was compiled before."""
        with suppress(OSError), (COMPILED / bucket.key).open("rb") as file:
            bucket.load_bytecode(file)

    def dump_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        """Keep what was compiled, in one move."""
        with suppress(OSError):
            COMPILED.mkdir(parents=True, exist_ok=True)
            partial = COMPILED / f"{bucket.key}.{os.getpid()}"
            with partial.open("wb") as file:
                bucket.write_bytecode(file)
            partial.replace(COMPILED / bucket.key)


def section_heading(level: int, text: str, anchor: str) -> Markup:
    """A heading of the page; its id gets an underscore, which no identifier of a record holds: they never collide."""
    return Markup(heading(level, text, f"{anchor}_"))


def emphasised(text: object) -> Markup:
    """A printed figure with its number in bold: près de **350 000** professionnels."""
    before, bold, after = figure(text)
    return Markup(f"{escape(before)}<b>{escape(bold)}</b>{escape(after)}")


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
