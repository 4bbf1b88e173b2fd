"""What the search is told of the pages that contracts declare: their kind, what a result shows of them, the words by which readers
look for what they show.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from generator.catalogue.parts import Part
from generator.catalogue.records import Record
from generator.contracts.model import Contracts
from generator.contracts.pages import Page as Declared
from generator.contracts.searched import having
from generator.contracts.searching import ACRONYM, WORDS, Path
from generator.pages.draft import Ground
from generator.pages.templates import reach
from generator.pages.views import View
from generator.text.interface import say
from generator.text.query import singular

FIGURES_SHOWN = 3
NAMING = 0.6  # how much a page that names the parts of a table counts, for one of what they count


def of_record(declared: Declared, view: View, ground: Ground) -> dict[str, str]:
    """What the theme is told of the page of a record, for the search."""
    found = declared.found
    context, figures, source = (_read(view, path) for path in (found.context, found.figures, found.source))
    return _told(declared, ground, (*declared.found.words, *words(_own(declared, [view.record], ground), ground))) | {
        "contexte": ", ".join(context),
        "chiffres": _listed(figures),
        "propres": " ; ".join(figures[FIGURES_SHOWN:]),
        "selon": ", ".join(source),
    }


def of_list(declared: Declared, ground: Ground) -> dict[str, str]:
    """What the theme is told of a page that shows whole tables."""
    catalogue = ground.project.catalogue
    shown = [name for name in dict.fromkeys((declared.resource, *declared.anchors)) if name in declared.anchors]
    rows = [record for name in shown for record in catalogue[name]]
    return _told(declared, ground, (*declared.found.words, *words(rows, ground)))


def of_part(declared: Declared, part: Part | None, ground: Ground) -> dict[str, str]:
    """What the theme is told of a part of a page: the words of the rows that stand there, or of the row that it is about. The page that
    names the parts (None) has its own words, and counts less than they do.
    """
    if part is None:
        return _told(declared, ground, declared.found.words, NAMING)
    rows = _own(declared, part.rows, ground) if part.about is None else [part.about]
    return _told(declared, ground, words(rows, ground))


def _own(declared: Declared, rows: Iterable[Record], ground: Ground) -> list[Record]:
    """The rows that have their address on a page: elsewhere, their words would answer twice."""
    places = ground.addresses.places
    return [row for row in rows if (place := places.get(row.resource.name)) and place.page is declared]


def of_article(spoken: Sequence[str]) -> dict[str, str]:
    """What the theme is told of a hand-written page: the words by which readers look for it."""
    return {"mots": _listed_words(spoken)} if spoken else {}


def _told(declared: Declared, ground: Ground, spoken: Iterable[str], share: float = 1) -> dict[str, str]:
    """The kind of a page, how much it counts beside the others (a share of what its contract says), its words."""
    resource = ground.project.catalogue.contracts.resources.get(declared.resource)
    several = say("Liste") if not declared.per_record or resource is None else resource.title
    weight = declared.found.weight * share / 10
    return {
        "genre": declared.found.kind or several,
        "poids": f"{weight:.2g}" if weight < 1 else "",
        "mots": _listed_words(spoken),
    }


def _listed_words(spoken: Iterable[str]) -> str:
    return " ; ".join(dict.fromkeys(spoken))


def words(records: Iterable[Record], ground: Ground) -> Iterator[str]:
    """The words by which readers look for these records, and for the rows nested in them."""
    for record in records:
        for field in (*having(record.resource, WORDS), *having(record.resource, ACRONYM)):
            if record[field.name] is not None:
                yield str(record[field.name])
        for child in ground.project.catalogue.contracts.children(record.resource.name):
            yield from words((view.record for view in ground.views.children(record, child.name)), ground)


def kinds_asked(contracts: Contracts) -> dict[str, str]:
    """The words of a question that call for a kind of page, as French folds them without their plural, and that kind."""
    found: dict[str, str] = {}
    for package in contracts.packages.values():
        for page in package.pages:
            for word in (page.found.kind, *page.found.asked) if page.found.kind else ():
                found.setdefault(singular(word), page.found.kind)
    return found


def _listed(figures: Sequence[str]) -> str:
    more = len(figures) - FIGURES_SHOWN
    shown = " ; ".join(figures[:FIGURES_SHOWN])
    told = "{figures} et {count} autres" if more > 1 else "{figures} et un autre"
    return say(told, figures=shown, count=more) if more > 0 else shown


def _read(view: View, path: Path) -> list[str]:
    """What stands along a path, each text once: labels of what is named, words of categories."""
    here: list[object] = [view]
    for step in path[:-1]:
        here = [there for each in here for there in _several(reach(each, step)) if there is not None]
    texts = (_shown(each, path[-1]) for each in here if path and isinstance(each, View))
    return list(dict.fromkeys(text for text in texts if text))


def _several(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _shown(view: View, column: str) -> str:
    value = view.record[column]
    named = reach(view, column)
    if value is None:
        return ""
    return named.record.label if isinstance(named, View) else view.record.resource.field(column).label(value)
