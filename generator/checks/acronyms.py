"""Acronyms in easy texts (rule `plain`): each has its words in the same text. What an acronym stands for is what the tables of the
site say of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Mapping as Map
from functools import lru_cache

from generator.catalogue.acronyms import acronyms
from generator.catalogue.records import Catalogue
from generator.checks.rules import seen
from generator.diagnostics.finding import Diagnostic
from generator.rules.plain import Plain
from generator.rules.rule import Row
from generator.text.easy import ACRONYM
from generator.text.french import fold
from generator.text.memory import TEXTS

_WORD = re.compile(r"[^\W_]+")


def check(catalogue: Catalogue) -> Iterator[Diagnostic]:
    """Every acronym of an easy text whose words are not beside it."""
    known: dict[str, list[str]] | None = None
    for resource in catalogue.contracts.resources.values():
        for rule in catalogue.contracts.rules.get(resource.name, ()):
            if isinstance(rule, Plain):
                known = _known(catalogue) if known is None else known
                for record in catalogue[resource.name]:
                    yield from _bare(rule, seen(record), known)


def _known(catalogue: Catalogue) -> dict[str, list[str]]:
    """Acronym → each thing that it stands for."""
    found: dict[str, list[str]] = {}
    for acronym, words in acronyms(catalogue):
        found.setdefault(acronym, []).append(words)
    return found


def _bare(rule: Plain, row: Row, known: Map[str, list[str]]) -> Iterator[Diagnostic]:
    text = " ".join(rule.lines(row))
    said = _singular(text)
    for acronym in dict.fromkeys(ACRONYM.findall(text)):
        words = known.get(acronym, ())
        if any(_singular(each) in said for each in words):
            continue
        hint = "« {acronym} » n’est pas expliqué : écrivez ses mots, ou un nom que tout le monde connaît."
        if words:
            hint = "« {acronym} » n’est pas expliqué : écrivez aussi « {words} », ou n’employez que ces mots."
        yield rule.told(row, hint, acronym=acronym, words=words[0] if words else "")


@lru_cache(maxsize=TEXTS)
def _singular(text: str) -> str:
    """A text whatever its capitals, its accents and its plurals."""
    return f" {' '.join(word.rstrip('sx') for word in _WORD.findall(fold(text)))} "
