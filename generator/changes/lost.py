"""Addresses that were published and lead nowhere any more: those of rows that were renamed or deleted without a word."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.catalogue.addresses import Addresses
from generator.catalogue.former import former_ids
from generator.catalogue.records import Catalogue, Record
from generator.diagnostics.finding import Diagnostic, Position, fault
from generator.documents.places import key
from generator.values.types import canonical

ALIKE = 0.6  # the share of equal values from which a new row is taken for an old one renamed


@dataclass(frozen=True, slots=True)
class Lost:
    """A row of the old state, the address that it had, the row that it still is when only its page was moved, and whether the page
    of that address still leads somewhere.
    """

    row: Record
    address: str
    moved: Record | None
    page_leads: bool


def lost(old: Catalogue, new: Catalogue, revision: str) -> Iterator[Diagnostic]:
    """One warning for each row of `old` whose address `new` does not keep, at the row that it seems to have become."""
    fresh: dict[str, list[Record]] = {}
    for found in lost_rows(old, new):
        if found.moved is not None:
            yield _moved(found.moved, found.address, revision)
            continue
        name = found.row.resource.name
        if name not in fresh:
            fresh[name] = [row for row in new[name] if row.id not in old.tables[name].by_key]
        yield _gone(found.row, found.address, revision, _renamed(found.row, fresh[name]))


def lost_rows(old: Catalogue, new: Catalogue) -> Iterator[Lost]:
    """The rows of `old`, of tables that are still there, whose address `new` does not keep."""
    kept, before = _addresses(new), Addresses(old)
    pages = {address.partition("#")[0] for address in kept}
    for name, table in old.tables.items():
        known = new.tables.get(name)
        for row in table.records:
            address = before.of(row)
            if address and address not in kept and known is not None and not known.may_hold(row.id):
                now = known.by_key.get(row.id)  # its page was moved by the contract, or it is gone
                yield Lost(row, address, now, address.partition("#")[0] in pages)


def _addresses(catalogue: Catalogue) -> set[str]:
    """Every address that leads somewhere: of rows, and those that they had."""
    places, found = Addresses(catalogue), set[str]()
    for row in catalogue.records():
        address = places.of(row)
        if address:
            page, hash_mark, _ = address.partition("#")
            found |= {address, *places.former(row)}
            found |= {f"{page}#{anchor}" for anchor in places.former_anchors(row)} if hash_mark else set()
    return found


def _renamed(row: Record, fresh: list[Record]) -> Record | None:
    """The new row that says the most of what an old one said, its key apart."""
    own = {column: row[column] for column in row.resource.index if column not in row.resource.primary_key}
    told = {column: value for column, value in own.items() if value is not None}

    def shared(other: Record) -> float:
        same = sum(1 for column, value in told.items() if column in other.resource.index and other[column] == value)
        return same / len(told) if told else 0.0

    best = max(fresh, key=shared, default=None)
    return best if best is not None and shared(best) >= ALIKE else None


def _moved(row: Record, address: str, revision: str) -> Diagnostic:
    message = "L’adresse « {address} », publiée à la révision {revision}, ne mène plus à « {label} »."
    hint = "Si le chemin de sa page a changé sans raison, remettez-le : les liens d’ailleurs y mènent."
    return fault("adresse-perdue", row.at(), message, hint, address=address, revision=revision, label=row.label)


def _gone(row: Record, address: str, revision: str, new: Record | None) -> Diagnostic:
    message = "L’adresse « {address} » (« {label} »), publiée à la révision {revision}, ne mène plus nulle part."
    hint = (
        "Si la ligne est supprimée, rien à faire ; si elle est renommée, la nouvelle doit nommer l’ancien identifiant."
    )
    place, suggestion = Position(row.document.path), ""
    if new is not None:
        hint = "« {new} » semble être la même ligne, renommée : donnez-lui son ancien identifiant."
        place = new.at()
        column = new.resource.former_ids
        suggestion = f"{key(column)}: {' '.join((*former_ids(new), canonical(row.id[-1])))}" if column else ""
    label = new.label if new is not None else ""
    return fault(
        "adresse-perdue",
        place,
        message,
        hint,
        suggestion,
        address=address,
        label=row.label,
        revision=revision,
        new=label,
    )
