"""The values that a contract itself gives to a column: its categories, its closed list, its example. Each must be one of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from generator.contracts.model import Field
from generator.documents.nodes import Sequence
from generator.documents.reader import Reader
from generator.text.interface import Sentence, sentence
from generator.values.conversion import converter
from generator.values.formulas import executed
from generator.values.problem import RESERVED_WORD
from generator.values.types import TYPES, fits
from generator.values.writing import Writing

Categories = tuple[tuple[str, str], ...]


def read_categories(item: Reader, kind: str, writing: Writing) -> Categories:
    """The values of a column, each with its label."""
    read = TYPES[kind].written(writing)
    if item.has("categories") and kind not in ("string", "integer"):
        item.fault("categories", "Des catégories ne vont qu’aux types « string » et « integer ».")
        item.skip("categories")
        return ()
    found: list[tuple[str, str]] = []
    values, labels = set[str](), set[str]()
    for entry in item.entries("categories", "value"):
        value = entry.text("value", required=True)
        label = entry.text("label") or value
        if value in values:
            entry.fault(
                "value", "La catégorie « {value} » est donnée deux fois.", "Retirez l’une des deux.", value=value
            )
        elif value and not fits(read, value):
            message, meant = "La catégorie « {value} » n’est pas du type « {type} ».", read(value)[1]
            entry.fault("value", message, "", meant.suggestion if meant else "", value=value, type=kind)
        elif label in labels:
            message, hint = "Deux catégories ont le même libellé, « {label} ».", "Donnez-leur deux libellés différents."
            entry.fault("label" if entry.has("label") else "value", message, hint, label=label)
        elif entry.has("label") and executed(label)[0] and "formulas" not in writing.allow:
            message = "Le libellé « {label} » commence par « {first} » : un tableur pourrait l’exécuter."
            hint = "Ajoutez un mot devant, ou permettez-le : « allow: [formulas] »."
            entry.fault("label", message, hint, label=label, first=executed(label)[0])
        found.append((value, label))
        values.add(value)
        labels.add(label)
        entry.close("une catégorie")
    if item.has("categories") and not found and isinstance(item.node.nodes["categories"], Sequence):
        item.fault("categories", "« categories » attend au moins une valeur.")
    return tuple(found)


def check_values(item: Reader, column: Field) -> None:
    """The values that the contract itself gives: those of a list, which the other constraints must let pass, and the example."""
    own = column.constraints
    values = [value for value, _ in column.categories]
    for word, texts in (("categories", values), ("enum", own.enum)):
        reader = item if word == "categories" else item.mapping("constraints")
        first = next(_refused(column, texts), None)
        if first is not None:  # the others may be refused too, by the same constraint
            text, told = first
            message = "La valeur « {text} » de « {word} » ne respecte pas les autres contraintes : {told}"
            hint = "Corrigez-la, ou corrigez la contrainte."
            reader.faults(reader.spot(word, text), message, hint, text=text, word=word, told=told)
            return
    for text in own.enum if column.categories else ():
        if text not in values:
            reader, message = item.mapping("constraints"), "« {text} » n’est pas dans « categories »."
            hint = "Retirez « enum » : « categories » suffit à fermer la liste."
            reader.faults(reader.spot("enum", text), message, hint, text=text)
    convert = converter(column.type, column.writing, own, categories=column.categories, separator=column.separator)
    problem = convert(column.example)[1] if column.example else None
    if problem is not None:
        message = "L’exemple « {example} » ne convient pas à sa propre colonne : {told}"
        hint, meant = "{todo}" if problem.hint else "", problem.suggestion
        todo = problem.hint.within(absent=sentence("retirez cet exemple"))
        item.fault("example", message, hint, meant, example=column.example, told=problem.message, todo=todo)


def _refused(column: Field, texts: Iterable[str]) -> Iterator[tuple[str, Sentence]]:
    """The values of a list that the other constraints of the column refuse, and why."""
    narrow = replace(column.constraints, enum=())
    convert = converter(column.type, replace(column.writing, prose=False), narrow)
    for text in texts:
        problem = convert(text)[1]
        if problem is not None and problem.code != RESERVED_WORD:  # which the list itself permits
            yield text, problem.message
