"""Texts in UTF-8 that something read as Windows-1252 and wrote again: « Ã© » for « é »."""

from __future__ import annotations

import re

# The letters of Windows-1252 that the bytes of an accented letter, of a quotation mark, of a dash or of « œ » and « € » become.
_GARBLED = re.compile("Ã[\u00a0-¿€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|Â[\u00a0-¿]|Å[“’]|â€|â‚¬")
_WORD = re.compile(r"[^ \n\t,;|\"()\[\]{}]+")


def garbled(text: str) -> tuple[int, int, str, str]:
    """Of a text: how many passages were misread, and of the first one its place, its word and what it was ("" when that is not
    certain).
    """
    found = [] if text.isascii() else list(_GARBLED.finditer(text))
    if not found:
        return 0, 0, "", ""
    line = text.rfind("\n", 0, found[0].start()) + 1
    words = (word for word in _WORD.finditer(text, line) if word.end() > found[0].start())
    word = next(words, found[0])
    return len(found), word.start(), word[0], _repaired(word[0])


def _repaired(word: str) -> str:
    try:
        repaired = word.encode("windows-1252").decode("utf-8")
    except UnicodeError:
        return ""
    return repaired if repaired.replace("\u00a0", "").isprintable() else ""
