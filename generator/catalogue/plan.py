"""What loading a table needs of its contract, worked out once: which key goes to which place, and how it is read."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Mapping as Map
from dataclasses import dataclass

from generator.contracts.model import Contracts, Field, Resource
from generator.diagnostics.suggestions import Words
from generator.rules.printed import Printed
from generator.values.absence import RESERVED
from generator.values.conversion import Convert, converter


@dataclass(frozen=True, slots=True)
class Plan:
    """How the rows of a resource are read."""

    resource: Resource
    columns: Map[str, tuple[int, Field, Convert]]  # YAML key → place, field, reader
    groups: Map[str, Map[str, tuple[int, Field, Convert]]]
    nested: Map[str, str]  # YAML key → child resource
    required: tuple[tuple[int, Field], ...]
    parent_places: tuple[tuple[int, int], ...]  # (place here, place in the parent)
    rank: int | None
    id_place: int | None
    known: Map[str, Words]  # the keys of a row (""), and those of each group
    inner: Map[str, frozenset[str]]  # the keys of each nested list
    printed: Printed | None  # the rule that says which columns a printed number fills
    single: str  # the only key of a nested row, which may then be written as a plain text; "" when it has several

    @property
    def readers(self) -> dict[str, Convert]:
        """The reader of each column that a row writes."""
        inner = [known for group in self.groups.values() for known in group.values()]
        return {column.name: convert for _, column, convert in (*self.columns.values(), *inner)}

    def free(self, written: Collection[str]) -> tuple[list[str], list[str]]:
        """The columns that a row does not fill and that are not in a group, and their titles."""
        left = [(name, column.title) for name, (_, column, _) in self.columns.items() if name not in written]
        return [name for name, _ in left], [title for _, title in left]

    def below(self, key: str) -> str:
        """The nested list whose elements have this key, or ""."""
        return next((name for name, keys in self.inner.items() if key in keys), "")

    def filled_by(self, key: str) -> list[int]:
        """The places of the columns that a YAML key fills."""
        if key in self.columns:
            return [self.columns[key][0]]
        return [place for place, _, _ in self.groups.get(key, {}).values()]


def _is_value(word: str, resource: Resource, column: Field, contracts: Contracts, steps: int = 4) -> bool:
    """Whether a word that software takes for an absence is a value of a column: its contract says so, or that of the column
    which it names, at most so many tables further.
    """
    named = (
        (contracts.resources[key.resource], other)
        for key in resource.foreign_keys
        for own, other in zip(key.fields, key.reference, strict=True)
        if own == column.name and steps and key.resource in contracts.resources
    )
    return column.permits(word) or any(
        _is_value(word, table, table.field(name), contracts, steps - 1) for table, name in named if name in table.index
    )


def make_plan(resource: Resource, contracts: Contracts) -> Plan:
    """The plan of a resource."""
    columns: dict[str, tuple[int, Field, Convert]] = {}
    groups: dict[str, dict[str, tuple[int, Field, Convert]]] = {}
    for place, column in enumerate(resource.fields):
        if column.filled:
            continue
        missing = resource.missing_values if column.missing_values is None else column.missing_values
        convert = converter(
            column.type,
            column.writing,
            column.constraints,
            categories=column.categories,
            missing=tuple(filter(None, missing)),
            is_id=resource.identifies(column),
            example=column.example,
            separator=column.separator,
            values=frozenset(word for word in RESERVED if _is_value(word, resource, column, contracts)),
        )
        if len(column.key) == 1:
            columns[column.key[0]] = (place, column, convert)
        else:
            groups.setdefault(column.key[0], {})[column.key[1]] = (place, column, convert)
    parent_places: tuple[tuple[int, int], ...] = ()
    if resource.rows.kind == "within":
        parent = contracts.resources[resource.rows.parent]
        key = next((k for k in resource.foreign_keys if k.resource == parent.name), None)
        if key is not None:
            pairs = zip(key.fields, key.reference, strict=True)
            parent_places = tuple((resource.index[a], parent.index[b]) for a, b in pairs if b in parent.index)
    rank = resource.index.get(resource.rows.rank) if resource.rows.rank else None
    required = tuple((i, f) for i, f in enumerate(resource.fields) if f.required and not f.filled)
    single = len(resource.primary_key) == 1 and resource.rows.kind == "records"
    id_place = resource.index[resource.primary_key[0]] if single else None
    nested = {child.rows.key[0]: child.name for child in contracts.children(resource.name) if child.rows.key}
    alone = resource.rows.kind == "within" and len(columns) == 1 and not groups and not nested
    return Plan(
        resource=resource,
        columns=columns,
        groups=groups,
        nested=nested,
        required=required,
        parent_places=parent_places,
        rank=rank,
        id_place=id_place,
        known={
            "": Words([*columns, *groups, *nested], [f.title for _, f, _ in columns.values()]),
            **{name: Words(inner) for name, inner in groups.items()},
        },
        inner={
            child.rows.key[0]: frozenset(f.key[0] for f in child.fields if not f.filled)
            for child in contracts.children(resource.name)
            if child.rows.key
        },
        printed=next((rule for rule in contracts.rules.get(resource.name, ()) if isinstance(rule, Printed)), None),
        single=next(iter(columns)) if alone else "",
    )
