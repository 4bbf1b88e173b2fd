"""The words of a subject that go with numbers, as its site declares them in mkdocs.yml; those of any French text are where
they are used (numerals.py, prose/coverage.py, pages/markup.py).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

# Between words: a line may end there, a paragraph may not.
SPACE = "(?:[ \u00a0\u2009\u202f]|\n[ \t]{0,9}(?=[^\\s|>#*+-]))"
WORD = re.compile(r"[^\W\d_]+(?:[ '’-][^\W\d_]+){0,4}")  # what may be declared: « jeu d’anches », « demi-ton »
LONGEST = 40  # characters of a declared word
MOST = 100  # words of a list


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """`counted`: what an amount counts (« 2024 tuyaux » is no year); `numbered`: what a number names (« buffet 3 »)."""

    counted: tuple[str, ...] = ()
    numbered: tuple[str, ...] = ()


def singular(words: tuple[str, ...]) -> str:
    """Alternatives to add to a pattern, each after a « | »: the words without the mark of their plural."""
    return "".join(f"|{_stem(word)}" for word in words)


def singular_or_plural(words: tuple[str, ...]) -> str:
    """The same, with or without it."""
    return "".join(f"|{_stem(word)}[sx]?" for word in words)


def _stem(words: str) -> str:
    *first, last = (_bare(word) for word in words.split(" "))
    return "".join(f"{word}[sx]?{SPACE}" for word in first) + last


def _bare(word: str) -> str:
    return re.escape(word[:-1] if len(word) > 2 and word[-1] in "sx" else word).replace("'", "’").replace("’", "['’]")
