"""A row renamed: its identifier, the name of its file, all that names it in rows, in sentences, in contracts and in the menu, and
the identifier that it had, kept among its former ones. Everything is an edit of a passage: no other byte of a file changes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from generator.catalogue.addresses import Addresses
from generator.catalogue.former import former_ids
from generator.catalogue.project import Project
from generator.catalogue.records import Record
from generator.changes.followed import followed
from generator.changes.mentions import in_contracts, in_menu, in_prose, in_templates
from generator.contracts.model import Resource
from generator.documents.kinds import end_of
from generator.documents.nodes import Scalar
from generator.documents.places import Files, Written, cell, place_of, scalar
from generator.documents.places import key as quoted
from generator.rules.formula import Formula
from generator.text.expressions import renamed
from generator.text.interface import Sentence, sentence
from generator.text.patching import Edit
from generator.text.spoken import typeset
from generator.values.types import canonical

_LAST = 1_000_000  # the rank of what comes after all the columns


@dataclass(slots=True)
class Renaming:
    """What is to be written: edits, the file that gets another name (old, new), and what could not be done, in sentences."""

    edits: list[Edit] = field(default_factory=list)
    moved: tuple[str, str] | None = None
    notes: list[Sentence] = field(default_factory=list)
    references: int = 0  # rows that name it
    links: int = 0  # of sentences, contracts and the menu

    def add(self, edit: Edit | None, note: Sentence) -> bool:
        """Take an edit, or note that it could not be made."""
        if edit is None:
            self.notes.append(note)
        elif edit not in self.edits:
            self.edits.append(edit)
            return True
        return False


def own_column(resource: Resource) -> str:
    """The column of a table that holds the identifier of its rows, in which it is written; "" when its rows have none of their
    own: they are named by what they join, or by their rank.
    """
    last = resource.primary_key[-1] if resource.primary_key else ""
    named = any(last in key.fields for key in resource.foreign_keys)
    placed = last == resource.rows.file  # the name of its file
    return "" if not last or named or (resource.field(last).filled and not placed) else last


def renaming(project: Project, record: Record, new: str, files: Files) -> Renaming:
    """What renaming a record changes. The table has a column of its own for identifiers, and the new one is free."""
    column = own_column(record.resource)
    old, made = canonical(record[column]), Renaming()
    change = followed(project.catalogue, record, column, new)
    for row, name in change.values:
        _value(made, row, name, new, files(row.document.path), row is record)
    _former(made, record, (old, new), files(record.document.path), Addresses(project.catalogue).places)
    _file(made, record, new)
    for links in (in_prose(project, change, files), in_menu(project, change, files)):
        for edit, note in links:
            made.links += made.add(edit, note)
    for edit, note in in_contracts(project, record, (old, new), change, files):
        made.links += made.add(edit, note)
    for edit, note in in_templates(project.root, old):
        made.add(edit, note)
    for holder, name, text in _formulas(project, record, old, new):
        node = holder.written(name)
        if isinstance(node, Scalar):
            made.add(files(holder.document.path).replacing(place_of(node.mark), text), _by_hand(holder, name))
    return made


def _by_hand(row: Record, name: str) -> Sentence:
    """What is to be written by the person, in a sentence."""
    return sentence("{place} : à changer à la main.", place=str(row.at(name)))


def _value(made: Renaming, row: Record, name: str, new: str, file: Written, own: bool) -> None:
    """The value of a column, where the row writes it."""
    node = row.written(name)
    placed = name == row.resource.rows.file  # which it may write too
    if (row.resource.field(name).filled and not placed) or not isinstance(node, Scalar):
        return
    done = made.add(file.replacing(place_of(node.mark), new), _by_hand(row, name))
    made.references += done and not own


def _file(made: Renaming, record: Record, new: str) -> None:
    """The name of the file of a record that has its own."""
    path, rows = record.document.path, record.resource.rows
    if rows.kind == "records":
        folder = path.rpartition("/")[0]
        made.moved = path, f"{folder}/{new}{end_of(path)}"


# --- The identifiers that it had ---------------------------------------------------------------------------------


def _former(made: Renaming, record: Record, names: tuple[str, str], file: Written, addresses: Collection[str]) -> None:
    """The old identifier among the former ones; the new one is no longer one of them. `addresses`: the tables that have some."""
    old, new = names
    name = record.resource.former_ids
    if not name and record.resource.name in addresses:
        message = (
            "La table « {title} » ne garde pas les anciens identifiants : les anciennes adresses ne mèneront plus ici."
        )
        made.notes.append(sentence(message, title=typeset(record.resource.title)))
    if not name:
        return
    kept = [each for each in former_ids(record) if each != new]
    text = " ".join([*kept, old])
    node = record.written(name)
    by_hand = sentence("Ajoutez « {old} » à « {name} » à la main.", old=old, name=name)
    if isinstance(node, Scalar) and node.mark:
        made.add(file.replacing(place_of(node.mark), text), by_hand)
    elif file.is_csv:
        made.add(_in_empty_cell(record, name, text, file), by_hand)
    else:
        made.add(_in_new_key(record, name, text, file), by_hand)


def _in_empty_cell(record: Record, name: str, text: str, file: Written) -> Edit | None:
    """The text of a cell that is empty; None when the file has no such column."""
    names = [each.text for each in file.rows[0]] if file.rows else []
    row = next((row for row in file.rows if row and row[0].mark == record.node.mark), None)
    if row is None or name not in names:
        return None
    place = place_of(row[names.index(name)].mark)
    return Edit(file.path, place, place, cell(text, file.manner.dialect))


def _in_new_key(record: Record, name: str, text: str, file: Written) -> Edit | None:
    """A new key in a record: after the columns that its contract names before, in the style of the record."""
    column, node = record.resource.field(name), record.node
    whole, keys = file.span(node), list(node.nodes)
    if len(column.key) > 1 or whole is None or not keys:
        return None
    rank = record.resource.index[name]
    last = file.span(node.nodes[max((n, key) for n, key in enumerate(keys) if _rank(record, key) < rank)[1]])
    if last is None:
        return None
    if whole.style == "{":
        return Edit(file.path, last.end, last.end, f", {quoted(name)}: {scalar(text, flow=True)}")
    indent = " " * (place_of(node.key_mark(keys[0]))[1] - 1)
    return file.below(last.last, f"{indent}{quoted(name)}: {scalar(text)}")


def _rank(record: Record, key: str) -> int:
    """The place of a key among the columns of a contract; nested lists come last."""
    places = [place for place, column in enumerate(record.resource.fields) if column.key[0] == key]
    return min(places, default=_LAST)


# --- Calculations ------------------------------------------------------------------------------------------------


def _formulas(project: Project, record: Record, old: str, new: str) -> Iterator[tuple[Record, str, str]]:
    """The calculations that name a renamed term: the row, its column and its new text."""
    parent = record.parent
    if parent is None:
        return
    for rule in project.catalogue.contracts.rules.get(parent.resource.name, ()):
        if isinstance(rule, Formula) and rule.operands.table == record.resource.name:
            text = parent[rule.formula]
            if rule.operands.name == own_column(record.resource) and text is not None:
                yield parent, rule.formula, renamed(str(text), old, new)
