"""French numbers, dates and words → what a column was meant to hold; "" when it is not clear. Corrections to suggest, never
values: what is not written as its type asks stays refused.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from decimal import Decimal

from generator.text.french import MONTHS, fold

MAX_DIGITS = 30
_SPACES = "\u00a0\u202f\u2009 "
_SCALES = {"mille": 10**3, "million": 10**6, "milliard": 10**9}
_NUMBER = re.compile(
    rf"[+]?(-?[0-9]{{0,30}}(?:[{_SPACES}'_][0-9]{{3}}){{0,9}})([.,][0-9]{{0,30}})?[{_SPACES}]{{0,9}}(millions?|milliards?|mille|%|€)?\Z",
)
# Groups of three digits with a mark that is not the decimal one: `1.234,5`, `1,234.5`.
_GROUPED = re.compile(r"(-?[0-9]{1,3})((?:\.[0-9]{3}){1,9})(,[0-9]{1,30})\Z")
_MONTHS = {fold(name): number for number, name in enumerate(MONTHS, 1)}
_BOOLEANS = {
    **dict.fromkeys(("oui", "vrai", "yes", "true", "1"), "true"),
    **dict.fromkeys(("non", "faux", "no", "false", "0"), "false"),
}
_DAY_FIRST = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})\Z")
_YEAR_FIRST = re.compile(r"([0-9]{4})([/.-]?)([0-9]{1,2})\2([0-9]{1,2})\Z")
_MONTH_FIRST = re.compile(r"([0-9]{1,2})[/.-]([0-9]{4})\Z")
_MONTH_LAST = re.compile(r"([0-9]{4})[/.-]([0-9]{1,2})\Z")
_HOUR = re.compile(r"([0-9]{1,2}) ?(?:[h:]|heures?) ?(?:([0-9]{2})(?: ?(?:[:m]|min) ?([0-9]{2}))?)?(?:\.0+)? ?s?\Z")
_ZONE = re.compile(r"(.*?) ?(?:Z|UTC|([+-])([0-9]{2}):?([0-9]{2})?)\Z", re.IGNORECASE)


def number(text: str, wanted: re.Pattern[str]) -> str:
    """`85 000,5` → `85000.5`, `2 millions` → `2000000`, `71 %` → `71`, `1,234.5` → `1234.5`."""
    if len(text) > 2 * MAX_DIGITS:
        return ""
    text = "".join(
        str(unicodedata.decimal(c, c)) for c in text.replace("−", "-")
    )  # the typographic minus, other digits
    for marked in (text, text.translate({ord(","): ".", ord("."): ","})):
        grouped = _GROUPED.match(marked)
        if grouped:
            text = grouped[1] + grouped[2].replace(".", "") + grouped[3]
            break
    found = _NUMBER.match(text)
    if not found or not re.search("[0-9]", text):
        return ""
    sign = "-" if found.group(1).startswith("-") else ""
    digits = sign + (re.sub(rf"[{_SPACES}'_-]", "", found.group(1)).lstrip("0") or "0")
    scale = _SCALES.get((found.group(3) or "").removesuffix("s"), 1)
    plain = format(Decimal(digits + (found.group(2) or "").replace(",", ".")) * scale, "f").removesuffix(".")
    whole = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return next((form for form in (whole if scale > 1 else plain, whole) if wanted.match(form)), "")


def boolean(text: str) -> str:
    """`oui` → `true`."""
    return _BOOLEANS.get(text.lower(), "")


def date(text: str) -> str:
    """`31/03/2025`, `31 mars 2025`, `2025/3/31` → `2025-03-31`."""
    if found := _DAY_FIRST.match(text):
        day, month, year = found.groups()
    elif found := _YEAR_FIRST.match(text):
        year, day, month = found[1], found[4], found[3]
    else:
        words = _words(text)
        if len(words) != 3 or fold(words[1]) not in _MONTHS:
            return ""
        day, month, year = words[0].removesuffix("er"), str(_MONTHS[fold(words[1])]), words[2]
    return _calendar(year, month, day)


def yearmonth(text: str) -> str:
    """`03/2026`, `2026/3`, `mars 2026` → `2026-03`."""
    if found := _MONTH_FIRST.match(text):
        month, year = found.groups()
    elif found := _MONTH_LAST.match(text):
        year, month = found.groups()
    else:
        words = _words(text)
        if len(words) != 2 or fold(words[0]) not in _MONTHS:
            return ""
        month, year = str(_MONTHS[fold(words[0])]), words[1]
    return _calendar(year, month, "1")[:-3]


def year(text: str) -> str:
    """`2 024` or `2024.0`, which spreadsheets write, → `2024`."""
    plain = re.sub(rf"[{_SPACES}]|[.,]0+\Z", "", text) if len(text) <= MAX_DIGITS else ""
    return plain if re.match(r"[12][0-9]{3}\Z", plain) else ""


def time(text: str) -> str:
    """`12:30`, `12 h 30`, `9h` → `12:30:00`, `09:00:00`."""
    found = _HOUR.match(re.sub(rf"[{_SPACES}]", " ", text)) if len(text) <= MAX_DIGITS else None
    if not found or (":" in text and not found[2]):
        return ""
    hour, minute, second = (int(part or 0) for part in found.groups())
    return f"{hour:02}:{minute:02}:{second:02}" if hour < 24 and minute < 60 and second < 60 else ""


def moment(text: str) -> str:
    """`2022-10-18T14:35:49+0200` → `2022-10-18T12:35:49Z`; "" for what says no zone, whose hour is not known."""
    if len(text) > 2 * MAX_DIGITS:
        return ""
    zoned = _ZONE.match(text)
    if zoned is None:
        return ""
    plain = zoned[1]
    parts = re.match(r"(.{0,40}?[0-9])(?:T|,? (?:à )?)([0-9]{1,2} ?[h:].{0,20})\Z", re.sub(f"[{_SPACES}]+", " ", plain))
    day, hour = (date(parts[1]), time(parts[2])) if parts else ("", "")
    if not day or not hour:
        return ""
    found = datetime.datetime.fromisoformat(f"{day}T{hour}")
    if zoned[2]:
        away = datetime.timedelta(hours=int(zoned[3]), minutes=int(zoned[4] or 0))
        try:
            found = found - away if zoned[2] == "+" else found + away
        except OverflowError:
            return ""
    return f"{found.isoformat()}Z"


def _words(text: str) -> list[str]:
    return re.split(rf"[{_SPACES}]+", text) if len(text) <= MAX_DIGITS else []


def _calendar(year: str, month: str, day: str) -> str:
    """A day that exists, or ""."""
    if not all(re.match(r"[0-9]{1,4}\Z", part) for part in (year, month, day)) or len(year) != 4:
        return ""
    try:
        return datetime.date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""
