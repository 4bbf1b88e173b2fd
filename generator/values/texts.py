"""Texts as the cells of a table: what no spreadsheet executes, and, when a format says so, addresses and identifiers."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial

from generator.text.interface import sentence
from generator.values.absence import RESERVED, way_out
from generator.values.formulas import executed
from generator.values.problem import RESERVED_WORD, Problem, wrong
from generator.values.unwritten import unwritten

MAX_TEXT = 32_767  # the longest text a spreadsheet cell holds

# Addresses that the mail servers of everybody take (RFC 5321, sizes of its 4.5.3.1): no quotes, no dot at an end or twice.
_EMAIL = re.compile(
    r"(?=[^@]{1,64}@[^@]{1,253}\Z)[A-Za-z0-9_%+-]+(?:\.[A-Za-z0-9_%+-]+)*"
    r"@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}\Z"
)
_URI = re.compile(r"https?://[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?::[0-9]{1,5})?(?:[/?#][!-;=?-~]*)?\Z", re.IGNORECASE)
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z", re.IGNORECASE)


def read(text: str, form: str) -> tuple[str | None, Problem | None]:
    """A text as its column says: nothing that a spreadsheet executes, no space around, a word that is a value."""
    return _text(text, form)


def reader(prose: bool, formulas: bool) -> Callable[[str, str], tuple[str | None, Problem | None]]:
    """What reads the texts of a column: of a prose, in Markdown, which may start with a list or a table; or of one whose contract lets
    through what a spreadsheet would execute.
    """
    return partial(_text, prose=prose, formulas=formulas)


def _address(text: str) -> str:
    """The address that a text was probably meant to be: `www.exemple.fr/a b` → https://www.exemple.fr/a%20b; "" when it is not clear."""
    full = text if re.match(r"https?://", text) else f"https://{re.sub(r'^(?:https?)?:?/{0,2}', '', text)}"
    meant = re.sub(r"\s+", "%20", full.strip())
    return meant if "." in meant.split("/")[2] and _URI.match(meant) and len(meant) <= 2000 else ""


def _text(text: str, form: str, prose: bool = False, formulas: bool = False) -> tuple[str | None, Problem | None]:
    if len(text) > MAX_TEXT:
        message = "ce texte a {n} caractères ; une cellule de tableur en contient {max} au plus."
        told = sentence(message, n=len(text), max=MAX_TEXT)
        return None, Problem("texte-trop-long", told, sentence("Raccourcissez-le."))
    sign, starts = executed(text, prose) if not formulas else ("", False)
    if sign:
        message = "ce texte commence par « {first} » : un tableur pourrait l’exécuter."
        if not starts:
            message = (
                "dans ce texte, « {first} » suit un point-virgule, une tabulation ou un saut de ligne : un tableur qui coupe"
                " là pourrait l’exécuter."
            )
        mended = way_out(text) or sentence("Ajoutez un mot devant.")
        return None, Problem("formule", sentence(message, first=sign), mended)
    if text[:1].isspace() or (text[-1:].isspace() and text[-1:] != "\n"):
        message = "le texte commence ou finit par une espace, ordinaire ou insécable."
        return None, Problem("espace-en-trop", sentence(message), sentence("Retirez-la."), text.strip())
    if unwritten(text):
        message = "« {text} » tient la place d’un texte à écrire."
        return None, Problem("valeur-a-ecrire", sentence(message, text=text), sentence("Écrivez-le, ou {absent}."))
    if text in RESERVED:
        message = "« {text} » est lu comme une valeur manquante par les tableurs et les logiciels."
        hint = (
            "Si la valeur manque, {absent} : absent veut dire absent ; ou ajoutez « {text} » à « missingValues » dans le contrat. Si c’en est une,"
            " permettez-la dans le contrat : « pattern », « enum » ou « categories »."
        )
        return None, Problem(RESERVED_WORD, sentence(message, text=text), sentence(hint, text=text))
    if form == "uri" and not (_URI.match(text) and len(text) <= 2000):
        return wrong(
            "« {text} » n’est pas une adresse web.",
            text,
            "Une adresse commence par https:// et ne contient pas d’espace.",
            _address(text),
        )
    if form == "email" and not _EMAIL.match(text):
        return wrong("« {text} » n’est pas une adresse électronique.", text, "Écrivez nom@domaine.")
    if form == "uuid" and not _UUID.match(text):
        return wrong(
            "« {text} » n’est pas un identifiant UUID.",
            text,
            "Écrivez huit, quatre, quatre, quatre et douze chiffres hexadécimaux.",
        )
    return text, None
