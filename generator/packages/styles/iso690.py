"""ISO 690 (NF ISO 690:2021, running notes): the author in capitals, the title, the edition, the date, the address; what is not read in
the work itself between brackets.
"""

from __future__ import annotations

from functools import lru_cache

from generator.packages.citation import Citation, Origin, Work
from generator.packages.styles import WORKS, closed, dated, drawn, spaced, version_of
from generator.text.interface import say
from generator.text.language import spoken
from generator.text.spoken import date

TITLE = "ISO 690"


def text(citation: Citation) -> str:
    """The reference: the works that it comes from, then what the site publishes."""
    if citation.kind != "row":
        return spaced(drawn(citation.origins, _who), closed(_author(citation.work)), _published(citation))
    author = _author(citation.work)
    if citation.origins:
        author = say("Repris par {who}", who=author) if author else say("Repris dans :")
    return spaced(
        *map(_source, citation.origins), author if author.endswith(":") else closed(author), _published(citation)
    )


def _source(origin: Origin) -> str:
    before, when, address = _told(origin.work, spoken())
    return spaced(before, closed(", ".join(part for part in (when, origin.place) if part)), address)


@lru_cache(maxsize=WORKS)
def _told(work: Work, language: str) -> tuple[str, str, str]:
    """What is said of a work before a place in it, with its date, and after, in the language that is spoken."""
    return spaced(closed(_author(work)), closed(work.title)), _when(work), _address(work)


def _published(citation: Citation) -> str:
    work, title = citation.work, citation.package.title
    if citation.kind != "package":
        title = say("« {part} », dans {whole}", part=work.title, whole=title)
    edition = _edition(citation.package, spoken())
    return spaced(closed(say("{title} [jeu de données]", title=title)), edition, _address(work))


@lru_cache(maxsize=WORKS)
def _edition(package: Work, language: str) -> str:
    """The version of a package and its date, which are those of its rows, in the language that is spoken."""
    version = version_of(package)
    return closed(", ".join(part for part in (version[:1].upper() + version[1:], _when(package)) if part))


def _when(work: Work) -> str:
    shown = dated(work, date(work.date))
    return shown if work.date and not work.approximate else f"[{shown}]"


def _who(work: Work) -> str:
    return _author(work) or work.title


def _author(work: Work) -> str:
    return work.author.upper()


def _address(work: Work) -> str:
    return say("Disponible à l’adresse : {url}", url=work.url) if work.url else ""
