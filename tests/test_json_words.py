"""The constraint `jsonSchema`: what it asks is said in the language of the command, at the place of the value."""

from __future__ import annotations

import json

import pytest

from generator.standard.json_schemas import judged
from generator.standard.json_words import _ASKED, _MADE
from generator.text.language import ENGLISH, speaking

CASES: list[tuple[dict[str, object], object, str]] = [
    ({"type": ["integer", "null"]}, "x", '"x" n’est pas du type « integer » ou « null »'),
    ({"required": ["a", "b", "c"]}, {"b": 1}, "il y manque « a » et « c »"),
    ({"properties": {"n": {"items": {"minimum": 3}}}}, {"n": [5, 1]}, "n[1] : 1 est plus petit que 3"),
    ({"maximum": 3}, 4, "4 est plus grand que 3"),
    ({"exclusiveMinimum": 2}, 2, "2 n’est pas plus grand que 2"),
    ({"exclusiveMaximum": 2}, 2, "2 n’est pas plus petit que 2"),
    ({"multipleOf": 2}, 3, "3 n’est pas un multiple de 2"),
    ({"enum": [1, "a"]}, 2, '2 n’est pas une des valeurs permises : « 1 » ou « "a" »'),
    ({"const": {"a": 1}}, 2, '2 n’est pas {"a": 1}'),
    ({"additionalProperties": False}, {"z": 1}, '{"z": 1} a une clé, ou un élément, que le schéma ne prévoit pas'),
    (
        {"items": [{}], "additionalItems": False},
        [1, 2],
        "[1, 2] a une clé, ou un élément, que le schéma ne prévoit pas",
    ),
    ({"minLength": 2}, "a", '"a" est trop court : sa longueur est de 2 au moins'),
    ({"maxLength": 2}, "abc", '"abc" est trop long : sa longueur est de 2 au plus'),
    ({"minItems": 1}, [], "[] a trop peu d’éléments : 1 au moins"),
    ({"maxItems": 1}, [1, 2], "[1, 2] a trop d’éléments : 1 au plus"),
    ({"minProperties": 1}, {}, "{} a trop peu de clés : 1 au moins"),
    ({"maxProperties": 0}, {"a": 1}, '{"a": 1} a trop de clés : 0 au plus'),
    ({"uniqueItems": True}, [1, 1], "[1, 1] a deux éléments pareils"),
    ({"pattern": "^a"}, "b", '"b" n’a pas la forme ^a'),
    ({"contains": {"type": "integer"}}, ["a"], '["a"] ne suit pas « contains »'),
]


@pytest.mark.parametrize(("schema", "value", "told"), CASES, ids=[next(iter(schema)) for schema, _, _ in CASES])
def test_what_a_schema_asks_is_a_sentence(schema: dict[str, object], value: object, told: str) -> None:
    assert str(judged(schema, json.dumps(value))).replace("\u202f", " ").replace("\xa0", " ") == told


def test_every_word_has_its_case() -> None:
    asked = {word for schema, _, _ in CASES for word in schema} | {"minimum"}
    assert _ASKED.keys() | _MADE.keys() <= asked


def test_it_is_said_in_english_too() -> None:
    with speaking(ENGLISH):
        assert str(judged({"required": ["a"]}, "{}")) == "“a” is missing in it"
