"""Values as pages show them: each column says how its values read, a number, a label, a link, a prose."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache, partial
from typing import Any

import markupsafe
from markupsafe import Markup, escape

from generator.catalogue.freshness import kept
from generator.contracts.model import Field, Resource
from generator.pages.markup import url_mark
from generator.pages.structures import READ
from generator.pages.views import View
from generator.text.interface import count, phrase, say
from generator.text.language import spoken
from generator.text.memory import TEXTS
from generator.text.spoken import date, figure, number
from generator.values.types import Value, canonical

Show = Callable[[View, Value], Markup]
# The HTML of a text: what `escape` makes of it, before it says so.
escaped: Callable[[str], str] = markupsafe._escape_inner  # type: ignore[attr-defined]
marked: Callable[[str], Markup] = partial(str.__new__, Markup)  # a text that is HTML


class Cells:
    """How the columns of each table are shown, worked out once; `link` and `prose` are those of the page being made."""

    def __init__(self, link: Callable[[View | None], Markup], prose: Callable[[object], Markup]) -> None:
        self._link = link
        self._prose = prose
        self._kept: dict[str, list[tuple[Field, Show]]] = {}

    def cell(self, view: View, column: str) -> Markup:
        """A value as its column says: prose, label of a category, number, date, address, link to the record it names."""
        resource = view.record.resource
        value = view.record.values[resource.index[column]]
        return Markup("") if value is None else self._columns(resource)[resource.index[column]][1](view, value)

    def _columns(self, resource: Resource) -> list[tuple[Field, Show]]:
        columns = self._kept.get(resource.name)
        if columns is None:
            columns = self._kept[resource.name] = [(f, self._shown_as(resource, f)) for f in resource.fields]
        return columns

    def _shown_as(self, resource: Resource, field: Field) -> Show:
        if field.prose:
            return lambda view, value: self._prose(value)
        if field.categories:
            labels = {name: escape(label) for name, label in field.categories}
            return lambda view, value: labels[str(value)] if str(value) in labels else escape(value)
        if any(key.fields[-1] == field.name for key in resource.foreign_keys):
            return lambda view, value: self._link(getattr(view, field.name)) or escape(canonical(value))
        if field.type in ("number", "integer"):
            said = canonical if resource.coded(field) else number
            return lambda view, value: escape(said(value))
        if field.type == "boolean":
            return lambda view, value: escape(say("oui" if value else "non"))
        if field.type == "date":
            return lambda view, value: escape(date(value))
        if field.type in READ:
            return lambda view, value: _parts(field.type, value)
        if resource.vault is not None and field.name == resource.vault.address:
            return _place
        if field.format == "uri":
            return _address
        return lambda view, value: _lines(value)

    def attributes(self, views: Sequence[View], without: Sequence[str] = ()) -> list[tuple[Field, list[Markup]]]:
        """The columns that at least one of these records fills, each with its value for every one of them."""
        if not views:
            return []
        found = []
        empty, resource = Markup(""), views[0].record.resource
        shown = {column.name for column in resource.shown}.difference(without)
        for place, (column, show) in enumerate(self._columns(resource)):
            values = [view.record.values[place] for view in views]
            if column.name in shown and any(value is not None for value in values):
                cells = [empty if v is None else show(view, v) for view, v in zip(views, values, strict=True)]
                found.append((column, cells))
        return found


def html(value: Any) -> str:
    """The HTML of a value that a template puts out."""
    kind = type(value)
    return escaped(value) if kind is str else value if kind is Markup else escape(value)


def _lines(value: Value) -> Markup:
    """A text with its own ends of lines."""
    lines = str(value).split("\n")
    return Markup("<br>\n").join(lines) if len(lines) > 1 else escape(value)


def _parts(kind: str, value: Value) -> Markup:
    """A value of several parts: in words, or as it is written when it has too many; a point keeps its degrees for a map."""
    text = READ[kind](value)
    if kind == "geopoint":
        return Markup('<data class="point" value="{}">{}</data>').format(value, text)
    return Markup('<code class="json">{}</code>').format(text) if text.startswith(("{", "[")) else escape(text)


def _address(view: View, value: Value) -> Markup:
    return Markup('<a href="{0}">{0}</a>').format(value)


def _place(view: View, value: Value) -> Markup:
    """The address of a source: a link, unless it is dead, which is said, with its kept copy."""
    place = kept(view.record)
    if place is None or not place.dead:
        return _address(view, value)
    day = place.checked
    since = say("ne répondait plus le {date}", date=date(day)) if day else say("ne répond plus")
    shown = Markup('<span class="adresse-morte">{}</span> <span class="etiquette etiquette--alerte">{}</span>').format(
        value, since
    )
    if not place.archive:
        return shown
    return shown + Markup(' <a href="{}">{}</a>').format(place.archive, say("copie archivée"))


def label(view: View, column: str) -> str:
    """The French label of a category of a record; "" when absent."""
    value = view.record[column]
    return "" if value is None else view.record.resource.field(column).label(value)


def emphasised(text: object) -> Markup:
    """A printed figure with its number in bold: près de **350 000** professionnels."""
    before, bold, after = figure(text)
    return Markup(f"{escape(before)}<b>{escape(bold)}</b>{escape(after)}")


def worded(key: str, /, **values: object) -> Markup:
    """A sentence of our templates: its French text, which may hold tags, is its key; values are escaped."""
    made, names = _ready(key, spoken())
    if not names:
        return made
    return marked(str.__mod__(made, tuple([html(values[name]) for name in names])))


_FIELD = re.compile(r"\{\{|\}\}|\{(\w+)\}")  # a value by its name, and nothing of it: a template may write the sentence


@lru_cache(maxsize=1_000)
def _ready(key: str, language: str) -> tuple[Markup, tuple[str, ...]]:
    """A sentence in the language that is spoken, where values go at its `%s`, and their names in that order; HTML when it has none."""
    names: list[str] = []

    def place(found: re.Match[str]) -> str:
        if not found[1]:
            return found[0][0]
        names.append(found[1])
        return "%s"

    made = _FIELD.sub(place, phrase(key).replace("%", "%%"))
    return Markup(made if names else made % ()), tuple(names)


@lru_cache(maxsize=TEXTS)
def url_html(address: str) -> Markup:
    """The URL of a page or file of the site, as HTML."""
    return marked(escaped(url_mark(address)))


def counted(amount: int, one: str, many: str = "") -> str:
    """« 12 fiches », on one line."""
    return count(amount, one, many).replace(" ", "\u00a0", 1)


def downloads(files: Iterable[tuple[str, str]]) -> Markup:
    """Links to files of the site, by their titles and their addresses."""
    return marked(", ".join([f'<a href="{url_html(path)}" download>{html(name)}</a>' for name, path in files]))


def downloads_beside(files: Iterable[tuple[str, str, int | None]]) -> Markup:
    """Links to files by their addresses from the page and their titles, each with how many rows it holds, when it is told."""
    language = spoken()
    return marked(", ".join([_beside(*file, language) for file in files]))


@lru_cache(maxsize=TEXTS)
def _beside(address: str, title: str, rows: int | None, language: str) -> str:
    link = f'<a href="{escaped(address)}" download>{escaped(title)}</a>'
    return link if rows is None else f'{link} <span class="marge">({escaped(counted(rows, "ligne"))})</span>'


def leaps(links: Iterable[tuple[str, str]], here: str) -> Markup:
    """Links to pages of the site, by their titles and their addresses, each the item of a list; the one to the page `here` says so."""
    made, own = _leaps(tuple(links)), f'href="{url_html(here)}"'
    return marked(made.replace(f"{own}>", f'{own} aria-current="page">'))


@lru_cache(maxsize=1_000)
def _leaps(links: tuple[tuple[str, str], ...]) -> str:
    items = (f'<li><a class="etiquette" href="{url_html(path)}">{escaped(title)}</a></li>' for title, path in links)
    return "".join(items)


def download(address: str, text: str) -> Markup:
    """A link to a file of the site."""
    return Markup('<a href="{}" download>{}</a>').format(Markup(address), text)
