"""The order of two columns: `order: [debut, fin]`, the first at most the second."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalogue.records import Catalogue
from generator.checks.conditions import columns, condition, faults
from generator.contracts.model import Resource, Rule
from generator.contracts.types import canonical
from generator.diagnostics.finding import Diagnostic, fault
from generator.text.french import french

KEYWORDS = ("order",)


def check(rule: Rule, resource: Resource, catalogue: Catalogue) -> Iterator[Diagnostic]:
    """One diagnostic for each record whose first column is above its second; absent values are in any order."""
    wrong = list(faults(rule, resource, KEYWORDS))
    if wrong:
        yield from wrong
        return
    names = columns(rule, resource, "order")
    if len(names) != 2 or resource.field(names[0]).type != resource.field(names[1]).type:
        message = "« order » attend deux colonnes de même type."
        yield fault("contrat-faux", rule.position, message, "Exemple : order: [debut, fin]")
        return
    applies = condition(rule)
    for record in catalogue[resource.name]:
        low, high = record[names[0]], record[names[1]]
        if low is not None and high is not None and low > high and applies(record):  # type: ignore[operator]
            hint = "« {a} » vaut {low}, « {b} » vaut {high}."
            yield fault(
                "regle", record.at(names[1]), "{message}", hint,
                message=french(rule.message), a=names[0], b=names[1], low=canonical(low), high=canonical(high),
            )  # fmt: skip
