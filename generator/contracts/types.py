"""Text → typed value, as the type, format and constraints of a column say, with the correction when the text is a
French number, date or word. Types and constraints: Data Package v2, Table Schema.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from generator.contracts import meant, texts
from generator.contracts.meant import MAX_DIGITS
from generator.contracts.problem import RESERVED_WORD, Problem, shorten
from generator.contracts.problem import wrong as _wrong
from generator.text.interface import sentence

Value = str | int | Decimal | bool | datetime.date | datetime.datetime | datetime.time


@dataclass(frozen=True, slots=True)
class ValueType:
    """How a type reads a text: (value, None) or (None, problem)."""

    name: str
    read: Callable[[str, str], tuple[Value | None, Problem | None]]
    formats: tuple[str, ...] = ()
    ordered: bool = True


@dataclass(frozen=True, slots=True)
class Constraints:
    """Constraints of a column; bounds are values of its type."""

    required: bool = False
    unique: bool = False
    enum: tuple[str, ...] = ()
    pattern: re.Pattern[str] | None = None
    minimum: Value | None = None
    maximum: Value | None = None
    exclusive_minimum: Value | None = None
    exclusive_maximum: Value | None = None
    min_length: int | None = None
    max_length: int | None = None

    @property
    def written_pattern(self) -> str:
        """The pattern as its contract writes it, "" without one."""
        return "" if self.pattern is None else self.pattern.pattern[len(_WHOLE[0]) : -len(_WHOLE[1])]

    def permits(self, word: str) -> bool:
        """Whether the contract says that a word is a value: by its list, or by the form of the texts."""
        return word in self.enum or bool(self.pattern and self.pattern.match(word))


_WHOLE = ("(?:", r")\Z")  # around a pattern that must match the whole text


def compile_pattern(pattern: str) -> re.Pattern[str] | None:
    """A pattern that must match the whole text (XML Schema anchoring, as Table Schema asks), or None if it is faulty."""
    try:
        return re.compile(pattern.join(_WHOLE))
    except re.error:
        return None


def fits(kind: ValueType, text: str, form: str) -> bool:
    """Whether a text that a contract gives as a value is of a type."""
    problem = kind.read(text, form)[1]
    return problem is None or problem.code == RESERVED_WORD  # the contract itself permits it


_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?\Z")
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]*)\Z")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")


def _number(text: str, form: str) -> tuple[Value | None, Problem | None]:
    if _NUMBER.match(text) and len(text) <= MAX_DIGITS:
        return Decimal(text), None
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
    return _wrong("« {text} » n’est pas une année.", text, "Une année s’écrit avec quatre chiffres.")


def _yearmonth(text: str, form: str) -> tuple[Value | None, Problem | None]:
    if re.match(r"[0-9]{4}-(0[1-9]|1[0-2])\Z", text):
        return text, None
    return _wrong("« {text} » n’est pas un mois.", text, "Un mois s’écrit AAAA-MM.")


def _datetime(text: str, form: str) -> tuple[Value | None, Problem | None]:
    if re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z\Z", text):
        try:
            return datetime.datetime.fromisoformat(text), None
        except ValueError:
            pass
    return _wrong("« {text} » n’est pas une date avec heure.", text, "Écrivez AAAA-MM-JJTHH:MM:SSZ.")


def _time(text: str, form: str) -> tuple[Value | None, Problem | None]:
    if re.match(r"[0-9]{2}:[0-9]{2}:[0-9]{2}\Z", text):
        try:
            return datetime.time.fromisoformat(text), None
        except ValueError:
            pass
    return _wrong("« {text} » n’est pas une heure.", text, "Écrivez HH:MM:SS.")


TYPES: dict[str, ValueType] = {
    kind.name: kind
    for kind in (
        ValueType("string", texts.read, ("email", "uri", "uuid"), ordered=False),
        ValueType("number", _number),
        ValueType("integer", _integer),
        ValueType("boolean", _boolean, ordered=False),
        ValueType("date", _date),
        ValueType("datetime", _datetime),
        ValueType("time", _time),
        ValueType("year", _year),
        ValueType("yearmonth", _yearmonth),
        ValueType("any", texts.read, ordered=False),
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
