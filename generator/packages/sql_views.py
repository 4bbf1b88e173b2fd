"""A flat table as a view of SQL: what contracts/flats.py plans, joined from the tables that it comes from."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import takewhile

from generator.contracts.flats import APART, NOTHING, SEPARATOR, Shown, Way
from generator.contracts.model import Contracts, ForeignKey, Resource
from generator.text.interface import say
from generator.text.names import in_sql

BETWEEN = "\x1f"  # of the values of a key of several columns: a control character, which no value holds


def lookups() -> tuple[str, str]:
    """What views look up, in the words of the language: the table of the words of the codes of lists; that of the name and the address
    of each row, by its key.
    """
    columns = [f"{say(name)} TEXT NOT NULL" for name in ("nom_table", "colonne", "code", "libelle")]
    labels = f"{', '.join(columns)}, PRIMARY KEY ({say('nom_table')}, {say('colonne')}, {say('code')})"
    columns = [f"{say(name)} TEXT NOT NULL" for name in ("nom_table", "cle", "nom")]
    lines = f"{', '.join(columns)}, {say('adresse')} TEXT, PRIMARY KEY ({say('nom_table')}, {say('cle')})"
    made = ((say("_libelles"), labels), (say("_lignes"), lines))
    first, second = (f"CREATE TABLE {name} ({told}) STRICT, WITHOUT ROWID" for name, told in made)
    return first, second


def literal(text: str) -> str:
    """A text in SQL."""
    return "'" + text.replace("'", "''") + "'"


def joined(names: Iterable[str]) -> str:
    """Names in SQL."""
    return ", ".join(map(in_sql, names))


def view(name: str, resource: Resource, columns: Sequence[Shown], contracts: Contracts) -> str:
    """The statement that creates the view of a flat table."""
    made = _View(resource, contracts)
    shown = [f"{made.column(each)} AS {in_sql(each.field.name)}" for each in columns]
    return f"CREATE VIEW {in_sql(name)} AS SELECT {', '.join(shown)} FROM {in_sql(resource.name)} AS t{''.join(made.joins)}"


class _View:
    """A view being made: each path of keys is joined once."""

    def __init__(self, resource: Resource, contracts: Contracts) -> None:
        self.resource = resource
        self.contracts = contracts
        self.joins: list[str] = []
        self._aliases: dict[Way, str] = {}

    def column(self, shown: Shown) -> str:
        """What a column selects."""
        if shown.shows == "address":
            return _line(say("adresse"), self.resource, "t")
        keys = tuple(takewhile(lambda step: isinstance(step, ForeignKey), shown.way))
        here, alias = self._end(keys, self.resource, "t")
        rest = shown.way[len(keys) :]
        return self._several(shown, rest, here, alias) if rest else self._shown(shown, here, alias)

    def _shown(self, shown: Shown, here: Resource, alias: str) -> str:
        """What is shown of the row that a path reaches."""
        assert shown.column is not None
        value = f"{alias}.{in_sql(shown.column.name)}"
        if shown.shows == "value":
            return value
        if shown.target is None:
            wanted = (
                f"{say('nom_table')} = {literal(here.name)} AND {say('colonne')} = {literal(shown.column.name)} "
                f"AND {say('code')} = CAST({value} AS TEXT)"
            )
            return f"(SELECT {say('libelle')} FROM {say('_libelles')} WHERE {wanted})"
        target = self.contracts.resources[shown.target.resource]
        pairs = zip(shown.target.reference, shown.target.fields, strict=True)
        return f"(SELECT {_line(say('nom'), target, 'n')} FROM {in_sql(target.name)} AS n WHERE {_equal('n', alias, pairs)})"

    def _end(self, way: Way, here: Resource, alias: str) -> tuple[Resource, str]:
        """The table and the alias that keys reach."""
        for rank, step in enumerate(way):
            path = way[: rank + 1]
            known = self._aliases.get(path)
            target, pairs = self._step(step, here)
            if known is None:
                known = self._aliases[path] = f"{alias}_{len(self.joins) + 1}"
                self.joins.append(f" LEFT JOIN {in_sql(target.name)} AS {known} ON {_equal(known, alias, pairs)}")
            here, alias = target, known
        return here, alias

    def _step(self, step: ForeignKey | Resource, here: Resource) -> tuple[Resource, list[tuple[str, str]]]:
        """The table to which a step leads, and its columns that are equal to those of the table before."""
        if isinstance(step, ForeignKey):
            return self.contracts.resources[step.resource], list(zip(step.reference, step.fields, strict=True))
        up = next(key for key in step.foreign_keys if key.resource == here.name)
        return step, list(zip(up.fields, up.reference, strict=True))

    def _several(self, shown: Shown, way: Way, here: Resource, alias: str) -> str:
        """The values of the rows of a nested list, in their order, in one text; none when all are absent."""
        joins, order, where = "", [], ""
        for rank, step in enumerate(way):
            name = f"e{rank}"
            target, pairs = self._step(step, here)
            if rank == 0:
                joins, where = f"{in_sql(target.name)} AS {name}", _equal(name, alias, pairs)
            else:
                how = "LEFT JOIN" if isinstance(step, ForeignKey) else "JOIN"
                joins += f" {how} {in_sql(target.name)} AS {name} ON {_equal(name, alias, pairs)}"
            order += [] if isinstance(step, ForeignKey) else [f"{name}.{_rank(target)}"]
            here, alias = target, name
        value = self._shown(shown, here, alias)
        if shown.shows == "value" and shown.column is not None and shown.column.type == "number":
            value = f"iif({value} = CAST({value} AS INTEGER), CAST({value} AS INTEGER), {value})"  # 2, and not 2.0
        rows = f"SELECT {value} AS v FROM {joins} WHERE {where} ORDER BY {', '.join(order)}"
        part = f"replace(coalesce(v, {literal(NOTHING)}), {literal(SEPARATOR)}, {literal(APART)})"
        return f"(SELECT iif(count(v), group_concat({part}, {literal(SEPARATOR)}), NULL) FROM ({rows}))"


def _rank(table: Resource) -> str:
    """The name by which SQLite gives the rank of the rows of a table: that of none of its columns."""
    taken = {name.casefold() for name in table.index}
    return next(name for name in ("rowid", "oid", "_rowid_") if name not in taken)


def _equal(one: str, other: str, pairs: Iterable[tuple[str, str]]) -> str:
    return " AND ".join(f"{one}.{in_sql(a)} = {other}.{in_sql(b)}" for a, b in pairs)


def _line(column: str, resource: Resource, alias: str) -> str:
    """What is known of a row: its name or its address."""
    key = f" || {literal(BETWEEN)} || ".join(f"CAST({alias}.{in_sql(name)} AS TEXT)" for name in resource.primary_key)
    wanted = f"{say('nom_table')} = {literal(resource.name)} AND {say('cle')} = {key}"
    return f"(SELECT {column} FROM {say('_lignes')} WHERE {wanted})"
