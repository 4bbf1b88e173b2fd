"""How the values of a column are written, in a sentence for whoever writes one."""

from __future__ import annotations

from generator.contracts.model import Field
from generator.text.interface import say
from generator.values.booleans import words

# How a type is written; a plain text needs no word.
_TYPES = {
    "number": "Un nombre, avec un point pour les décimales, sans espace ni unité.",
    "integer": "Un nombre entier, sans espace ni unité.",
    "date": "Une date, de la forme AAAA-MM-JJ.",
    "datetime": "Une date et une heure, de la forme AAAA-MM-JJTHH:MM:SSZ.",
    "time": "Une heure, de la forme HH:MM:SS.",
    "year": "Une année, en quatre chiffres.",
    "yearmonth": "Un mois, de la forme AAAA-MM.",
    "duration": "Une durée : P1Y6M (un an et demi), P30D (trente jours), PT2H (deux heures).",
    "object": "Un groupe de clés.",
    "array": "Une liste.",
    "list": "Une liste de valeurs.",
    "geopoint": "Un point : longitude, latitude, en degrés, comme 2.3522, 48.8566.",
    "geojson": "Une forme géographique, en GeoJSON.",
    "uri": "Une adresse web, qui commence par https://.",
    "email": "Une adresse électronique.",
    "uuid": "Un identifiant UUID.",
}


def how_written(column: Field) -> str:
    """How the values of a column are written; "" when a plain text needs no word."""
    writing = column.writing
    if column.type == "boolean":
        true, false = words(writing)
        return say("Écrivez {true} (oui) ou {false} (non).", true=true[0], false=false[0])
    if column.type in ("date", "time", "datetime") and column.format:
        return say("De la forme {form}.", form=column.format) if "%" in column.format else ""
    if writing.decimal != ".":
        return say("Un nombre, avec « {mark} » pour les décimales.", mark=writing.decimal)
    return say(_TYPES.get(column.published_format or column.type, ""))
