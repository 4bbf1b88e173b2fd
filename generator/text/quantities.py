"""Quantities as people print them in French: « près de 18 000 postes », « 1,2 M€ », « deux tiers », « de 10 à 15 », « une centaine »."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from generator.text.french import fold

LONGEST = 200  # characters of a text that is read
_SPACE = "[ \u00a0\u2009\u202f]"
_SCALES = {"k": 10**3, "mille": 10**3, "millier": 10**3, "m": 10**6, "million": 10**6, "md": 10**9, "milliard": 10**9}
_DIGITS = rf"[0-9]{{1,3}}(?:{_SPACE}[0-9]{{3}}(?![0-9]))+|[0-9]+"
_SCALE = rf"{_SPACE}?(?:(mille|milliers?|millions?|milliards?|mds?|k|m)(?![^\W_])|(k|m|mds?)(?=€))"
_NUMBER = re.compile(
    rf"(?<![\w.,])([+−-]{_SPACE}?)?({_DIGITS})(?:[,.]([0-9]+))?(?:{_SCALE})?(?![0-9])(?!e[0-9])", re.IGNORECASE
)
_FRACTION = re.compile(rf"(?<![\w/.,])([0-9]{{1,3}}){_SPACE}?/{_SPACE}?([0-9]{{1,3}})(?![\w/])")
_OUT_OF = re.compile(rf"\b(\w{{1,20}}){_SPACE}(?:[\w’']{{1,20}}{_SPACE}){{0,3}}sur{_SPACE}(\w{{1,20}})")

# Numbers in letters, as fold() leaves them.
_UNITS = {
    word: value
    for value, words in enumerate(
        [
            "zero",
            "un|une",
            "deux",
            "trois",
            "quatre",
            "cinq",
            "six",
            "sept",
            "huit",
            "neuf",
            "dix",
            "onze",
            "douze",
            "treize",
            "quatorze",
            "quinze",
            "seize",
        ]
    )
    for word in words.split("|")
}
_TENS = {"vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60}
_ABOUT = {
    f"{word}aine": value
    for word, value in {
        "diz": 10, "douz": 12, "quinz": 15, "vingt": 20, "trent": 30, "quarant": 40, "cinquant": 50, "soixant": 60, "cent": 100,
    }.items()
}  # fmt: skip
_PARTS = {"moitie": 2, "demi": 2, "demie": 2, "tiers": 3, "quart": 4, "cinquieme": 5, "sixieme": 6, "dixieme": 10}


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number; a fraction keeps its two terms, its value being their quotient."""

    value: Decimal
    terms: tuple[int, int] | None = None


_LETTERS = re.compile(r"(?<=[0-9])[OolI]+(?![^\W0-9_OolI])|(?<!\w)[lI]+(?=[0-9])")


def lookalike(text: str) -> str:
    """The letter that stands for a digit in a number (`18O00`), or ""."""
    found = _LETTERS.search(text)
    return found[0][0] if found else ""


def retyped(text: str) -> str:
    """A number with its digits: `18O00` → 18000; no mark but a space between thousands: `18.000` → 18000."""
    text = _LETTERS.sub(lambda found: "".join("0" if letter in "Oo" else "1" for letter in found[0]), text)
    return re.sub(r"(?<=[0-9])[.'’_](?=[0-9]{3}(?![0-9]))", "", text)


def plain(value: Decimal) -> str:
    """A number as a cell holds it, without idle zeros: 1200000, 4.7."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def quantities(text: str) -> list[Quantity]:
    """The quantities of a text, in no order that matters; none for a text that is too long."""
    if len(text) > LONGEST:
        return []
    return [*_fractions(text), *_in_digits(text), *_in_letters(text)]


def _in_digits(text: str) -> Iterator[Quantity]:
    """Numbers in digits; of « 3,5 à 4 millions », the first is also one of millions."""
    before: tuple[int, Decimal] | None = None
    for found in _NUMBER.finditer(text):
        sign = "-" if (found[1] or "").strip() in ("-", "−") else ""
        digits = re.sub(_SPACE, "", found[2])
        scale = (found[4] or found[5] or "").lower().rstrip("s")
        exact = Decimal(f"{sign}{digits}.{found[3] or 0}")
        yield Quantity(exact * _SCALES.get(scale, 1))
        if before and scale and re.fullmatch(r"\s*(?:à|et|ou|-|–)\s*", text[before[0] : found.start()]):
            yield Quantity(before[1] * _SCALES[scale])
        before = None if scale else (found.end(), exact)


def _fractions(text: str) -> Iterator[Quantity]:
    for found in _FRACTION.finditer(text):
        yield from _quotient(int(found[1]), int(found[2]))
    words = fold(text)
    for found in _OUT_OF.finditer(words):
        above, below = (_single(found[n]) for n in (1, 2))
        if above and below:
            yield from _quotient(above, below)
    parts: list[str] = re.findall(r"\w+", words)
    for before, word in pairwise(["", *parts]):
        part = _PARTS.get(word if word in _PARTS else word.removesuffix("s"))
        if part:
            yield from _quotient(_single(before) or 1, part)


def _quotient(above: int, below: int) -> Iterator[Quantity]:
    if below:
        yield Quantity(Decimal(above) / Decimal(below), (above, below))


def _single(word: str) -> int:
    return int(word) if re.fullmatch("[0-9]{1,6}", word) else _UNITS.get(word, 0)


def _in_letters(text: str) -> Iterator[Quantity]:
    """Runs of words that are numbers: « deux millions », « quatre-vingt-dix-huit », « une centaine »."""
    run: list[str] = []
    for word in [*re.findall(r"\w+", fold(_NUMBER.sub(" , ", text))), ""]:
        bare = word.removesuffix("s") if word not in _UNITS else word
        if (
            bare in _UNITS
            or bare in _TENS
            or bare in _ABOUT
            or bare in ("cent", "mille", "million", "milliard", "millier")
        ):
            run.append(bare)
        elif run and word != "et":
            value = _value(run)
            if value:
                yield Quantity(Decimal(value))
            run = []


def _value(words: list[str]) -> int:
    """« deux », « cent » → 200; 0 for « un » alone, which is an article more often than a number."""
    if words in (["un"], ["une"]):
        return 0
    total, current = 0, 0
    for word in words:
        if word in ("mille", "millier", "million", "milliard"):
            total, current = total + (current or 1) * _SCALES[word], 0
        elif word == "cent":
            current = (current or 1) * 100
        elif word in _ABOUT:
            current = _ABOUT[word] if current <= 1 else current * _ABOUT[word]
        elif word == "vingt" and current % 100 == 4:
            current += 76
        else:
            current += _UNITS.get(word, 0) or _TENS.get(word, 0)
    return total + current
