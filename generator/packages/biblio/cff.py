"""CITATION.cff (Citation File Format 1.2.0): a package; its sources and its tables are its references."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from generator.packages.biblio import sources
from generator.packages.citation import Citation, Work
from generator.text.interface import say

TITLE = "CITATION.cff"
FILE = "CITATION.cff"
PARTS = False
MEDIATYPE = "application/yaml"

# The licences of data that the format knows by their short names; of another one, it has only the address.
_KNOWN = ("CC0-1.0", "CC-BY-4.0", "CC-BY-SA-4.0", "etalab-2.0", "ODbL-1.0", "ODC-By-1.0", "OGL-UK-3.0", "PDDL-1.0")
_NOBODY = "anonymous"  # the word of the format, which wants an author

Properties = dict[str, object]


def document(citations: Sequence[Citation]) -> str:
    """The first citation, that of a package, with the others as references."""
    package, *parts = citations
    work = package.work
    told: Properties = {
        "cff-version": "1.2.0",
        "message": say("Pour citer ce jeu de données, citez d’abord ses sources, puis le jeu."),
        "type": "dataset",
        "abstract": work.description,
        **_told(work, exact=True),
        "license": work.licence_name if work.licence_name in _KNOWN else "",
        "license-url": work.licence if work.licence_name not in _KNOWN else "",
        "references": [*map(_source, sources(citations)), *(_table(each.work) for each in parts)],
    }
    return "".join(_lines(told, ""))


def _source(work: Work) -> Properties:
    return {"type": "website" if work.url else "generic", **_told(work, exact=not work.approximate)}


def _table(work: Work) -> Properties:
    return {"type": "data", "abstract": work.description, **_told(work, exact=True)}


def _told(work: Work, *, exact: bool) -> Properties:
    """Who, what, when, where; only an `exact` date of a day has its own word."""
    parts = work.date_parts
    day = work.date if len(parts) == 3 and exact else ""
    return {
        "title": work.title,
        "authors": [{"name": work.author or _NOBODY}],
        "version": work.version,
        "date-released": day,
        "year": int(parts[0]) if parts and not day else 0,
        "month": int(parts[1]) if len(parts) > 1 and not day else 0,
        "notes": say("vers {date}", date=work.date) if work.date and not exact else "" if parts else work.date,
        "url": work.url,
    }


def _lines(properties: Properties, margin: str) -> Iterator[str]:
    """Properties as YAML, whose texts between double quotes are those of JSON; nothing for what is not said."""
    for name, value in properties.items():
        if isinstance(value, list):
            if value:
                yield f"{margin}{name}:\n"
            for item in value:
                first, *rest = _lines(item, margin + "    ")
                yield f"{margin}  - {first.lstrip()}"
                yield from rest
        elif value:
            yield f"{margin}{name}: {value if isinstance(value, int) else json.dumps(value, ensure_ascii=False)}\n"
