"""CSL-JSON: what programs that write references from styles read (Citation Style Language 1.0.2)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache

from generator.packages.biblio import note, sources
from generator.packages.citation import Citation, Work
from generator.packages.styles import WORKS
from generator.packages.table_schema import filled
from generator.text.language import spoken

TITLE = "CSL-JSON"
FILE = "citation.json"
PARTS = True
MEDIATYPE = "application/vnd.citationstyles.csl+json"

Item = Mapping[str, str]  # "" for what is unknown
_NESTED = frozenset({"author", "issued"})
_quoted = json.JSONEncoder(ensure_ascii=False).encode


def document(citations: Sequence[Citation]) -> str:
    """The items of citations, those of their sources first."""
    items = ",\n".join(map(_written, (*map(_source, sources(citations)), *map(_cited, citations))))
    return f"[\n{items}\n]\n" if items else "[]\n"


def _written(item: Item) -> str:
    """An item as JSON: all is text in it, but who and when, which are written once for all items of a work."""
    said = [f'    "{name}": {value if name in _NESTED else _quoted(value)}' for name, value in item.items() if value]
    return "  {\n" + ",\n".join(said) + "\n  }"


def _source(work: Work) -> Item:
    kind = "webpage" if work.url else "document"
    return {"id": work.key, "type": kind, **_who_and_when(work), "title": work.title, "URL": work.url}


def _cited(citation: Citation) -> Item:
    work, package = citation.work, citation.package
    if citation.kind != "row" or not citation.origins:
        part = {"container-title": package.title if citation.part else "", "publisher": work.author}
        told = {"title": work.title, **part, "version": work.version, "URL": work.url, "note": note(citation)}
        return {"id": work.key, "type": "dataset", **_who_and_when(work), **told, "language": spoken()}
    if citation.itself is not None:
        return {**_source(citation.itself), "note": note(citation)}
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
    return {"id": work.key, "type": "chapter", **_who_and_when(origin.work), **told}


def _who_and_when(work: Work) -> Item:
    """The author, by the name as it is written, and the date, as JSON; nothing of what is unknown."""
    return {"author": _who(work.author), "issued": _when(work.date, work.date_parts, work.approximate)}


@lru_cache(maxsize=WORKS)
def _who(author: str) -> str:
    return _laid_out([{"literal": author}]) if author else ""


@lru_cache(maxsize=WORKS)
def _when(date: str, known: tuple[str, ...], approximate: bool) -> str:
    parts = [int(part) for part in known]
    issued = {"date-parts": [parts] if parts else [], "literal": "" if parts else date, "circa": approximate}
    return _laid_out(filled(issued)) if date else ""


def _laid_out(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2).replace("\n", "\n    ")
