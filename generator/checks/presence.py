"""Which columns must or must not have a value: `require`, `require_one`, `forbid`, `exactly_one`, `at_most_one`, `together`."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalogue.records import Catalogue, Record
from generator.checks.conditions import columns, condition, faults
from generator.contracts.model import Resource, Rule
from generator.diagnostics.finding import Diagnostic, Position, fault
from generator.diagnostics.wording import listed
from generator.documents.nodes import Mapping, Node
from generator.text.french import french

KEYWORDS = ("require", "require_one", "forbid", "exactly_one", "at_most_one", "together")


def check(rule: Rule, resource: Resource, catalogue: Catalogue) -> Iterator[Diagnostic]:
    """One diagnostic for each record that breaks the rule, at the column to mend."""
    wrong = list(faults(rule, resource, KEYWORDS))
    if wrong:
        yield from wrong
        return
    applies = condition(rule)
    require, forbid = columns(rule, resource, "require"), columns(rule, resource, "forbid")
    together = columns(rule, resource, "together")
    groups = [(word, columns(rule, resource, word)) for word in KEYWORDS if word.endswith("_one")]
    wanted = [(word, names) for word, names in groups if names]
    for record in catalogue[resource.name]:
        if not applies(record):
            continue
        absent = [name for name in require if record[name] is None and not _tried(record, name)]
        present = [name for name in forbid if record[name] is not None]
        if absent:
            yield _broken(rule, record, record.at(), "Ajoutez {names}.", absent)
        elif present:
            yield _broken(rule, record, record.at(present[0]), "Retirez {names}.", present)
        alone = [name for name in together if record[name] is None and not _tried(record, name)]
        if 0 < len(alone) < len(together):
            yield _broken(
                rule, record, record.at(next(n for n in together if n not in alone)), "Ajoutez {names}.", alone
            )
        for word, names in wanted:
            filled = [name for name in names if record[name] is not None or _tried(record, name)]
            if not filled and word != "at_most_one":
                yield _broken(rule, record, record.at(), "Remplissez {names}.", names, "ou")
            elif len(filled) > 1 and word != "require_one":
                yield _broken(rule, record, record.at(filled[-1]), "Gardez un seul de {names}.", filled)


def _tried(record: Record, name: str) -> bool:
    """Whether something is written for a column, or in the place of its group, but could not be read: it has its own message."""
    node: Node = record.node
    for step in record.resource.field(name).key:
        if not isinstance(node, Mapping):
            return True
        if step not in node.nodes:
            return False
        node = node.nodes[step]
    return True


def _broken(
    rule: Rule, record: Record, position: Position, hint: str, names: list[str] | tuple[str, ...], last: str = "et"
) -> Diagnostic:
    return fault("regle", position, "{message}", hint, message=french(rule.message), names=listed(names, last))
