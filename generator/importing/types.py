"""The type that the texts of a column show, so that each of them is read as it is and none is altered: a type is kept only when all the
texts are of it and would be published with the same value. What could be read in two ways stays a text, and that is said.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date

from generator.importing.model import Column, Source, Table
from generator.text.french import fold
from generator.text.interface import count, sentence
from generator.values.absence import stands_for_absence
from generator.values.texts import is_address

FEW = 20  # values of a closed list
OFTEN = 5  # times that each is there, on average
SHORT = 40  # signs of one of them
_WORDS = (("true", "false"), ("True", "False"), ("TRUE", "FALSE"))
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})\Z")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})(?:\.[0-9]{1,15})?\Z")
_COMMA = re.compile(r"-?(?:0|[1-9][0-9]{0,17})(?:,[0-9]{1,15})?\Z")
_LOOSE = re.compile(r"-?(?:[0-9]{1,18}(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,3})?\Z")
_YEAR = re.compile(r"(?:1[5-9]|20)[0-9]{2}\Z")
_YEAR_NAMES = ("year", "annee", "an", "jahr", "ano")
_SLASHED = re.compile(r"([0-9]{2})([/.-])([0-9]{2})\2([0-9]{4})\Z")


def _iso(text: str) -> bool:
    try:
        return len(text) == 10 and date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _match(pattern: re.Pattern[str]) -> Callable[[str], bool]:
    return lambda text: pattern.match(text) is not None


# In order: the first that all the texts are of.
_SHAPES: tuple[tuple[str, Callable[[str], bool]], ...] = (
    ("integer", _match(_INTEGER)),
    ("number", _match(_NUMBER)),
    ("date", _iso),
    ("datetime", _match(re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z\Z"))),
    ("time", _match(re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]\Z"))),
    ("yearmonth", _match(re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])\Z"))),
)


def infer(column: Column, place: str, source: Source) -> None:
    """Decide the type of a column from its texts, and what its contract must say for each of them to be read as it is."""
    if "type" in column.found:
        return
    texts = Counter(column.filled)
    if not texts:
        column.found["type"] = "string"
        return
    words = [text for text in texts if stands_for_absence(text)]
    values = [text for text in texts if text not in words] if len(words) < len(texts) else list(texts)
    kind, more = _kind(column, values, place, source)
    if kind != "string" and words:
        more["missingValues"] = ["", *sorted(words)]
        told = "Colonne « {name} » : {words} y tient lieu d’absence ; le reste est du type {type}."
        source.note("decided", place, sentence(told, name=column.name, words=_listed(words), type=kind))
    column.found = {"type": kind, **more}
    if kind == "string":
        _text(column, texts)


def _kind(column: Column, values: list[str], place: str, source: Source) -> tuple[str, dict[str, object]]:
    """The type of values that are no absences, and the properties by which they are read."""
    pair = next((pair for pair in _WORDS if set(values) <= set(pair)), None)
    if pair is not None:
        return "boolean", {} if pair == _WORDS[0] else {"trueValues": [pair[0]], "falseValues": [pair[1]]}
    for kind, fits in _SHAPES:
        if all(map(fits, values)):
            return (_whole(column.name, values) if kind == "integer" else kind), {}
    if all(map(_COMMA.match, values)):
        return _with_comma(column, values, place, source)
    usual = sum(bool(_NUMBER.match(text)) for text in values)
    if usual * 2 >= len(values) and all(map(_LOOSE.match, values)) and not any(re.match("-?0[0-9]", v) for v in values):
        told = "Colonne « {name} » : des nombres s’y écrivent avec un exposant ou un point seul ; publiés en chiffres."
        source.note("decided", place, sentence(told, name=column.name))
        return "number", {"allow": ["numbers"]}
    dated = _dated(values)
    if dated:
        source.note(
            "decided", place, sentence("Colonne « {name} » : dates de la forme {form}.", name=column.name, form=dated)
        )
        return "date", {"format": dated}
    if all(map(_SLASHED.match, values)):
        told = "Colonne « {name} » : le jour et le mois de ses dates ne se distinguent pas ; laissée en texte."
        source.note("left", place, sentence(told, name=column.name))
    if any(re.match(r"0[0-9]+\Z", text) for text in values) and all(text.isdigit() for text in values):
        told = "Colonne « {name} » : des codes qui commencent par zéro, gardés comme des textes."
        source.note("decided", place, sentence(told, name=column.name))
    return "string", {}


def _with_comma(column: Column, values: list[str], place: str, source: Source) -> tuple[str, dict[str, object]]:
    """Numbers whose decimals follow a comma, unless it may part thousands, or two values of a file that commas part."""
    parts = [text.partition(",")[2] for text in values if "," in text]
    if column.between_commas or all(len(part) == 3 for part in parts):
        told = "Colonne « {name} » : on ne sait si la virgule y est celle d’un nombre ; laissée en texte."
        source.note("left", place, sentence(told, name=column.name))
        return "string", {}
    source.note(
        "decided", place, sentence("Colonne « {name} » : nombres à virgule (decimalChar: « , »).", name=column.name)
    )
    return "number", {"decimalChar": ","}


def tell_empty(table: Table, source: Source) -> None:
    """Say, once for a table, which of its columns hold nothing."""
    empty = [column.name for column in table.columns if not any(column.texts) and column.type == "string"]
    if empty:
        told = "Sans aucune valeur, gardé comme du texte : {columns} ({names})."
        source.note("left", table.name, sentence(told, columns=count(len(empty), "colonne"), names=_listed(empty)))


def _whole(name: str, values: list[str]) -> str:
    """Whether whole numbers are years, by the name of their column and by themselves."""
    named = any(word in _YEAR_NAMES for word in fold(name).split())
    return "year" if named and all(map(_YEAR.match, values)) else "integer"


def _dated(values: list[str]) -> str:
    """The form of dates whose day and month can be told apart: `%d/%m/%Y`; "" for none."""
    found = [_SLASHED.match(text) for text in values]
    if not all(found) or len({match[2] for match in found if match}) != 1:
        return ""
    firsts = [int(match[1]) for match in found if match]
    seconds = [int(match[3]) for match in found if match]
    between = found[0][2] if found[0] else "/"
    if max(firsts) > 12 >= max(seconds) and max(firsts) < 32:
        return f"%d{between}%m{between}%Y"
    if max(seconds) > 12 >= max(firsts) and max(seconds) < 32:
        return f"%m{between}%d{between}%Y"
    return ""


def _text(column: Column, texts: Counter[str]) -> None:
    """What the texts of a column are besides: addresses, or words of a closed list."""
    if all(map(is_address, texts)):
        column.found["format"] = "uri"
    elif len(texts) <= FEW and texts.total() >= OFTEN * len(texts) and max(map(len, texts)) <= SHORT and len(texts) > 1:
        column.found["categories"] = sorted(texts)


def _listed(words: Iterable[str]) -> str:
    return ", ".join(f"« {word} »" for word in sorted(words))
