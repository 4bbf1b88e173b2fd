"""What a column asks of its values besides its type (Table Schema, « Field Constraints »), read from its contract. Which type
may have which is declared in types.py.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from generator.diagnostics.wording import listed
from generator.documents.reader import Reader
from generator.text.interface import count, say
from generator.values.patterns import Pattern, read_pattern
from generator.values.types import Value, ValueType, fits
from generator.values.writing import Writing


@dataclass(frozen=True, slots=True)
class Constraints:
    """Constraints of a column; bounds are values of its type."""

    required: bool = False
    unique: bool = False
    enum: tuple[str, ...] = ()
    pattern: Pattern | None = None
    minimum: Value | None = None
    maximum: Value | None = None
    exclusive_minimum: Value | None = None
    exclusive_maximum: Value | None = None
    min_length: int | None = None
    max_length: int | None = None

    def permits(self, word: str) -> bool:
        """Whether the contract says that a word is a value: by its list, or by the form of the texts."""
        return word in self.enum or (self.pattern is not None and self.pattern.matches(word))


def counted(kind: str) -> bool:
    """Whether the lengths of a type are numbers of elements."""
    return kind in ("object", "array", "list")


def limits(constraints: Constraints, counted: bool = False) -> list[str]:
    """The bounds of a column, in words; `counted`: its lengths are numbers of elements, and not of characters."""
    lengths = (constraints.min_length, constraints.max_length)
    one = "élément" if counted else "caractère"
    least, most = (None if length is None else count(length, one) for length in lengths)
    bounds = (
        (constraints.minimum, "au moins {bound}"),
        (constraints.maximum, "au plus {bound}"),
        (constraints.exclusive_minimum, "plus que {bound}"),
        (constraints.exclusive_maximum, "moins que {bound}"),
        (least, "{bound} au moins"),
        (most, "{bound} au plus"),
    )
    return [say(words, bound=bound) for bound, words in bounds if bound is not None]


# The words of the standard, and ours.
BOUNDS = {
    "minimum": "minimum",
    "maximum": "maximum",
    "exclusiveMinimum": "exclusive_minimum",
    "exclusiveMaximum": "exclusive_maximum",
}
LENGTHS = {"minLength": "min_length", "maxLength": "max_length"}


def read_constraints(item: Reader, value_type: ValueType, writing: Writing) -> Constraints:
    """The constraints of a column of this type, whose texts are so written; those that its type cannot have are said and left out."""
    refused = {word for word in item.node.nodes if word in _ALL and word not in value_type.constraints}
    for word in sorted(refused):
        _refuse(item, word, value_type)
    values: dict[str, object] = {
        "required": item.boolean("required"),
        "unique": item.boolean("unique"),
        "enum": _enum(item, value_type, writing),
    }
    for word, name in BOUNDS.items():
        if item.has(word) and word not in refused:
            values[name] = _bound(item, word, value_type, writing)
    for word, name in LENGTHS.items():
        if item.has(word) and word not in refused:
            values[name] = _length(item, word)
    _check_bounds(item, values)
    if item.has("pattern") and "pattern" not in refused:
        values["pattern"] = _pattern(item)
    item.skip(*value_type.constraints, *refused)
    item.close("« constraints »")
    return Constraints(**values)  # type: ignore[arg-type]


_ALL = ("required", "unique", "enum", *BOUNDS, *LENGTHS, "pattern")


def _refuse(item: Reader, word: str, value_type: ValueType) -> None:
    message = "La contrainte « {word} » ne va pas au type « {type} »."
    if word in BOUNDS:
        hint = "Retirez-la. Contraintes de ce type : {choices}."
    elif "minimum" in value_type.constraints:
        hint = (
            "Si c’est un code, qui ne se calcule pas et garde ses zéros, prenez le type « string » ; sinon, bornez la "
            "valeur par « minimum » et « maximum »."
        )
    else:
        hint = "Prenez le type « string », ou retirez-la. Contraintes de ce type : {choices}."
    choices = listed(value_type.constraints, "et")
    item.faults(item.key_place(word), message, hint, word=word, type=value_type.name, choices=choices)


def _enum(item: Reader, value_type: ValueType, writing: Writing) -> tuple[str, ...]:
    read = value_type.written(writing)
    found = item.texts("enum", required=True) if item.has("enum") else ()
    for rank, text in enumerate(found):
        value, problem = read(text)
        if not text or not fits(read, text):
            message = "La valeur « {text} » n’est pas du type « {type} »."
            suggestion = problem.suggestion if problem else ""
            item.faults(item.spot("enum", text), message, "", suggestion, text=text, type=value_type.name)
        elif (value or text) in [read(other)[0] or other for other in found[:rank]]:
            message = "La valeur « {text} » est donnée deux fois."
            item.faults(item.spot("enum", text), message, "Retirez l’une des deux.", text=text)
    return found


def _bound(item: Reader, word: str, value_type: ValueType, writing: Writing) -> Value | None:
    """A bound, written as the values of its column are, or else in the default form of their type."""
    text = item.text(word, required=True)
    if not text:
        return None
    value: Value | None
    value, problem = value_type.written(writing)(text)
    if problem is not None and not (value_type.name == "datetime" and writing.format):
        value, problem = value_type.read(text)
    if problem is not None:
        message = "La borne « {bound} » n’est pas une valeur du type « {type} »."
        item.fault(word, message, "", problem.suggestion, bound=text, type=value_type.name)
    return value


def _length(item: Reader, word: str) -> int | None:
    text = item.text(word, required=True)
    if text and not re.fullmatch("[0-9]{1,5}", text):
        message, hint = (
            "« {word} » attend un nombre de caractères, et non « {text} ».",
            "Écrivez un nombre, de 0 à 99999.",
        )
        item.fault(word, message, hint, word=word, text=text)
    return int(text) if re.fullmatch("[0-9]{1,5}", text) else None


def _check_bounds(item: Reader, values: dict[str, object]) -> None:
    """Bounds between which no value stands."""
    lows = [(word, values.get(BOUNDS[word]), word == "exclusiveMinimum") for word in ("minimum", "exclusiveMinimum")]
    highs = [(word, values.get(BOUNDS[word]), word == "exclusiveMaximum") for word in ("maximum", "exclusiveMaximum")]
    pairs = [(low, high) for low in lows for high in highs]
    longest = values.get("max_length")
    pairs.append((("minLength", values.get("min_length"), False), ("maxLength", longest, False)))
    for (low, least, above), (high, most, below) in pairs:
        if least is None or most is None:
            continue
        whole = type(least) is int  # nothing stands between 1 and 2
        if least > most:  # type: ignore[operator]
            message = "« {low} » dépasse « {high} » : aucune valeur ne convient."
        elif ((above or below) and least == most) or (above and below and whole and most == least + 1):  # type: ignore[operator]
            message = "« {low} » et « {high} » ne laissent aucune valeur entre eux."
        else:
            continue
        item.fault(low, message, "Corrigez l’une des deux bornes.", low=low, high=high)
        return
    if longest == 0:
        item.fault("maxLength", "« maxLength » ne laisse aucun texte.", "Écrivez le nombre de caractères permis.")


def _pattern(item: Reader) -> Pattern | None:
    text = item.text("pattern", required=True)
    found = read_pattern(text) if text else None
    if isinstance(found, tuple):
        item.fault("pattern", "{told}", "{todo}" if found[1] else "", told=found[0], todo=found[1])
        return None
    return found
