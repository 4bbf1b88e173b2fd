"""Addresses that were published and lead nowhere any more: those of rows that were renamed or deleted without a word."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalogue.addresses import Addresses
from generator.catalogue.former import former_ids
from generator.catalogue.records import Catalogue, Key, Record
from generator.diagnostics.finding import Diagnostic, Position, fault
from generator.values.types import canonical

ALIKE = 0.6  # the share of equal values from which a new row is taken for an old one renamed


def lost(old: Catalogue, new: Catalogue, revision: str) -> Iterator[Diagnostic]:
    """One warning for each row of `old` whose address `new` does not keep, at the row that it seems to have become."""
    kept, before = _addresses(new), Addresses(old)
    for name, table in old.tables.items():
        known = new.tables.get(name)
        fresh = _fresh(new, name, set(table.by_key))
        for row in table.records:
            address = before.of(row)
            if not address or address in kept or known is None or known.may_hold(row.id):
                continue
            if row.id in known.by_key:  # its page was moved by the contract
                yield _moved(known.by_key[row.id], address, revision)
            else:
                yield _gone(row, address, revision, _renamed(row, fresh))


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


def _fresh(catalogue: Catalogue, name: str, known: set[Key]) -> list[Record]:
    """The rows of a table that it had not."""
    table = catalogue.tables.get(name)
    return [row for row in table.records if row.id not in known] if table is not None else []


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
        suggestion = f"{column}: {' '.join((*former_ids(new), canonical(row.id[-1])))}" if column else ""
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
