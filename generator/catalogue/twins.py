"""Rows that have the key of another: which of the two is the copy, and what is said of it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from collections.abc import Mapping as Map

from generator.catalogue.records import Key, Record, Table
from generator.diagnostics.finding import Diagnostic, Position, fault
from generator.documents.kinds import end_of
from generator.documents.nodes import Document
from generator.documents.nodes import Sequence as List
from generator.documents.strangers import copy_of
from generator.values.identifiers import ID
from generator.values.types import canonical


def is_copy(record: Record, other: Record) -> bool:
    """Whether, of two rows of one key, the first is rather the copy: a file that has not its name, or the last of its list, which
    the other is not.
    """
    if record.resource.rows.kind == "records":
        stem, own = (row.document.path.rsplit("/", 1)[-1].rsplit(".", 1)[0] for row in (record, other))
        key = canonical(record.id[-1])
        return stem != key and own == key
    if copied_name(record.document) != copied_name(other.document):
        return copied_name(record.document)
    return _is_last(record) and not _is_last(other)


def copied_name(document: Document) -> bool:
    """Whether the name of a file says that it is a copy."""
    return bool(copy_of(document.path.rsplit("/", 1)[-1].rsplit(".", 1)[0]))


def _is_last(record: Record) -> bool:
    root = record.document.root
    return isinstance(root, List) and bool(root.items) and root.items[-1] is record.node


def same_key(record: Record, other: Record, free: Free) -> Diagnostic:
    """A row with the key of another."""
    resource = record.resource
    message = "« {key} » est déjà l’identifiant d’une autre ligne de « {title} » ({place})."
    hint = "Donnez-lui un autre identifiant, ou supprimez l’une des deux lignes."
    suggestion = free.after(record.id)
    stem = record.document.path.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    if copy_of(stem):
        message = (
            "Ce fichier est une copie (« {stem} ») : « {key} » est déjà l’identifiant d’une autre fiche ({place})."
        )
        hint = "Supprimez-le, ou donnez-lui un nom et un identifiant à lui : le même mot, en minuscules et sans espace."
        suggestion = ""
    elif resource.rows.kind == "records" and stem != canonical(record.id[-1]):
        message = "« {key} » est l’identifiant d’une autre fiche de « {title} » ({place}), dont celle-ci est sans doute la copie."
        hint, suggestion = "L’identifiant est le nom du fichier, sans « {end} ».", stem if ID.match(stem) else ""
    elif _copied(record, other):
        message = (
            "Cette ligne de « {title} » est la copie d’une autre ({place}) : l’identifiant « {key} » est resté le même."
        )
    position, place = (row.at(resource.primary_key[-1]) for row in (record, other))
    shown = " + ".join(str(part) for part in record.id)
    return fault(
        "cle-primaire-en-double",
        position,
        message,
        hint,
        suggestion,
        key=shown,
        title=resource.title,
        place=place,
        stem=stem,
        end=end_of(record.document.path),
    )


def same_file(document: Document, other: Document, rows: int) -> Diagnostic:
    """A file of rows whose keys are all those of another file."""
    message = "Ce fichier répète les {n} lignes de {other} : c’en est sans doute une copie."
    hint = "Supprimez-le, ou donnez à chaque ligne un identifiant à elle."
    return fault("cle-primaire-en-double", Position(document.path), message, hint, n=rows, other=other.path)


class Free:
    """The identifiers that the rows of a table may still take."""

    def __init__(self, taken: Collection[Key]) -> None:
        self._taken = taken
        self._first: dict[Key, str] = {}

    def after(self, key: Key) -> str:
        """The first free identifier of a numbered series (`c1` → `c2`), or ""; looked for once a series."""
        found = re.fullmatch(r"([a-z-]*?)([0-9]{1,4})", canonical(key[-1]))
        if not found:
            return ""
        series = (*key[:-1], found[1])
        if series not in self._first:
            names = (f"{found[1]}{number}" for number in range(1, len(self._taken) + 2))
            self._first[series] = next(name for name in names if (*key[:-1], name) not in self._taken)
        return self._first[series]


def _copied(record: Record, other: Record) -> bool:
    """Whether two rows say the same thing."""
    return len(record.values) > len(record.resource.primary_key) and record.values == other.values


class Twins:
    """The rows whose key another has."""

    def __init__(self) -> None:
        self._held: set[int] = set()  # their `id()`
        self._pairs: list[tuple[Record, Record]] = []

    def __contains__(self, record: Record) -> bool:
        return id(record) in self._held

    def add(self, record: Record, other: Record) -> None:
        """Note a row and the one that had its key before; what a copy holds is not said again."""
        self._held.add(id(record))
        if record.parent is None or id(record.parent) not in self._held:
            self._pairs.append((record, other))

    def pairs(self) -> list[tuple[Record, Record]]:
        """Each copy, and the row of which it has the key."""
        return [(b, a) if is_copy(b, a) else (a, b) for a, b in self._pairs]

    def told(self, tables: Map[str, Table]) -> Iterator[Diagnostic]:
        """What is said of each pair, once for a file that repeats another; where a row lost its key to another of the same file, the
        tables note that one may be missing.
        """
        files: dict[tuple[str, str], list[tuple[Record, Record]]] = {}
        free = {name: Free(table.by_key) for name, table in tables.items()}
        for copy, first in self.pairs():
            files.setdefault((copy.document.path, first.document.path), []).append((copy, first))
        for (path, other), pairs in files.items():
            copy, first = pairs[0]
            root = copy.document.root
            if isinstance(root, List) and 1 < len(root.items) == len(pairs) and path != other:
                yield same_file(copy.document, first.document, len(pairs))
                continue
            for copy, first in pairs:
                yield same_key(copy, first, free[copy.resource.name])
                if copy.document is first.document and copy.parent is first.parent:
                    tables[copy.resource.name].twins.add(copy.id[:-1])
