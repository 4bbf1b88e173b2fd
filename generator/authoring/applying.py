"""The answers of the form → the correction that they ask for: its row and its column found among those that the contracts declare
(names that are looked up, never a path), its value read by the same code as the content.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping as Map
from dataclasses import dataclass

from generator.authoring.form import Refusal
from generator.authoring.replacing import replaced
from generator.catalogue.plan import make_plan
from generator.catalogue.project import Project
from generator.catalogue.records import Record, Table
from generator.catalogue.refusals import with_absence
from generator.contracts.model import Contracts, Field
from generator.diagnostics.finding import kept
from generator.diagnostics.suggestions import nearest
from generator.diagnostics.wording import listed
from generator.documents.files import read_whole
from generator.documents.manner import AS_USUAL
from generator.documents.nodes import Scalar
from generator.text.interface import sentence
from generator.values.conversion import Convert
from generator.values.types import canonical

BY_HAND = "Corrigez le fichier à la main."


@dataclass(frozen=True, slots=True)
class Correction:
    """A value to write: `old` as it is written ("" when it is not), `new`; `data` are the bytes of the whole file then."""

    record: Record
    column: Field
    old: str
    new: str
    data: bytes

    @property
    def path(self) -> str:
        """The file, from the root of the project."""
        return self.record.document.path


def correction(project: Project, told: Map[str, str]) -> Correction | Refusal:
    """What the answers of the form ask for, or why it cannot be done."""
    table = _table(project, told["paquet"], told["table"])
    if isinstance(table, Refusal):
        return table
    record = _row(table, told["ligne"])
    if isinstance(record, Refusal):
        return record
    column = _column(record, told["champ"])
    if isinstance(column, Refusal):
        return column
    convert = _reader(record, column, project.catalogue.contracts)
    return _same(record, column, convert, told["valeur"]) or _new(project, record, column, convert, told["nouvelle"])


def _absent(message: str, name: str, known: Iterable[str], title: str = "") -> Refusal:
    """A name that is not among those that are known."""
    names = list(known)
    told = sentence(message, name=kept(name), title=title)
    return Refusal(told, sentence("Noms possibles : {names}.", names=listed(names)), nearest(name, names))


def _table(project: Project, package: str, name: str) -> Table | Refusal:
    contracts = project.catalogue.contracts
    if package not in contracts.packages:
        message = "Il n’y a pas de jeu de données « {name} »."
        return _absent(message, package, contracts.packages)
    own = contracts.packages[package]
    table = project.catalogue.tables.get(name) if name in own.resources else None
    if table is None:
        message = "Le jeu de données « {title} » n’a pas de table « {name} »."
        return _absent(message, name, own.resources, own.title)
    return table


def _row(table: Table, key: str) -> Record | Refusal:
    """The row whose key is written so, its parts joined by « / »."""
    rows = [row for row in table.records if key and "/".join(map(canonical, row.id)) == key]
    if len(rows) == 1:
        return rows[0]
    title = table.resource.title
    if rows:
        message = "Plusieurs lignes de la table « {title} » ont l’identifiant « {key} »."
        return Refusal(sentence(message, title=title, key=kept(key)), sentence(BY_HAND))
    near = nearest(key, ("/".join(map(canonical, row.id)) for row in table.records))
    message, hint = (
        "La table « {title} » n’a pas de ligne « {key} ».",
        "Parties de son identifiant, dans l’ordre : {parts}.",
    )
    parts = listed(table.resource.primary_key, "et")
    return Refusal(sentence(message, title=title, key=kept(key)), sentence(hint, parts=parts), near)


def _column(record: Record, name: str) -> Field | Refusal:
    resource = record.resource
    if name not in resource.index:
        message = "La table « {title} » n’a pas de colonne « {name} »."
        return _absent(message, name, resource.index, resource.title)
    column = resource.field(name)
    if column.computed is not None:
        hint = "Corrigez plutôt ce dont elle part : {names}."
        told = sentence("La colonne « {name} » est calculée.", name=name)
        return Refusal(told, sentence(hint, names=listed(column.computed.names, "et")))
    if column.filled:
        hint = "Corrigez plutôt la ligne d’où elle vient."
        return Refusal(sentence("La colonne « {name} » est remplie par le générateur.", name=name), sentence(hint))
    if name in resource.primary_key:
        message = (
            "La colonne « {name} » fait l’identifiant de la ligne, que d’autres nomment : elle ne se corrige pas ainsi."
        )
        return Refusal(sentence(message, name=name), sentence(BY_HAND))
    return column


def _reader(record: Record, column: Field, contracts: Contracts) -> Convert:
    plan = make_plan(record.resource, contracts)
    return plan.readers[column.name]


def _same(record: Record, column: Field, convert: Convert, told: str) -> Refusal | None:
    """A refusal when what the form says is published is not, or no more."""
    node = record.written(column.name)
    written, value = node.text if isinstance(node, Scalar) else "", record[column.name]
    if _words(told) in (_words(written), _words(canonical(value))) or (told and value == convert(told)[0] is not None):
        return None
    values = {"title": kept(column.title), "written": kept(written), "told": kept(told)}
    message = "{title} : la valeur d’aujourd’hui est « {written} », et non « {told} » que donne la demande."
    if not told:
        message = "{title} : la valeur d’aujourd’hui est « {written} » ; la demande n’en donne pas."
    elif not written:
        message = "{title} : rien n’est écrit aujourd’hui ; la demande donne « {told} »."
    hint = "Relisez la fiche : elle a pu être corrigée depuis. Si la nouvelle valeur reste juste, refaites la demande."
    return Refusal(sentence(message, **values), sentence(hint))


def _words(text: str) -> str:
    """A text whatever its spaces and the ends of its lines."""
    return " ".join(text.split())


def _new(project: Project, record: Record, column: Field, convert: Convert, text: str) -> Correction | Refusal:
    title = kept(column.title)
    if not text:
        message, hint = (
            "{title} : la nouvelle valeur est vide.",
            "Pour retirer une valeur, corrigez le fichier à la main.",
        )
        return Refusal(sentence(message, title=title), sentence(hint))
    value, problem = convert(text)
    if problem is not None:
        told = sentence("{title} : {problem}", title=title, problem=problem.message)
        return Refusal(told, with_absence(problem.hint, record.document), problem.suggestion)
    node, path = record.written(column.name), record.document.path
    old = node.text if isinstance(node, Scalar) else ""
    if text == old or (value is not None and value == record[column.name]):
        return Refusal(sentence("{title} : la nouvelle valeur est déjà celle d’aujourd’hui.", title=title))
    data = read_whole(project.root, path)
    manner = project.catalogue.contracts.manner(path) or AS_USUAL
    found = replaced(data, record, column, text, manner) if data is not None else None
    if found is None:
        message = "« {text} » ne peut pas être écrit dans {path} sans toucher au reste du fichier."
        return Refusal(sentence(message, text=kept(text), path=path), sentence(BY_HAND))
    return Correction(record, column, old, text, found)
