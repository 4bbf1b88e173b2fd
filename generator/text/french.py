"""Values in French words: numbers, dates, periods, sizes, spaces; and text folded to be compared, in any language."""

from __future__ import annotations

import datetime
import re
import unicodedata
from decimal import Decimal
from functools import lru_cache
from typing import Any

from generator.text.memory import TEXTS

NARROW_SPACE = "\u202f"

MONTHS = ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre")  # fmt: skip

_APART = re.compile(r"[\s_'\-]+")
_NUMBER = r"[+−-]?\s?\d+(?:[\s.,/]\d+)*"
# The first number of a printed text, with its sign, the other end of a range, and what scales it (%, millions, Mds €).
_PRINTED = re.compile(
    rf"(?<![\w]){_NUMBER}(?:\sà\s{_NUMBER})?(?:\s?(?:%|‰|€|points?|millions?|milliards?|Mds?|M€|k€)(?!\w))*"
)
_DATE = re.compile("[0-9]{1,4}(?:-[0-9]{1,4})+")


def number(value: object) -> str:
    """A number in French: 350000 → 350 000, 4.7 → 4,7 (narrow no-break space)."""
    if type(value) is int:
        return f"{value:,}".replace(",", NARROW_SPACE).replace("-", "−")
    whole, _, decimals = format(value if isinstance(value, Decimal) else Decimal(str(value)), "f").partition(".")
    sign, digits = ("−", whole[1:]) if whole.startswith("-") else ("", whole)
    grouped = f"{int(digits):,}".replace(",", NARROW_SPACE)
    return sign + grouped + (f",{decimals}" if decimals else "")


def date(value: object) -> str:
    """A date in French: 2026-11-21 → 21 novembre 2026, 2020-02 → février 2020, 2018 → 2018."""
    return _date(value.isoformat() if isinstance(value, datetime.date) else str(value))


@lru_cache(maxsize=TEXTS)
def _date(text: str) -> str:
    if not _DATE.fullmatch(text):
        return text
    parts = text.split("-")
    month = MONTHS[int(parts[1]) - 1] if 1 <= int(parts[1]) <= 12 else parts[1]
    if len(parts) == 2:
        return f"{month} {parts[0]}"
    return f"{'1er' if int(parts[2]) == 1 else int(parts[2])} {month} {parts[0]}"


def period(value: object) -> str:
    """A date or an interval (ISO 8601, EDTF): 2013/2018 → de 2013 à 2018, 2009/.. → depuis 2009, ../2025 → jusqu’en 2025."""
    start, slash, end = str(value).partition("/")
    if not slash:
        return date(value)
    if end == "..":
        return f"depuis {date(start)}"
    if start == "..":
        return f"jusqu’en {date(end)}"
    return f"de {date(start)} à {date(end)}"


def size(value: int) -> str:
    """A file size in French: 1 234 octets, 12,3 ko."""
    if value < 1000:
        return f"{value} octets"
    unit, amount = ("ko", value / 1000) if value < 1_000_000 else ("Mo", value / 1_000_000)
    return f"{amount:.1f}".replace(".", ",") + f"{NARROW_SPACE}{unit}"


def figure(text: object) -> tuple[str, str, str]:
    """A printed figure cut around its number: « près de », « 350 000 », « professionnels »; without digits all is number."""
    printed = str(text)
    found = _PRINTED.search(printed)
    if not found:
        return "", printed, ""
    bold = found.group().strip()
    start = printed.index(bold, found.start())
    return printed[:start], bold, printed[start + len(bold) :]


_BEFORE_SIGN = re.compile(" (?=[;:!?%»])")


def typeset(text: str) -> str:
    """Give French text its narrow no-break spaces: before ; : ! ? % and inside « ».

    Rule: Imprimerie nationale, « Lexique des règles typographiques », with one space width for all.
    """
    return _BEFORE_SIGN.sub(NARROW_SPACE, text).replace("« ", "«" + NARROW_SPACE)


def fold(text: str) -> str:
    """Text without accents, case, ligatures or separators: `Intitulé_long` and `intitule-long` fold alike."""
    if not text.isascii():
        text = text.replace("œ", "oe").replace("Œ", "oe").replace("æ", "ae").replace("’", "'")
        text = "".join([c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c)])
    return _APART.sub(" ", text).strip().casefold()


def singular(amount: Any) -> bool:
    """Whether an amount takes the singular: below two (0 ligne, 1,5 ligne)."""
    return bool(abs(amount) < 2)


def agreed(amount: Any, name: str) -> str:
    """A plural name beside a number: its first word loses its « s » below two (1.6, « postes par an » → « poste par an »)."""
    first, space, rest = name.partition(" ")
    return first.removesuffix("s") + space + rest if singular(amount) else name


def is_share(text: str) -> bool:
    """Whether a unit, folded, is that of percentages, between which a difference is in points."""
    return text in ("%", "pour cent", "pourcent", "pourcentage")
