"""What loading a table needs of its contract, worked out once: which key goes to which place, and how it is read."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from collections.abc import Mapping as Map
from dataclasses import dataclass, field

from generator.catalogue.levels import Known, Level, make_level
from generator.contracts import readers
from generator.contracts.model import Contracts, Field, Resource
from generator.documents.keeping import latest
from generator.rules.printed import Printed
from generator.values.conversion import Convert, converter


@dataclass(frozen=True, slots=True)
class Plan:
    """How the rows of a resource are read."""

    resource: Resource
    top: Level  # the keys of a row, and below them those of its groups
    required: tuple[tuple[int, Field], ...]
    parent_places: tuple[tuple[int, int], ...]  # (place here, place in the parent)
    rank: int | None
    id_place: int | None
    inner: Map[str, frozenset[str]]  # the keys of each nested list
    printed: Printed | None  # the rule that says which columns a printed number fills
    single: str  # the only key of a nested row, which may then be written as a plain text; "" when it has several
    text: tuple[str, ...]  # the way to the column that a row written as a plain text fills; none when it cannot be
    received: Map[str, Known]  # what the place of a row fills, by the words of « content »
    placed: Map[str, Known]  # the same by their keys, which a row may write too
    own: str  # the table whose rows are what a row is itself: the items of a list, or the keys that it does not know
    open: bool  # it is these keys
    by_place: bool  # a row may be a list of values
    columns: Map[str, Known] = field(init=False)  # those of a row that are not in a group
    groups: Map[str, Level] = field(init=False)
    nested: Map[str, tuple[str, ...]] = field(init=False)

    def __post_init__(self) -> None:
        for name in ("columns", "groups", "nested"):
            object.__setattr__(self, name, getattr(self.top, name))

    @property
    def readers(self) -> dict[str, Convert]:
        """The reader of each column that a row writes."""
        return {column.name: convert for _, column, convert in self.top.all()}

    def free(self, written: Collection[str]) -> tuple[list[str], list[str]]:
        """The columns that a row does not fill and that are not in a group, and their titles."""
        left = [(name, column.title) for name, (_, column, _) in self.columns.items() if name not in written]
        return [name for name, _ in left], [title for _, title in left]

    def keys(self, level: Level) -> dict[str, None]:
        """The keys of a row, or of a group in it, in the order of the contract."""
        depth = len(level.path)
        written = (column.key for column in self.resource.fields if not column.filled)
        return dict.fromkeys(
            [*(key[depth] for key in written if len(key) > depth and key[:depth] == level.path), *level.keys]
        )

    def below(self, key: str) -> str:
        """The nested list whose elements have this key, or ""."""
        return next((name for name, keys in self.inner.items() if key in keys), "")

    def knows(self, key: str) -> bool:
        """Whether a row may have a key."""
        return key in self.top.keys or key in self.placed

    @property
    def lenient(self) -> bool:
        """Whether its rows may have keys that the contract does not name: these then say nothing of which table they are of."""
        return self.resource.rows.ignores_all or bool(self.resource.rows.rest or self.open)


def _reader(column: Field, resource: Resource, contracts: Contracts) -> Convert:
    """How the texts of a column are read."""
    return converter(
        column.type,
        column.writing,
        column.constraints,
        categories=column.categories,
        missing=readers.absences(column, resource),
        is_id=resource.identifies(column),
        example=column.example,
        separator=column.separator,
        values=readers.values(column, resource, contracts),
    )


def _parent_places(resource: Resource, contracts: Contracts) -> tuple[tuple[int, int], ...]:
    """The places of the key to the row that holds a row, here and there."""
    if resource.rows.kind != "within":
        return ()
    parent = contracts.resources[resource.rows.parent]
    key = next((k for k in resource.foreign_keys if k.resource == parent.name), None)
    pairs = zip(key.fields, key.reference, strict=True) if key is not None else ()
    return tuple((resource.index[a], parent.index[b]) for a, b in pairs if b in parent.index)


def _received(resource: Resource, contracts: Contracts) -> Iterator[tuple[str, Known]]:
    """What the place of a row fills, by the words of « content »."""
    for word in ("file", "path", "keys", "body", "rest"):
        name = getattr(resource.rows, word)
        if name in resource.index:
            column = resource.field(name)
            yield word, (resource.index[name], column, _reader(column, resource, contracts))


def make_plan(resource: Resource, contracts: Contracts) -> Plan:
    """The plan of a resource."""
    known = contracts.resources.get(resource.name) is resource
    return make_plans(contracts)[resource.name] if known else _plan(resource, contracts)


@latest
def make_plans(contracts: Contracts) -> Map[str, Plan]:
    """The plan of each resource, by its name."""
    return {name: _plan(resource, contracts) for name, resource in contracts.resources.items()}


def _plan(resource: Resource, contracts: Contracts) -> Plan:
    rows, children = resource.rows, contracts.children(resource.name)
    top = make_level(
        ((n, f, _reader(f, resource, contracts)) for n, f in enumerate(resource.fields) if not f.filled),
        [(child.rows.key, child.name) for child in children if child.rows.key],
        resource,
    )
    received = dict(_received(resource, contracts))
    alone = rows.kind in ("within", "list") and len(top.columns) == 1 and not top.groups and not top.nested
    single = next(iter(top.columns)) if alone and rows.kind == "within" else ""
    text = resource.field(rows.value).key if rows.value in resource.index else (single,) if single else ()
    late = {rows.body, rows.rest}
    return Plan(
        resource=resource,
        top=top,
        required=tuple(
            (i, f) for i, f in enumerate(resource.fields) if f.required and (not f.filled or f.name in late)
        ),
        parent_places=_parent_places(resource, contracts),
        rank=resource.index.get(rows.rank) if rows.rank else None,
        id_place=resource.index[resource.primary_key[0]]
        if len(resource.primary_key) == 1 and rows.kind == "records"
        else None,
        inner={
            child.rows.key[0]: frozenset(f.key[0] for f in child.fields if not f.filled)
            for child in children
            if child.rows.key
        },
        printed=next((rule for rule in contracts.rules.get(resource.name, ()) if isinstance(rule, Printed)), None),
        single=single,
        text=text,
        received=received,
        placed={received[word][1].key[0]: received[word] for word in ("file", "path", "keys") if word in received},
        open=any(child.rows.keys for child in children if not child.rows.key),
        own=next((child.name for child in children if not child.rows.key), ""),
        by_place=any(key.isdecimal() for key in top.columns),
    )
