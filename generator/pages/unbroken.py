"""What no line end parts: a number and its word, on a page that is finished."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from generator.text import english, french
from generator.text.language import ENGLISH, FRENCH, spoken
from generator.text.memory import TEXTS
from generator.text.vocabulary import Vocabulary, singular

# The words that no line end parts from their number, besides those that a site declares: « p. 14 », « 2 février 2024 ».
_KEPT = {
    FRENCH: "note|page|article|chapitre|partie|annexe|version",
    ENGLISH: "note|page|article|chapter|part|appendix|figure|table|version",
}
_UNIT = {
    FRENCH: rf"(?:{'|'.join(french.MONTHS)}|Mds?|M€|k€|millions?|milliards?|ans)\b|[%€]",
    ENGLISH: rf"(?:{'|'.join(english.MONTHS)}|millions?|billions?|trillions?|thousand|bn|years)\b|[%€£$]",
}
_SIGN = {FRENCH: r"\bn°", ENGLISH: r"\bno\.|[€£$]"}  # that stands before its number
_MONTHS = {FRENCH: "|".join(french.MONTHS), ENGLISH: "|".join(english.MONTHS)}
# A space beside a number: after what may be a word that no line end parts from it (« p. 14 »), or before its unit (« 7 Mds € »,
# « 1er mars »), which is then known.
_BESIDE = {
    name: re.compile(rf" (?:[0-9](?<=[^\s0-9] [0-9])|(?<=[0-9r] )(?:(?<=[0-9] )|(?<=1er ))(?=({unit})))")
    for name, unit in _UNIT.items()
}
_LONGEST_TAG = 2000
_VERBATIM = re.compile("<(pre|code)")  # what no line end is looked for in, until it is closed


def _keeping(vocabulary: Vocabulary, language: str) -> re.Pattern[str]:
    """The words that keep the number after them, at the end of a text."""
    words = rf"(?:{_KEPT[language]}{singular(vocabulary.numbered)})[sx]?"
    return re.compile(rf"(?:\bpp?\.|\bart\.|{_SIGN[language]}|\b{words}|{_MONTHS[language]})\Z", re.IGNORECASE)


@lru_cache(maxsize=8)  # one for each site that is read
def _named(vocabulary: Vocabulary, language: str) -> tuple[Callable[[str], bool], int, bool]:
    """Whether a text ends with a word that keeps a number, how far the longest goes, and whether one holds a space."""
    keeping = _keeping(vocabulary, language)
    longest = max(12, *(len(word) + 1 + word.count(" ") for word in ("", *vocabulary.numbered)))
    named = lru_cache(maxsize=TEXTS)(lambda text: keeping.search(text) is not None)
    return named, longest, any(" " in word for word in vocabulary.numbered)


def together(page: str, vocabulary: Vocabulary) -> str:
    """The HTML of a page whose numbers stay on the line of their word (p. 14, 2 février 2024, 7 Mds €); code and tags are
    left alone.
    """
    named, longest, spaced = _named(vocabulary, spoken())
    verbatim, opened, closed = _verbatim(page), 0, 0
    lines, done = [], 0
    for found in _BESIDE[spoken()].finditer(page):
        place = found.start()
        if found.lastindex is None:
            start = place - longest if place > longest else 0
            before = -1 if spaced else page.rfind(" ", start, place)
            if not named(page[max(0, start - 1) if before < 0 else before : place]):
                continue
        while closed <= place:
            opened, closed = next(verbatim)
        start = place - _LONGEST_TAG if place > _LONGEST_TAG else 0
        if place < opened and page.rfind("<", start, place) <= page.rfind(">", start, place):
            lines.append(page[done:place])
            done = place + 1
    return "\u00a0".join((*lines, page[done:])) if lines else page


def _verbatim(page: str) -> Iterator[tuple[int, int]]:
    """Where code begins and ends in a page, then where the page ends."""
    end = 0
    for found in _VERBATIM.finditer(page):
        if found.start() >= end:
            closing = page.find(f"</{found[1]}>", found.start())
            end = len(page) if closing < 0 else closing
            yield found.start(), end
    yield len(page), len(page) + 1
