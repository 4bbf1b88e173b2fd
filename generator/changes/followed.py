"""What an identifier changes when it is renamed: every value of every row that is made of it, through the keys of the contracts;
and the addresses of the pages and of the places where these rows are shown.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.catalogue.addresses import Addresses, fill
from generator.catalogue.records import Catalogue, Record
from generator.contracts.model import Contracts
from generator.values.types import canonical


@dataclass(frozen=True, slots=True)
class Followed:
    """The values that change, each a row and one of its columns; the rows whose own keys change, with the parts of the new ones;
    the addresses that change.
    """

    values: tuple[tuple[Record, str], ...]
    keys: dict[int, tuple[str, ...]]  # id of the record → its new key
    addresses: dict[str, str]


def followed(catalogue: Catalogue, record: Record, column: str, new: str) -> Followed:
    """What changes with the identifier of a record, which is in a column."""
    values = list(_values(catalogue, record, column))
    changed: dict[int, set[str]] = {}
    rows: dict[int, Record] = {}
    for row, name in values:
        changed.setdefault(id(row), set()).add(name)
        rows[id(row)] = row
    keys = {
        place: tuple(new if name in names else canonical(row[name]) for name in row.resource.primary_key)
        for place, names in changed.items()
        if names & set((row := rows[place]).resource.primary_key)
    }
    return Followed(tuple(values), keys, _addresses(catalogue, list(rows.values()), changed, new))


def _values(catalogue: Catalogue, record: Record, column: str) -> Iterator[tuple[Record, str]]:
    """The value itself, then those that are the same because a key says so, however far."""
    naming: dict[str, list[tuple[str, tuple[str, ...], tuple[str, ...]]]] = {}
    indexes: dict[tuple[str, tuple[str, ...]], dict[int, list[Record]]] = {}
    for resource in catalogue.contracts.resources.values():
        for key in resource.foreign_keys:
            naming.setdefault(key.resource, []).append((resource.name, key.fields, key.reference))
    pending, seen = [(record, column)], {(id(record), column)}
    for row, name in pending:
        yield row, name
        for table, fields, reference in naming.get(row.resource.name, ()):
            if name not in reference:
                continue
            if (table, fields) not in indexes:
                indexes[table, fields] = _index(catalogue, table, fields)
            own = fields[reference.index(name)]
            for other in indexes[table, fields].get(id(row), ()):
                if (id(other), own) not in seen:
                    seen.add((id(other), own))
                    pending.append((other, own))


def _index(catalogue: Catalogue, table: str, fields: tuple[str, ...]) -> dict[int, list[Record]]:
    """The rows of a table by the row that a key of theirs names."""
    key = next(k for k in catalogue.contracts.resources[table].foreign_keys if k.fields == fields)
    found: dict[int, list[Record]] = {}
    for row in catalogue[table]:
        target = catalogue.target(row, key)
        if target is not None:
            found.setdefault(id(target), []).append(row)
    return found


def _addresses(catalogue: Catalogue, rows: list[Record], changed: dict[int, set[str]], new: str) -> dict[str, str]:
    """The addresses of rows before and after, those that do not change left out. The values of rows are put back."""
    address = Addresses(catalogue).of
    before = {id(row): address(row) for row in rows}
    kept = {id(row): list(row.values) for row in rows}
    try:
        for row in rows:
            for name in changed[id(row)]:
                row.values[row.resource.index[name]] = new
        places = Addresses(catalogue)  # which remembers nothing of before
        after = {id(row): _shown(places, row) for row in rows}
    finally:
        for row in rows:
            row.values[:] = kept[id(row)]
    return {old: after[place] for place, old in before.items() if old and after[place] and old != after[place]}


def _shown(places: Addresses, row: Record) -> str:
    """The address of a row, "" when it cannot be told before what names it is read again."""
    place = places.places.get(row.resource.name)
    if place is None:
        return ""
    holder: Record | None = row
    while holder is not None and holder.resource.name != place.page.resource:
        holder = holder.parent
    if place.page.per_record and holder is None:
        return ""
    if not place.anchored:
        return fill(place.page.path, row)
    page = fill(place.page.path, holder) if place.page.per_record and holder is not None else place.page.path
    return f"{page}#{places.anchor(row)}"


def holds(contracts: Contracts, table: str, column: str, aimed: tuple[str, str], steps: int = 6) -> bool:
    """Whether a column takes its values, through keys, from a column of another table (`aimed`: table, column)."""
    if (table, column) == aimed:
        return True
    keys = contracts.resources[table].foreign_keys if steps and table in contracts.resources else ()
    return any(
        holds(contracts, key.resource, key.reference[key.fields.index(column)], aimed, steps - 1)
        for key in keys
        if column in key.fields and key.resource in contracts.resources
    )
