"""ISO 690 (NF ISO 690:2021, running notes): the author in capitals, the title, the edition, the date, the address; what is not read in
the work itself between brackets.
"""

from __future__ import annotations

from generator.packages.citation import Citation, Origin, Work
from generator.packages.styles import closed, dated, drawn, spaced, version_of
from generator.text.interface import say
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
    work = origin.work
    when = ", ".join(part for part in (_when(work), origin.place) if part)
    return spaced(closed(_author(work)), closed(work.title), closed(when), _address(work))


def _published(citation: Citation) -> str:
    work, title = citation.work, citation.package.title
    if citation.kind != "package":
        title = say("« {part} », dans {whole}", part=work.title, whole=title)
    version = version_of(work)
    edition = ", ".join(part for part in (version[:1].upper() + version[1:], _when(work)) if part)
    return spaced(closed(say("{title} [jeu de données]", title=title)), closed(edition), _address(work))


def _when(work: Work) -> str:
    shown = dated(work, date(work.date))
    return shown if work.date and not work.approximate else f"[{shown}]"


def _who(work: Work) -> str:
    return _author(work) or work.title


def _author(work: Work) -> str:
    return work.author.upper()


def _address(work: Work) -> str:
    return say("Disponible à l’adresse : {url}", url=work.url) if work.url else ""
