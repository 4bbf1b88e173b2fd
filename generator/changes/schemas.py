"""What differs between two states of the contracts, as published: packages, tables, columns, keys, constraints, lists and words.
What a contract keeps for itself (rules, pages) is told too, and weighs nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from collections.abc import Mapping as Map
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from generator.contracts.model import Contracts, Package, Resource
from generator.packages.table_schema import schema

_WORDS = ("title", "description", "example", "categoriesOrdered")  # of a column: what they say changes no value
_LEAST = ("minimum", "exclusiveMinimum", "minLength")
_MOST = ("maximum", "exclusiveMaximum", "maxLength")


class Weight(IntEnum):
    """What a change asks of the number of a version; nothing, when it is not published."""

    NONE = 0
    PATCH = 1
    MINOR = 2
    MAJOR = 3


@dataclass(frozen=True, slots=True)
class ContractChange:
    """One change: where (`table` and `column` are "" above them), which property of the standard (or `package`, `table`,
    `column`, `order`, `rule`), its two values as texts ("" for absent), and what it weighs.
    """

    weight: Weight
    package: str
    table: str
    column: str
    what: str
    old: str = ""
    new: str = ""


def compare(old: Contracts, new: Contracts, published: bool = False) -> tuple[ContractChange, ...]:
    """The changes of the contracts, in the order of the new ones. `published`: one of them is known by what it publishes only. Of
    what a contract that could not be read may declare, nothing is said.
    """
    return tuple(
        change
        for change in _changes(old, new, published)
        if change.what not in ("package", "table") or not (old if change.new else new).unread
    )


def _changes(old: Contracts, new: Contracts, published: bool) -> Iterator[ContractChange]:
    for name, package in new.packages.items():
        before = old.packages.get(name)
        if before is None:
            yield ContractChange(Weight.MINOR, name, "", "", "package", new=package.title)
        elif not published:
            yield from _words(before, package)
    for name, package in old.packages.items():
        if name not in new.packages:
            yield ContractChange(Weight.MAJOR, name, "", "", "package", old=package.title)
    for name, resource in new.resources.items():
        was = old.resources.get(name)
        if was is None:
            yield ContractChange(Weight.MINOR, resource.package, name, "", "table", new=resource.title)
        else:
            yield from _table(was, resource, published)
    for name, resource in old.resources.items():
        if name not in new.resources:
            yield ContractChange(Weight.MAJOR, resource.package, name, "", "table", old=resource.title)


def _words(old: Package, new: Package) -> Iterator[ContractChange]:
    """What a package says of itself; its versions are no change of its contract."""
    for what in ("title", "description", "keywords"):
        one, other = _text(getattr(old, what)), _text(getattr(new, what))
        if one != other:
            yield ContractChange(Weight.PATCH, new.name, "", "", what, old=one, new=other)
    for what in _keys(old.properties, new.properties):
        one, other = _text(old.properties.get(what)), _text(new.properties.get(what))
        if one != other:
            yield ContractChange(Weight.PATCH, new.name, "", "", what, old=one, new=other)


def _table(old: Resource, new: Resource, published: bool) -> Iterator[ContractChange]:
    def change(weight: Weight, what: str, one: object, other: object, column: str = "") -> ContractChange:
        return ContractChange(weight, new.package, new.name, column, what, old=_text(one), new=_text(other))

    if old.package != new.package and not published:
        yield change(Weight.MAJOR, "package", old.package, new.package)
    for what in ("title", "description"):
        if getattr(old, what) != getattr(new, what):
            yield change(Weight.PATCH, what, getattr(old, what), getattr(new, what))
    before, after = schema(old), schema(new)
    fields, others = _by_name(before), _by_name(after)
    for name in others:
        if name not in fields:
            yield change(Weight.MINOR, "column", "", others[name].get("title") or name, name)
    for name in fields:
        if name not in others:
            yield change(Weight.MAJOR, "column", fields[name].get("title") or name, "", name)
    common = [name for name in fields if name in others], [name for name in others if name in fields]
    if common[0] != common[1]:
        yield change(Weight.MAJOR, "order", common[0], common[1])
    for name in common[1]:
        for weight, what, one, other in _column(fields[name], others[name]):
            yield change(weight, what, one, other, name)
    for what in ("primaryKey", "uniqueKeys", "foreignKeys"):
        lost, won = before.get(what), after.get(what)
        if lost != won:
            heavy = what == "primaryKey" or (what == "uniqueKeys" and _more(lost, won))
            yield change(Weight.MAJOR if heavy else Weight.MINOR, what, _keys_said(lost), _keys_said(won))
    if not published:
        yield from _rules(old, new)
        yield from _files(old, new)


def _rules(old: Resource, new: Resource) -> Iterator[ContractChange]:
    """The rules of a table, by their sentences."""
    before, after = [rule.message for rule in old.rules], [rule.message for rule in new.rules]
    for message in dict.fromkeys((*before, *after)):
        if (message in before) != (message in after):
            one, other = (message, "") if message in before else ("", message)
            yield ContractChange(Weight.NONE, new.package, new.name, "", "rule", old=one, new=other)


def _files(old: Resource, new: Resource) -> Iterator[ContractChange]:
    """The files of a large table, each by its path and the beginning of its print: its rows are those of others, or fewer."""
    before, after = ({f"{file.path} {file.sha256[:8]}": file.path for file in each.rows.files} for each in (old, new))
    if before != after:
        weight = Weight.MINOR if set(before.values()) <= set(after.values()) else Weight.MAJOR
        yield ContractChange(weight, new.package, new.name, "", "files", old=_text([*before]), new=_text([*after]))


_Facet = tuple[Weight, str, object, object]


def _column(old: Map[str, Any], new: Map[str, Any]) -> Iterator[_Facet]:
    """What differs between two descriptions of a column."""
    before, after = old.get("constraints", {}), new.get("constraints", {})
    for what in _keys(old, new):
        one, other = old.get(what), new.get(what)
        if one == other or what == "constraints":
            continue
        if what == "categories":
            if _values(one) == _values(other):  # else the list itself, among the constraints, says it
                yield Weight.PATCH, what, _labels(one), _labels(other)
        elif what in _WORDS or ":" in what:
            yield Weight.PATCH, what, one, other
        else:
            yield Weight.MAJOR, what, one, other
    for what in _keys(before, after):
        one, other = before.get(what), after.get(what)
        if one != other:
            yield Weight.MAJOR if _stricter(what, one, other) else Weight.MINOR, what, one, other


def _stricter(what: str, old: Any, new: Any) -> bool:
    """Whether a constraint lets fewer values pass than it did."""
    if old is None or new is None:
        return new is not None
    if what == "enum":
        return _more(new, old)
    try:
        return bool(new > old) if what in _LEAST else bool(new < old) if what in _MOST else True
    except TypeError:  # bounds of two types
        return True


def _more(old: Any, new: Any) -> bool:
    """Whether a list has something that another had not."""
    return any(item not in (old or []) for item in new or [])


def _values(categories: Any) -> list[object]:
    return [item["value"] for item in categories or []]


def _labels(categories: Any) -> list[object]:
    return [item["label"] for item in categories or []]


def _keys(old: Map[str, Any], new: Map[str, Any]) -> list[str]:
    return list(dict.fromkeys((*new, *old)))


def _by_name(described: Map[str, Any]) -> dict[str, dict[str, Any]]:
    return {field["name"]: field for field in described["fields"]}


def _keys_said(keys: Any) -> list[str]:
    """Keys as a person reads them: `jardin + jour`, `plante + variete → varietes`."""
    told = []
    for key in keys or []:
        columns = key["fields"] if isinstance(key, dict) else key
        said = columns if isinstance(columns, str) else " + ".join(columns)
        told.append(f"{said} → {key['reference'].get('resource', '')}".rstrip() if isinstance(key, dict) else said)
    return told


def _text(value: object) -> str:
    """A property of a contract as a text: a list by its parts."""
    if value is None or value is False:
        return ""
    if isinstance(value, list | tuple) and all(isinstance(part, str | int) for part in value):
        return ", ".join(map(str, value))
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
