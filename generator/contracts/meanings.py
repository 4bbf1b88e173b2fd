"""What the keys of a row mean: each to one thing, or to several that what is written under it tells apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from generator.contracts.model import Contracts, Field, Resource
from generator.diagnostics.finding import Diagnostic, Position, fault
from generator.text.interface import Sentence, sentence

STRUCTURED = frozenset({"object", "array", "geojson"})  # types whose values may be written as groups and lists
_ANY = frozenset({"text", "list", "group", "object"})


@dataclass(frozen=True, slots=True)
class _Meaning:
    """What a key is, and the shapes of what may be written under it: a text, a list, one object, any group of keys."""

    way: tuple[str, ...]
    what: Sentence
    shapes: frozenset[str]
    position: Position


def check_keys(resource: Resource, contracts: Contracts) -> Iterator[Diagnostic]:
    """The keys of the rows of a resource that would have two meanings: a column, a group of columns, nested rows."""
    seen: dict[tuple[str, ...], list[_Meaning]] = {}
    firsts = {each.way[0] for each in _meanings(resource, contracts) if len(each.way) > 1}
    for each in _meanings(resource, contracts):
        others = seen.setdefault(each.way, [])
        steps = each.way[0].split(".")
        if len(steps) > 1 and steps[0] in firsts:
            message = "« {key} » est une seule clé, qu’aucune ligne n’a : « {first} » est un groupe."
            own = {"key": each.way[0], "first": steps[0]}
            yield fault(
                "contrat-faux", each.position, message, "Un chemin s’écrit en liste.", f"[{', '.join(steps)}]", **own
            )
        for other in others:
            if other.shapes & each.shapes:
                message = "La clé « {key} » des lignes de « {name} » sert deux fois : à {other}, puis à {what}."
                values = {"key": " › ".join(each.way), "name": resource.name, "other": other.what, "what": each.what}
                yield fault("contrat-faux", each.position, message, "Donnez-leur deux noms différents.", **values)
                break
        else:
            others.append(each)


def _meanings(resource: Resource, contracts: Contracts) -> Iterator[_Meaning]:
    """What each key of a row is, in the order of the contract; a group once."""
    groups = set[tuple[str, ...]]()
    for column in resource.fields:
        if column.filled or column is not resource.field(column.name):  # a name given twice has its message
            continue
        for way in _groups(column.key):
            if way not in groups:
                groups.add(way)
                yield _Meaning(way, sentence("un groupe de colonnes"), frozenset({"group", "object"}), column.position)
        yield _Meaning(column.key, sentence("une colonne"), _shapes(column), column.position)
    for child in contracts.children(resource.name):
        for way in _groups(child.rows.key):
            if way not in groups:
                groups.add(way)
                yield _Meaning(way, sentence("un groupe de colonnes"), frozenset({"group", "object"}), child.position)
        if child.rows.key:
            yield _nested(child)


def _groups(way: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The ways to the groups through which a way goes."""
    return (way[:step] for step in range(1, len(way)))


def _shapes(column: Field) -> frozenset[str]:
    return _ANY if column.type in STRUCTURED else frozenset({"text"})


def _nested(child: Resource) -> _Meaning:
    rows = child.rows
    if rows.keys:
        return _Meaning(rows.key, sentence("des lignes rangées sous des clés"), frozenset({"group"}), child.position)
    if rows.single:
        shapes = frozenset({"list", "object", *(["text"] if rows.value else [])})
        return _Meaning(rows.key, sentence("un objet imbriqué"), shapes, child.position)
    return _Meaning(rows.key, sentence("une liste imbriquée"), frozenset({"list"}), child.position)


def is_plain(resource: Resource, contracts: Contracts) -> bool:
    """Whether the rows of a table, and those that hold them, are written as new ones are: with keys, groups of one level."""
    written = [column for column in resource.fields if not column.filled]
    own = resource.rows.plain and all(len(f.key) < 3 and not f.key[0].isdecimal() for f in written)
    return own and (not resource.parent or is_plain(contracts.resources[resource.parent], contracts))
