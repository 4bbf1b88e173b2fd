"""The links of the prose, in pages and in records: each leads somewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from generator.articles import Article
from generator.catalogue import Catalogue
from generator.diagnostics import Diagnostic, Position, fault, nearest
from generator.prose import links


def check(catalogue: Catalogue, articles: Sequence[Article], resolve: Callable[[str], str]) -> Iterator[Diagnostic]:
    """Links that name nothing. `resolve` gives the address of a target as written, "" when there is none."""
    for article in articles:
        for link in links(article.text):
            if not resolve(link.target):
                yield _broken(
                    link.target, Position(article.file, article.first_line + link.line, 1), catalogue, articles
                )
    for resource in catalogue.contracts.resources.values():
        for place in [place for place, field in enumerate(resource.fields) if field.prose]:
            for record in catalogue[resource.name]:
                text = record.values[place]
                if isinstance(text, str) and "](" in text:
                    for link in links(text):
                        if not resolve(link.target):
                            yield _broken(link.target, record.at(resource.fields[place].name), catalogue, articles)


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
