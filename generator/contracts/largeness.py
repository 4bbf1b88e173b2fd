"""What a large table cannot be, now that every table is known: its rows are never read one by one, so that nothing may ask for one of
them. What it is made for stays: types, constraints, keys, references, rules that judge a row by itself, groups, exports.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from generator.contracts.derive import Grouped, Selected
from generator.contracts.model import Contracts, Field, Resource
from generator.diagnostics.finding import Diagnostic, fault
from generator.rules.rule import Declared, Rule
from generator.text.names import steps

_HINT = "Montrez une table tirée d’elle (« derive: {{grouped: …}} » ou « {{selected: …}} »), qui est une table comme les autres."


def check_large(resource: Resource, contracts: Contracts) -> Iterator[Diagnostic]:
    """The first thing that a table asks of the rows of a large one, itself or another."""
    found = (
        [*_own(resource)] if resource.rows.elsewhere else [*_from(resource, contracts), *_through(resource, contracts)]
    )
    yield from found[:1]


def _own(resource: Resource) -> Iterator[Diagnostic]:
    """What a large table says of itself that asks for its rows one by one."""
    for word in _words(resource):
        message = "« {word} » ne va pas avec une grande table, dont aucune ligne n’est lue à part."
        yield fault("contrat-faux", resource.position, message, "Retirez « {word} ».", word=word)
    for column in resource.fields:
        word = _asked(column)
        if word:
            message = "« {name} » : « {word} » ne va pas avec une grande table, dont aucune ligne n’est lue à part."
            yield fault("contrat-faux", column.position, message, "Retirez « {word} ».", name=column.name, word=word)


def check_rules(resource: Resource, rules: Iterable[tuple[Declared, Rule | None]]) -> Iterator[Diagnostic]:
    """The rules of a large table that read other rows than the one they judge."""
    for declared, rule in rules if resource.rows.elsewhere else ():
        if rule is not None and rule.alone() is None:
            message = "Cette règle lit d’autres lignes que celle qu’elle juge : elle ne va pas avec une grande table."
            hint = "Écrivez-la sur une table tirée d’elle (« derive: {{grouped: …}} » ou « {{selected: …}} »), ou retirez-la."
            yield fault("contrat-faux", declared.position, message, hint)


def _words(resource: Resource) -> Iterator[str]:
    rows = resource.rows
    told = {
        "cited_as": resource.cited_as,
        "scheme": resource.scheme,
        "quoted": resource.quoted,
        "flat": resource.flat,
        "freshness": resource.freshness,
        "vault": resource.vault,
        "frame": resource.frame,
        "former_ids": resource.former_ids,
        "reference_list": resource.reference_list,
        "headings": resource.headings,
        "rest": rows.rest,
        "ignore": rows.ignored,
    }
    return (word for word, given in told.items() if given)


def _asked(column: Field) -> str:
    """The word by which a column asks for rows one by one, or ""."""
    told = {"computed": column.computed, "prose": column.prose, "locator": column.locator, "search": column.search}
    return next((word for word, given in told.items() if given), "")


def _from(resource: Resource, contracts: Contracts) -> Iterator[Diagnostic]:
    """A table whose rows come from those of a large one otherwise than by counting or selecting them."""
    large = [name for name in resource.origins if _is_large(name, contracts)]
    if large and not isinstance(resource.derive, Grouped | Selected):
        message = "« {name} » ne peut venir de « {large} », une grande table, que par des groupes (« grouped ») ou une sélection (« selected »)."
        yield fault("contrat-faux", resource.position, message, name=resource.name, large=large[0])


def _through(resource: Resource, contracts: Contracts) -> Iterator[Diagnostic]:
    """A way that leads through a row of a large table."""
    ways = resource.derive.by if isinstance(resource.derive, Grouped) else ()
    origin = resource.derive.of if isinstance(resource.derive, Grouped) else resource.name
    brought = [".".join(way) for way in resource.flat.brought] if resource.flat is not None else []
    for start, way in (*((origin, way) for way in ways), *((resource.name, way) for way in brought)):
        crossed = _crossed(start, way, contracts)
        if crossed:
            message = "« {way} » passe par une ligne de « {large} », une grande table, dont aucune n’est lue à part."
            yield fault("contrat-faux", resource.position, message, "Retirez ce chemin.", way=way, large=crossed)


def _crossed(start: str, way: str, contracts: Contracts) -> str:
    """The large table in which the steps of a way end before the last one, or ""."""
    current = contracts.resources.get(start)
    for step in steps(way)[:-1]:
        keys = current.foreign_keys if current is not None else ()
        named = next((key.resource for key in keys if key.fields[-1] == step), "")
        if _is_large(named, contracts):
            return named
        current = contracts.resources.get(named)
    return ""


def check_shown(contracts: Contracts) -> Iterator[Diagnostic]:
    """Pages and drawings that would show the rows of a large table."""
    for package in contracts.packages.values():
        for page in package.pages:
            parts = page.parts.tables if page.parts is not None else ()
            for name in (page.resource, *page.anchors, *parts):
                if _is_large(name, contracts):
                    message = "La page nomme « {name} », une grande table, dont aucune ligne n’est lue à part."
                    yield fault("contrat-faux", page.at(name), message, _HINT, name=name)
        for drawn in (drawn for figure in package.figures for drawn in figure.rows):
            if _is_large(drawn.table, contracts):
                message = "Le dessin montre « {name} », une grande table, dont aucune ligne n’est lue à part."
                yield fault("contrat-faux", drawn.at(drawn.table), message, _HINT, name=drawn.table)


def _is_large(name: str, contracts: Contracts) -> bool:
    return name in contracts.resources and contracts.resources[name].rows.elsewhere


def large_tables(contracts: Contracts) -> tuple[Resource, ...]:
    """The large tables, in their order."""
    return tuple(resource for resource in contracts.resources.values() if resource.rows.elsewhere)
