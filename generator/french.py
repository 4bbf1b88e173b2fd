"""Values in French words: numbers, dates, periods, sizes, counts, alphabetical order. The clock and the locale have no say."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from generator.diagnostics import NARROW_SPACE, fold
from generator.values import canonical

MONTHS = ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre")  # fmt: skip

_NUMBER = r"[+−-]?\s?\d+(?:[\s.,/]\d+)*"
# The first number of a printed text, with its sign, the other end of a range, and what scales it (%, millions, Mds €).
_PRINTED = re.compile(
    rf"(?<![\w]){_NUMBER}(?:\sà\s{_NUMBER})?(?:\s?(?:%|‰|€|points?|millions?|milliards?|Mds?|M€|k€)(?!\w))*"
)


# A space beside a number, and the words that no line end parts from it: « p. 14 », « 2 février 2024 », « 7 Mds € ».
_BESIDE = re.compile(r" (?=[0-9])|(?<=[0-9]) (?=[jfmasondkMm€%])|(?<=1er) (?=[a-z])")
_WORD = re.compile(
    rf"(?:\bpp?\.|\bart\.|\bn°|\b(?:note|page|proposition|axe|article|chapitre|partie|annexe|étape|version)s?|{'|'.join(MONTHS)})\Z",
    re.IGNORECASE,
)
_UNIT = re.compile(rf"(?:{'|'.join(MONTHS)}|Mds?|M€|k€|millions?|milliards?|ans)\b|[%€]")
_LONGEST_TAG = 2000
_VERBATIM = re.compile(r"(<pre.*?</pre>|<code.*?</code>)", re.DOTALL)


def together(page: str) -> str:
    """The HTML of a page whose numbers stay on the line of their word (p. 14, 2 février 2024, 7 Mds €); code and tags are
    left alone.
    """
    pieces = _VERBATIM.split(page)
    pieces[::2] = [_BESIDE.sub(_space, piece) for piece in pieces[::2]]
    return "".join(pieces)


def _space(found: re.Match[str]) -> str:
    text, place = found.string, found.start()
    kept = _WORD.search(text, max(0, place - 12), place) or _UNIT.match(text, place + 1)
    before = text[max(0, place - _LONGEST_TAG) : place] if kept else ""
    return "\u00a0" if kept and before.rfind("<") <= before.rfind(">") else " "


def number(value: object) -> str:
    """A number in French: 350000 → 350 000, 4.7 → 4,7 (narrow no-break space)."""
    whole, _, decimals = canonical(value if isinstance(value, int | Decimal) else Decimal(str(value))).partition(".")
    sign, digits = ("−", whole[1:]) if whole.startswith("-") else ("", whole)
    grouped = f"{int(digits):,}".replace(",", NARROW_SPACE)
    return sign + grouped + (f",{decimals}" if decimals else "")


def date(value: object) -> str:
    """A date in French: 2026-11-21 → 21 novembre 2026, 2020-02 → février 2020, 2018 → 2018."""
    text = value.isoformat() if isinstance(value, datetime.date) else str(value)
    parts = text.split("-")
    if len(parts) < 2 or not all(part.isdigit() for part in parts):
        return text
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


def count(amount: int, one: str, many: str = "") -> str:
    """« 1 fiche », « 12 fiches »."""
    return f"{number(amount)} {one if amount < 2 else many or one + 's'}"


def alphabetical(items: Iterable[Any]) -> list[Any]:
    """Views in the order of their labels, accents and case apart."""
    return sorted(items, key=lambda item: (fold(str(item)), str(item)))


def figure(text: object) -> tuple[str, str, str]:
    """A printed figure cut around its number: « près de », « 350 000 », « professionnels »; without digits all is number."""
    printed = str(text)
    found = _PRINTED.search(printed)
    if not found:
        return "", printed, ""
    bold = found.group().strip()
    start = printed.index(bold, found.start())
    return printed[:start], bold, printed[start + len(bold) :]


def lowered(text: object) -> str:
    """A label in the middle of a sentence: its first letter small, unless it is an acronym or stands alone."""
    words = str(text)
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]
