"""Text → typed value, as the type, format and constraints of a column say, with the correction when the text is a
French number, date or word. Types and constraints: Data Package v2, Table Schema.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from generator.contracts import meant
from generator.contracts.meant import MAX_DIGITS
from generator.text.interface import NOTHING, Sentence, sentence
from generator.text.links import without_links

Value = str | int | Decimal | bool | datetime.date | datetime.datetime | datetime.time

MAX_TEXT = 32_767  # the longest text a spreadsheet cell holds


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a text: a diagnostic without its place."""

    code: str
    message: Sentence
    hint: Sentence = NOTHING
    suggestion: str = ""


@dataclass(frozen=True, slots=True)
class ValueType:
    """How a type reads a text: (value, None) or (None, problem); the formats and the constraints that it may have."""

    name: str
    read: Callable[[str, str], tuple[Value | None, Problem | None]]
    constraints: tuple[str, ...]
    formats: tuple[str, ...] = ()


def _wrong(message: str, text: str, hint: str, suggestion: str = "") -> tuple[None, Problem]:
    told = sentence(message, text=shorten(text))
    return None, Problem("valeur-du-mauvais-type", told, sentence(hint), suggestion)


def shorten(text: str) -> str:
    """A text as a message shows it."""
    text = text.replace("\n", "⏎")
    return text if len(text) <= 60 else text[:57] + "…"


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
    return _wrong("« {text} » n’est pas un nombre.", text, hint, meant.number(text, _NUMBER))


def _integer(text: str, form: str) -> tuple[Value | None, Problem | None]:
    if _INTEGER.match(text) and len(text) <= MAX_DIGITS:
        return int(text), None
    if _INTEGER.match(text):
        return _too_long(text)
    hint = "Un entier s’écrit en chiffres, sans espace, sans virgule ni unité."
    return _wrong("« {text} » n’est pas un nombre entier.", text, hint, meant.number(text, _INTEGER))


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
    if re.match(r"[0-9]{4}\Z", text):
        return int(text), None
    hint = "Une année s’écrit avec quatre chiffres."
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


# What a spreadsheet may execute: « = », « @ », « | », « % » first, spaces and quotes apart; or a sign, unless it opens a
# number, alone or with its unit (`+ 141 %`, `-1,5 point`, `+33 1 23 45 67 89`), and nothing to compute.
_SIGNED = (
    r"[+-][ \u00a0\u202f]?[0-9]++(?:[ \u00a0\u202f.,]?[0-9]++)*+(?:[ \u00a0\u202f]?[%€‰])?"
    r"(?:\Z|[ \u00a0\u202f.,;:)]+(?:\Z|[^\W\d_]+(?![\w(!|]))|[^\W\d_]{2,}(?![\w(!|]))"
)
_FORMULA = re.compile(rf"[\s\"']*(?:[=@|＝＋－＠\t\r]|%(?!\Z)|(?!{_SIGNED})[+-])")
_MISSING_WORDS = frozenset(("null", "Null", "NULL", "~", "NA", "N/A", "n/a", "#N/A", "NaN", "nan", "None", "nd", "ND"))
# Addresses that the mail servers of everybody take (RFC 5321, sizes of its 4.5.3.1): no quotes, no dot at an end or twice.
_EMAIL = re.compile(
    r"(?=[^@]{1,64}@[^@]{1,253}\Z)[A-Za-z0-9_%+-]+(?:\.[A-Za-z0-9_%+-]+)*"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}\Z"
)
_URI = re.compile(r"https?://[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::[0-9]{1,5})?(?:[/?#][!-;=?-~]*)?\Z", re.IGNORECASE)
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z", re.IGNORECASE)


def _string(text: str, form: str) -> tuple[Value | None, Problem | None]:
    first = text[:1]
    words = without_links(text) if first in ("[", '"', "'") else text  # a cell keeps nothing else of a link
    start = words[:1]
    if ((start in "=@|%+-＝＋－＠\"'" or start.isspace()) and _FORMULA.match(words)) or len(text) > MAX_TEXT:
        return _unsafe(text if len(text) > MAX_TEXT else words)
    if first.isspace() or (text[-1:].isspace() and text[-1:] != "\n"):
        message = sentence("le texte commence ou finit par une espace, ordinaire ou insécable.")
        return None, Problem("espace-en-trop", message, sentence("Retirez-la."), text.strip())
    if text in ("…", "..."):
        message = sentence("« {text} » tient la place d’un texte à écrire.", text=text)
        return None, Problem("valeur-a-ecrire", message, sentence("Écrivez-le, ou supprimez la ligne."))
    if text in _MISSING_WORDS:
        message = sentence("« {text} » est lu comme une valeur manquante par les tableurs et les logiciels.", text=text)
        return None, Problem("mot-reserve", message, sentence("Supprimez la ligne : absent veut dire absent."))
    if form == "uri" and not (_URI.match(text) and len(text) <= 2000):
        return _wrong(
            "« {text} » n’est pas une adresse web.",
            text,
            "Une adresse commence par https:// et ne contient pas d’espace.",
        )
    if form == "email" and not _EMAIL.match(text):
        return _wrong("« {text} » n’est pas une adresse électronique.", text, "Écrivez nom@domaine.")
    if form == "uuid" and not _UUID.match(text):
        return _wrong(
            "« {text} » n’est pas un identifiant UUID.",
            text,
            "Écrivez huit, quatre, quatre, quatre et douze chiffres hexadécimaux.",
        )
    return text, None


def _unsafe(text: str) -> tuple[None, Problem]:
    if len(text) > MAX_TEXT:
        message = "ce texte a {n} caractères ; une cellule de tableur en contient {max} au plus."
        told = sentence(message, n=len(text), max=MAX_TEXT)
        return None, Problem("texte-trop-long", told, sentence("Raccourcissez-le."))
    told = sentence("ce texte commence par « {first} » : un tableur pourrait l’exécuter.", first=text.strip()[:1])
    return None, Problem("formule", told, sentence("Ajoutez un mot devant."))


# Which type may have which constraint: Data Package v2, Table Schema, « Field Constraints ».
_ANY = ("required", "unique", "enum")
_TEXT = (*_ANY, "pattern", "minLength", "maxLength")
_ORDERED = (*_ANY, "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")

TYPES: dict[str, ValueType] = {
    kind.name: kind
    for kind in (
        ValueType("string", _string, _TEXT, ("email", "uri", "uuid")),
        ValueType("number", _number, _ORDERED),
        ValueType("integer", _integer, _ORDERED),
        ValueType("boolean", _boolean, _ANY),
        ValueType("date", _date, _ORDERED),
        ValueType("datetime", _datetime, _ORDERED),
        ValueType("time", _time, _ORDERED),
        ValueType("year", _year, _ORDERED),
        ValueType("yearmonth", _yearmonth, _ORDERED),
        ValueType("any", _string, _ANY),
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
