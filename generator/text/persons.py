"""What names a person in a French text, or leads to one."""

from __future__ import annotations

import re

_CAPITAL = "[A-ZÀ-ÖØ-Ý]"
_NAME = rf"{_CAPITAL}[^\W\d_]+(?:-{_CAPITAL}[^\W\d_]+)*"
_CIVILITY = re.compile(
    rf"\b(?:[Mm]onsieur|[Mm]adame|[Mm]ademoiselle|M\.|Mme|Mlle|Dr|Pr|[Dd]octeur|[Mm]aître|Me)\s+{_CAPITAL}[\w.-]*"
)
_INITIAL = re.compile(rf"\b{_NAME}\s+{_CAPITAL}\.(?!\w)")
_PAIR = re.compile(rf"\b({_NAME})(?=(\s+{_CAPITAL}[^\W\d_]+)\b)")
_MAIL = re.compile(r"[^\s@<>]{1,64}@[^\s@<>.]{1,63}\.\w+")
_PHONE = re.compile(r"(?<!\d)(?:\+33|0)\s?[1-9](?:[\s.-]?\d{2}){4}(?!\d)")
# What opens a sentence before a name of its own: « La Rochelle », « En Moselle ».
_OPENING = re.compile(
    "L[ae]s?|Une?|D[eu]s?|En|À|Aux?|Dans|Chez|Pour|Par|Sur|Selon|Avec|Sans|Et|Ou|Mais|Ils?|Elles?|On|[NV]ous|Ce|Cet|Cette|Ces"
    "|[MS]on|[MS]a|[MS]es|Leurs?|[NV]otre|[NV]os|Qui|Que|Quand|Si|Saint|Sainte"
)


def mail(text: str) -> str:
    """The first address of mail, or ""."""
    found = _MAIL.search(text)
    return found[0] if found else ""


def phone(text: str) -> str:
    """The first telephone number, or ""."""
    found = _PHONE.search(text)
    return found[0] if found else ""


def named(text: str) -> str:
    """A civility with a name, or a name with an initial; ""."""
    found = _CIVILITY.search(text) or _INITIAL.search(text)
    return found[0] if found else ""


def alike(text: str) -> str:
    """Two words with a capital, as a first name and a name have; ""."""
    found = next((pair for pair in _PAIR.finditer(text) if not _OPENING.fullmatch(pair[1])), None)
    return found[1] + found[2] if found else ""
