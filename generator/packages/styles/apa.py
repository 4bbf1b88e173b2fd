"""APA (7th edition, its words in French): the author, the date in parentheses, the title, the address."""

from __future__ import annotations

from generator.packages.citation import Citation, Origin, Work
from generator.packages.styles import closed, dated, drawn, spaced, version_of
from generator.text.interface import say
from generator.text.spoken import date

TITLE = "APA"


def text(citation: Citation) -> str:
    """The reference: the works that it comes from, then what the site publishes."""
    if citation.kind != "row":
        return spaced(drawn(citation.origins, _who), _published(citation))
    sources = spaced(*map(_source, citation.origins))
    return spaced(sources, say("Repris dans :") if sources else "", _published(citation))


def _source(origin: Origin) -> str:
    work = origin.work
    title = say("{title} ({place})", title=work.title, place=origin.place) if origin.place else work.title
    return _reference(work, title, _date(work))


def _published(citation: Citation) -> str:
    work, package = citation.work, citation.package
    version = version_of(package)
    title = say("{title} ({version})", title=package.title, version=version) if version else package.title
    title = say("{title} [jeu de données]", title=title)
    if citation.kind != "package":
        title = say("{part} Dans {whole}", part=closed(work.title), whole=title)
    return _reference(work, title, "".join(work.date_parts[:1]) or work.date)


def _reference(work: Work, title: str, when: str) -> str:
    """Without an author, the title comes first."""
    shown = closed(f"({dated(work, when)})")
    first = (closed(work.author), shown, closed(title)) if work.author else (closed(title), shown)
    return spaced(*first, work.url)


def _date(work: Work) -> str:
    """The year, then the rest of the date: « 2024, 2 février »."""
    year, *more = work.date_parts or (work.date,)
    return f"{year}, {date(work.date).removesuffix(f' {year}')}" if more else year


def _who(work: Work) -> str:
    return work.author or work.title
