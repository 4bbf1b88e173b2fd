"""Names that may stand in an address or as a file: the same on every disk, in every browser, in every archive."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from generator.text.interface import NOTHING, Sentence, sentence
from generator.text.memory import TEXTS

LONGEST = 100  # bytes of a name: a tar archive holds no more (POSIX ustar), a disk 255
FARTHEST = 200  # bytes of an address, under a folder of Windows, where a path has 260 characters

# Names of devices, whatever their extension (« Naming Files, Paths, and Namespaces », Windows).
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?\Z", re.IGNORECASE)
_OURS = ("index.html", "index.md")  # what a folder holds to be a page


def fold(path: str) -> str:
    """What two paths share that a disk blind to case or to the form of accents takes for one."""
    return unicodedata.normalize("NFKC", path).casefold()


@lru_cache(maxsize=TEXTS)
def unportable(name: str) -> Sentence:
    """Why a name cannot stand in an address; nothing when it can."""
    if not name:
        return sentence("il est vide")
    if len(name.encode("utf-8", "surrogatepass")) > LONGEST:
        return sentence("il dépasse {most} octets", most=LONGEST)
    if not unicodedata.is_normalized("NFC", name):
        return sentence("ses accents sont décomposés (lettre puis accent) : retapez-le au clavier")
    wrong = next((character for character in name if not _usual(character)), "")
    if wrong:
        return sentence("il contient {character}", character=shown(wrong))
    if name[0] == "." or name[-1] == "." or ".." in name:
        return sentence("un point ne peut ni l’ouvrir, ni le fermer, ni suivre un autre point")
    if device(name):
        return sentence("Windows réserve ce nom")
    return sentence("c’est le nom du fichier d’une page") if name.casefold() in _OURS else NOTHING


def device(name: str) -> bool:
    """Whether Windows keeps a name for one of its devices."""
    return _DEVICE.match(name) is not None


def shown(character: str) -> Sentence:
    """A character as a sentence names it: itself when it is seen, else its code."""
    code = f"{ord(character):04X}"
    if not character.isprintable() or character.isspace():
        return sentence("une espace") if character == " " else sentence("U+{code}", code=code)
    said = "« {character} »" if character.isascii() else "« {character} » (U+{code})"
    return sentence(said, character=character, code=code)


def _usual(character: str) -> bool:
    """A Latin letter, accented or not, a digit, or one of - _ ."""
    if character.isascii():
        return character.isalnum() or character in "-_."
    return character.isalpha() and unicodedata.name(character, "").startswith("LATIN ")
