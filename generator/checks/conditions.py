"""The `when` of a declared rule, and the columns it names: shared by every kind of rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from generator.catalogue.records import Record
from generator.contracts.model import Resource, Rule
from generator.contracts.types import canonical
from generator.diagnostics.finding import Diagnostic, fault
from generator.diagnostics.suggestions import nearest
from generator.diagnostics.wording import listed
from generator.documents.nodes import Mapping, Scalar
from generator.documents.reader import Reader


def condition(rule: Rule) -> Callable[[Record], bool]:
    """Whether a rule applies to a record: every column of `when` holds one of the given texts."""
    node = rule.node.nodes.get("when")
    if not isinstance(node, Mapping):
        return lambda record: True
    wanted = {name: _texts(rule, node, name) for name in node.nodes if name in _index(rule)}

    def applies(record: Record) -> bool:
        index = record.resource.index
        return all(canonical(record.values[index[name]]) in texts for name, texts in wanted.items() if name in index)

    return applies


def _index(rule: Rule) -> set[str]:
    node = rule.node.nodes.get("when")
    return set(node.nodes) if isinstance(node, Mapping) else set()


def _texts(rule: Rule, node: Mapping, name: str) -> set[str]:
    value = node.nodes[name]
    if isinstance(value, Scalar):
        return {value.text}
    return set(Reader(rule.document, node, []).texts(name))


def faults(
    rule: Rule, resource: Resource, keywords: tuple[str, ...], options: tuple[str, ...] = ()
) -> Iterator[Diagnostic]:
    """What is wrong with the rule itself: unknown keywords, columns that do not exist, values that no row can hold.
    `keywords` name columns, `options` do not.
    """
    problems: list[Diagnostic] = []
    reader = Reader(rule.document, rule.node, problems)
    reader.skip("message", *options)
    named = [(word, name) for word in keywords for name in reader.texts(word)]
    when = reader.mapping("when")
    for name in when.node.nodes:
        when.texts(name)
    reader.close("cette règle")
    yield from problems
    named += (("when", name) for name in when.node.nodes)
    for word, name in named:
        if name not in resource.index:
            message = "La règle nomme « {name} », qui n’est pas une colonne de « {table} »."
            hint, choices, suggestion = "Colonnes : {choices}.", listed(resource.index), nearest(name, resource.index)
            place = when.key_place(name) if word == "when" else reader.spot(word, name)
            yield fault(
                "contrat-faux", place, message, hint, suggestion, name=name, table=resource.name, choices=choices
            )
    yield from impossible(when, resource)


def impossible(when: Reader, resource: Resource) -> Iterator[Diagnostic]:
    """The values of a condition that no row of a table can hold: it would never apply."""
    for name in when.node.nodes:
        categories = [v for v, _ in resource.field(name).categories] if name in resource.index else []
        for text in sorted(set(when.texts(name))) if categories else ():
            if text not in categories:
                message = "La règle attend « {text} » dans « {name} », qui ne peut pas prendre cette valeur."
                suggestion = nearest(text, categories)
                yield fault("contrat-faux", when.spot(name, text), message, "", suggestion, text=text, name=name)


def columns(rule: Rule, resource: Resource, keyword: str) -> tuple[str, ...]:
    """The existing columns that a keyword of the rule names."""
    names = Reader(rule.document, rule.node, []).texts(keyword)
    return tuple(name for name in names if name in resource.index)
