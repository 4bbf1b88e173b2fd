"""What is wrong with a file or a row being loaded, in sentences: one mistake, one message, at the place to mend."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from generator.catalogue.plan import Plan
from generator.catalogue.refused_keys import filled_column, is_empty
from generator.catalogue.shapes import nothing
from generator.contracts.model import Field
from generator.diagnostics.finding import Diagnostic, fault, kept
from generator.documents.nodes import Broken, Document, Mapping, Node, Scalar
from generator.documents.nodes import Sequence as List
from generator.documents.places import key as quoted
from generator.documents.yaml_errors import long_dash
from generator.documents.yaml_texts import first_dashed, is_dashed
from generator.rules.printed import Printed
from generator.text.interface import Sentence, sentence
from generator.values.problem import Problem


def former_list(said: Diagnostic, value: Node) -> Diagnostic:
    """A list of former identifiers, with the text to write."""
    if not isinstance(value, List) or not all(isinstance(item, Scalar) for item in value.items):
        return said
    hint = "Écrivez les anciens identifiants l’un après l’autre, séparés par une espace."
    meant = " ".join(item.text for item in value.items if isinstance(item, Scalar))
    return replace(said, hint=sentence(hint), suggestion=meant)


def not_a_row(plan: Plan, document: Document, node: Node) -> Diagnostic:
    """Something else than keys and values where a row is awaited."""
    code, hint = "groupe-attendu", ""
    message = "Une ligne de la table « {title} » s’écrit avec des clés « cle: valeur »."
    if plan.single and is_empty(node):
        code, message = "valeur-vide", "Un élément de la liste est vide."
        hint = "Remplissez-le ou supprimez-le."
    elif plan.single:
        code, message = "valeur-simple-attendue", "Chaque élément de cette liste est une simple valeur."
    return fault(code, document.at(node.mark), message, hint, title=plan.resource.title)


def not_a_nested_list(child: Plan, document: Document, holder: Mapping, name: str, value: Node) -> Diagnostic:
    """Something else than a list where the rows of a nested table are awaited."""
    if nothing(value):
        position = document.at(holder.key_mark(name), len(name))
        hint = 'Ajoutez un élément qui commence par « - », supprimez la ligne, ou permettez le vide dans le contrat : « missingValues: [""] ».'
        return fault("valeur-vide", position, "La liste « {name} » est vide.", hint, name=name)
    if isinstance(value, Scalar) and is_dashed(value.text):
        return long_dash(document.at(value.mark), first_dashed(value.text))
    message = "« {name} » attend une liste : chaque élément commence par « - »."
    hint, suggestion = "", ""
    if isinstance(value, Scalar) and value.text.startswith("-"):
        hint = "Il manque une espace après le tiret."
    elif child.single and isinstance(value, Scalar):
        suggestion = f"[{value.text}]"
    length = len(value.text) + 2 * value.quoted if isinstance(value, Scalar) and "\n" not in value.text else 1
    return fault("liste-attendue", document.at(value.mark, max(1, length)), message, hint, suggestion, name=name)


def not_a_group(document: Document, holder: Mapping, name: str, keys: Iterable[str]) -> Diagnostic:
    """Something else than keys and values under the name of a group of columns."""
    message, hint = "« {name} » attend un groupe de clés.", "Écrivez {name}: {{{keys}}}"
    position = document.at(holder.nodes[name].mark or holder.key_mark(name))
    shown = ", ".join(f"{quoted(key)}: …" for key in keys)
    return fault("groupe-attendu", position, message, hint, name=name, keys=shown)


@dataclass(frozen=True, slots=True)
class Cell:
    """A value of a file: the group of keys that holds it, its key, its node."""

    document: Document
    holder: Mapping
    name: str
    value: Node


def refused_value(cell: Cell, column: Field, problem: Problem | None) -> Diagnostic | None:
    """What is wrong with a value that could not be read; None when it has been said already."""
    document, holder, name, value = cell.document, cell.holder, cell.name, cell.value
    if isinstance(value, Broken):
        return None
    at_key = document.at(holder.key_mark(name), len(name))
    if column.filled:
        return filled_column(document, holder, column)
    if not isinstance(value, Scalar) and problem is None:
        message = "« {title} » attend une valeur simple, pas une liste ni un groupe."
        if column.type == "list":
            message = "« {title} » attend une liste de valeurs simples, dont aucune ne contient « {mark} »."
        hint = "Si c’est un texte qui commence par un crochet ou une accolade, mettez-le entre guillemets."
        if column.type == "list":
            hint = "Corrigez-la, ou changez dans le contrat ce qui sépare ses valeurs (« delimiter »)."
        values = {"title": column.title, "mark": column.writing.delimiter}
        return fault("valeur-simple-attendue", document.at(value.mark), message, hint, **values)
    if problem is None:
        message = "La clé « {name} » est donnée sans valeur."
        hint = 'Supprimez la ligne : absent veut dire absent ; ou permettez le vide dans le contrat : « missingValues: [""] ».'
        hint = "Donnez-lui une valeur." if column.required else hint
        return fault("valeur-vide", at_key, message, hint, name=name)
    length = len(value.text) + 2 * value.quoted if isinstance(value, Scalar) and "\n" not in value.text else 1
    position = document.at(value.mark, length)
    told = sentence("{title} : {problem}", title=kept(column.title), problem=problem.message)
    meant = (
        problem.suggestion if isinstance(value, Scalar) else ""
    )  # of what has several parts, the text is none of the file's
    return Diagnostic(problem.code, position, told, with_absence(problem.hint, document), meant)


def with_absence(hint: Sentence, document: Document) -> Sentence:
    """A hint that may tell how an absence is written, in the words of the file: a table of cells, or keys and values."""
    absent = sentence("supprimez la ligne") if document.header is None else sentence("laissez la cellule vide")
    return hint.within(absent=absent)


def printed_otherwise(said: Diagnostic, cell: Cell, printed: Printed) -> Diagnostic:
    """What is wrong with the number of a row, with the columns that its text should fill when it is an interval or a fraction."""
    value = cell.value
    if not isinstance(value, Scalar):
        return said
    keys = printed.keys(value.text)
    text = cell.holder.nodes.get(printed.printed)
    if len(keys) != 2:
        meant = printed.alike(value.text, text.text) if isinstance(text, Scalar) else ""
        return replace(said, suggestion=meant) if meant else said
    position, names = said.position, tuple(keys)
    lines = "\n".join(f"{quoted(name)}: {text}" for name, text in keys.items())
    message = "« {text} » n’est pas un nombre, mais un intervalle : ses deux bornes s’écrivent dans « {a} » et « {b} »."
    if names == printed.fraction:
        message = (
            "« {text} » n’est pas un nombre, mais une fraction : ses deux termes s’écrivent dans « {a} » et « {b} »."
        )
    values = {
        "text": value.text if isinstance(value, Scalar) else "",
        "a": names[0],
        "b": names[1],
        "own": printed.value,
    }
    return fault(said.code, position, message, "Écrivez ces deux lignes au lieu de « {own} ».", lines, **values)
