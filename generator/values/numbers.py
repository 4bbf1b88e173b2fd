"""Numbers and whole numbers: the plain writing, or those that a contract declares (decimalChar, groupChar, bareNumber, any form of the
standard under `allow: [numbers]`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from generator.text.interface import sentence
from generator.text.quantities import lookalike
from generator.values import meant
from generator.values.meant import MAX_DIGITS
from generator.values.problem import Problem, Read, shorten, wrong
from generator.values.value import NotANumber
from generator.values.writing import STANDARD, Writing

LONGEST = 1_000  # digits of a number, once any form of it is permitted
_PLAIN_NUMBER = re.compile(r"\A-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?\Z")
_PLAIN_INTEGER = re.compile(r"\A-?(?:0|[1-9][0-9]*)\Z")
_ANY_NUMBER = re.compile(r"\A[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,9})?\Z")
_ANY_INTEGER = re.compile(r"\A[+-]?[0-9]+\Z")
_NO_NUMBER = re.compile(r"(?:-?INF|NAN)\Z", re.IGNORECASE)  # those of the standard: a number all the same
_NAN = NotANumber("NaN")
_ENDLESS = re.compile(r"[+-]?(?:INF|INFINITY|NAN)\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of numbers: how they are written, plainly or in any form, and whether they are whole."""

    plain: re.Pattern[str]
    any: re.Pattern[str]
    whole: bool


_NUMBER = _Kind(_PLAIN_NUMBER, _ANY_NUMBER, False)
_INTEGER = _Kind(_PLAIN_INTEGER, _ANY_INTEGER, True)


def number(writing: Writing) -> Read:
    """What reads the numbers of a column."""
    return _reader(writing, _NUMBER)


def integer(writing: Writing) -> Read:
    """What reads the whole numbers of a column."""
    return _reader(writing, _INTEGER)


def _reader(writing: Writing, kind: _Kind) -> Read:
    free, all_of_it = "numbers" in writing.allow, STANDARD in writing.allow
    form = kind.any if free else kind.plain
    most = LONGEST if free else MAX_DIGITS
    declared = bool(writing.group) or not writing.bare or writing.decimal != "."

    def read(text: str) -> tuple[int | Decimal | NotANumber | None, Problem | None]:
        plain = _plainly(text, writing, kind, free) if declared else text
        if not form.match(plain):
            if all_of_it and not kind.whole and _NO_NUMBER.match(plain):
                return _NAN if plain[-1:] in "nN" else Decimal(plain), None
            return _refused(text, writing, kind)
        if all_of_it:
            return int(plain) if kind.whole and len(plain) <= most else Decimal(plain), None
        value = int(plain) if kind.whole and len(plain) <= most else Decimal(plain)
        if len(plain) > most or (free and isinstance(value, Decimal) and _digits(value) > most):
            return _too_long(text, most, free)
        if isinstance(value, int):
            return value, None
        value = Decimal(format(value, "f")) if free else value
        return (value if value else value.copy_abs()), None  # zero has no sign

    return read


def _digits(value: Decimal) -> int:
    """How many digits a number takes, written in full."""
    exponent = value.as_tuple().exponent
    return max(value.adjusted() + 1, 1) - min(int(exponent), 0)


def _plainly(text: str, writing: Writing, kind: _Kind, free: bool) -> str:
    """A number as it is written without what its column declares; "?" for what is not of this form."""
    mark = "" if kind.whole else writing.decimal
    text = text if writing.bare else _stripped(text, mark)
    if writing.group and writing.group in text:
        whole, point, rest = text.partition(mark) if mark else (text, "", "")
        first, *groups = whole.split(writing.group)
        if not free and (not re.fullmatch("-?[0-9]{1,3}", first) or any(len(group) != 3 for group in groups)):
            return "?"
        text = first + "".join(groups) + point + rest
    if mark in ("", "."):
        return text
    return "?" if "." in text else text.replace(mark, ".")


def _stripped(text: str, mark: str) -> str:
    """A number without what stands before and after it; "?" when a sign is there, of which nobody knows whether it is its own."""
    digits = [place for place, sign in enumerate(text) if sign.isdigit()]
    if not digits:
        return text
    start = digits[0] - (bool(mark) and text[: digits[0]].endswith(mark))
    start -= text[:start].endswith(("+", "-"))
    left = text[:start] + text[digits[-1] + 1 :]
    return "?" if "-" in left or "−" in left else text[start : digits[-1] + 1]


def _refused(text: str, writing: Writing, kind: _Kind) -> tuple[None, Problem]:
    if _ENDLESS.match(text):
        hint = "Si la valeur manque, {absent}, ou ajoutez « {text} » à « missingValues » dans le contrat."
        return wrong("« {text} » n’est pas un nombre fini : rien de publié ne le garderait.", text, hint)
    letter, suggestion, mark = lookalike(text), meant.number(text, kind.plain), writing.decimal
    message = "« {text} » n’est pas un nombre entier." if kind.whole else "« {text} » n’est pas un nombre."
    if letter:
        message = "« {text} » contient la lettre « {letter} » parmi les chiffres."
    hint = "Un nombre s’écrit en chiffres, avec un point pour les décimales, sans espace ni unité."
    if mark != ".":
        hint, suggestion = (
            "Dans cette colonne, les décimales d’un nombre suivent « {mark} ».",
            suggestion.replace(".", mark),
        )
    elif kind.any.match(text):
        hint = "Écrivez le nombre en entier, ou permettez cette écriture dans le contrat : « allow: [numbers] »."
    elif kind.whole:
        hint = "Un entier s’écrit en chiffres, sans espace, sans virgule ni unité."
    return wrong(message, text, hint, suggestion, letter=letter, mark=mark)


def _too_long(text: str, most: int, free: bool) -> tuple[None, Problem]:
    message = "« {text} » a {n} caractères, {max} au plus sont permis pour un nombre."
    told = sentence(message, text=shorten(text), n=len(text), max=most)
    hint = "Vérifiez ce nombre, ou permettez-le dans le contrat : « allow: [numbers] »."
    return None, Problem("valeur-du-mauvais-type", told, sentence("Vérifiez ce nombre." if free else hint))
