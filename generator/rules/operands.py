"""What a rule `formula` declares besides its two columns: where the names of a formula are read, and which numbers must not be
added.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from collections.abc import Mapping as Map
from dataclasses import dataclass
from typing import Protocol

from generator.diagnostics.suggestions import nearest
from generator.diagnostics.wording import listed
from generator.documents.reader import Reader
from generator.rules.rule import Condition, Row, Table, read_condition
from generator.text.interface import sentence


@dataclass(frozen=True, slots=True)
class Operands:
    """Where the names of a formula are read: the nested table, its column of names, the last column of its key to the record
    (which is in the table `target`), and the column that says in which column of that record the number stands.
    """

    table: str
    name: str
    record: str
    target: str
    column: str


@dataclass(frozen=True, slots=True)
class Apart:
    """The pairs of records that must not be added: those that some rows of a table of relations name."""

    table: str
    ends: tuple[str, ...]
    when: Condition


class Target(Row, Protocol):
    """The record that a term names."""

    @property
    def label(self) -> str:
        """How it is named."""

    @property
    def columns(self) -> Collection[str]:
        """Its columns."""

    @property
    def numeric(self) -> Sequence[str]:
        """The columns where it has a number."""


@dataclass(frozen=True, slots=True)
class Term:
    """A name of a formula: the row that gives it, and the record that the row names."""

    name: str
    row: Row
    target: Target | None


def read_operands(rule: Reader, table: Table, tables: Map[str, Table]) -> Operands | None:
    """The operands that a rule declares; None when they are wrong."""
    before = len(rule.diagnostics)
    item = rule.mapping("operands", required=True)
    if len(item.diagnostics) > before:
        return None
    name, column, record = item.text("name", True), item.text("column", True), item.text("record", True)
    nested = tables.get(item.text("table", True))
    item.close("« operands »")
    if len(item.diagnostics) > before:
        return None
    if nested is None or nested.parent != table.name:
        children = [child.name for child in tables.values() if child.parent == table.name]
        message, hint = "« table » attend une table imbriquée dans « {table} ».", "Tables imbriquées : {choices}."
        item.fault("table", message, hint, table=table.name, choices=listed(children, "et") or sentence("aucune"))
        return None
    ends = {key.fields[-1]: key.resource for key in nested.foreign_keys}
    for word, given, known in (
        ("name", name, nested.index),
        ("column", column, nested.index),
        ("record", record, ends),
    ):
        if given not in known:
            message = "« {word} » attend une colonne de « {table} »."
            if word == "record":
                message = "« {word} » attend la dernière colonne d’une clé étrangère de « {table} »."
            hint, choices = "Colonnes possibles : {choices}.", listed(known)
            item.fault(word, message, hint, nearest(given, known), word=word, table=nested.name, choices=choices)
    if len(item.diagnostics) > before:
        return None
    return Operands(nested.name, name, record, ends[record], column)


def read_apart(rule: Reader, target: str, tables: Map[str, Table]) -> Apart | None:
    """The pairs of rows of the table `target` that a rule forbids adding; None when it forbids none, or declares them badly."""
    if not rule.has("apart"):
        return None
    before = len(rule.diagnostics)
    item = rule.mapping("apart")
    if len(item.diagnostics) > before:
        return None
    ends, name, when = item.texts("ends", True), item.text("table", True), item.mapping("when")
    texts = {column: when.texts(column) for column in when.node.nodes}
    item.close("« apart »")
    table = tables.get(name)
    if len(item.diagnostics) > before:
        return None
    if table is None:
        message = "« table » attend une table de relations ; aucune table ne s’appelle « {name} »."
        item.fault("table", message, "", nearest(name, tables), name=name)
        return None
    keys = [key.fields[-1] for key in table.foreign_keys if key.resource == target]
    if len(ends) != 2 or any(end not in keys for end in ends):
        message = "« ends » attend les dernières colonnes de deux clés étrangères de « {table} » vers « {target} »."
        hint, choices = "Colonnes possibles : {choices}.", listed(keys) or sentence("aucune")
        item.fault("ends", message, hint, table=table.name, target=target, choices=choices)
    condition = read_condition(item, when, texts, table)
    return None if len(item.diagnostics) > before else Apart(table.name, ends, condition)
