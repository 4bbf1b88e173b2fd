"""What is wrong with a file as a whole, in sentences: that no table reads it, that it is one of another table, what it holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from generator.catalogue.plan import Plan
from generator.catalogue.records import Record
from generator.contracts.model import Resource
from generator.diagnostics.finding import Diagnostic, Position, fault
from generator.diagnostics.suggestions import nearest
from generator.diagnostics.wording import listed
from generator.documents.kinds import end_of
from generator.documents.nodes import Document, Node, Scalar
from generator.documents.yaml_errors import long_dash
from generator.documents.yaml_texts import first_dashed, is_dashed
from generator.layout import CONTENT
from generator.values.conversion import ID


def meant_place(document: Document, read: Sequence[Resource]) -> str:
    """Where a file that no table reads was probably meant to be, or ""."""
    name = document.path.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    places = [f"{CONTENT}/{resource.rows.file_of(name)}" for resource in read]
    return places[0] if len(places) == 1 else nearest(document.path, places)


def strays(found: Sequence[tuple[Document, str]], read: Sequence[Resource]) -> Iterator[Diagnostic]:
    """The files that no table reads: one message for all those of a folder that was probably renamed."""
    folders: dict[tuple[str, str], list[str]] = {}
    for document, meant in found:
        folder, wanted = (path.rpartition("/")[0] for path in (document.path, meant))
        folders.setdefault((folder, wanted if wanted != folder else ""), []).append(document.path)
    choices = listed([f"{CONTENT}/{resource.rows.pattern}" for resource in read], "et")
    meant_by = {document.path: meant for document, meant in found}
    for (folder, wanted), paths in folders.items():
        if wanted and len(paths) > 1:
            message = "Aucune table ne lit le dossier « {folder} » ({n} fichiers)."
            hint = "Renommez-le en « {wanted} »."
            values = {"folder": folder, "wanted": wanted, "n": len(paths)}
            yield fault("fichier-sans-table", Position(folder), message, hint, wanted, **values)
            continue
        for path in paths:
            message, hint = "Aucune table ne lit ce fichier.", "Emplacements lus : {choices}."
            yield fault("fichier-sans-table", Position(path), message, hint, meant_by[path], choices=choices)


def two_tables(document: Document, first: Resource, second: Resource) -> Diagnostic:
    """A file that two resources take."""
    message = "Ce fichier est lu par deux tables : « {a} » et « {b} »."
    hint = "Précisez « content » dans l’un des deux contrats."
    return fault("contrat-faux", Position(document.path), message, hint, a=first.name, b=second.name)


def other_table(document: Document, resource: Resource, belongs: Resource) -> Diagnostic:
    """A file that is a record of another table than the one that reads it."""
    name = document.path.rsplit("/", 1)[-1]
    place = f"{CONTENT}/{belongs.rows.pattern}".rpartition("/")[0]
    message = "Cette fiche a les clés de la table « {other} », mais ce dossier est celui de « {title} »."
    hint = "Déplacez-la dans « {place}/ »."
    root = document.root
    position = document.at(root.mark if root is not None else 0)
    values = {"other": belongs.title, "title": resource.title, "place": place}
    return fault("fichier-sans-table", position, message, hint, f"{place}/{name}", **values)


def other_row(document: Document, node: Node, resource: Resource, belongs: Resource) -> Diagnostic:
    """An element of a list that is a row of another table."""
    message = "Cette ligne a les clés de la table « {other} », mais ce fichier est celui de « {title} »."
    hint = "Déplacez-la ({place})."
    values = {"other": belongs.title, "title": resource.title, "place": f"{CONTENT}/{belongs.rows.pattern}"}
    return fault("fichier-sans-table", document.at(node.mark), message, hint, **values)


def not_a_list(document: Document, node: Node, resource: Resource) -> Diagnostic:
    """A file of rows that holds something else."""
    message = "Une liste est attendue : chaque élément commence par « - »."
    if isinstance(node, Scalar) and is_dashed(node.text):
        return long_dash(document.at(node.mark), first_dashed(node.text))
    hint = "Ce fichier contient des lignes de la table « {title} »."
    return fault("liste-attendue", document.at(node.mark), message, hint, title=resource.title)


def empty_file(document: Document, plan: Plan) -> Diagnostic:
    """A record without anything in it."""
    message, hint = "Cette fiche est vide.", "Clés obligatoires : {choices}."
    choices = listed(dict.fromkeys(f.key[0] for _, f in plan.required), "et")
    return fault("fiche-vide", Position(document.path), message, hint, choices=choices)


def other_identifier(record: Record, given: str, stem: str) -> Diagnostic:
    """A record whose identifier is not the name of its file."""
    message = "L’identifiant « {id} » ne correspond pas au nom du fichier « {stem} »."
    hint, suggestion = "Le nom du fichier, l’identifiant et l’adresse de la page sont le même mot.", stem
    if not ID.match(stem):
        hint, suggestion = "Renommez le fichier en « {id}{end} ».", ""
    position = record.at(record.resource.primary_key[0])
    return fault(
        "identifiant-et-fichier",
        position,
        message,
        hint,
        suggestion,
        id=given,
        stem=stem,
        end=end_of(record.document.path),
    )
