"""RIS: a tag and a value on each line, UTF-8, CRLF, from TY to ER."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.packages.biblio import note, sources
from generator.packages.citation import Citation, Work

TITLE = "RIS"
FILE = "citation.ris"
PARTS = True
MEDIATYPE = "application/x-research-info-systems"

Tags = Iterator[tuple[str, str]]


def document(citations: Sequence[Citation]) -> str:
    """The records of citations, those of their sources first."""
    records = [*map(_source, sources(citations)), *map(_cited, citations)]
    return "\r\n".join("".join(_line(tag, value) for tag, value in record) for record in records)


def _source(work: Work) -> Tags:
    yield "TY", "ELEC" if work.url else "GEN"
    yield "ID", work.key
    yield from _told(work, work.title, work.url)
    yield "ER", ""


def _cited(citation: Citation) -> Tags:
    work, package = citation.work, citation.package
    first = citation.origins[0] if citation.kind == "row" and citation.origins else None
    own = citation.itself
    yield "TY", "DATA" if first is None else "CHAP" if own is None else "ELEC" if own.url else "GEN"
    yield "ID", work.key
    if first is None:
        yield from _told(work, work.title, work.url)
        yield "T2", package.title if citation.part else ""
        yield "PB", work.author
    elif own is not None:
        yield from _told(own, own.title, own.url)
    else:
        yield from _told(first.work, work.title, work.url)
        yield "T2", first.work.title
        yield "SP", first.pages
    yield "ET", work.version if first is None else ""
    yield "DB", package.title if first is not None else ""
    yield "DP", package.author if first is not None else ""
    yield "N1", note(citation)
    yield "ER", ""


def _told(work: Work, title: str, url: str) -> Tags:
    """Who, what, when, where. A date in words has no place but a note."""
    yield "AU", work.author.replace("*", "")  # which would give the name a meaning
    yield "TI", title
    parts = work.date_parts
    yield "PY", parts[0] if parts else ""
    yield "DA", "/".join((*parts, "", "", "")[:3]) + "/" if len(parts) > 1 else ""
    yield "UR", url


def _line(tag: str, value: str) -> str:
    """A line; nothing for a value that is unknown. The last one has no value."""
    return f"{tag}  - {value}\r\n" if value or tag == "ER" else ""
