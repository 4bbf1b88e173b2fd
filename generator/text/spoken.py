"""Values in the words of the language that is spoken: numbers, dates, periods, sizes, spaces. Each language has a module with the
same functions; the clock and the locale of the machine have no say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from types import ModuleType
from typing import Any

from generator.text import english, french
from generator.text.french import fold
from generator.text.language import ENGLISH, FRENCH, spoken
from generator.text.memory import TEXTS

_MODULES: dict[str, ModuleType] = {FRENCH: french, ENGLISH: english}
_LOCALES = {FRENCH: "fr_FR", ENGLISH: "en_GB"}

_FORMULA = re.compile(r"[^\W\d]\w*|[0-9.]+|[-+*/()]")
_SIGNS = {"*": "×", "/": "÷", "-": "−"}


def locale() -> str:
    """The language and its country, as Open Graph writes them: `fr_FR`, `en_GB`."""
    return _LOCALES[spoken()]


def month(rank: int) -> str:
    """The name of a month, from 1 to 12."""
    return str(_MODULES[spoken()].MONTHS[rank - 1])


def semicolon() -> str:
    """What parts the items of a list whose items may have commas."""
    return " ; " if spoken() == FRENCH else "; "


def number(value: object) -> str:
    """A number as people write it: 350000 → 350 000, 350,000; 4.7 → 4,7, 4.7."""
    return str(_MODULES[spoken()].number(value))


def date(value: object) -> str:
    """A date in words: 2026-11-21 → 21 novembre 2026, 21 November 2026; 2018 → 2018."""
    return str(_MODULES[spoken()].date(value))


def period(value: object) -> str:
    """A date or an interval (ISO 8601, EDTF) in words: 2013/2018 → de 2013 à 2018, from 2013 to 2018."""
    return str(_MODULES[spoken()].period(value))


def size(value: int) -> str:
    """A file size: 12,3 ko, 12.3 kB."""
    return str(_MODULES[spoken()].size(value))


def figure(text: object) -> tuple[str, str, str]:
    """A printed figure cut around its number: « près de », « 350 000 », « professionnels »; without digits all is number."""
    before, bold, after = _MODULES[spoken()].figure(text)
    return before, bold, after


def typeset(text: str) -> str:
    """Text with the spaces that its language puts beside its signs: in French, narrow no-break ones."""
    return str(_MODULES[spoken()].typeset(text))


def singular(amount: Any) -> bool:
    """Whether an amount takes the singular: below two in French, one alone in English."""
    return bool(_MODULES[spoken()].singular(amount))


def agreed(amount: Any, name: str) -> str:
    """A plural name beside a number: its first word loses its « s » in the singular (1.6, « postes par an » → « poste par an »)."""
    return str(_MODULES[spoken()].agreed(amount, name))


def is_share(unit: str) -> bool:
    """Whether a unit is that of percentages, between which a difference is in points."""
    return any(module.is_share(fold(unit)) for module in _MODULES.values())


@lru_cache(maxsize=TEXTS)
def order(text: str) -> tuple[tuple[str | int, ...], str]:
    """The place of a name among others: accents and case apart, its numbers by what they are worth (« Ligne 2 » before « Ligne 10 »)."""
    words = _WHOLE.split(fold(text))  # words and numbers in turn, so that two places can always be compared
    return tuple(int(part) if rank % 2 else part for rank, part in enumerate(words)), text


_WHOLE = re.compile(r"([0-9]{1,18})")


def alphabetical(items: Iterable[Any]) -> list[Any]:
    """Views in the order of their labels."""
    return sorted(items, key=lambda item: order(str(item)))


def lowered(text: object) -> str:
    """A label in the middle of a sentence: its first letter small, unless it is an acronym or stands alone."""
    words = str(text)
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


def formula_words(formula: str) -> list[tuple[str, bool, str]]:
    """The words of a formula as they are read: names, numbers, signs (× for *). Each with whether it is a name, and the space
    that comes after it, none inside a parenthesis.
    """
    return [
        (_read(word), word.isidentifier(), "" if word == "(" or after in (")", "") else " ")
        for word, after in pairwise([*_FORMULA.findall(formula), ""])
    ]


def _read(word: str) -> str:
    return number(word) if word[0].isdigit() else _SIGNS.get(word, word)
