"""The headings of the prose: words, a level under that of the page's title and, on a page, an anchor each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from generator import layout
from generator.catalogue.project import Project
from generator.catalogue.records import Record
from generator.contracts.model import Contracts
from generator.diagnostics.finding import Diagnostic, Position, fault
from generator.documents.files import read_text
from generator.prose.headings import Heading, all_headings, html_id
from generator.prose.passages import Lines, Passage, passages
from generator.text.characters import blank
from generator.text.french import fold

# The anchors that a template writes as such: `titre(2, …, "suite")` has « _ » added to it, `id="suite_"` has not.
_TITLED = re.compile(r"""\btitre\([1-6],[^\n{}%]{0,200}["']([\w.-]+)["']\)""")
_ID = re.compile(r"""\bid=["']([\w.-]+)["']""")


def check(project: Project, lines: Lines) -> Iterator[Diagnostic]:
    """Headings that show nothing, that would be a second title, or whose anchor is taken. In a record a heading has no anchor:
    its page has its own plan, made of its table.
    """
    taken = _anchors_of_home(project.root, project.catalogue.contracts)
    for passage in passages(project.catalogue, project.articles):
        found = all_headings(passage.text)
        seen: dict[str, Heading] = {}
        for heading in found:
            place = passage.at(heading.offset, heading.length, lines)
            if blank(heading.text):
                hint = "Donnez-lui des mots, ou supprimez la ligne."
                yield fault("titre-de-partie", place, "Ce titre est vide.", hint)
            elif heading.level == 1:
                yield _second_title(passage, heading, place)
            if isinstance(passage.owner, Record) or not heading.anchor:
                continue
            other = seen.setdefault(heading.anchor, heading)
            if other is not heading:
                line = passage.at(other.offset, other.length, lines).line
                yield _twin(heading, other, place, line)
            elif passage.owner.name == layout.FRONT and html_id(heading.anchor) in taken:
                message = "Le titre « {title} » aurait l’ancre « #{anchor} », que la page d’accueil emploie déjà."
                hint = "Donnez-lui d’autres mots."
                yield fault(
                    "titre-de-partie", place, message, hint, title=_line(heading.text), anchor=html_id(heading.anchor)
                )


def _second_title(passage: Passage, heading: Heading, place: Position) -> Diagnostic:
    """A heading of level 1, under the title of a page."""
    message = "« {title} » serait un second titre principal : la page de la fiche a déjà le sien."
    hint = "Commencez les titres du texte à « ## »."
    written = passage.text[heading.offset : heading.offset + heading.length]
    suggestion = f"#{written}" if written.startswith("#") else ""
    if not isinstance(passage.owner, Record):
        message = "« {title} » serait un second titre principal : celui de la page est dans son en-tête (« title »)."
        if fold(heading.text) == fold(passage.owner.title):
            hint = "Supprimez-le, puisque l’en-tête le dit déjà, ou commencez-le par « ## »."
    return fault("titre-de-partie", place, message, hint, suggestion, title=_line(heading.text))


def _twin(heading: Heading, other: Heading, place: Position, line: int) -> Diagnostic:
    """A heading whose anchor is that of another of the same page."""
    message = "Le titre « {title} » est déjà celui de la ligne {line}."
    if heading.text != other.text:
        message = "Les titres « {title} » et « {other} » (ligne {line}) auraient la même ancre, « #{anchor} »."
    hint = "Donnez-leur des mots différents : un lien ne mènerait qu’à l’un des deux."
    return fault(
        "titre-de-partie", place, message, hint,
        title=_line(heading.text), other=_line(other.text), line=line, anchor=html_id(heading.anchor),
    )  # fmt: skip


def _line(text: str) -> str:
    return " ".join(text.split())


def _anchors_of_home(root: Path, contracts: Contracts) -> set[str]:
    """The anchors of the home page that are not those of its text, read in its templates."""
    sources = [(layout.TEMPLATES / "home.html").read_text(encoding="utf-8")]
    for package in contracts.packages.values():
        for page in package.pages:
            if page.home_template:
                path = f"{layout.PACKAGES}/{page.package}/templates/{page.home_template}"
                sources.append(read_text(root, path)[0] or "")
    found: set[str] = set()
    for source in sources:
        found |= {html_id(name) for name in _TITLED.findall(source)} | set(_ID.findall(source))
    return found
