"""Text → typed value, as the type, format and constraints of a column say, with the correction when the text is a
French number, date or word. Types and constraints: Data Package v2, Table Schema.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from generator.text.interface import say, sentence
from generator.text.quantities import lookalike
from generator.values import meant, texts
from generator.values.meant import MAX_DIGITS
from generator.values.problem import RESERVED_WORD, Problem, shorten
from generator.values.problem import wrong as _wrong

Value = str | int | Decimal | bool | datetime.date | datetime.datetime | datetime.time


@dataclass(frozen=True, slots=True)
class ValueType:
    """How a type reads a text: (value, None) or (None, problem); the formats and the constraints that it may have."""

    name: str
    read: Callable[[str, str], tuple[Value | None, Problem | None]]
    constraints: tuple[str, ...]
    formats: tuple[str, ...] = ()


def fits(kind: ValueType, text: str, form: str) -> bool:
    """Whether a text that a contract gives as a value is of a type."""
    problem = kind.read(text, form)[1]
    return problem is None or problem.code == RESERVED_WORD  # the contract itself permits it


_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?\Z")
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]*)\Z")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")


def _number(text: str, form: str) -> tuple[Value | None, Problem | None]:
    if _NUMBER.match(text) and len(text) <= MAX_DIGITS:
        value = Decimal(text)
        return (value if value else value.copy_abs()), None  # zero has no sign
    if _NUMBER.match(text):
        return _too_long(text)
    hint = "Un nombre s’écrit en chiffres, avec un point pour les décimales, sans espace ni unité."
    message, letter = _no_number(text, "« {text} » n’est pas un nombre.")
    return _wrong(message, text, hint, meant.number(text, _NUMBER), letter=letter)


def _no_number(text: str, message: str) -> tuple[str, str]:
    """What is said of a text that is no number, and the letter in it that looks like a digit, or ""."""
    letter = lookalike(text)
    return "« {text} » contient la lettre « {letter} » parmi les chiffres." if letter else message, letter


def _integer(text: str, form: str) -> tuple[Value | None, Problem | None]:
    if _INTEGER.match(text) and len(text) <= MAX_DIGITS:
        return int(text), None
    if _INTEGER.match(text):
        return _too_long(text)
    hint = "Un entier s’écrit en chiffres, sans espace, sans virgule ni unité."
    message, letter = _no_number(text, "« {text} » n’est pas un nombre entier.")
    return _wrong(message, text, hint, meant.number(text, _INTEGER), letter=letter)


def _too_long(text: str) -> tuple[None, Problem]:
    message = "« {text} » a {n} caractères, {max} au plus sont permis pour un nombre."
    told = sentence(message, text=shorten(text), n=len(text), max=MAX_DIGITS)
    return None, Problem("valeur-du-mauvais-type", told, sentence("Vérifiez ce nombre."))


def _boolean(text: str, form: str) -> tuple[Value | None, Problem | None]:
    if text in ("true", "false"):
        return text == "true", None
    message = "« {text} » n’est pas « true » (vrai) ni « false » (faux)."
    return _wrong(message, text, "Écrivez true ou false.", meant.boolean(text))


def _date(text: str, form: str) -> tuple[Value | None, Problem | None]:
    if _DATE.match(text):
        try:
            return datetime.date.fromisoformat(text), None
        except ValueError:
            return _wrong("« {text} » n’est pas une date du calendrier.", text, "Vérifiez le mois et le jour.")
    return _wrong("« {text} » n’est pas une date.", text, "Une date s’écrit AAAA-MM-JJ.", meant.date(text))


def _year(text: str, form: str) -> tuple[Value | None, Problem | None]:
    if re.match(r"[1-9][0-9]{3}\Z", text):
        return int(text), None
    hint = "Une année s’écrit avec quatre chiffres, de 1000 à 9999."
    return _wrong("« {text} » n’est pas une année.", text, hint, meant.year(text))


def _yearmonth(text: str, form: str) -> tuple[Value | None, Problem | None]:
    if re.match(r"[0-9]{4}-(0[1-9]|1[0-2])\Z", text):
        return text, None
    return _wrong("« {text} » n’est pas un mois.", text, "Un mois s’écrit AAAA-MM.", meant.yearmonth(text))


def _datetime(text: str, form: str) -> tuple[Value | None, Problem | None]:
    if re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z\Z", text):
        try:
            return datetime.datetime.fromisoformat(text), None
        except ValueError:
            return _wrong("« {text} » n’est pas un moment du calendrier.", text, "Vérifiez la date et l’heure.")
    hint = "Écrivez AAAA-MM-JJTHH:MM:SSZ, en temps universel : une heure de moins qu’à Paris, deux en été."
    return _wrong("« {text} » n’est pas une date avec heure.", text, hint, meant.moment(text))


def _time(text: str, form: str) -> tuple[Value | None, Problem | None]:
    if re.match(r"[0-9]{2}:[0-9]{2}:[0-9]{2}\Z", text):
        try:
            return datetime.time.fromisoformat(text), None
        except ValueError:
            return _wrong("« {text} » n’est pas une heure du jour.", text, "Une heure va de 00:00:00 à 23:59:59.")
    return _wrong("« {text} » n’est pas une heure.", text, "Écrivez HH:MM:SS.", meant.time(text))


# Which type may have which constraint: Data Package v2, Table Schema, « Field Constraints ».
_ANY = ("required", "unique", "enum")
_TEXT = (*_ANY, "pattern", "minLength", "maxLength")
_ORDERED = (*_ANY, "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")

TYPES: dict[str, ValueType] = {
    kind.name: kind
    for kind in (
        ValueType("string", texts.read, _TEXT, ("email", "uri", "uuid")),
        ValueType("number", _number, _ORDERED),
        ValueType("integer", _integer, _ORDERED),
        ValueType("boolean", _boolean, _ANY),
        ValueType("date", _date, _ORDERED),
        ValueType("datetime", _datetime, _ORDERED),
        ValueType("time", _time, _ORDERED),
        ValueType("year", _year, _ORDERED),
        ValueType("yearmonth", _yearmonth, _ORDERED),
        ValueType("any", texts.read, _ANY),
    )
}


def canonical(value: Value | None) -> str:
    """A value as a CSV cell holds it: point decimal, ISO dates, true or false, empty when absent."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, int):
        return str(value)
    return value.isoformat().replace("+00:00", "Z")


# How types, and formats of texts, are named to readers.
_WORDS = {
    "string": "texte",
    "number": "nombre",
    "integer": "nombre entier",
    "boolean": "vrai ou faux",
    "date": "date",
    "datetime": "date et heure",
    "time": "heure",
    "year": "année",
    "yearmonth": "mois d’une année",
    "any": "sans type",
    "email": "adresse électronique",
    "uri": "adresse web",
    "uuid": "identifiant UUID",
}


def in_words(kind: str, form: str = "") -> str:
    """A type, or its format, as readers are told it: « nombre entier », « adresse web »."""
    return say(_WORDS[form or kind])
