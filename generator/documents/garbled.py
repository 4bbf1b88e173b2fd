"""Texts in UTF-8 that something read in another encoding and wrote again: « Ã© », « √© » or « ├® » for « é »."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from generator.diagnostics.finding import Diagnostic

_MISREAD_AS = ("windows-1252", "macintosh", "ibm850")
LONGEST = 300  # characters of a line that is given as it was
_WORD = re.compile(r"[^ \n\t,;|\"()\[\]{}]+")


def _letters(encoding: str, *numbers: int) -> str:
    """What bytes become in an encoding, those that it knows."""
    return bytes(numbers).decode(encoding, "ignore")


def _seen(encoding: str) -> re.Pattern[str]:
    """What the forms of _FORMS become in an encoding."""
    return re.compile(
        "|".join(
            re.escape(_letters(encoding, *first)) + (f"[{re.escape(_letters(encoding, *last))}]" if last else "")
            for first, last in _FORMS
        )
    )


# The first bytes and the last one of: accented letters; signs such as « and °; œ; quotation marks and dashes; €.
_FORMS: tuple[tuple[tuple[int, ...], range | None], ...] = (
    ((0xC3,), range(0x80, 0xC0)),
    ((0xC2,), range(0xA0, 0xC0)),
    ((0xC5, 0x93), None),
    ((0xE2, 0x80), range(0x80, 0xC0)),
    ((0xE2, 0x82, 0xAC), None),
)
_SEEN = {encoding: _seen(encoding) for encoding in _MISREAD_AS}
_STARTS = {encoding: [_letters(encoding, *first) for first, _ in _FORMS] for encoding in _MISREAD_AS}


@dataclass(frozen=True, slots=True)
class Garbled:
    """Passages of a text that were misread: how many, as what, the first word among them, its offset, what it was, and what its line
    was ("" when that is not certain).
    """

    count: int
    encoding: str
    word: str
    offset: int
    meant: str
    line: str


def garbled(text: str) -> Garbled | None:
    """The passages of a text that were read in another encoding than UTF-8, None when there is none."""
    if text.isascii():
        return None
    for encoding, seen in _SEEN.items():
        if not any(start in text for start in _STARTS[encoding]):  # most texts, seen at once
            continue
        found = [match.start() for match in seen.finditer(text)]
        if found:
            line = text.rfind("\n", 0, found[0]) + 1
            words = ((word[0], word.start()) for word in _WORD.finditer(text, line) if word.end() > found[0])
            word, offset = next(words, (text[found[0]], found[0]))
            written = text[line:].partition("\n")[0]
            whole = _repaired(written, encoding) if len(written) <= LONGEST else ""
            return Garbled(len(found), encoding, word, offset, _repaired(word, encoding), whole)
    return None


def _repaired(word: str, encoding: str) -> str:
    try:
        repaired = word.encode(encoding).decode("utf-8")
    except UnicodeError:
        return ""
    return repaired if repaired.replace("\u00a0", "").isprintable() else ""


MISREAD = "texte-mal-lu"  # the code of a file that was misread


def legible(found: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Diagnostics without those that quote a text of a file that was misread, which is told once."""
    if not any(d.code == MISREAD for d in found):
        return list(found)
    return [d for d in found if d.code == MISREAD or garbled(f"{d.message} {d.hint} {d.suggestion}") is None]
