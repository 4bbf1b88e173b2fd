"""French numbers, dates and words → what a column was meant to hold; "" when it is not clear. Corrections to suggest, never
values: what is not written as its type asks stays refused.
"""

from __future__ import annotations

import datetime
import re
from decimal import Decimal

from generator.text.french import MONTHS, fold

MAX_DIGITS = 30
_SPACES = "\u00a0\u202f\u2009 "
_SCALES = {"mille": 10**3, "million": 10**6, "milliard": 10**9}
_NUMBER = re.compile(
    rf"[+]?(-?[0-9][0-9{_SPACES}']*+)([.,][0-9]++)?[{_SPACES}]*+(millions?|milliards?|mille|%|€)?\Z",
)
_DATE = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})\Z")
_MONTHS = {fold(name): number for number, name in enumerate(MONTHS, 1)}
_BOOLEANS = {
    **dict.fromkeys(("oui", "vrai", "yes", "true", "1"), "true"),
    **dict.fromkeys(("non", "faux", "no", "false", "0"), "false"),
}


def number(text: str, wanted: re.Pattern[str]) -> str:
    """`85 000,5` → `85000.5`, `2 millions` → `2000000`, `71 %` → `71`."""
    text = text.replace("−", "-")  # the typographic minus
    found = _NUMBER.match(text)
    if not found or len(text) > MAX_DIGITS:
        return ""
    sign = "-" if found.group(1).startswith("-") else ""
    digits = sign + (re.sub(rf"[{_SPACES}'-]", "", found.group(1)).lstrip("0") or "0")
    scale = _SCALES.get((found.group(3) or "").removesuffix("s"), 1)
    plain = format(Decimal(digits + (found.group(2) or "").replace(",", ".")) * scale, "f")
    plain = plain.rstrip("0").rstrip(".") if scale > 1 and "." in plain else plain
    return plain if wanted.match(plain) else ""


def boolean(text: str) -> str:
    """`oui` → `true`."""
    return _BOOLEANS.get(text.lower(), "")


def date(text: str) -> str:
    """`31/03/2025` or `31 mars 2025` → `2025-03-31`."""
    found = _DATE.match(text)
    if found:
        day, month, year = found.groups()
    else:
        words = re.split(rf"[{_SPACES}]+", text)
        if len(words) != 3 or fold(words[1]) not in _MONTHS:
            return ""
        day, month, year = words[0].removesuffix("er"), str(_MONTHS[fold(words[1])]), words[2]
    try:
        return datetime.date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""
