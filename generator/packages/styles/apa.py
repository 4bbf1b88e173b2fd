"""APA (7th edition, its words in French): the author, the date in parentheses, the title, the address."""

from __future__ import annotations

from functools import lru_cache

from generator.packages.citation import Citation, Origin, Work
from generator.packages.styles import WORKS, closed, dated, drawn, spaced, version_of
from generator.text.interface import say
from generator.text.language import spoken
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
    return _reference(work, title, _read(work, spoken()))


@lru_cache(maxsize=WORKS)
def _read(work: Work, language: str) -> str:
    """The date of a work, in the language that is spoken."""
    return _shown(work, _date(work))


def _published(citation: Citation) -> str:
    title, when = _whole(citation.package, spoken())
    if citation.kind != "package":
        title = say("{part} Dans {whole}", part=closed(citation.work.title), whole=title)
    return _reference(citation.work, title, when)


@lru_cache(maxsize=WORKS)
def _whole(package: Work, language: str) -> tuple[str, str]:
    """A package with its version, and its date, which is that of its rows, in the language that is spoken."""
    version = version_of(package)
    title = say("{title} ({version})", title=package.title, version=version) if version else package.title
    when = "".join(package.date_parts[:1]) or package.date
    return say("{title} [jeu de données]", title=title), _shown(package, when)


def _shown(work: Work, when: str) -> str:
    return closed(f"({dated(work, when)})")


def _reference(work: Work, title: str, when: str) -> str:
    """Without an author, the title comes first."""
    first = (closed(work.author), when, closed(title)) if work.author else (closed(title), when)
    return spaced(*first, work.url)


def _date(work: Work) -> str:
    """The year, then the rest of the date: « 2024, 2 février »."""
    year, *more = work.date_parts or (work.date,)
    return f"{year}, {date(work.date).removesuffix(f' {year}')}" if more else year


def _who(work: Work) -> str:
    return work.author or work.title
