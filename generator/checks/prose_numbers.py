"""Bare figures: a number in prose that is not bound to the data, with the record that it seems to come from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from generator.catalogue.project import Project
from generator.catalogue.records import Catalogue, Record
from generator.contracts.tables import SCHEMES
from generator.diagnostics.finding import Diagnostic, fault
from generator.prose.markdown import blanked, links
from generator.prose.near_links import near_links
from generator.prose.passages import Lines, passages
from generator.prose.targets import COUNT, quotable, schemes
from generator.text.memory import TEXTS
from generator.text.numerals import NUMBER, Numeral, digits, figures
from generator.text.vocabulary import Vocabulary

_WORD = re.compile(r"[\w€%‰]+(?:[,.’'-]\w+)*")
_ANNOUNCING = re.compile("à|aux?|avec|ces?|dans|des?|du|en|et|la|les?|ou|par|pour|qui|sur|une?")

MOST = 20  # records that say one number, among which the one that a sentence means is sought
Known = dict[str, list[tuple[str, str]]]  # digits → (what can be quoted, from the number on; the target of the link)


def check(project: Project, lines: Lines) -> Iterator[Diagnostic]:
    """One warning for each bare figure. Nothing is asked of a site whose contracts declare nothing to quote, nor of a number in
    a link whose scheme nobody declares, or that is none: the link has its own message.
    """
    catalogue, vocabulary = project.catalogue, project.settings.vocabulary
    bound = frozenset(r.scheme for r in catalogue.contracts.resources.values() if r.scheme and r.quoted)
    if not bound:
        return
    declared = frozenset(r.scheme for r in catalogue.contracts.resources.values()).union(SCHEMES)
    own = schemes(catalogue)
    known: Known | None = None
    for passage in passages(catalogue, project.articles):
        for numeral in _bare(passage.text, own, declared, bound, vocabulary):
            if known is None:
                known = _known(catalogue)
            suggestion = _suggestion(numeral, passage.text, known)
            message = "Le nombre « {text} » n’est lié à aucune donnée."
            hint = "Si ce n’est pas un chiffre du site, écrivez [{text}](nombre:)."
            if suggestion:
                hint = "C’est peut-être un chiffre du site ; sinon, écrivez [{text}](nombre:)."
            place = passage.at(numeral.offset, len(numeral.text), lines)
            yield fault("nombre-libre", place, message, hint, suggestion, text=numeral.text)


@lru_cache(maxsize=TEXTS)
def _bare(
    text: str, own: frozenset[str], declared: frozenset[str], bound: frozenset[str], vocabulary: Vocabulary
) -> tuple[Numeral, ...]:
    """The bare figures of a prose, out of the links that have their own message."""
    named = {link.target.partition(":")[0] for link in links(text) if ":" in link.target}
    told = [(link.offset, link.offset + link.length) for link in near_links(text, own)]
    running = blanked(text, told) if told else text
    return tuple(figures(running, bound.union({COUNT.rstrip(":")}, named - declared), vocabulary))


def _known(catalogue: Catalogue) -> Known:
    known: Known = {}
    for resource in catalogue.contracts.resources.values():
        for record in catalogue[resource.name] if resource.scheme and resource.quoted else ():
            for text in quotable(record):
                for found in NUMBER.finditer(text):
                    alike = known.setdefault(digits(found.group()), [])
                    if len(alike) < MOST:
                        alike.append((text[found.start() :], _target(record)))
    return known


def _target(record: Record) -> str:
    return f"{record.resource.scheme}:" + "/".join(str(part) for part in record.id)


def _suggestion(numeral: Numeral, text: str, known: Known) -> str:
    """The link to write: that of the record which says the same number, and the most of the words that follow."""
    best = ("", "")
    for value, target in known.get(digits(numeral.text), ()):
        common = _common(text, numeral.offset, value)
        telling = (
            len(common.split()) > 1 or len(digits(numeral.text)) > 2 or "%" in numeral.text
        )  # a lone « 9 » is anything
        if telling and len(common) > len(best[0]):
            best = (common, target)
    return f"[{best[0]}]({best[1]})" if best[0] else ""


def _common(text: str, start: int, value: str) -> str:
    """The whole words with which a text, from a place on, and a value begin, whatever their spaces, without those that
    announce another: « 71 % des livres » and « 71 % des prêts » → « 71 % ».
    """
    end, before = start, (start, 0)
    for mine, theirs in zip(_WORD.finditer(text, start), _WORD.finditer(value), strict=False):
        gaps = text[before[0] : mine.start()].split(), value[before[1] : theirs.start()].split()
        if mine[0] != theirs[0] or gaps[0] != gaps[1]:
            break
        before = mine.end(), theirs.end()
        end = end if _ANNOUNCING.fullmatch(mine[0].lower()) else mine.end()
    return " ".join(line for line in map(str.strip, text[start:end].split("\n")) if line)
