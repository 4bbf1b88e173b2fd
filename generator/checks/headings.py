"""The headings that a place in a source cites between quotation marks: those that the source prints, as the table of its headings has them."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Map

from generator.catalogue.records import Catalogue, Key, Record
from generator.contracts.model import Field, Resource
from generator.contracts.origins import sourced
from generator.diagnostics.finding import Diagnostic, fault
from generator.diagnostics.suggestions import nearest
from generator.text.quotes import folded, inside, quoted

Headings = Map[str, str]  # folded → as it is printed
LEAST = 8  # characters of a shortened heading that say which it is


def check(catalogue: Catalogue) -> Iterator[Diagnostic]:
    """Every place that cites what its source does not print as a heading. Sources without a table of headings are left alone."""
    printed = _printed(catalogue)
    for resource in catalogue.contracts.resources.values():
        for key, place in sourced(resource, catalogue.contracts):
            if place is None or place.type != "string" or resource.name in catalogue.contracts.faulty:
                continue
            for record in catalogue[resource.name]:
                known = printed.get((key.resource, *record.key(key.fields)))
                if known is not None:
                    yield from _unknown(record, place, known)


def _printed(catalogue: Catalogue) -> dict[Key, dict[str, str]]:
    """The headings of each source, by its table and its key; a table that was read in part says nothing."""
    found: dict[Key, dict[str, str]] = {}
    for resource in catalogue.contracts.resources.values():
        if resource.headings and not catalogue.tables[resource.name].lacking:
            for key, _ in sourced(resource, catalogue.contracts):
                for record in catalogue[resource.name]:
                    own = found.setdefault((key.resource, *record.key(key.fields)), {})
                    own.update((folded(title), title) for title in _titles(record, resource))
    return found


def _titles(record: Record, resource: Resource) -> Iterator[str]:
    return (str(record[name]) for name in resource.headings if record[name] is not None)


def _unknown(record: Record, place: Field, known: Headings) -> Iterator[Diagnostic]:
    """One diagnostic for all that a place cites wrongly; the place is proposed whole when each is known."""
    text = record[place.name]
    wrong = [cited for cited in quoted(text) if folded(cited) not in known] if isinstance(text, str) else []
    if not wrong:
        return
    meant = [_meant(cited, known) for cited in wrong]
    whole = str(text)
    for cited, title in zip(wrong, meant, strict=True):
        whole = whole.replace(cited, inside(title))
    message = "{title} : « {cited} » n’est pas un titre que cette source imprime."
    hint = "Citez un titre de la table des titres, en entier ; s’il y manque, ajoutez-le."
    values = {"title": place.title, "cited": wrong[0]}
    yield fault("titre-inconnu", record.at(place.name), message, hint, whole if all(meant) else "", **values)


def _meant(cited: str, known: Headings) -> str:
    """The only heading that begins as what is cited, which may be cut (« Des besoins… »); else the nearest, or ""."""
    start = folded(cited.rstrip("… "))
    begun = [title for text, title in known.items() if text.startswith(start)]
    if len(start) >= LEAST and len(begun) == 1:
        return begun[0]
    return nearest(cited, known.values())
