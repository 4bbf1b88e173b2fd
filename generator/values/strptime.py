"""Forms of dates that a contract declares: patterns of strptime (C, Python), with the directives that say the same in any language."""

from __future__ import annotations

import datetime
import re

from generator.text.interface import NOTHING, Sentence, sentence

_DIRECTIVE = re.compile(r"%(.?)", re.DOTALL)
_DAYS = (("Y", "y"), ("m", "b", "B"), ("d",))
_KNOWN = {
    "date": "YymbBdj%",
    "time": "HIpMS%",
    "datetime": "YymbBdjHIpMSfz%",
}  # names of months are those of C: English
# Of each type, what must be said: one of each.
_WANTED = {"date": _DAYS, "time": (("H", "I"),), "datetime": (*_DAYS, ("H", "I"))}

Moment = datetime.date | datetime.time | datetime.datetime


def wrong_form(form: str, kind: str) -> Sentence:
    """What is wrong with a pattern for the values of a type (date, time, datetime); nothing when it says what it must."""
    found = _DIRECTIVE.findall(form)
    if not found:
        return sentence("« {format} » ne contient aucune directive comme « %d ».", format=form)
    stray = next((letter for letter in found if not letter or letter not in _KNOWN[kind]), None)
    if stray is not None:
        message = (
            "« %{letter} » ne se lit pas ici : {letters} seulement, qui disent la même chose dans toutes les langues."
        )
        return sentence(message, letter=stray, letters=" ".join(f"%{letter}" for letter in _KNOWN[kind].rstrip("%")))
    lacking = next((wanted for wanted in _WANTED[kind] if not set(wanted) & set(found)), None)
    if lacking is not None and not ("j" in found and lacking in _DAYS[1:]):
        return sentence("Il manque « %{letter} » à « {format} ».", letter=lacking[0], format=form)
    return NOTHING


def parse(text: str, form: str, kind: type) -> Moment | None:
    """The moment that a text says in a form, in universal time when it says a zone; None when it is not of this form."""
    if any(sign.isdigit() and not sign.isascii() for sign in text) or text != text.strip():
        return None
    try:
        found = datetime.datetime.strptime(text, form)
        if "%j" in form and "%Y" in form and f"{found.year:04}" not in text:
            return None  # the day 366 of a year that has none
        if kind is datetime.date:
            return found.date()
        if kind is datetime.time:
            return found.time()
        return found.astimezone(datetime.UTC) if found.tzinfo is not None else found
    except (ValueError, OverflowError):
        return None


def written(moment: object, form: str) -> str:
    """A moment in a form; "" when one says a zone and the other none. Years have four digits, whatever the library of C makes of them."""
    assert isinstance(moment, datetime.date | datetime.time)
    if isinstance(moment, datetime.datetime) and (moment.tzinfo is not None) != ("%z" in form):
        return ""  # the hour of another place
    year = f"{moment.year:04}" if isinstance(moment, datetime.date) else ""
    return moment.strftime(form.replace("%Y", year) if year else form)


_C = set("aAwdbBmyYHIpMSfzZjUWcxXGuV%")  # what strptime reads


def is_form(form: str) -> bool:
    """Whether strptime reads a pattern, in whatever language: what the standard asks of one."""
    found = _DIRECTIVE.findall(form)
    return any(letter != "%" for letter in found) and all(letter in _C and letter for letter in found)
