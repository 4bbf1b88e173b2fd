"""The type that the texts of a column show, so that each of them is read as it is and none is altered: a type is kept only when all the
texts are of it and would be published with the same value. What could be read in two ways stays a text, and that is said.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable

from generator.importing.asking import OPTIONS, lifted, refused, takes
from generator.importing.model import Column, Source, Table
from generator.text.french import fold
from generator.text.interface import count, say, sentence
from generator.values.absence import stands_for_absence
from generator.values.problem import shorten

FEW = 20  # values of a closed list
OFTEN = 5  # times that each is there, on average
SHORT = 40  # signs of one of them
_WORDS = (("true", "false"), ("True", "False"), ("TRUE", "FALSE"))
_LONG = 18  # digits of a number, above which they are those of a code
_ODD = re.compile(r"-?0[0-9]|[+]")  # how a code begins, more than a number
_NUMBER = re.compile(r"-?[0-9]+(?:[.][0-9]+)?\Z")
_YEAR = re.compile(r"(?:1[5-9]|20)[0-9]{2}\Z")
_FREE = {"type": "number", "allow": ["numbers"]}
_YEAR_NAMES = ("year", "annee", "an", "jahr", "ano")
_DATED = re.compile(r"[0-9]{1,2}([/.-])[0-9]{1,2}\1[0-9]{4}\Z")
_LOCAL = "%Y-%m-%dT%H:%M:%S"  # of moments whose zone is not said
_SHAPES = ("integer", "number", "date", "datetime", "time", "yearmonth")  # the first that takes all the texts


def infer(column: Column, place: str, source: Source, absent: Collection[str] = ()) -> None:
    """Decide the type of a column, that which the source declares if it takes all the texts, else that which they show; `absent`: the
    words that the source declares for an absence.
    """
    if "type" in column.found:
        return
    texts = Counter(text for text in column.filled if text not in absent)
    if "type" in column.declared and _kept(column, texts, place, source):
        return
    column.found["type"] = "string"
    if not texts:
        return
    words = [text for text in texts if stands_for_absence(text)]
    values = [text for text in texts if text not in words] or list(texts)
    kind, more = _kind(column, values, place, source)
    if kind != "string" and words:
        more["missingValues"] = ["", *absent, *sorted(words)]
        told = "Colonne « {name} » : {words} y tient lieu d’absence ; le reste est du type {type}."
        source.note("decided", place, sentence(told, name=column.name, words=_listed(words), type=kind))
    column.found = {"type": kind, **more}
    if kind == "string":
        _text(column, texts)


def _kept(column: Column, texts: Counter[str], place: str, source: Source) -> bool:
    """Whether the declared type takes all the texts, with its format or without; what is not kept of them is said."""
    said = {word: column.declared[word] for word in ("type", *OPTIONS, "categories") if word in column.declared}
    bare = {word: value for word, value in said.items() if word != "format"}
    for tried in (said, bare) if "format" in said else (said,):
        if takes({**tried, "allow": lifted(str(said["type"]))}, texts):
            if tried is not said:
                _denied(column, "format", said, texts, place, source)
            column.found = dict(tried)
            return True
    _denied(column, "type", said, texts, place, source)
    return False


def _denied(
    column: Column, word: str, said: dict[str, object], texts: Counter[str], place: str, source: Source
) -> None:
    """Say that what a source declares of a column is not true of all its texts."""
    wrong = list(refused({**said, "allow": lifted(str(said["type"]))}, texts))
    told = "Colonne « {name} » : {word} « {value} » déclaré, que n’a pas « {text} » ; laissé de côté ({n})."
    values = {"name": column.name, "word": word, "value": said[word], "text": shorten(wrong[0])}
    source.note("left", place, sentence(told, **values, n=count(len(wrong), "valeur")))


def _kind(column: Column, values: list[str], place: str, source: Source) -> tuple[str, dict[str, object]]:
    """The type of values that are no absences, and the properties by which they are read."""
    pair = next((pair for pair in _WORDS if set(values) <= set(pair)), None)
    if pair is not None:
        return "boolean", {} if pair == _WORDS[0] else {"trueValues": [pair[0]], "falseValues": [pair[1]]}
    long = any(len(text.partition(".")[0].lstrip("-")) > _LONG for text in values)
    for kind in _SHAPES[2:] if long else _SHAPES:
        if takes({"type": kind}, values):
            return (_whole(column.name, values) if kind == "integer" else kind), {}
    if takes({"type": "datetime", "format": _LOCAL}, values):
        return "datetime", {"format": _LOCAL}
    if not long and takes({"type": "number", "decimalChar": ","}, values):
        return _with_comma(column, values, place, source)
    usual = sum(bool(_NUMBER.match(text)) for text in values) * 2 >= len(values)
    if usual and not long and not any(map(_ODD.match, values)) and takes(_FREE, values):
        told = "Colonne « {name} » : des nombres s’y écrivent avec un exposant ou un point seul ; publiés en chiffres."
        source.note("decided", place, sentence(told, name=column.name))
        return "number", {"allow": ["numbers"]}
    if all(map(_DATED.match, values)):
        return _with_days(column, values, place, source)
    if any(re.match(r"0[0-9]+\Z", text) for text in values) and all(text.isdigit() for text in values):
        told = "Colonne « {name} » : des codes qui commencent par zéro, gardés comme des textes."
        source.note("decided", place, sentence(told, name=column.name))
    return "string", {}


def _with_days(column: Column, values: list[str], place: str, source: Source) -> tuple[str, dict[str, object]]:
    """Dates whose day and month can be told apart, by the one form that takes them all."""
    between = _DATED.match(values[0])
    forms = [form.replace("/", between[1] if between else "/") for form in ("%d/%m/%Y", "%m/%d/%Y")]
    fitting = [form for form in forms if takes({"type": "date", "format": form}, values)]
    if len(fitting) == 1:
        told = sentence("Colonne « {name} » : dates de la forme {form}.", name=column.name, form=fitting[0])
        source.note("decided", place, told)
        return "date", {"format": fitting[0]}
    told = sentence(
        "Colonne « {name} » : le jour et le mois de ses dates ne se distinguent pas ; laissée en texte.",
        name=column.name,
    )
    source.note("left", place, told)
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


def _text(column: Column, texts: Counter[str]) -> None:
    """What the texts of a column are besides: addresses, or words of a closed list."""
    if takes({"type": "string", "format": "uri"}, texts):
        column.found["format"] = "uri"
    elif len(texts) <= FEW and texts.total() >= OFTEN * len(texts) and max(map(len, texts)) <= SHORT and len(texts) > 1:
        column.found["categories"] = sorted(texts)


def _listed(words: Iterable[str]) -> str:
    return ", ".join(say("« {word} »", word=word) for word in sorted(words))
