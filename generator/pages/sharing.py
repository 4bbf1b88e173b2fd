"""What is said of a page away from it: its title and its description as a record fills them, its picture, what it comes from, and how
it is told to search engines. Its words come by the ways that its contract names (contracts/ways.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from generator.catalogue.records import Record
from generator.contracts.model import Package
from generator.contracts.pages import Page as Declared
from generator.contracts.settings import Settings
from generator.packages.citation import Work
from generator.packages.styles import WORKS, version_of
from generator.pages.cards import Card
from generator.pages.views import View
from generator.prose.html import plain
from generator.text.characters import blank, without_line_ends
from generator.text.interface import count, say
from generator.text.language import spoken
from generator.text.links import without_links
from generator.text.names import BRACED, steps
from generator.text.spoken import date, semicolon
from generator.values.types import canonical

LONGEST = 200  # characters of a description


@dataclass(frozen=True, slots=True)
class Shared:
    """What a declared page says of itself to others. `about` is the type of its record for schema.org, `card` what its picture
    shows (None: that of the page above), `row` the record that it is about, or that its figure comes from.
    """

    package: Package
    about: str = ""
    listing: bool = False  # it lists rows, and is about none
    card: Card | None = None
    record: Record | None = None
    row: Record | None = None


def title_of(declared: Declared, view: View) -> str:
    """The title of the page of a record, or its name when that title shows nothing (a column that may be absent)."""
    title = _filled(declared.title, view)
    return view.record.label if blank(title) else title


def description_of(declared: Declared, view: View) -> str:
    """What the page of a record says of it: as its contract fills it, else its first prose, cut where a reader stops."""
    told = _filled(declared.description, view) if BRACED.search(declared.description) else ""
    return shortened(told or _first_prose(view)) or (
        "" if BRACED.search(declared.description) else declared.description
    )


def shortened(text: str) -> str:
    """A text of the length of a description, cut at a space."""
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def of_record(declared: Declared, view: View, package: Package, title: str, description: str) -> Shared:
    """What is said of the page of a record."""
    shared = Shared(package, about=declared.about, record=view.record, row=view.record)
    if declared.card is None:
        return shared
    figures = [(row, text) for row, text in _ends(view, declared.card.figure) if text]
    told = _first(view, declared.card.text) if declared.card.text else ""
    figure, others = (figures[0][1] if figures else ""), len({text for _, text in figures}) - 1
    card = Card(
        site="", title=title, figure=figure, text=told or description,
        beside=say("et {others}", others=count(others, "autre valeur", "autres valeurs")) if others > 0 else "",
    )  # fmt: skip
    return replace(shared, card=card, row=figures[0][0].record if figures else view.record)


def _filled(pattern: str, view: View) -> str:
    """A text, on one line, in which each way gives place to what it leads to."""
    return without_line_ends(BRACED.sub(lambda found: _first(view, found[1]), pattern))


def _first(view: View, way: str) -> str:
    """What a way leads to first, in words; "" when it leads to nothing."""
    return next((text for _, text in _ends(view, way) if text), "")


def _ends(view: View, way: str) -> Iterator[tuple[View, str]]:
    """The rows to which a way leads, and what it says of each, in words."""
    *above, column = steps(way)
    rows = [view] if column else []
    for step in above:
        rows = [row for each in rows for row in _after(each, step)]
    return ((row, _words(row, column)) for row in rows)


def _after(view: View, step: str) -> list[View]:
    found = getattr(view, step)
    return found if isinstance(found, list) else [found] if isinstance(found, View) else []


def _words(view: View, column: str) -> str:
    """A value in words: the name of the row that it names, the label of a code, a prose without its marks."""
    value, field = view.record[column], view.record.resource.field(column)
    if value is None:
        return ""
    named = getattr(view, column, None)
    if isinstance(named, View):
        return str(named)
    return plain(str(value)) if field.prose else without_links(field.label(canonical(value)))


def _first_prose(view: View) -> str:
    """The first prose of a record."""
    values = ((field, view.record[field.name]) for field in view.record.resource.fields if field.prose)
    return next((plain(value) for _, value in values if isinstance(value, str)), "")


# --- What a picture says of its source and its date ------------------------------------------------------------------


def sourced(works: Iterator[Work]) -> str:
    """« Source : Nexem, Manifeste (2022) », with « sans date » where the date is unknown; "" without a source. Titles
    are left out when there are several.
    """
    each = list(dict.fromkeys(works))
    if not each:
        return ""
    names = [_named(work, titled=len(each) == 1) for work in each]
    return (
        say("Sources : {names}", names=semicolon().join(names))
        if names[1:]
        else say("Source : {names}", names=names[0])
    )


def _named(work: Work, titled: bool) -> str:
    when = date(work.date) if work.date else say("sans date")
    when = say("vers {date}", date=when) if work.approximate and work.date else when
    named = (work.author, work.title if titled or not work.author else "")
    return f"{', '.join(part for part in named if part)} ({when})"


def versioned(work: Work) -> str:
    """« version 1.2.0 du 3 février 2026 »; "" for data that have none."""
    return _versioned(work, spoken()) if work.version else ""


@lru_cache(maxsize=WORKS)
def _versioned(work: Work, language: str) -> str:
    """The same, in the language that is spoken."""
    return say("{version} du {date}", version=version_of(work), date=date(work.date))


def completed(card: Card, settings: Settings, section: str, source: str, version: str) -> Card:
    """A card with what every one says."""
    return replace(card, site=settings.site_name, section=section, source=source, version=version)
