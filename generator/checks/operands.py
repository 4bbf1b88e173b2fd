"""What a rule `formula` declares besides its two columns: where the names of a formula are read, and which numbers must not be
added.
"""

from __future__ import annotations

from dataclasses import dataclass

from generator.catalogue.records import Catalogue
from generator.checks.conditions import impossible
from generator.contracts.model import ForeignKey, Resource
from generator.contracts.types import canonical
from generator.diagnostics.suggestions import nearest
from generator.diagnostics.wording import listed
from generator.documents.reader import Reader


@dataclass(frozen=True, slots=True)
class Operands:
    """Where the names of a formula are read: the nested table, its column of names, the key to the record, and the column
    that says in which column of that record the number stands.
    """

    table: Resource
    name: str
    key: ForeignKey
    column: str


def read_operands(rule: Reader, resource: Resource, catalogue: Catalogue) -> Operands | None:
    """The operands that a rule declares; None when they are wrong, or in a table that could not be read."""
    before = len(rule.diagnostics)
    item = rule.mapping("operands", required=True)
    if len(item.diagnostics) > before:
        return None
    name, column, record = item.text("name", True), item.text("column", True), item.text("record", True)
    table = catalogue.contracts.resources.get(item.text("table", True))
    item.close("« operands »")
    if len(item.diagnostics) > before:
        return None
    if table is None or table.rows.parent != resource.name:
        children = [child.name for child in catalogue.contracts.children(resource.name)]
        message, hint = "« table » attend une table imbriquée dans « {table} ».", "Tables imbriquées : {choices}."
        item.fault("table", message, hint, table=resource.name, choices=listed(children, "et") or "aucune")
        return None
    ends = [key.fields[-1] for key in table.foreign_keys]
    for word, given, known in (("name", name, table.index), ("column", column, table.index), ("record", record, ends)):
        if given not in known:
            message = "« {word} » attend une colonne de « {table} »."
            if word == "record":
                message = "« {word} » attend la dernière colonne d’une clé étrangère de « {table} »."
            hint, choices = "Colonnes possibles : {choices}.", listed(known)
            item.fault(word, message, hint, nearest(given, known), word=word, table=table.name, choices=choices)
    if len(item.diagnostics) > before:
        return None
    return Operands(table, name, next(key for key in table.foreign_keys if key.fields[-1] == record), column)


def read_apart(rule: Reader, operands: Operands, catalogue: Catalogue) -> frozenset[frozenset[int]]:
    """The pairs of records that must not be added: those that some rows of a table of relations name."""
    if not rule.has("apart"):
        return frozenset()
    before = len(rule.diagnostics)
    item = rule.mapping("apart")
    if len(item.diagnostics) > before:
        return frozenset()
    ends, name, when = item.texts("ends", True), item.text("table", True), item.mapping("when")
    wanted = {column: when.texts(column) for column in when.node.nodes}
    item.close("« apart »")
    table = catalogue.contracts.resources.get(name)
    if len(item.diagnostics) > before:
        return frozenset()
    if table is None:
        message = "« table » attend une table de relations ; aucune table ne s’appelle « {name} »."
        item.fault("table", message, "", nearest(name, catalogue.contracts.resources), name=name)
        return frozenset()
    keys = {key.fields[-1]: key for key in table.foreign_keys if key.resource == operands.key.resource}
    if len(ends) != 2 or any(end not in keys for end in ends):
        message = "« ends » attend les dernières colonnes de deux clés étrangères de « {table} » vers « {target} »."
        hint, choices = "Colonnes possibles : {choices}.", listed(keys) or "aucune"
        item.fault("ends", message, hint, table=table.name, target=operands.key.resource, choices=choices)
    for column in wanted:
        if column not in table.index:
            message, hint = (
                "La règle nomme « {name} », qui n’est pas une colonne de « {table} ».",
                "Colonnes : {choices}.",
            )
            item.faults(
                when.key_place(column), message, hint, nearest(column, table.index),
                name=column, table=table.name, choices=listed(table.index),
            )  # fmt: skip
    item.diagnostics += impossible(when, table)
    if len(item.diagnostics) > before:
        return frozenset()
    rows = (row for row in catalogue[table.name] if all(canonical(row[c]) in texts for c, texts in wanted.items()))
    return frozenset(frozenset(id(catalogue.target(row, keys[end])) for end in ends) for row in rows)
