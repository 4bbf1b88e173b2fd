"""Decoded text → clean text: line ends in LF, letters composed (NFC), no invisible or commanding character, or a sentence at the
place of what no file may hold.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import islice

from generator.diagnostics.finding import Diagnostic, Position, fault
from generator.documents.garbled import garbled
from generator.documents.kinds import is_csv
from generator.documents.manner import AS_USUAL, Manner
from generator.text.characters import INVISIBLE

MAX_MARKS = 30  # combining characters in a row (Unicode, « Stream-Safe Text Format »)
_SIGNS = re.compile(r"[^\x00-\x7f\w\s]{31,}")  # what may hold more of them: they are no letters
MOST_FORBIDDEN = 20  # characters told in one file
_LOST = "\ufffd"
_LONE, _END = re.compile(r"\r(?!\n)"), re.compile(r"\r\n|[\r\n]")
# Lines are found by the \n before them, several times faster than by ^: these two are searched in "\n" + text.
_BAD_INDENT = re.compile(r"\n *([\u00a0\u2000-\u200a\u202f\u205f\u3000]+) *[^\s]")
# The marks of a merge left in a file; « ======= » alone underlines a title in Markdown.
_CONFLICT = re.compile(r"\n(?:<{7}|>{7}|\|{7}(?= ))(?=[ \n]|\Z)")


def normal(text: str) -> str:
    """A text as its positions are counted: one BOM is taken off, lines end in LF, letters are composed (NFC)."""
    text = _in_lf(text.removeprefix("\ufeff"))
    return text if text.isascii() or unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def _in_lf(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def lone_returns(text: str) -> frozenset[int]:
    """The lines, from 1, that a carriage return (CR) alone ends, in a text where others end with LF or CRLF."""
    if "\n" not in text or not _LONE.search(text):
        return frozenset()
    return frozenset(line for line, end in enumerate(_END.finditer(text), 1) if end[0] == "\r")


def _crowd(text: str) -> int | None:
    """Where more marks follow each other than any writing has: putting them in order costs the square of their number."""
    for found in _SIGNS.finditer(text) if not text.isascii() else ():
        row = 0
        for offset, character in enumerate(found[0]):
            row = row + 1 if unicodedata.combining(character) else 0
            if row > MAX_MARKS:
                return found.start() + offset - MAX_MARKS
    return None


def clean(path: str, text: str, manner: Manner = AS_USUAL) -> tuple[str | None, list[Diagnostic]]:
    """Decoded text → normal text without a character that no file may hold; None when it holds the marks of a merge."""
    text = _in_lf(text)
    crowded = _crowd(text)
    if crowded is not None:
        message, hint = "Plus de {most} accents se suivent ici.", "Retapez ce passage au clavier."
        place = position_at(path, text, crowded)
        return None, [fault("caractere-interdit", place, message, hint, most=MAX_MARKS)]
    text = normal(text)
    conflict = _CONFLICT.search("\n" + text)
    if conflict:
        message = "Une marque de conflit de fusion est restée dans le fichier."
        hint = "Gardez l’une des deux versions et supprimez les lignes <<<<<<<, ======= et >>>>>>>."
        return None, [fault("conflit-git", position_at(path, text, conflict.start(), 7), message, hint)]
    diagnostics = []
    if manner.forbidden.search(text):
        diagnostics += _forbidden(path, text, manner)
        text = manner.forbidden.sub(" ", text)
    return text, diagnostics + _garbled(path, text)


def _garbled(path: str, text: str) -> list[Diagnostic]:
    """A text in UTF-8 that was read in another encoding, once for the whole file."""
    found = garbled(text)
    if found is None:
        return []
    message = "« {word} » : ce texte, en UTF-8, a été lu comme du {encoding} puis enregistré ainsi."
    if found.count > 1:
        message = (
            "« {word} » : ce texte, en UTF-8, a été lu comme du {encoding} puis enregistré ainsi ; {n} passages du fichier"
            " sont dans ce cas."
        )
    hint = "Reprenez le fichier d’origine et ouvrez-le en UTF-8, ou corrigez le texte."
    place, values = position_at(path, text, found.offset, len(found.word)), {"word": found.word, "n": found.count}
    meant = found.meant if is_csv(path) else found.line or found.meant
    return [fault("texte-mal-lu", place, message, hint, meant, encoding=found.encoding, **values)]


def _forbidden(path: str, text: str, manner: Manner) -> list[Diagnostic]:
    """The first characters that no file may hold; letters that were lost (U+FFFD), once."""
    found: list[Diagnostic] = []
    lost = text.find(_LOST)
    for offset in (match.start() for match in islice(manner.forbidden.finditer(text), MOST_FORBIDDEN)):
        message = "Un caractère invisible ou de commande (U+{code}) se trouve ici."
        hint = "Supprimez-le : retapez le passage au clavier plutôt que de le coller."
        if manner.taken and INVISIBLE.match(text[offset]):
            hint = "Supprimez-le ; s’il a sa place dans ces textes, permettez-le dans le contrat de la table : content: {{…, allow: [characters]}}"
        if text[offset] == _LOST:
            message = "Une lettre a été perdue ici (U+{code}) : le texte a été lu dans un autre encodage que le sien."
            hint = "Reprenez le texte d’origine, ou retapez la lettre."
        if text[offset] != _LOST or offset == lost:
            place, meant = (
                position_at(path, text, offset),
                "" if text[offset] == _LOST else _without(text, offset, manner),
            )
            found.append(fault("caractere-interdit", place, message, hint, meant, code=f"{ord(text[offset]):04X}"))
    return found


def bad_indents(path: str, text: str) -> list[Diagnostic]:
    """The lines that start with spaces which YAML does not count."""
    if text.isascii():
        return []
    message = "La ligne commence par une espace insécable (U+{code}), que YAML ne compte pas comme un retrait."
    hint = "Remplacez-la par des espaces ordinaires."
    return [
        fault(
            "espace-insecable",
            place,
            message,
            hint,
            _respaced(text, offset),
            code=f"{ord(text[offset]):04X}",
        )
        for offset, place in _positions(path, text, (found.start(1) - 1 for found in _BAD_INDENT.finditer("\n" + text)))
    ]


def _without(text: str, offset: int, manner: Manner) -> str:
    """The word in which an unseen character stands, without it; "" when it stands alone."""
    before, after = (
        re.search(r"[^\s,;\"]{0,60}\Z", text[max(0, offset - 60) : offset]),
        re.match(r"[^\s,;\"]*", text[offset : offset + 60]),
    )
    return manner.forbidden.sub("", (before[0] if before else "") + (after[0] if after else ""))


def _respaced(text: str, offset: int) -> str:
    """The line of a character, its margin in ordinary spaces."""
    line = text[text.rfind("\n", 0, offset) + 1 :].partition("\n")[0]
    return " " * (len(line) - len(line.lstrip())) + line.lstrip()


def _positions(path: str, text: str, offsets: Iterable[int]) -> Iterator[tuple[int, Position]]:
    """Characters of a text in order, each with its position: the text is read once."""
    line, line_start = 1, 0
    for offset in offsets:
        start = text.rfind("\n", line_start, offset) + 1 or line_start
        line, line_start = line + text.count("\n", line_start, start), start
        yield offset, Position(path, line, offset - line_start + 1)


def position_at(path: str, text: str, offset: int, length: int = 1) -> Position:
    """The position of a character of a text."""
    line_start = text.rfind("\n", 0, offset) + 1
    return Position(path, text.count("\n", 0, line_start) + 1, offset - line_start + 1, length)
