"""BibTeX, as BibLaTeX and the older styles read it: UTF-8, what LaTeX gives a meaning to escaped, titles kept as they are written."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType
from urllib.parse import quote

from generator.packages.biblio import note, sources
from generator.packages.citation import Citation, Work
from generator.packages.styles import WORKS

TITLE = "BibTeX"
FILE = "citation.bib"
PARTS = True
MEDIATYPE = "application/x-bibtex"

# A brace counts even after a backslash: it is named instead.
_SPECIAL = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "\u00a0": "~",
    "\u202f": "~",
} | {sign: f"\\{sign}" for sign in "$&#%_"}
_ANY = re.compile("|".join(map(re.escape, _SPECIAL)))


def document(citations: Sequence[Citation]) -> str:
    """The entries of citations, those of their sources first."""
    return "\n".join([*(_entry("misc", work.key, _work(work)) for work in sources(citations)), *map(_cited, citations)])


def _cited(citation: Citation) -> str:
    work, package = citation.work, citation.package
    if citation.kind != "row" or not citation.origins:
        fields = _work(work) | {"booktitle": _title(package.title) if citation.part else "", "version": work.version}
        return _entry("dataset", work.key, fields | {"url": _address(work.url), "note": _text(note(citation))})
    own, origin = citation.itself, citation.origins[0]
    fields = _work(origin.work) | {"note": _text(note(citation))}
    if own is not None:
        return _entry("misc", work.key, fields)
    fields |= {"title": _title(work.title), "booktitle": _title(origin.work.title), "pages": origin.pages}
    return _entry("incollection", work.key, fields | {"url": _address(work.url)})


@lru_cache(maxsize=WORKS)
def _work(work: Work) -> MappingProxyType[str, str]:
    """What is said of every work. BibLaTeX reads `date`, where ~ is for an approximate one, the older styles `year`."""
    known = bool(work.date_parts)
    told = {
        "author": _title(work.author),
        "title": _title(work.title),
        "booktitle": "",
        "pages": "",
        "date": work.date + "~" * work.approximate if known else "",
        "year": work.date_parts[0] if known else _text(work.date),
        "version": "",
        "url": _address(work.url),
    }
    return MappingProxyType(told)


def _entry(kind: str, key: str, fields: Mapping[str, str]) -> str:
    told = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@{kind}{{{key},\n{told}}}\n"


def _title(text: str) -> str:
    """A name or a title, whose words and capitals no style changes."""
    return f"{{{_text(text)}}}" if text else ""


def _text(text: str) -> str:
    return _ANY.sub(lambda found: _SPECIAL[found[0]], text)


def _address(url: str) -> str:
    """An address, which is read as it is: what would end it is written otherwise."""
    return quote(url, safe="!#$%&'()*+,/:;=?@[]~") if re.search(r"[{}\\\s]", url) else url
