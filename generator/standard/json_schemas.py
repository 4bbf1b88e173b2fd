"""The constraint `jsonSchema`: values of the types object and array, judged by a library of JSON Schema. The only module that knows it."""

from __future__ import annotations

import json
from collections.abc import Iterator

from generator.diagnostics.finding import fault
from generator.documents.nodes import Mapping, Sequence
from generator.standard.json_words import told
from generator.standard.part import SCHEMA, UNCHECKED, Part
from generator.standard.physical import in_json
from generator.text.interface import Sentence, sentence
from generator.values.patterns import Pattern, read_pattern

_KEY = "jsonSchema"


def read_json_schema(part: Part) -> object:
    """The schema that a constraint holds, None when it has none or when it cannot be used, which is said."""
    if _KEY not in part:
        return None
    group = part.group(_KEY)
    if group is None:
        return None
    schema = json.loads(in_json(group.node))
    wrong = _wrong(schema)
    if wrong is not None:
        message, hint = "« {key} » n’est pas un schéma JSON : {told}.", "Corrigez-le d’après json-schema.org."
        part.tell(fault(SCHEMA, part.at(_KEY), message, hint, key=part.within(_KEY), told=wrong))
        return None
    if any(not isinstance(read_pattern(text), Pattern) for text in _patterns(group.node)) or _refers(group.node):
        message = (
            "« {key} » n’est pas appliqué : un de ses motifs, ou un renvoi « $ref », mène plus loin que ce schéma."
        )
        part.tell(fault(UNCHECKED, part.at(_KEY), message, "", key=part.within(_KEY)))
        return None
    return schema


def _wrong(schema: object) -> Sentence | None:
    """What is wrong with a schema; None when nothing is."""
    from jsonschema import Draft7Validator  # type: ignore[import-untyped]  # slow to import

    try:
        return _first(Draft7Validator.META_SCHEMA, schema)
    except RecursionError:
        return sentence("il est trop profond")


def _first(schema: object, value: object) -> Sentence | None:
    """What is wrong first with a value: of several ways that it might have followed, the nearest one tells."""
    from jsonschema import Draft7Validator
    from jsonschema.exceptions import best_match  # type: ignore[import-untyped]

    found = best_match(Draft7Validator(schema).iter_errors(value))
    return told(found) if found is not None else None


def _patterns(node: Mapping) -> Iterator[str]:
    """Every expression of a schema."""
    for each in _groups(node):
        inner = each.nodes.get("patternProperties")
        yield from inner.nodes if isinstance(inner, Mapping) else ()
        pattern = each.nodes.get("pattern")
        if pattern is not None and hasattr(pattern, "text"):
            yield pattern.text


def _refers(node: Mapping) -> bool:
    return any("$ref" in each.nodes for each in _groups(node))


def _groups(node: Mapping) -> Iterator[Mapping]:
    pending: list[object] = [node]
    while pending:
        each = pending.pop()
        if isinstance(each, Mapping):
            yield each
            pending += each.nodes.values()
        elif isinstance(each, Sequence):
            pending += each.items


def judged(schema: object, text: str) -> Sentence | None:
    """What is wrong with a JSON text; None when nothing is."""
    return _first(schema, json.loads(text))
