"""What is wrong with the shape in which rows are written, and with what their places say: the key of a map, the name of a file."""

from __future__ import annotations

from collections.abc import Sequence as Many

from generator.catalogue import refusals
from generator.catalogue.plan import Plan
from generator.catalogue.records import Record
from generator.catalogue.refusals import Cell, with_absence
from generator.catalogue.shapes import Standing, nothing
from generator.contracts.model import Field
from generator.diagnostics.finding import Diagnostic, Position, fault, kept
from generator.diagnostics.wording import listed
from generator.documents.nodes import Document, Mapping, Node, Scalar
from generator.text.interface import sentence
from generator.values.problem import Problem
from generator.values.types import Value, canonical


def not_nested(plans: Many[Plan], document: Document, holder: Mapping, name: str, value: Node) -> Diagnostic:
    """Something else than the rows that are awaited under a key."""
    plan, rows = plans[0], plans[0].resource.rows
    if nothing(value) or not (rows.keys or rows.single):
        return refusals.not_a_nested_list(plan, document, holder, name, value)
    position = document.at(value.mark or holder.key_mark(name))
    if rows.keys and len(plans) == 1:
        return not_a_map(plan, position, name)
    message, hint = "« {name} » attend un groupe de clés.", "Clés possibles : {choices}."
    return fault("groupe-attendu", position, message, hint, name=name, choices=listed(plan.top.keys))


def not_a_map(plan: Plan, position: Position, name: str = "") -> Diagnostic:
    """Something else than rows that stand under keys."""
    keys = plan.resource.field(plan.resource.rows.keys)
    message = "« {name} » attend des lignes rangées sous des clés : chaque clé est « {title} »."
    if not name:
        message = "Ce fichier range les lignes de « {table} » sous des clés : chaque clé est « {title} »."
    values = {"name": name, "title": keys.title, "table": plan.resource.title}
    return fault(
        "groupe-attendu", position, message, "Écrivez chaque clé, deux-points, puis la ligne en retrait.", **values
    )


def key_read(
    plan: Plan, document: Document, rows: Mapping, key: str, standing: Standing
) -> tuple[Standing, list[Diagnostic]]:
    """What the key of a map says of the row under it, beside what its file says."""
    mark = rows.key_mark(key)
    if "keys" not in plan.received:
        return Standing(standing.values, standing.lost, mark), []
    place, column, convert = plan.received["keys"]
    value, problem = convert(key)
    said = []
    if problem is not None:
        position = document.at(mark, max(1, len(key)))
        said.append(refused(position, column, problem, document))
    elif value is None and column.required:
        message = "La clé « {key} » veut dire l’absence, et « {title} » est obligatoire."
        said.append(
            fault("valeur-manquante", document.at(mark), message, "Donnez-lui une valeur.", key=key, title=column.title)
        )
    lost = (*standing.lost, place) if said else standing.lost
    return Standing((*standing.values, (place, value)), lost, mark), said


def empty_entry(document: Document, rows: Mapping, key: str) -> Diagnostic:
    """A key of a map under which nothing is written."""
    message = "La clé « {name} » est donnée sans valeur."
    hint = 'Donnez-lui une valeur, supprimez la ligne, ou permettez le vide dans le contrat : « missingValues: [""] ».'
    return fault("valeur-vide", document.at(rows.key_mark(key), len(key)), message, hint, name=key)


def other_place(record: Record, cell: Cell, column: Field, given: Value | None) -> Diagnostic:
    """A column of which a row says something else than its place."""
    rows, document = record.resource.rows, cell.document
    message = "« {title} » est « {text} » ici, mais « {given} » d’après le chemin du fichier."
    if column.name == rows.file:
        message = "« {title} » est « {text} » ici, mais « {given} » d’après le nom du fichier."
    elif column.name == rows.keys:
        message = "« {title} » est « {text} » ici, mais « {given} » d’après la clé de la ligne."
    hint = "Supprimez cette ligne : le générateur la remplit."
    text = cell.value.text if isinstance(cell.value, Scalar) else ""
    position = document.at(cell.value.mark or cell.holder.key_mark(cell.name), max(1, len(text)))
    shown = canonical(given) if given is not None else ""
    return fault("valeur-et-place", position, message, hint, title=column.title, text=text, given=shown)


def refused_text(document: Document, column: Field, problem: Problem, word: str) -> Diagnostic:
    """The name, the path or the text of a file that is no value of its column."""
    if word == "body" and document.body is not None:
        return refused(document.at(document.body.mark), column, problem, document)
    told = sentence(
        "{title}, d’après la place du fichier : {problem}", title=kept(column.title), problem=problem.message
    )
    return Diagnostic(problem.code, Position(document.path), told, with_absence(problem.hint, document))


def refused(position: Position, column: Field, problem: Problem, document: Document | None = None) -> Diagnostic:
    """A value that its column refuses."""
    told = sentence("{title} : {problem}", title=kept(column.title), problem=problem.message)
    hint = with_absence(problem.hint, document) if document is not None else problem.hint
    return Diagnostic(problem.code, position, told, hint, problem.suggestion)
