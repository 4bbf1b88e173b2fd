"""What makes a French sentence hard to read: numbers in letters, signs that are not read out, two negations, the passive voice; and
acronyms.
"""

from __future__ import annotations

import re
from functools import lru_cache

from generator.text.french import fold
from generator.text.memory import TEXTS

ACRONYM = re.compile(r"\b[A-ZÀ-Ý][A-ZÀ-Ý0-9]+\b")

_BREAK = re.compile(r"[.!?…]\s+(?=[«\"]?\s?[A-ZÀ-ÖØ-Ý])")  # between two sentences
_END = re.compile(r"[.!?:](?:\s?»)?$")
_WORD = re.compile(r"[^\W\d_][\w’'-]*|\d+(?:[\s\u00a0\u202f]\d{3}(?!\d))*(?:[.,]\d+)?")
_PLAIN = re.compile(r"[^\W_]+")
_LETTERS = re.compile(
    r"\b(?:deux|trois|quatre|cinq|six|sept|huit|dix|onze|douze|treize|quatorze|quinze|seize|vingts?|trente|quarante|cinquante"
    r"|soixante|cents?|mille|(?:diz|douz|quinz|vingt|trent|quarant|cinquant|soixant|cent)aines?)\b",
    re.IGNORECASE,
)
_SIGN = re.compile(r"[;()\[\]/&§•–—]|\.\.\.|…")
_NOT = re.compile(r"\b(?:ne\b|n['’])", re.IGNORECASE)
_LACK = re.compile(r"\bsans\b|\bimpossible|\bin(?:capable|suffisant|utile)", re.IGNORECASE)
_PASSIVE = re.compile(
    r"\b(?:est|sont|était|étaient|sera|seront|serait|seraient|fut|furent|été|être)(?: \w+ment)? \w+(?:[éiut]|is)e?s? par\b",
    re.IGNORECASE,
)


def words(line: str) -> int:
    """How many words a line has; a number is one, whatever its spaces."""
    return len(_WORD.findall(line))


def several(line: str) -> bool:
    """Whether a line holds more than one sentence."""
    return _BREAK.search(line) is not None


def ended(line: str) -> bool:
    """Whether a line ends as a sentence does."""
    return _END.search(line) is not None


def spelled(line: str) -> str:
    """The first number in letters, or ""."""
    return _first(_LETTERS, line)


def sign(line: str) -> str:
    """The first sign that is hard to read out, or ""."""
    return _first(_SIGN, line)


def denied_twice(line: str) -> bool:
    """Whether two negations make one hear the contrary first."""
    nots = len(_NOT.findall(line))
    return nots > 1 or (nots > 0 and _LACK.search(line) is not None)


def passive(line: str) -> str:
    """The first verb in the passive voice whose agent is said, or ""."""
    return _first(_PASSIVE, line)


def holds(line: str, words: str) -> bool:
    """Whether a line holds words, whatever their capitals and their accents, or the mark of their plural."""
    heard, sought = _heard(line), _heard(words)
    return sought in heard or f"{sought[:-1]}s " in heard


@lru_cache(maxsize=TEXTS)
def _heard(text: str) -> str:
    return f" {' '.join(_PLAIN.findall(fold(text)))} "


def _first(pattern: re.Pattern[str], line: str) -> str:
    found = pattern.search(line)
    return found[0] if found else ""
