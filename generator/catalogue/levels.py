"""The keys that a group of a row may have, and what each leads to: a column, a deeper group, rows of other tables. A key may lead to
several when what is written under it tells them apart: a text, a list, a group.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Map
from dataclasses import dataclass, field

from generator.contracts.model import Field, Resource
from generator.diagnostics.suggestions import Words
from generator.values.conversion import Convert

Known = tuple[int, Field, Convert]  # the place of a column in a row, the column, how its texts are read
NULLS = frozenset({"null", "Null", "NULL", "~"})  # what YAML and JSON write for nothing


@dataclass(frozen=True, slots=True)
class Level:
    """The keys of a row, or those of a group at `path` in it. `quick`: the columns whose texts say all; the words of nothing are a
    text to the others.
    """

    path: tuple[str, ...]
    columns: Map[str, Known]
    groups: Map[str, Level]
    nested: Map[str, tuple[str, ...]]
    quick: Map[str, Known]
    keys: Map[str, None] = field(init=False)
    words: Words = field(init=False)

    def __post_init__(self) -> None:
        keys = dict.fromkeys((*self.columns, *self.groups, *self.nested))
        object.__setattr__(self, "keys", keys)
        object.__setattr__(self, "words", Words(keys, [column.title for _, column, _ in self.columns.values()]))

    @property
    def name(self) -> str:
        """The key of the group."""
        return self.path[-1] if self.path else ""

    def all(self) -> Iterator[Known]:
        """The columns, those of the groups below included."""
        yield from self.columns.values()
        for group in self.groups.values():
            yield from group.all()

    def places(self, key: str) -> list[int]:
        """The places of the columns that a key fills."""
        own = [self.columns[key][0]] if key in self.columns else []
        return own + [place for place, _, _ in (self.groups[key].all() if key in self.groups else ())]


def make_level(
    columns: Iterable[Known],
    nested: Iterable[tuple[tuple[str, ...], str]],
    resource: Resource,
    path: tuple[str, ...] = (),
) -> Level:
    """The keys of a table below a path: its columns, and the ways to the tables nested in it."""
    own: dict[str, Known] = {}
    lists: dict[str, tuple[str, ...]] = {}
    inside: dict[str, tuple[list[Known], list[tuple[tuple[str, ...], str]]]] = {}
    for known in columns:
        key, *rest = known[1].key[len(path) :]
        if rest:
            inside.setdefault(key, ([], []))[0].append(known)
        else:
            own[key] = known
    for way, name in nested:
        key, *further = way
        if further:
            inside.setdefault(key, ([], []))[1].append((tuple(further), name))
        else:
            lists[key] = (*lists.get(key, ()), name)
    groups = {key: make_level(*held, resource, (*path, key)) for key, held in inside.items()}
    careful = {key for key, known in own.items() if resource.empty(known[1]) and known[2]("null")[1] is None}
    return Level(path, own, groups, lists, {key: known for key, known in own.items() if key not in careful})
