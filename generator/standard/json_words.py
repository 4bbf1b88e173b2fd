"""What is said of a JSON value that does not follow a schema: one sentence for each word of JSON Schema (draft 7) that may stand there."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any, Protocol

from generator.diagnostics.wording import listed
from generator.text.interface import Sentence, sentence

_LONGEST = 60  # signs of a value that is shown


class Error(Protocol):
    """What the library says of a value: the word of the schema, what it asks, the value, and the way to it."""

    validator: str
    validator_value: Any
    instance: Any

    @property
    def absolute_path(self) -> Iterable[str | int]:
        """The keys and the ranks, from 0, that lead to the value."""


def told(error: Error) -> Sentence:
    """The sentence, after the place of the value when it is not the whole text."""
    make = _MADE.get(error.validator, _asked if error.validator in _ASKED else _other)
    said = make(error)
    place = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in error.absolute_path)
    return sentence("{place} : {said}", place=place.removeprefix("."), said=said) if place else said


def _shown(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _names(value: object) -> str:
    return listed([str(each) for each in value] if isinstance(value, list) else [str(value)], "ou")


def _asked(error: Error) -> Sentence:
    return sentence(_ASKED[error.validator], value=_shown(error.instance), asked=error.validator_value)


def _required(error: Error) -> Sentence:
    absent = [name for name in error.validator_value if name not in error.instance]
    return sentence("il y manque {names}", names=listed(absent, "et"))


def _additional(error: Error) -> Sentence:
    return sentence("{value} a une clé, ou un élément, que le schéma ne prévoit pas", value=_shown(error.instance))


def _among(error: Error) -> Sentence:
    told = [_shown(each) for each in error.validator_value]
    return sentence(
        "{value} n’est pas une des valeurs permises : {choices}",
        value=_shown(error.instance),
        choices=listed(told, "ou"),
    )


def _type(error: Error) -> Sentence:
    return sentence(
        "{value} n’est pas du type {kinds}", value=_shown(error.instance), kinds=_names(error.validator_value)
    )


def _other(error: Error) -> Sentence:
    return sentence("{value} ne suit pas « {word} »", value=_shown(error.instance), word=error.validator)


def _const(error: Error) -> Sentence:
    return sentence("{value} n’est pas {asked}", value=_shown(error.instance), asked=_shown(error.validator_value))


_MADE: dict[str, Callable[[Error], Sentence]] = {
    "type": _type,
    "required": _required,
    "enum": _among,
    "const": _const,
    "additionalProperties": _additional,
    "additionalItems": _additional,
}
_ASKED = {
    "minimum": "{value} est plus petit que {asked}",
    "maximum": "{value} est plus grand que {asked}",
    "exclusiveMinimum": "{value} n’est pas plus grand que {asked}",
    "exclusiveMaximum": "{value} n’est pas plus petit que {asked}",
    "multipleOf": "{value} n’est pas un multiple de {asked}",
    "minLength": "{value} est trop court : sa longueur est de {asked} au moins",
    "maxLength": "{value} est trop long : sa longueur est de {asked} au plus",
    "minItems": "{value} a trop peu d’éléments : {asked} au moins",
    "maxItems": "{value} a trop d’éléments : {asked} au plus",
    "minProperties": "{value} a trop peu de clés : {asked} au moins",
    "maxProperties": "{value} a trop de clés : {asked} au plus",
    "uniqueItems": "{value} a deux éléments pareils",
    "pattern": "{value} n’a pas la forme {asked}",
}
