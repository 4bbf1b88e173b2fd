"""French numbers, dates and words → what a column was meant to hold; "" when it is not clear. Corrections to suggest, never
values: what is not written as its type asks stays refused.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from generator.text import english, french
from generator.text.french import fold
from generator.text.language import ENGLISH, spoken
from generator.text.quantities import plain, quantities, retyped

MAX_DIGITS = 30
_SPACES = "\u00a0\u202f\u2009 "
_SCALES = {"mille": 10**3, "million": 10**6, "milliard": 10**9}
_NUMBER = re.compile(
    rf"[+]?(-?[0-9]{{0,30}}(?:[{_SPACES}'_][0-9]{{3}}){{0,9}})([.,][0-9]{{0,30}})?[{_SPACES}]{{0,9}}(millions?|milliards?|mille|%|€)?\Z",
)
# Groups of three digits with a mark that is not the decimal one: `1.234,5`, `1,234.5`.
_GROUPED = re.compile(r"(-?[0-9]{1,3})((?:\.[0-9]{3}){1,9})(,[0-9]{1,30})\Z")
# Groups of three digits that a mark parts, `1,234,567` or `1.234.567`; with one group, only English tells thousands from decimals.
_THOUSANDS = re.compile(r"([+-]?[1-9][0-9]{0,2})((?:,[0-9]{3}){1,9}|(?:\.[0-9]{3}){1,9})(?![0-9.,])")
_GROUP = 4  # characters: a mark and three digits
_FIGURES = re.compile(r"[0-9.,+-]*\Z")  # digits and marks alone, which are read whole or not at all
_MONTHS = {fold(name): number for module in (french, english) for number, name in enumerate(module.MONTHS, 1)}
_BOOLEANS = {
    **dict.fromkeys(("oui", "vrai", "yes", "true", "1"), "true"),
    **dict.fromkeys(("non", "faux", "no", "false", "0"), "false"),
}
_DAY_FIRST = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})\Z")
_YEAR_FIRST = re.compile(r"([0-9]{4})([/.-]?)([0-9]{1,2})\2([0-9]{1,2})\Z")
_MONTH_FIRST = re.compile(r"([0-9]{1,2})[/.-]([0-9]{4})\Z")
_MONTH_LAST = re.compile(r"([0-9]{4})[/.-]([0-9]{1,2})\Z")
_ORDINAL = re.compile(r"(?<=1)er\Z|(?<=[0-9])(?:st|nd|rd|th)\Z")
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
    parted = _THOUSANDS.match(text)
    unsure = parted is not None and len(parted[2]) == _GROUP and (spoken() != ENGLISH or parted[2].startswith("."))
    if parted is not None and not unsure:
        text = parted[1] + re.sub("[.,]", "", parted[2]) + text[parted.end() :]
    found = _NUMBER.match(text)
    if not found or not re.search("[0-9]", text):
        return next((form for form in (_sum(text), _roman(text), _alone(text)) if form and wanted.match(form)), "")
    sign = "-" if found.group(1).startswith("-") else ""
    digits = sign + (re.sub(rf"[{_SPACES}'_-]", "", found.group(1)).lstrip("0") or "0")
    scale = _SCALES.get((found.group(3) or "").removesuffix("s"), 1)
    exact = format(Decimal(digits + (found.group(2) or "").replace(",", ".")) * scale, "f").removesuffix(".")
    whole = exact.rstrip("0").rstrip(".") if "." in exact else exact
    forms = (exact,) if unsure and scale == 1 else (whole if scale > 1 else exact, whole)
    return next((form for form in forms if wanted.match(form)), "")


def _alone(text: str) -> str:
    """`près de 2 millions` → 2000000, `42OOO` → 42000: the only quantity of a text."""
    if _FIGURES.match(text):
        return ""
    found = quantities(retyped(text))
    meant = plain(found[0].value) if len(found) == 1 and found[0].terms is None else ""
    return meant if len(meant) <= MAX_DIGITS else ""


def _sum(text: str) -> str:
    """`=18000+47000` → 65000: the sum that somebody left in a cell."""
    terms = re.fullmatch(r"=\s*(-?[0-9]{1,15}(?:\.[0-9]{1,9})?(?:\s*[+-]\s*[0-9]{1,15}(?:\.[0-9]{1,9})?){1,20})", text)
    return (
        plain(sum(map(Decimal, re.findall(r"[+-]?[0-9.]+", re.sub(r"\s", "", terms[1]))), Decimal())) if terms else ""
    )


def _roman(text: str) -> str:
    """`III` → 3."""
    if not re.fullmatch(r"(?=.)X{0,3}(?:IX|IV|V?I{0,3})", text):
        return ""
    values = [{"I": 1, "V": 5, "X": 10}[letter] for letter in text]
    return str(sum(-a if a < b else a for a, b in pairwise([*values, 0])))


def boolean(text: str) -> str:
    """`oui` → `true`."""
    return _BOOLEANS.get(text.lower(), "")


def date(text: str) -> str:
    """`31/03/2025`, `31 mars 2025`, `2025/3/31`, `March 31, 2025` → `2025-03-31`."""
    if found := _DAY_FIRST.match(text):
        day, month, year = found.groups()
    elif found := _YEAR_FIRST.match(text):
        year, day, month = found[1], found[4], found[3]
    else:
        words = _words(text)
        if len(words) == 3 and words[1].endswith(","):
            words = [words[1][:-1], words[0], words[2]]
        if len(words) != 3 or fold(words[1]) not in _MONTHS:
            return ""
        day, month, year = _ORDINAL.sub("", words[0]), str(_MONTHS[fold(words[1])]), words[2]
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
    bare = re.sub(rf"[{_SPACES}]|[.,]0+\Z", "", text) if len(text) <= MAX_DIGITS else ""
    return bare if re.match(r"[12][0-9]{3}\Z", bare) else ""


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
    bare = re.sub(f"[{_SPACES}]+", " ", zoned[1])
    parts = re.match(r"(.{0,40}?[0-9])(?:T|,? (?:à )?)([0-9]{1,2} ?[h:].{0,20})\Z", bare)
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


_UNTIL = r"jusqu[’']?(?:à|a|en|au)?(?: l[’']année)?"
_OPEN = re.compile(
    rf"(?:(depuis|dès|à partir de|après)|({_UNTIL}|avant))(?: fin| début| le| la fin de)? (.{{1,60}})\Z", re.IGNORECASE
)
_BOTH = re.compile(r"(?:de |du |entre |d[’'])?(.{1,60}?) ?(?:/|à|au|et|[-–—]) ?(.{1,60})\Z", re.IGNORECASE)
_QUARTER = re.compile(
    r"(?:T([1-4])|([1-4])(?:er|e|ème) trimestre)[ -/]*(?:de |)?([0-9]{4})\Z|([0-9]{4})[ -]?T([1-4])\Z", re.IGNORECASE
)
_HALF = re.compile(
    r"(?:S?(1er|premier|1|second|2e|2nd|2d|2|deuxième)(?: semestre)?[ -/]*(?:de )?([0-9]{4})|([0-9]{4})[ -]?S([12]))\Z",
    re.IGNORECASE,
)
_SHORT = re.compile(r"([0-9]{2})([0-9]{2}) *[-–/] *([0-9]{2})\Z")


def moments(text: str) -> Iterator[str]:
    """What a date, a month, a year or an interval was probably meant to be, in ISO 8601, the likeliest first: `mars 2020` → 2020-03,
    `2013-2018` → 2013/2018, `depuis 2009` → 2009/.., `2022-23` → 2022/2023, `T1 2021` → 2021-01/2021-03.
    """
    text = re.sub(rf"[{_SPACES}]+", " ", text).strip()
    if len(text) > 2 * MAX_DIGITS:
        return
    yield from filter(None, (_moment(text),))
    if found := _QUARTER.match(text):
        year, quarter = found[3] or found[4], int(found[1] or found[2] or found[5])
        yield f"{year}-{3 * quarter - 2:02}/{year}-{3 * quarter:02}"
    if found := _HALF.match(text):
        first = (found[1] or found[4]).lower() in ("1", "1er", "premier")
        yield f"{found[2] or found[3]}-{'01' if first else '07'}/{found[2] or found[3]}-{'06' if first else '12'}"
    if (found := _SHORT.match(text)) and int(found[2]) < int(found[3]):
        yield f"{found[1]}{found[2]}/{found[1]}{found[3]}"
    if found := _OPEN.match(text):
        bound = _moment(found[3])
        yield from filter(None, ((f"{bound}/.." if found[1] else f"../{bound}") if bound else "",))
    if found := _BOTH.match(text):
        start, end = (_moment(part) for part in found.groups())
        yield from filter(None, (f"{start}/{end}" if start and end else "",))


def _moment(text: str) -> str:
    """A day, a month or a year."""
    text = re.sub(r"^(?:le|en|fin|début|année) ", "", text, flags=re.IGNORECASE)
    return date(text) or yearmonth(text) or (text if re.fullmatch("[12][0-9]{3}", text) else "")
