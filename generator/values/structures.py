"""Values that are JSON: objects and arrays, geographic shapes among them. Each is published on one line, without spaces, its keys in the
order in which they are written and its numbers as they are written.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from decimal import Decimal
from json.encoder import encode_basestring
from typing import Any

from generator.text.interface import Sentence, sentence
from generator.values.problem import Problem, Read, wrong
from generator.values.shapes import wrong_geojson, wrong_topojson
from generator.values.value import Structured
from generator.values.writing import STANDARD, Writing

DEEPEST = 50  # levels of what is inside another
TOPOJSON = "topojson"


class _Refused(ValueError):
    """What JSON does not allow, or what two readers would read in two ways."""

    def __init__(self, said: Sentence) -> None:
        super().__init__(said.key)
        self.said = said


def parse(text: str) -> object:
    """What a JSON text says, numbers as decimals; raises ValueError."""
    return json.loads(text, parse_float=Decimal, parse_int=Decimal, parse_constant=_endless, object_pairs_hook=_once)


def _endless(word: str) -> None:
    raise _Refused(sentence("« {word} » n’est pas un nombre de JSON", word=word))


def _once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise _Refused(sentence("la clé « {key} » y est deux fois", key=twice))
    return found


def written(value: object, depth: int = 0, ordered: bool = False) -> str:
    """A value as JSON, on one line, its keys as they come or in their `ordered` way; raises ValueError when it is too deep."""
    if depth > DEEPEST:
        raise _Refused(sentence("plus de {n} niveaux y sont l’un dans l’autre", n=DEEPEST))
    if isinstance(value, dict):
        parts = sorted(value.items()) if ordered else value.items()
        pairs = (f"{encode_basestring(key)}:{written(part, depth + 1, ordered)}" for key, part in parts)
        return f"{{{','.join(pairs)}}}"
    if isinstance(value, list):
        return f"[{','.join(written(part, depth + 1, ordered) for part in value)}]"
    if isinstance(value, str):
        return encode_basestring(value)
    if isinstance(value, Decimal):
        return str(value)
    return {None: "null", True: "true", False: "false"}[value]  # type: ignore[index]


def mapping(writing: Writing) -> Read:
    """What reads the objects of a column."""
    return _reader(dict, _no_object, _nothing, STANDARD in writing.allow)


def array(writing: Writing) -> Read:
    """What reads the arrays of a column."""
    return _reader(list, _no_array, _nothing, STANDARD in writing.allow)


def geojson(writing: Writing) -> Read:
    """What reads the geographic shapes of a column."""
    narrow = wrong_topojson if writing.format == TOPOJSON else wrong_geojson
    return _reader(dict, _no_object, narrow, STANDARD in writing.allow)


def _nothing(value: Any) -> None:
    return None


_None = tuple[None, Problem]


def _reader(
    kind: type[dict[str, Any]] | type[list[Any]],
    other: Callable[[str], _None],
    narrow: Callable[[Any], Sentence | None],
    ordered: bool,
) -> Read:
    """What reads values of JSON; those of others are `ordered`: the order of keys is no part of an object (RFC 8259)."""

    def read(text: str) -> tuple[Structured | None, Problem | None]:
        try:
            value = parse(text)
            if not isinstance(value, kind):
                return other(text)
            plain, told = written(value, ordered=ordered), narrow(value)
        except _Refused as refused:
            return wrong("« {text} » n’est pas du JSON : {why}.", text, "Corrigez-le.", why=refused.said)
        except (ValueError, RecursionError):
            return other(text)
        if told is not None:
            return wrong("« {text} » ne décrit pas une forme géographique : {why}.", text, "Corrigez-la.", why=told)
        return Structured(plain, plain, len(value)), None

    return read


def _no_object(text: str) -> _None:
    hint = 'Un objet s’écrit en JSON : {{"cle": "valeur", "nombre": 12}} ; ou, en YAML, comme un groupe de clés.'
    return wrong("« {text} » n’est pas un objet.", text, hint)


def _no_array(text: str) -> _None:
    hint = 'Un tableau s’écrit en JSON : ["un", 2, 3] ; ou, en YAML, comme une liste.'
    return wrong("« {text} » n’est pas un tableau.", text, hint)
