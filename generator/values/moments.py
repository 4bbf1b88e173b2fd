"""Dates, hours, both, years and months: in the default form of their type (XML Schema), in any form that is clear (`any`), or in the one
that a contract declares (a pattern of strptime).
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable

from generator.values import meant
from generator.values.problem import Problem, Read, wrong
from generator.values.strptime import parse, written
from generator.values.value import Year
from generator.values.writing import STANDARD, Writing

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_TIME = re.compile(r"[0-9]{2}:[0-9]{2}:[0-9]{2}\Z")
_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,6}0*)?(Z|[+-][0-9]{2}:[0-9]{2})?\Z"
)
# Those of XML Schema, of which our own content has fewer.
_ANY_MOMENT = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2})(\.[0-9]+)?(Z|[+-](?:0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)?\Z"
)
_ANY_YEAR = re.compile(r"(-?(?:[1-9][0-9]{3,8}|0[0-9]{3}))(?:Z|[+-][0-9]{2}:[0-9]{2})?\Z")
_ANY_MONTH = re.compile(r"-?(?:[1-9][0-9]{3,8}|0[0-9]{3})-(?:0[1-9]|1[0-2])(?:Z|[+-][0-9]{2}:[0-9]{2})?\Z")
ANY = "any"


def date(writing: Writing) -> Read:
    """What reads the dates of a column."""
    return _form(writing, _date, meant.date, datetime.date)


def time(writing: Writing) -> Read:
    """What reads the hours of a column."""
    return _form(writing, _time, meant.time, datetime.time)


def moment(writing: Writing) -> Read:
    """What reads the dates with an hour of a column: in universal time, unless their form says no zone."""
    default = _any_moment if STANDARD in writing.allow else _moment
    return _form(writing, default, meant.moment, datetime.datetime)


_Kind = type[datetime.date] | type[datetime.time]


def _form(writing: Writing, default: Read, guess: Callable[[str], str], kind: _Kind) -> Read:
    """What reads the texts of a column in the form that its contract declares."""
    form = writing.format
    if not form:
        return default
    if form == ANY:
        return lambda text: default(guess(text) or text)

    def read(text: str) -> tuple[object, Problem | None]:
        found = parse(text, form, kind)
        if found is not None:
            return found, None
        plain = text if default(text)[1] is None else guess(text)
        message = "« {text} » n’a pas la forme que le contrat donne à cette colonne."
        return wrong(message, text, "Forme attendue : {form}", _as(plain, form, kind), form=form)

    return read


def _as(plain: str, form: str, kind: _Kind) -> str:
    """A text in its default form, in another; "" for none, and for what the calendar has not (XML Schema has an hour 24)."""
    try:
        return written(kind.fromisoformat(plain), form) if plain else ""
    except ValueError:
        return ""


def _date(text: str) -> tuple[datetime.date | None, Problem | None]:
    if _DATE.match(text):
        try:
            return datetime.date.fromisoformat(text), None
        except ValueError:
            return wrong("« {text} » n’est pas une date du calendrier.", text, "Vérifiez le mois et le jour.")
    return wrong("« {text} » n’est pas une date.", text, "Une date s’écrit AAAA-MM-JJ.", meant.date(text))


def _time(text: str) -> tuple[datetime.time | None, Problem | None]:
    if _TIME.match(text):
        try:
            return datetime.time.fromisoformat(text), None
        except ValueError:
            return wrong("« {text} » n’est pas une heure du jour.", text, "Une heure va de 00:00:00 à 23:59:59.")
    return wrong("« {text} » n’est pas une heure.", text, "Écrivez HH:MM:SS.", meant.time(text))


def _moment(text: str) -> tuple[datetime.datetime | None, Problem | None]:
    found = _MOMENT.match(text)
    if found is not None and found[1]:
        try:
            return datetime.datetime.fromisoformat(text).astimezone(datetime.UTC), None
        except (ValueError, OverflowError):
            return wrong("« {text} » n’est pas un moment du calendrier.", text, "Vérifiez la date et l’heure.")
    if found is not None:
        message = "« {text} » ne dit pas de quel fuseau est son heure."
        hint = (
            "Ajoutez Z si c’est le temps universel, ou l’écart avec lui (+01:00 à Paris, +02:00 en été) ; ou dites dans le"
            ' contrat que ces heures n’ont pas de fuseau : « format: "%Y-%m-%dT%H:%M:%S" ».'
        )
        return wrong(message, text, hint)
    hint = "Écrivez AAAA-MM-JJTHH:MM:SSZ, en temps universel : une heure de moins qu’à Paris, deux en été."
    return wrong("« {text} » n’est pas une date avec heure.", text, hint, meant.moment(text))


def _any_moment(text: str) -> tuple[datetime.datetime | None, Problem | None]:
    """A moment of XML Schema; one without a zone is compared as if its hour were that of universal time."""
    found = _ANY_MOMENT.match(text)
    if found is None:
        return wrong(
            "« {text} » n’est pas une date avec heure.", text, "Écrivez AAAA-MM-JJTHH:MM:SS.", meant.moment(text)
        )
    hour, zone = found[1], found[3] or "Z"
    midnight = hour.endswith("T24:00:00") and not (found[2] or "").strip(".0")  # the end of a day
    try:
        start = hour.replace("T24:", "T00:") if midnight else hour
        read = datetime.datetime.fromisoformat(start + (found[2] or "")[:7] + zone)
        return read.astimezone(datetime.UTC) + datetime.timedelta(days=midnight), None
    except (ValueError, OverflowError):
        return wrong("« {text} » n’est pas un moment du calendrier.", text, "Vérifiez la date et l’heure.")


def year(writing: Writing) -> Read:
    """What reads the years of a column."""
    return _any_year if STANDARD in writing.allow else _year


def _any_year(text: str) -> tuple[int | None, Problem | None]:
    found = _ANY_YEAR.match(text)
    return (Year(found[1]), None) if found else _year(text)


def _year(text: str) -> tuple[int | None, Problem | None]:
    if re.match(r"[1-9][0-9]{3}\Z", text):
        return int(text), None
    if re.match(r"-?[0-9]{4}\Z", text):
        return Year(text), None
    before = re.fullmatch(r"-([0-9]{1,3})", text)
    hint = "Une année s’écrit avec quatre chiffres : 1998, 0800, et -0044 avant notre ère."
    return wrong("« {text} » n’est pas une année.", text, hint, f"-{before[1]:0>4}" if before else meant.year(text))


def yearmonth(writing: Writing) -> Read:
    """What reads the months of a column."""
    return _any_yearmonth if STANDARD in writing.allow else _yearmonth


def _any_yearmonth(text: str) -> tuple[str | None, Problem | None]:
    return (text, None) if _ANY_MONTH.match(text) else _yearmonth(text)


def _yearmonth(text: str) -> tuple[str | None, Problem | None]:
    if re.match(r"[0-9]{4}-(0[1-9]|1[0-2])\Z", text):
        return text, None
    return wrong("« {text} » n’est pas un mois.", text, "Un mois s’écrit AAAA-MM.", meant.yearmonth(text))
