"""The links of the prose, in pages and in records: each leads somewhere, and a sentence that quotes a record quotes what
it says today.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from generator.addresses import record_of
from generator.articles import Article
from generator.catalogue import Catalogue, Record
from generator.diagnostics import Diagnostic, Position, fault, nearest
from generator.french import number
from generator.prose import Link, links


def check(catalogue: Catalogue, articles: Sequence[Article], resolve: Callable[[str], str]) -> Iterator[Diagnostic]:
    """Links that name nothing, and quotations that have drifted. `resolve` gives the address of a target as written, ""
    when there is none.
    """
    for link, position in _links(catalogue, articles):
        if not resolve(link.target):
            if _may_exist(link.target, catalogue):
                continue
            yield _broken(link.target, position, catalogue, articles)
            continue
        record = record_of(link.target, catalogue)
        if record is not None and record.resource.quoted and not _quotes(link.text, record):
            message = "La phrase dit « {text} », mais « {target} » dit « {value} »."
            hint = "Reprenez la valeur telle qu’elle est imprimée, ou une partie de celle-ci."
            value = next(iter(_values(record)), "")
            suggestion = f"[{value}]({link.target})"
            yield fault(
                "citation-perimee", position, message, hint, suggestion, text=link.text, target=link.target, value=value
            )


def _links(catalogue: Catalogue, articles: Sequence[Article]) -> Iterator[tuple[Link, Position]]:
    """Every link of every prose, with its place."""
    for article in articles:
        for link in links(article.text):
            start = article.text.rfind("\n", 0, link.offset) + 1
            line = article.first_line + article.text.count("\n", 0, start)
            yield link, Position(article.file, line, link.offset - start + 1, len(link.text) + len(link.target) + 4)
    for resource in catalogue.contracts.resources.values():
        for place in [place for place, field in enumerate(resource.fields) if field.prose]:
            for record in catalogue[resource.name]:
                text = record.values[place]
                if isinstance(text, str) and "](" in text:
                    yield from ((link, record.at(resource.fields[place].name)) for link in links(text))


def _may_exist(target: str, catalogue: Catalogue) -> bool:
    """Whether a target that is not found may stand in something that could not be read."""
    scheme, colon, rest = target.partition(":")
    contracts, key = catalogue.contracts, tuple(rest.split("/"))
    named = [r for r in contracts.resources.values() if colon and r.scheme == scheme]
    if not named:
        return bool(colon) and (contracts.unread or bool(contracts.faulty))
    return any(catalogue.tables[r.name].may_hold(key) for r in named)


def _quotes(text: str, record: Record) -> bool:
    """Whether a text is one of the values of a record, or a whole part of one."""
    wanted = _plain(text)
    return any(re.search(rf"(?<!\w){re.escape(wanted)}(?![\w,.]\w)(?!\w)", _plain(value)) for value in _values(record))


def _values(record: Record) -> Iterator[str]:
    """What a sentence may quote of a record: its quoted columns, numbers in French."""
    for name in record.resource.quoted:
        value = record[name]
        if isinstance(value, Decimal | int) and not isinstance(value, bool):
            yield number(value)
        elif value is not None:
            yield str(value)


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _broken(target: str, position: Position, catalogue: Catalogue, articles: Sequence[Article]) -> Diagnostic:
    schemes = {r.scheme: r for r in catalogue.contracts.resources.values() if r.scheme}
    scheme, colon, rest = target.partition(":")
    suggestion = ""
    if colon and scheme in schemes:
        keys = ["/".join(str(part) for part in key) for key in catalogue.tables[schemes[scheme].name].by_key]
        near = nearest(rest, keys)
        suggestion = f"{scheme}:{near}" if near else ""
    elif not colon:
        suggestion = nearest(target, [article.name for article in articles])
    message = "Le lien « {target} » ne mène nulle part."
    hint = "Écrivez une adresse web, le nom d’une page (« methode.md »), ou un renvoi ({choices})."
    choices = ", ".join(f"{name}:…" for name in (*sorted(schemes), "page"))
    return fault("lien-casse", position, message, hint, suggestion, target=target, choices=choices)
