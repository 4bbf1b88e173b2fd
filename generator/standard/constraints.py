"""What a schema asks of the values of a column (https://datapackage.org/standard/table-schema/#field-constraints)."""

from __future__ import annotations

from generator.diagnostics.finding import fault
from generator.diagnostics.suggestions import nearest
from generator.diagnostics.wording import listed
from generator.documents.nodes import Broken, Node
from generator.standard.part import SCHEMA, UNCHECKED, Part, named
from generator.standard.patterns import read_foreign
from generator.standard.physical import physical
from generator.text.interface import Sentence
from generator.values.constraints import BOUNDS, LENGTHS, Constraints
from generator.values.patterns import Pattern
from generator.values.types import TYPES, Value
from generator.values.writing import Writing

JSON_SCHEMA = "jsonSchema"
_ALL = ("required", "unique", "enum", "pattern", *BOUNDS, *LENGTHS, JSON_SCHEMA)


def read_constraints(part: Part, kind: str, writing: Writing) -> Constraints:
    """The constraints that a group says of a column of a type, whose texts are so written."""
    more = {"object": (JSON_SCHEMA,), "array": (JSON_SCHEMA,), "geojson": tuple(LENGTHS)}
    permitted = (*TYPES[kind].constraints, *more.get(kind, ()))
    values: dict[str, object] = {"required": part.flag("required"), "unique": part.flag("unique")}
    for word in part.node.nodes:
        if word not in _ALL:
            _unknown(part, word)
        elif word not in permitted:
            message = "La contrainte « {word} » ne va pas au type « {type} »."
            hint = "Retirez-la, ou changez le type. Contraintes de ce type : {choices}."
            place = part.key_at(word)
            part.tell(fault(SCHEMA, place, message, hint, word=word, type=kind, choices=listed(permitted, "et")))
        elif word in BOUNDS:
            values[BOUNDS[word]] = _bound(part, word, kind, writing)
        elif word in LENGTHS:
            values[LENGTHS[word]] = part.whole(word)
        elif word == "enum":
            values["enum"] = _enum(part, kind, writing)
        elif word == "pattern":
            values["pattern"] = _pattern(part)
    return Constraints(**values)  # type: ignore[arg-type]


def _unknown(part: Part, word: str) -> None:
    """A constraint that the standard does not know: a custom property, or a slip."""
    near = nearest(word, _ALL)
    if near and ":" not in word:
        message, hint = "La contrainte « {word} » n’existe pas : rien n’est demandé.", "Corrigez son nom."
        part.tell(fault(UNCHECKED, part.key_at(word), message, hint, near, word=word))


def read_value(part: Part, path: str, node: Node, kind: str, writing: Writing) -> tuple[str, Value | None] | None:
    """A value that a schema gives, as the text of a cell and as what it says; None when it is no value of the type, which is said.
    A text that is not written as those of the column may be in the default form of its type.
    """
    if isinstance(node, Broken):
        return None
    text = physical(node, kind, writing)
    values: dict[str, object] = {"key": path, "type": kind}
    if text is None:
        message, hint = (
            "« {key} » contient {found}, qui n’est pas une valeur du type « {type} ».",
            "Écrivez une valeur de ce type.",
        )
        part.tell(fault(SCHEMA, part.file.at(node), message, hint, found=named(node), **values))
        return None
    value, problem = TYPES[kind].written(writing)(text)
    if problem is not None:
        message = "« {key} » : la valeur « {text} » n’est pas du type « {type} » de la colonne."
        part.tell(fault(SCHEMA, part.file.at(node), message, "Corrigez-la, ou changez le type.", text=text, **values))
        return None
    return text, value


def _bound(part: Part, word: str, kind: str, writing: Writing) -> Value | None:
    node = part.get(word)
    found = read_value(part, part.within(word), node, kind, writing) if node is not None else None
    return found[1] if found else None


def _enum(part: Part, kind: str, writing: Writing) -> tuple[str, ...]:
    """The texts of a list of values, each once."""
    found: dict[object, str] = {}
    for path, node in part.items("enum", least=1):
        read = read_value(part, path, node, kind, writing)
        if read is None:
            continue
        if read[1] in found:
            message, hint = "La valeur « {text} » est donnée deux fois dans « {key} ».", "Retirez l’une des deux."
            part.tell(fault(SCHEMA, part.file.at(node), message, hint, text=read[0], key=part.within("enum")))
        found.setdefault(read[1], read[0])
    return tuple(found.values())


def _pattern(part: Part) -> Pattern | None:
    text = part.text("pattern")
    found = read_foreign(text) if text else None
    if isinstance(found, Sentence):
        part.tell(fault(SCHEMA, part.at("pattern"), "{told}", "Corrigez le motif.", told=found))
        return None
    if text and found is None:
        message = "Le motif « {pattern} » n’a pas été essayé : rien n’assure que sa durée reste bornée."
        hint = "Ne répétez pas ce qui se répète déjà : « (a+)+ » s’écrit « a+ »."
        part.tell(fault(UNCHECKED, part.at("pattern"), message, hint, pattern=text))
    return found
