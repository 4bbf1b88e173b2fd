"""What names a row, unless its contract says otherwise: small letters without accents, digits and hyphens."""

from __future__ import annotations

import re
import unicodedata

from generator.text.interface import sentence
from generator.values.problem import Problem, shorten

MAX_ID = 64  # signs of an identifier
ID = re.compile(rf"[a-z](?:[a-z0-9]|-(?=[a-z0-9])){{0,{MAX_ID - 1}}}\Z")
_LONG_ID = re.compile(r"[a-z](?:[a-z0-9]|-(?=[a-z0-9]))*\Z")


def no_identifier(text: str) -> Problem:
    """The problem of a text that names no row."""
    if _LONG_ID.match(text):
        message = "« {text} » ne peut pas servir d’identifiant : il a {n} signes, {max} au plus sont permis."
        told = sentence(message, text=shorten(text), n=len(text), max=MAX_ID)
        hint = (
            "Raccourcissez-le ; ou permettez tout identifiant dans le contrat, par « allow: [identifiers] », ou par le motif"
            " des codes (constraints: pattern)."
        )
        return Problem("identifiant", told, sentence(hint))
    hint = (
        "Employez des minuscules sans accent, des chiffres et des traits d’union, en commençant par une lettre, {max} signes"
        " au plus ; ou, si ce sont des codes, dites-le dans le contrat, par leur motif (constraints: pattern) ou par"
        " « allow: [identifiers] »."
    )
    message = "« {text} » ne peut pas servir d’identifiant."
    told = sentence(message, text=shorten(text))
    return Problem("identifiant", told, sentence(hint, max=MAX_ID), identifier(text))


def identifier(text: str) -> str:
    """The identifier a text was meant to be: `Intitulé long` → `intitule-long`; "" when it gives none, or one that is too long."""
    plain = _hyphenated(text)
    return plain if ID.match(plain) else ""


def short_identifier(text: str) -> str:
    """An identifier made from a text, cut where it is too long, for what has none yet; "" when it gives none."""
    plain = _hyphenated(text)[:MAX_ID].rstrip("-")
    return plain if ID.match(plain) else ""


def _hyphenated(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.lower().replace("œ", "oe").replace("æ", "ae").replace("’", "-"))
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
