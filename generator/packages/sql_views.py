"""A flat table as a view of SQL: what contracts/flats.py plans, joined from the tables that it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from generator.contracts.flats import SEPARATOR, Shown
from generator.contracts.model import Contracts, ForeignKey, Resource

# What views look up: the words of the codes of lists; the name and the address of each row, by its key.
LABELS = (
    "CREATE TABLE _libelles (nom_table TEXT NOT NULL, colonne TEXT NOT NULL, code TEXT NOT NULL, libelle TEXT NOT NULL, "
    "PRIMARY KEY (nom_table, colonne, code)) STRICT, WITHOUT ROWID"
)
LINES = (
    "CREATE TABLE _lignes (nom_table TEXT NOT NULL, cle TEXT NOT NULL, nom TEXT NOT NULL, adresse TEXT, "
    "PRIMARY KEY (nom_table, cle)) STRICT, WITHOUT ROWID"
)
BETWEEN = "\x1f"  # of the values of a key of several columns: a control character, which no value holds


def quoted(name: str) -> str:
    """A name in SQL."""
    return '"' + name.replace('"', '""') + '"'


def joined(names: Iterable[str]) -> str:
    """Names in SQL."""
    return ", ".join(map(quoted, names))


def view(name: str, resource: Resource, columns: Sequence[Shown], contracts: Contracts) -> str:
    """The statement that creates the view of a flat table."""
    made = _View(resource, contracts)
    shown = [f"{made.column(each)} AS {quoted(each.field.name)}" for each in columns]
    return f"CREATE VIEW {quoted(name)} AS SELECT {', '.join(shown)} FROM {quoted(resource.name)} AS t{''.join(made.joins)}"


class _View:
    """A view being made: each path of keys is joined once."""

    def __init__(self, resource: Resource, contracts: Contracts) -> None:
        self.resource = resource
        self.contracts = contracts
        self.joins: list[str] = []
        self._aliases: dict[tuple[ForeignKey, ...], str] = {}

    def column(self, shown: Shown) -> str:
        """What a column selects."""
        if shown.shows == "address":
            return _line("adresse", self.resource, "t")
        if shown.nested is not None:
            return self._several(shown, shown.nested)
        here, alias = self._end(shown.keys, self.resource, "t", self.joins)
        return self._shown(shown, here, alias)

    def _shown(self, shown: Shown, here: Resource, alias: str) -> str:
        """What is shown of the row that a path reaches."""
        assert shown.column is not None
        value = f"{alias}.{quoted(shown.column.name)}"
        if shown.shows == "value":
            return value
        if shown.target is None:
            wanted = f"nom_table = {_text(here.name)} AND colonne = {_text(shown.column.name)} AND code = CAST({value} AS TEXT)"
            return f"(SELECT libelle FROM _libelles WHERE {wanted})"
        target = self.contracts.resources[shown.target.resource]
        ways = " AND ".join(
            f"n.{quoted(there)} = {alias}.{quoted(own)}"
            for own, there in zip(shown.target.fields, shown.target.reference, strict=True)
        )
        return f"(SELECT {_line('nom', target, 'n')} FROM {quoted(target.name)} AS n WHERE {ways})"

    def _end(self, keys: tuple[ForeignKey, ...], here: Resource, alias: str, joins: list[str]) -> tuple[Resource, str]:
        """The table and the alias that a path of keys reaches."""
        for rank in range(len(keys)):
            path, key = keys[: rank + 1], keys[rank]
            known = self._aliases.get(path) if joins is self.joins else None
            target = self.contracts.resources[key.resource]
            if known is None:
                known = f"{alias}_{len(joins) + 1}"
                ways = " AND ".join(
                    f"{known}.{quoted(there)} = {alias}.{quoted(own)}"
                    for own, there in zip(key.fields, key.reference, strict=True)
                )
                joins.append(f" LEFT JOIN {quoted(target.name)} AS {known} ON {ways}")
                if joins is self.joins:
                    self._aliases[path] = known
            here, alias = target, known
        return here, alias

    def _several(self, shown: Shown, nested: Resource) -> str:
        """The values of the rows of a nested table, in their order, in one text."""
        joins: list[str] = []
        here, alias = self._end(shown.keys, nested, "e", joins)
        value = self._shown(shown, here, alias)
        up = next(key for key in nested.foreign_keys if key.resource == self.resource.name)
        ways = " AND ".join(
            f"e.{quoted(own)} = t.{quoted(there)}" for own, there in zip(up.fields, up.reference, strict=True)
        )
        rows = f"SELECT {value} AS v FROM {quoted(nested.name)} AS e{''.join(joins)} WHERE {ways} ORDER BY e.rowid"
        return f"(SELECT group_concat(v, {_text(SEPARATOR)}) FROM ({rows}))"


def _line(column: str, resource: Resource, alias: str) -> str:
    """What is known of a row: its name or its address."""
    key = f" || {_text(BETWEEN)} || ".join(f"CAST({alias}.{quoted(name)} AS TEXT)" for name in resource.primary_key)
    return f"(SELECT {column} FROM _lignes WHERE nom_table = {_text(resource.name)} AND cle = {key})"


def _text(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
