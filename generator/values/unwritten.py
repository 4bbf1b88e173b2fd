"""What a template writes in the place of a value: nothing of it is ever published."""

from __future__ import annotations

import re

ANY = "…"
NEW_ID = "identifiant-a-choisir"  # of the row itself

# A value that must be replaced, in the shape of its type.
SHAPES = {
    "date": "AAAA-MM-JJ",
    "datetime": "AAAA-MM-JJTHH:MM:SSZ",
    "time": "HH:MM:SS",
    "year": "AAAA",
    "yearmonth": "AAAA-MM",
    "duration": "P…",
    "geopoint": "longitude, latitude",
    "uri": "https://…",
    "email": "nom@domaine",
}
# What somebody writes for later, alone in its cell.
_TO_DO = re.compile(
    r"\W*(?:TODO|FIXME|TBD|X{3,6}|\?{2,}|[àa] (?:compl[ée]ter|faire|remplir|v[ée]rifier|pr[ée]ciser)|en attente)\W*\Z",
    re.IGNORECASE,
)
_DOTS = re.compile(r"(?:…|\.{3})+\Z")


def unwritten(text: str) -> bool:
    """Whether a text holds the place of one that is to be written."""
    return NEW_ID in text or _DOTS.match(text) is not None or _TO_DO.match(text) is not None or text in SHAPES.values()
