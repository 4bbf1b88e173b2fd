"""The encodings of CSV files: the one that a contract declares, and the one that the bytes show."""

from __future__ import annotations

import codecs
from collections import Counter
from dataclasses import dataclass

from generator.diagnostics.finding import Diagnostic, Position, fault
from generator.documents.cleaning import clean, lone_returns, normal, position_at
from generator.documents.files import too_big
from generator.documents.manner import Manner

# By their names in the registry of IANA, as Data Package v2 asks; Python knows the same names.
WIDE = ("utf-8", "utf-16", "utf-16le", "utf-16be")
NARROW = ("windows-1252", "iso-8859-1", "iso-8859-15", "macintosh", "ibm850")
ENCODINGS = (*WIDE, *NARROW)

_GUESSED = ("windows-1252", "iso-8859-15", "macintosh", "ibm850")  # the first of those that read as French as well
_LETTERS = dict.fromkeys("ÉÈÊËÀÂÇÔÎÏÙÛŒÆ«»‘“”–—…€°²³·\u00a0", 1) | dict.fromkeys("éèêëàâçôîïùûœæ’", 3)  # weights
_ASCII = bytes(range(128))
_SAMPLE = 4096  # bytes among which the zeros of UTF-16 are counted


@dataclass(frozen=True, slots=True)
class Decoded:
    """A clean text, None when it cannot be had; whether it is in the encoding that was expected; what was found on the way; the
    lines, from 1, that a carriage return alone ends, unlike others.
    """

    text: str | None
    expected: bool
    diagnostics: tuple[Diagnostic, ...]
    returns: frozenset[int] = frozenset()


def decode_as(path: str, data: bytes, manner: Manner) -> Decoded:
    """Bytes → clean text. When they are not in the declared encoding that is a fault, and the text that of the one they show."""
    declared, oversized = manner.encoding, too_big(path, data, manner)
    if oversized is not None:
        return Decoded(None, False, (oversized,))
    wrong = _wrong_at(data, declared)
    seen = declared if wrong is None else recognised(data)
    said = [] if wrong is None else [_another(path, data, wrong, declared, seen)]
    written = data.decode(seen, "replace")
    text, found = clean(path, written, manner)
    return Decoded(text, wrong is None, (*said, *(found if wrong is None else ())), lone_returns(written))


def recognised(data: bytes) -> str:
    """The encoding that bytes show: by their mark, by the zeros of UTF-16, as valid UTF-8, else the encoding of one byte in which
    they read best as French.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    for first, name in ((1, "utf-16le"), (0, "utf-16be")):
        half = data[first:_SAMPLE:2]
        if half and half.count(0) > len(half) / 2:
            return name
    if _decodes(data, "utf-8"):
        return "utf-8"
    letters = Counter(data.translate(None, _ASCII))
    return max(_GUESSED, key=lambda name: sum(n * _LETTERS.get(_letter(byte, name), 0) for byte, n in letters.items()))


def _letter(byte: int, encoding: str) -> str:
    return bytes([byte]).decode(encoding, "replace")


def _decodes(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _wrong_at(data: bytes, declared: str) -> int | None:
    """The byte that shows that the data are not in an encoding, None when they are."""
    try:
        data.decode(declared)
    except UnicodeDecodeError as error:
        return error.start
    if declared == "utf-8":
        return None
    seen = recognised(data)
    if declared in WIDE:
        return 0 if data and seen not in WIDE[1:] else None
    if seen in WIDE and not data.isascii():
        return 0
    commands = [byte for byte in data.translate(None, _ASCII) if byte < 0xA0] if declared.startswith("iso") else []
    return data.index(commands[0]) if commands else None


def _another(path: str, data: bytes, wrong: int, declared: str, seen: str) -> Diagnostic:
    """The fault of a file that is not in the encoding that was expected."""
    before = normal(data[:wrong].decode(declared, "replace"))
    place = position_at(path, before, len(before)) if data else Position(path)
    if declared == "utf-8":
        message = "Ce fichier n’est pas en UTF-8 (octet {byte} ici) : il est sans doute en {seen}."
        hint = (
            "Enregistrez-le de nouveau en choisissant l’encodage UTF-8, ou déclarez dans le contrat de la table :"
            " encoding: {seen}"
        )
    else:
        message = (
            "Ce fichier n’est pas en {declared}, que déclare le contrat de sa table : il est sans doute en {seen}."
        )
        hint = "Corrigez « encoding » dans le contrat (encoding: {seen}), ou enregistrez le fichier de nouveau."
    byte = f"{data[wrong]:02X}"
    return fault("pas-en-utf8", place, message, hint, byte=byte, declared=declared, seen=seen)
