"""Foreign keys: every value names an existing record. What stands in an unreadable file is unknown, so it is not blamed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

from generator.catalogue.former import Renamed
from generator.catalogue.records import Catalogue, Key, Record, Table
from generator.contracts.derive import Grouped, Selected
from generator.contracts.model import ForeignKey, Resource
from generator.diagnostics.finding import Diagnostic, fault
from generator.diagnostics.suggestions import Effort, Words
from generator.diagnostics.wording import listed
from generator.text.interface import sentence
from generator.values.types import canonical


def check(catalogue: Catalogue) -> Iterator[Diagnostic]:
    """Every foreign key finds its record. A composite key is whole or absent (SQL MATCH FULL, as Frictionless reads it), but
    for one that only refines its first columns: those stand alone, its last does not.
    """
    former, told = Renamed(catalogue), set[tuple[str, ...]]()
    for resource in sorted(catalogue.contracts.resources.values(), key=lambda each: each.derive is not None):
        if resource.name in catalogue.contracts.faulty:
            continue
        blamed: set[tuple[int, str]] = set()  # a column of two keys is blamed once, by the shorter
        for key in sorted(resource.foreign_keys, key=lambda key: len(key.fields)):
            table = catalogue.tables.get(key.resource)
            if (
                table is None
                or said_there(key, resource, catalogue)
                or (resource.field(key.fields[-1]).filled and key.resource == resource.rows.parent)
            ):
                continue
            held, meant = table.by(key.reference), _Meant(key, table, former)
            places = tuple(resource.index[name] for name in key.fields)
            filled = [resource.field(name).filled for name in key.fields]
            for record in catalogue[resource.name]:
                wanted = tuple(record.values[place] for place in places)
                if None in wanted:
                    given = any(value is not None and not own for value, own in zip(wanted, filled, strict=True))
                    if given and (wanted[-1] is not None or not resource.refines(key)):
                        yield from _incomplete(record, key, wanted, table)
                    continue
                if wanted not in held and not table.may_hold(wanted):
                    column, suggestion, new = meant.of(wanted)
                    if (id(record), column) not in blamed:
                        blamed.add((id(record), column))
                        said = _missing(record, key, wanted, table, (column, suggestion), new)
                        lost = about(catalogue, table, wanted[: key.fields.index(column) + 1])
                        whole = key.reference == table.resource.primary_key and new is None
                        if resource.derive is None or lost not in told:  # a derived row says again what another names
                            yield replace(said, about=lost) if whole else said
                        told.add(lost)


def said_there(key: ForeignKey, resource: Resource, catalogue: Catalogue) -> bool:
    """Whether rows that are counted or selected in a large table only say again what these name, which is checked there."""
    derive = resource.derive
    origin = catalogue.tables[derive.of] if isinstance(derive, Grouped | Selected) else None
    if origin is None or origin.elsewhere is None:
        return False
    return any((own.fields, own.resource) == (key.fields, key.resource) for own in origin.resource.foreign_keys)


def about(catalogue: Catalogue, table: Table, key: Key) -> tuple[str, ...]:
    """The table and the key of the row that is missing: that which would hold a nested row when it is missing too."""
    resource = table.resource
    while len(key) < len(resource.primary_key) and resource.parent in catalogue.tables:
        resource = catalogue.tables[resource.parent].resource
    return (resource.name, *map(canonical, key))


def _incomplete(record: Record, key: ForeignKey, wanted: Key, table: Table) -> Iterator[Diagnostic]:
    """A composite key of which a part is absent; a part that is written but wrong has its own message."""
    resource = record.resource
    absent = [name for name, value in zip(key.fields, wanted, strict=True) if value is None]
    given = [name for name in key.fields if name not in absent and not resource.field(name).filled]
    if any(resource.field(name).required or record.writes(name) for name in absent):
        return
    message = "{given} sans {absent} : ensemble, ces colonnes désignent une ligne de la table « {table} »."
    hint = "Remplissez {absent}, ou retirez {given}."
    if record.document.header is not None:
        hint = "Remplissez {absent}, ou laissez {given} vide."
    yield fault(
        "reference-incomplete", record.at(given[0]), message, hint,
        given=listed(given, "et"), absent=listed(absent, "et"), table=table.resource.title,
    )  # fmt: skip


class _Meant:
    """What the keys that no record has were meant to be, for one foreign key."""

    def __init__(self, key: ForeignKey, table: Table, former: Renamed) -> None:
        self.key = key
        self.table = table
        self.former = former
        self.effort = Effort()
        self._found: dict[Key, tuple[str, str, Record | None]] = {}
        self._words: dict[tuple[int, Key], Words] = {}

    def of(self, wanted: Key) -> tuple[str, str, Record | None]:
        """The column to blame (the first part of a composite key that no record has), what it was meant to be, and the record
        that had the key before it was renamed.
        """
        if wanted not in self._found:
            self._found[wanted] = self._of(wanted)
        return self._found[wanted]

    def _of(self, wanted: Key) -> tuple[str, str, Record | None]:
        own = self.key.reference == self.table.resource.primary_key
        new = self.former.find(self.table.resource.name, wanted) if own else None
        if new is not None:
            place = next(n for n, part in enumerate(wanted) if part != new.id[n])  # its own identifier, or its holder's
            return self.key.fields[place], canonical(new.id[place]), new
        place = len(self.key.fields) - 1
        words = self._under(place, wanted[:place])
        if words is None and place:
            place = 0
            words = self._under(place, ())
        text = str(wanted[place])
        alone = not place and len(self.key.reference) == 1
        near = (self._saying.get(text, "") if alone else "") or (words.nearest(text) if words is not None else "")
        parts = re.split(r"[\s,;]+", text)
        several = near in parts and near != text  # to take one would lose the others
        if len(parts) > 1 and words is not None and all(words.nearest(part) == part for part in parts):
            return self.key.fields[place], ", ".join(parts), None  # elements of a list
        return self.key.fields[place], "" if several else near, None

    @cached_property
    def _saying(self) -> dict[str, str]:
        """The keys of rows by what their columns say, where one row alone says it (`%`: pour-cent); "" where several do."""
        found: dict[str, str] = {}
        for record in self.table.records:
            key = canonical(record.key(self.key.reference)[0])
            for text in map(canonical, record.values):
                found[text] = key if found.get(text, key) == key else ""
        return found

    def _under(self, place: int, prefix: Key) -> Words | None:
        """The parts that a place has in the keys that begin so; None when none does."""
        if (place, ()) not in self._words:
            groups: dict[Key, dict[str, str]] = {(): {}}
            for record in self.table.records:
                parts = record.key(self.key.reference)
                groups.setdefault(parts[:place], {}).setdefault(str(parts[place]), record.label)
            for start, names in groups.items():
                self._words[place, start] = Words(names, names.values(), self.effort)
        return self._words.get((place, prefix))


def _missing(
    record: Record, key: ForeignKey, wanted: Key, table: Table, meant: tuple[str, str], new: Record | None
) -> Diagnostic:
    resource, (column, suggestion) = record.resource, meant
    place = key.fields.index(column)
    message = "{title} : « {value} » n’existe pas dans la table « {table} »."
    if place:
        message = "{title} : « {value} » n’existe pas dans la table « {table} » pour {prefix}."
    if new is not None:
        for _ in wanted[place + 1 :]:
            new = new.parent or new
        message, hint = "{title} : « {value} » est un ancien identifiant de « {label} ».", "Employez le nouveau."
    elif table.resource.rows.kind == "records":
        hint = "Corrigez l’identifiant, ou créez la fiche content/{pattern}."
    else:
        hint = "Corrigez l’identifiant, ou ajoutez la ligne ({pattern})."
    pattern = table.resource.rows.pattern or sentence("« {word} »", word=table.resource.rows.under)
    title = resource.field(column).title
    return fault(
        "reference-introuvable", record.at(column), message, hint, suggestion,
        title=title, value=wanted[place], table=table.resource.title, pattern=pattern,
        prefix=listed((canonical(part) for part in wanted[:place]), "et"), label=new.label if new is not None else "",
    )  # fmt: skip
