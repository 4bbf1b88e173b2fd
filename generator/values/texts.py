"""Texts as the cells of a table: what no spreadsheet executes, no space around, words that are values, unless the contract lifts that
guard; and, when a format says so, addresses and identifiers.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Container

from generator.text.interface import sentence
from generator.values.absence import RESERVED, way_out
from generator.values.formulas import executed
from generator.values.problem import RESERVED_WORD, Problem, Read, wrong
from generator.values.unwritten import unwritten
from generator.values.writing import STANDARD, Writing

MAX_TEXT = 32_767  # the longest text a spreadsheet cell holds
FORMATS = ("email", "uri", "binary", "uuid")

# Addresses that the mail servers of everybody take (RFC 5321, sizes of its 4.5.3.1): no quotes, no dot at an end or twice.
_EMAIL = re.compile(
    r"(?=[^@]{1,64}@[^@]{1,253}\Z)[A-Za-z0-9_%+-]+(?:\.[A-Za-z0-9_%+-]+)*"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}\Z"
)
_URI = re.compile(r"https?://[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::[0-9]{1,5})?(?:[/?#][!-;=?-~]*)?\Z", re.IGNORECASE)
# The same, whatever they are for: a URI with its scheme (RFC 3986), an address of mail in any alphabet (RFC 5322, 6531).
_ANY_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?:[!#$&-;=?-Z\[\]_a-z~]|%[0-9A-Fa-f]{2})+\Z")
_ANY_EMAIL = re.compile(
    r"(?:\"[^\"\n]+\"|[^\s@\"(),:;<>\[\\\].]+(?:\.[^\s@\"(),:;<>\[\\\].]+)*)"
    r"@(?:\[[^\[\]\s]+\]|[^\W_](?:[\w-]*[^\W_])?(?:\.[^\W_](?:[\w-]*[^\W_])?)*)\Z"
)
_WIDE = {"uri": _ANY_URI.match, "email": _ANY_EMAIL.match}
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z", re.IGNORECASE)


def reader(writing: Writing) -> Read:
    """What reads the texts of a column: of a prose, in Markdown, which may start with a list or a table; or of one whose contract
    lets through what the guards refuse.
    """
    allow, prose, form = writing.allow, writing.prose, writing.format
    long, formulas, spaces = "length" in allow, "formulas" in allow, "spaces" in allow
    places, words = "placeholders" in allow, "absences" in allow
    wide = _WIDE if STANDARD in allow else {}

    def read(text: str) -> tuple[str | None, Problem | None]:
        problem = None
        if not long and len(text) > MAX_TEXT:
            return None, _too_long(text)
        if not formulas:
            problem = _formula(text, prose)
        if problem is None and not spaces:
            problem = _space(text)
        if problem is None and not places and unwritten(text):
            problem = _placeholder(text)
        if problem is None and not words and text in RESERVED:
            problem = _reserved(text)
        if problem is None and form in wide:
            problem = None if wide[form](text) else _misshapen(text, form, wide)
        elif problem is None and form:
            problem = _misshapen(text, form)
        return (text, None) if problem is None else (None, problem)

    return read


def _too_long(text: str) -> Problem:
    message = "ce texte a {n} caractères ; une cellule de tableur en contient {max} au plus."
    told = sentence(message, n=len(text), max=MAX_TEXT)
    hint = "Raccourcissez-le, ou permettez-le dans le contrat : « allow: [length] »."
    return Problem("texte-trop-long", told, sentence(hint))


def _formula(text: str, prose: bool) -> Problem | None:
    sign, starts = executed(text, prose)
    if not sign:
        return None
    message = "ce texte commence par « {first} » : un tableur pourrait l’exécuter."
    if not starts:
        message = (
            "dans ce texte, « {first} » suit un point-virgule, une tabulation ou un saut de ligne : un tableur qui coupe"
            " là pourrait l’exécuter."
        )
    hint = "Ajoutez un mot devant, ou permettez ce texte dans le contrat : « allow: [formulas] »."
    absent = way_out(text)
    if absent:
        hint = "{absence} Si c’en est une, permettez-la dans le contrat : « allow: [formulas] »."
    return Problem(
        "formule", sentence(message, first=sign), sentence(hint, absence=absent) if absent else sentence(hint)
    )


def _space(text: str) -> Problem | None:
    if not (text[:1].isspace() or (text[-1:].isspace() and text[-1:] != "\n")):
        return None
    message = "le texte commence ou finit par une espace, ordinaire ou insécable."
    hint = "Retirez-la, ou permettez-la dans le contrat : « allow: [spaces] »."
    return Problem("espace-en-trop", sentence(message), sentence(hint), text.strip())


def _placeholder(text: str) -> Problem:
    message = "« {text} » tient la place d’un texte à écrire."
    hint = "Écrivez-le, ou {absent}. Si c’est ce texte, permettez-le dans le contrat : « allow: [placeholders] »."
    return Problem("valeur-a-ecrire", sentence(message, text=text), sentence(hint))


def _reserved(text: str) -> Problem:
    message = "« {text} » est lu comme une valeur manquante par les tableurs et les logiciels."
    hint = (
        "Si la valeur manque, {absent} : absent veut dire absent ; ou ajoutez « {text} » à « missingValues » dans le contrat. Si c’en est une,"
        " permettez-la dans le contrat : « allow: [absences] », ou « pattern », « enum » ou « categories »."
    )
    return Problem(RESERVED_WORD, sentence(message, text=text), sentence(hint, text=text))


def _misshapen(text: str, form: str, wide: Container[str] = ()) -> Problem | None:
    """What is wrong with a text that has not the format of its column; `wide`: the formats that it is known not to have."""
    if form == "uri" and (form in wide or not is_address(text)):
        hint = "Une adresse commence par https:// et ne contient pas d’espace."
        return wrong("« {text} » n’est pas une adresse web.", text, hint, _address(text))[1]
    if form == "email" and (form in wide or not _EMAIL.match(text)):
        return wrong("« {text} » n’est pas une adresse électronique.", text, "Écrivez nom@domaine.")[1]
    if form == "uuid" and not _UUID.match(text):
        hint = "Écrivez huit, quatre, quatre, quatre et douze chiffres hexadécimaux."
        return wrong("« {text} » n’est pas un identifiant UUID.", text, hint)[1]
    if form == "binary" and not _is_base64(text):
        hint = "Des octets s’écrivent en base64 : des lettres, des chiffres, + et /, par quatre, avec = à la fin."
        return wrong("« {text} » n’est pas du base64.", text, hint)[1]
    return None


def is_address(text: str) -> bool:
    """Whether a text is an address of the web."""
    return _URI.match(text) is not None and len(text) <= 2000


def _address(text: str) -> str:
    """The address that a text was probably meant to be: `www.exemple.fr/a b` → https://www.exemple.fr/a%20b; "" when it is not clear."""
    full = text if re.match(r"https?://", text) else f"https://{re.sub(r'^(?:https?)?:?/{0,2}', '', text)}"
    meant = re.sub(r"\s+", "%20", full.strip())
    return meant if "." in meant.split("/")[2] and is_address(meant) else ""


def _is_base64(text: str) -> bool:
    try:
        base64.b64decode(text, validate=True)
    except ValueError:
        return False
    return bool(text)
