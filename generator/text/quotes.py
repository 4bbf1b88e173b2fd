"""What a text cites between « », or “ ” in English, and a title as it is compared with another and as it is cited."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from generator.text.language import ENGLISH, spoken
from generator.text.memory import TEXTS

_OPENED, _CLOSED = re.compile(r"«\s?"), re.compile(r"\s?»")
_QUOTES = str.maketrans({"“": "«", "”": "»", "’": "'", "\u00a0": " ", "\u202f": " "})


def quoted(text: str) -> tuple[str, ...]:
    """What stands between the quotation marks of the language in a text, without what they hold in their turn."""
    return _quoted(text, *(("«“", "»”") if spoken() == ENGLISH else ("«", "»")))


@lru_cache(maxsize=TEXTS)
def _quoted(text: str, opening: str, closing: str) -> tuple[str, ...]:
    return tuple(_between(text, opening, closing))


def _between(text: str, opening: str, closing: str) -> Iterator[str]:
    depth = start = 0
    for place, sign in enumerate(text):
        if sign in opening:
            depth += 1
            start = place + 1 if depth == 1 else start
        elif sign in closing and depth:
            depth -= 1
            if not depth:
                yield text[start:place].strip()


@lru_cache(maxsize=TEXTS)
def folded(title: str) -> str:
    """A title without what typography changes: capitals, spaces, quotes, apostrophes, the point or the colon at its end."""
    words = title.casefold().translate(_QUOTES).replace("«", " « ").replace("»", " » ").split()
    return " ".join(words).rstrip(".: ")


def inside(title: str) -> str:
    """A title as it is written between quotation marks: in French, those that it has become “ ”."""
    return title if spoken() == ENGLISH else _OPENED.sub("“", _CLOSED.sub("”", title))
