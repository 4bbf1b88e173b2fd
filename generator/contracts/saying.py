"""What contracts say to people, on which nothing else rests, and the columns of tables, on which their rows alone rest: two readings that
differ by these have the same tables and the same pages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from collections.abc import Mapping as Map
from dataclasses import fields, is_dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from generator.contracts.field import Field
from generator.contracts.model import Contracts, Resource
from generator.contracts.package import Package
from generator.contracts.pages import Page
from generator.diagnostics.finding import Position
from generator.documents.nodes import Document, Node, plain

Place = tuple[str | int, ...]  # the way to a declaration from the contracts: ("resources", "jardins", "fields", 3)
Fact = tuple[Place, str]  # one of its texts
Parts = Iterable[tuple[str | int, object]]

TEXTS: Map[type, tuple[str, ...]] = MappingProxyType(
    {
        Package: ("title", "description", "keywords", "cautions"),
        Resource: ("title", "description"),
        Field: ("title", "description", "example"),
        Page: ("title", "description"),
    }
)
COLUMNS = "fields"  # of a table: the fact that they are others
_SAID = (str, int, bool, float, type(None))  # what holds nothing
_WHOLE = ("packages", "resources", "faulty", "unread", "unplaced")  # the rest is made of these


def places(contracts: Contracts) -> dict[int, Place]:
    """Where each declaration stands, by its identity."""
    found: dict[int, Place] = {}
    pending: list[tuple[object, Place]] = [(getattr(contracts, name), (name,)) for name in _WHOLE]
    while pending:
        value, place = pending.pop()
        kind: Any = type(value)
        if _is_declaration(kind):
            found[id(value)] = place
        pending += [(each, (*place, step)) for step, each in _parts(value) if type(each) not in _SAID]
    return found


def at(contracts: Contracts, place: Place) -> Any:
    """The declaration at a place. Raises LookupError or AttributeError where there is none."""
    found: Any = contracts
    for step in place:
        found = getattr(found, str(step)) if is_dataclass(found) else found[step]
    return found


def differing(old: Contracts, new: Contracts) -> frozenset[Fact] | None:
    """The texts and the columns by which two readings differ; None when they differ by something else. Where each is written counts for
    nothing.
    """
    facts: set[Fact] = set()
    alike = all(_alike(getattr(old, name), getattr(new, name), (name,), facts) for name in _WHOLE)
    return frozenset(facts) if alike else None


def _alike(old: object, new: object, place: Place, facts: set[Fact]) -> bool:
    """Whether two declarations differ by texts and columns at most, which are added."""
    kind = type(new)
    if old is new or kind in (Position, Document):
        return True
    if type(old) is not kind:
        return False
    if isinstance(new, Node) and isinstance(old, Node):
        return plain(old) == plain(new)
    ours, theirs = list(_parts(old)), list(_parts(new))
    if not ours and not theirs:
        return old == new
    if [step for step, _ in ours] != [step for step, _ in theirs]:
        return False
    texts = TEXTS.get(kind, ())
    for (step, before), (_, after) in zip(ours, theirs, strict=True):
        if kind is Resource and step == COLUMNS:
            facts |= _columns(old, new, place)
        elif step in texts:
            if before != after:
                facts.add((place, str(step)))
        elif not _alike(before, after, (*place, step), facts):
            return False
    return True


def _columns(old: Any, new: Any, place: Place) -> set[Fact]:
    """By what the columns of a table differ: their texts, or all that they are."""
    facts, inside = set[Fact](), (*place, COLUMNS)
    if _alike(old.fields, new.fields, inside, facts):
        return facts
    most = range(max(len(old.fields), len(new.fields)))
    return {(place, COLUMNS), *(((*inside, at), text) for at in most for text in TEXTS[Field])}


def _parts(value: object) -> Parts:
    """What a declaration is made of, step by step; nothing for a text, a number."""
    kind: Any = type(value)
    return _taken(kind)(value)


@cache
def _taken(kind: Any) -> Callable[[Any], Parts]:
    """What gives the parts of a declaration of a type: there are thousands of them, of a few types."""
    if issubclass(kind, tuple | list):
        return enumerate
    if issubclass(kind, Map):
        return lambda value: value.items()
    names = [each.name for each in fields(kind) if each.compare and each.init] if _is_declaration(kind) else []
    return lambda value: [(name, getattr(value, name)) for name in names]


@cache
def _is_declaration(kind: Any) -> bool:
    return is_dataclass(kind)
