"""Templates → pages: the Jinja2 environment (autoescape, undefined is an error), the French filters, and the cut of a
rendered page into Markdown headings and finished HTML fragments. The only module that knows jinja2.
"""

from __future__ import annotations

import datetime
import html
import json
import re
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup, escape

from generator import addresses
from generator.addresses import Addresses
from generator.diagnostics import NARROW_SPACE, fold
from generator.project import TEMPLATES
from generator.prose import render
from generator.settings import Settings
from generator.values import canonical
from generator.views import View, Views

# A heading travels through the HTML between two characters that no content can hold (documents.py refuses them).
_HEADING = re.compile("\x02([1-6])\\|([^|]*)\\|([^\x03]*)\x03")

MONTHS = ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre")  # fmt: skip


def number(value: object) -> str:
    """A number in French: 350000 → 350 000, 4.7 → 4,7 (narrow no-break space)."""
    whole, _, decimals = canonical(value if isinstance(value, int | Decimal) else Decimal(str(value))).partition(".")
    sign, digits = ("−", whole[1:]) if whole.startswith("-") else ("", whole)
    grouped = f"{int(digits):,}".replace(",", NARROW_SPACE)
    return sign + grouped + (f",{decimals}" if decimals else "")


def date(value: object) -> str:
    """A date in French: 2026-11-21 → 21 novembre 2026, 2020-02 → février 2020, 2018 → 2018."""
    text = value.isoformat() if isinstance(value, datetime.date) else str(value)
    parts = text.split("-")
    if len(parts) < 2 or not all(part.isdigit() for part in parts):
        return text
    month = MONTHS[int(parts[1]) - 1] if 1 <= int(parts[1]) <= 12 else parts[1]
    if len(parts) == 2:
        return f"{month} {parts[0]}"
    return f"{'1er' if int(parts[2]) == 1 else int(parts[2])} {month} {parts[0]}"


def size(value: int) -> str:
    """A file size in French: 1 234 octets, 12,3 ko."""
    if value < 1000:
        return f"{value} octets"
    unit, amount = ("ko", value / 1000) if value < 1_000_000 else ("Mo", value / 1_000_000)
    return f"{amount:.1f}".replace(".", ",") + f"{NARROW_SPACE}{unit}"


def count(amount: int, one: str, many: str = "") -> str:
    """« 1 fiche », « 12 fiches »."""
    return f"{number(amount)} {one if amount < 2 else many or one + 's'}"


def alphabetical(items: Iterable[Any]) -> list[Any]:
    """Views in the order of their labels, accents and case apart."""
    return sorted(items, key=lambda item: (fold(str(item)), str(item)))


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
            nombre=number, date=date, taille=size, alphabetique=alphabetical,
            lien=self.link, adresse=self.url_of, ancre=self.anchor, ancree_ici=self.is_anchored_here, prose=self.prose, etiquette=self.label,
        )  # fmt: skip
        self.environment.globals.update(
            titre=heading, url=self.url, table=views.table, renvois=self.referring, compte=count,
            regroupe=grouped, champ=self.field, cible=self.target, ligne=self.line_link, site=settings,
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
        address = self.addresses.of(view.record) if view is not None else ""
        return self.url(address) if address else ""

    def anchor(self, view: View) -> str:
        """The id that a record has on the page where it stands."""
        return self.addresses.anchor(view.record)

    def is_anchored_here(self, view: View) -> bool:
        """Whether the address of a record is an anchor of the page being rendered."""
        return self.addresses.of(view.record).startswith(f"{self.here}#")

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


def heading(level: int, text: str, anchor: str) -> Markup:
    """A heading of the page; its id gets an underscore, which no identifier of a record holds: they never collide."""
    plain = str(text).replace("\x03", "")
    return Markup(f"\x02{level}|{anchor}_|{plain}\x03")  # cut out and encoded by `cut`


def grouped(views: Sequence[View], column: str) -> list[tuple[Any, list[View]]]:
    """Views grouped by the value of a column, groups in order of first appearance."""
    groups: dict[Any, list[View]] = {}
    for view in views:
        groups.setdefault(getattr(view, column), []).append(view)
    return list(groups.items())


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
