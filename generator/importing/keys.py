"""The keys of tables, found in their values: what names each row, and the columns whose values are the keys of another table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import combinations

from generator.importing.model import Column, Foreign, Source, Table
from generator.importing.naming import unique
from generator.text.french import fold
from generator.text.interface import say, sentence

WIDEST = 3  # columns of a key
AMONG = 8  # first columns among which a key of several is looked for
SHORT = 40  # signs of a part of a key
LEAST = 2  # different values of a column that names rows
_NAMES = ("id", "identifiant", "code", "cle", "key", "slug", "uid", "uuid", "siret", "siren", "numero", "ref")
_KINDS = ("string", "integer", "year", "date", "yearmonth")


def find_keys(source: Source) -> None:
    """Give each table the key that names its rows, then the references to other tables; what the source declares is kept."""
    for table in source.tables:
        if not table.primary_key and not table.parent:
            primary(table, source)
    for table in source.tables:
        if not table.sure:
            _foreign(table, source)


def primary(table: Table, source: Source) -> None:
    """Give a table the key that names its rows: its columns, or else the place of each row in its file."""
    key = next(_candidates(table), ())
    if key:
        table.primary_key = key
        source.note("decided", table.name, sentence("Clé : {key}.", key=", ".join(key)))
        return
    rank = unique(say("ligne"), table.names())  # the place of a row in its file, as nothing else names it
    table.content["rank"] = rank
    table.columns.insert(0, Column(rank, [str(n) for n in range(1, table.rows + 1)], found={"type": "integer"}))
    table.primary_key = (rank,)
    told = "Aucune colonne ne nomme une ligne à elle seule, ni à deux ou trois : la clé est le rang de la ligne (« {rank} »)."
    source.note("decided", table.name, sentence(told, rank=rank))


def _candidates(table: Table) -> Iterator[tuple[str, ...]]:
    """The keys that tell rows apart, the likeliest first: a column of a name for it, one alone, several."""
    able = [c for c in table.columns if c.type in _KINDS and table.rows and all(c.texts)]
    whole = [c for c in able if len(set(c.texts)) == len(c.texts)]
    yield from ((c.name,) for c in sorted(whole, key=lambda c: _rank(c, table)) if _rank(c, table)[0] < 2)
    first = [c for c in able if max(map(len, c.texts), default=0) <= SHORT][:AMONG]
    for width in range(2, WIDEST + 1):
        for columns in combinations(first, width):
            if len(set(zip(*(c.texts for c in columns), strict=True))) == table.rows:
                yield tuple(c.name for c in columns)
    yield from ((c.name,) for c in whole if max(map(len, c.texts), default=0) <= SHORT)


def _rank(column: Column, table: Table) -> tuple[int, int]:
    """How likely a column is a key: its name says so, it is short, it is far on the left."""
    words = fold(re.sub(r"([a-z])([A-Z])", r"\1 \2", column.name)).split()
    named = any(word in _NAMES for word in words)
    longest = max(map(len, column.texts), default=0)
    place = table.names().index(column.name)
    return (0 if named and longest <= 64 else 1 if longest <= 40 and not place else 2), place


def _foreign(table: Table, source: Source) -> None:
    """The columns of a table whose values are all keys of another, or of itself, and whose name says so."""
    for column in table.columns:
        if column.name in (name for key in table.foreign_keys for name in key.fields) or "separator" in column.found:
            continue
        found = next(_targets(column, table, source.tables), None)
        if found is None:
            continue
        table.foreign_keys.append(Foreign((column.name,), found.name, found.primary_key))
        column.found = {key: value for key, value in column.found.items() if key not in ("categories", "format")}
        told = "« {column} » désigne une ligne de « {table} » : toutes ses valeurs y sont des clés."
        source.note("decided", table.name, sentence(told, column=column.name, table=found.name))


def _targets(column: Column, table: Table, tables: Iterable[Table]) -> Iterator[Table]:
    """The tables of which a column holds keys."""
    values = set(column.filled)
    for other in tables:
        if len(other.primary_key) != 1 or len(values) < LEAST or "rank" in other.content or other.parent:
            continue
        key = other.column(other.primary_key[0])
        if key is column or key.type != column.type or key.texts == column.texts:
            continue
        if _named(column.name, other, table) and values <= set(key.filled):
            yield other


def _named(name: str, other: Table, table: Table) -> bool:
    """Whether the name of a column says that it names rows of a table."""
    words = set(fold(re.sub(r"([a-z])([A-Z])", r"\1 \2", name)).split())
    own = {_singular(word) for word in fold(other.name).split()} | {
        _singular(word) for word in fold(other.title).split()
    }
    if other is table:
        return bool(words & {"parent", "parents", "mere", "pere", "superieur", "sup"})
    return bool({_singular(word) for word in words} & own)


def _singular(word: str) -> str:
    """A word of a name without the mark of its plural, in English or in French."""
    return f"{word[:-3]}y" if word.endswith("ies") else word.removesuffix("s").removesuffix("x")
