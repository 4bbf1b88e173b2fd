"""What is wrong with a file of rows as a whole: the header of a CSV, and rows that are gone."""

from __future__ import annotations

from generator.catalogue.plan import Plan
from generator.catalogue.refused_keys import unknown_key
from generator.contracts.model import Field, Resource
from generator.diagnostics.finding import Diagnostic, Position, fault
from generator.documents.kinds import is_csv
from generator.documents.nodes import Document, Mapping, Sequence
from generator.layout import CONTENT


def check(plan: Plan, document: Document, rows: Sequence) -> tuple[list[int], list[Diagnostic]]:
    """The places of the columns that the header of a CSV file does not give, and what is wrong with the file, once for all
    its rows.
    """
    lost, said = _check_header(plan, document, document.header) if document.header is not None else ([], [])
    if not rows.items and is_csv(document.path):
        said.append(no_row(document, plan.resource))
    return lost, said


def _check_header(plan: Plan, document: Document, header: Mapping) -> tuple[list[int], list[Diagnostic]]:
    lost, said, rows = list[int](), list[Diagnostic](), plan.resource.rows
    for name in header.nodes:
        if not plan.knows(name) and not rows.rest and not rows.ignores(name):
            wrong, meant = unknown_key(plan, document, header, name)
            said.append(wrong)
            lost += meant
    for place, column in plan.required:
        if column.key[0] not in header.nodes and place not in lost:
            said.append(_missing_column(document, header, column))
            lost.append(place)
    return lost, said


def _missing_column(document: Document, header: Mapping, column: Field) -> Diagnostic:
    """A required column that the header of a CSV file does not name."""
    message, hint = "Il manque la colonne « {name} » ({title}).", "Ajoutez-la à l’en-tête."
    place = document.at(header.mark)
    return fault("valeur-manquante", place, message, hint, name=column.key[0], title=column.title)


def no_file(resource: Resource) -> Diagnostic:
    """A table of which no file exists."""
    message = "Aucun fichier ne correspond à {pattern} : la table « {title} » est vide."
    hint = "Remettez le fichier, corrigez « content », ou retirez la table du contrat."
    pattern = f"{CONTENT}/{resource.rows.pattern}"
    return fault("table-vide", resource.rows.position, message, hint, pattern=pattern, title=resource.title)


def no_row(document: Document, resource: Resource) -> Diagnostic:
    """A file of rows that holds none."""
    message = "Ce fichier ne donne aucune ligne à la table « {title} »."
    hint = "Remettez-y les lignes, ou retirez la table du contrat."
    if not is_csv(document.path):
        hint = "Remettez-y les lignes ; une liste que l’on veut vide s’écrit « [] »."
    return fault("table-vide", Position(document.path), message, hint, title=resource.title)
