"""CSL-JSON: what programs that write references from styles read (Citation Style Language 1.0.2)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType

from generator.packages.biblio import note, sources
from generator.packages.citation import Citation, Work
from generator.packages.styles import WORKS
from generator.packages.table_schema import filled
from generator.text.language import spoken

TITLE = "CSL-JSON"
FILE = "citation.json"
PARTS = True
MEDIATYPE = "application/vnd.citationstyles.csl+json"


def document(citations: Sequence[Citation]) -> str:
    """The items of citations, those of their sources first."""
    items = [*map(_source, sources(citations)), *map(_cited, citations)]
    return json.dumps(items, ensure_ascii=False, indent=2) + "\n"


def _source(work: Work) -> dict[str, object]:
    kind = "webpage" if work.url else "document"
    return filled({"id": work.key, "type": kind, **_who_and_when(work), "title": work.title, "URL": work.url})


def _cited(citation: Citation) -> dict[str, object]:
    work, package = citation.work, citation.package
    if citation.kind != "row" or not citation.origins:
        part = {"container-title": package.title if citation.part else "", "publisher": work.author}
        told = {"title": work.title, **part, "version": work.version, "URL": work.url, "note": note(citation)}
        return filled({"id": work.key, "type": "dataset", **_who_and_when(work), **told, "language": spoken()})
    if citation.itself is not None:
        return _source(citation.itself) | {"note": note(citation)}
    origin = citation.origins[0]
    told = {
        "title": work.title,
        "container-title": origin.work.title,
        "page": origin.pages,
        "source": package.author,
        "URL": work.url,
        "note": note(citation),
        "language": spoken(),
    }
    return filled({"id": work.key, "type": "chapter", **_who_and_when(origin.work), **told})


@lru_cache(maxsize=WORKS)
def _who_and_when(work: Work) -> Mapping[str, object]:
    """The author, by the name as it is written, and the date; nothing of what is unknown."""
    parts = [int(part) for part in work.date_parts]
    issued = {"date-parts": [parts] if parts else [], "literal": "" if parts else work.date, "circa": work.approximate}
    author = [{"literal": work.author}] if work.author else []
    return MappingProxyType({"author": author, "issued": filled(issued) if work.date else {}})
