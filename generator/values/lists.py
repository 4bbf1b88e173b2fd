"""Lists of plain values of one type, in a cell: what separates them is what their contract says (delimiter), their type too (itemType)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal
from json.encoder import encode_basestring

from generator.text.interface import sentence
from generator.values.problem import Problem, Read
from generator.values.several import empty_part, parts
from generator.values.value import Structured, Value, canonical
from generator.values.writing import PLAIN, STANDARD, Writing


def reader(readers: Callable[[str, Writing], Read]) -> Callable[[Writing], Read]:
    """What makes the reader of a column of lists; `readers` gives that of a type."""

    def make(writing: Writing) -> Read:
        one = readers(writing.item, replace(PLAIN, allow=writing.allow))
        holes = STANDARD in writing.allow and writing.item == "string"  # an empty text is one

        def read(text: str) -> tuple[Structured | None, Problem | None]:
            empty = None if holes else empty_part(text, writing.delimiter)
            if empty is not None:
                return None, empty
            found: list[Value] = []
            for part in parts(text, writing.delimiter):
                value, problem = one(part)
                if problem is not None:
                    told = sentence("dans cette liste, {problem}", problem=problem.message)
                    return None, replace(problem, message=told, suggestion="")
                found.append(value)
            return listed(found, writing.delimiter), None

        return read

    return make


def listed(values: Iterable[Value], delimiter: str) -> Structured:
    """A list as it is published: its values one after the other, and an array in JSON."""
    held = list(values)
    plain = ",".join(map(_json, held))
    return Structured(delimiter.join(map(canonical, held)), f"[{plain}]", len(held))


def _json(value: Value) -> str:
    text = canonical(value)
    return text if isinstance(value, bool | int | Decimal) else encode_basestring(text)
