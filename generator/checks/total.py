"""A sum within a row: `sum: [a, b], equals: total, tolerance: 0.5`."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from generator.catalogue.records import Catalogue
from generator.checks.conditions import columns, condition, faults
from generator.contracts.model import Resource, Rule
from generator.contracts.types import TYPES
from generator.diagnostics.finding import Diagnostic, fault
from generator.documents.reader import Reader
from generator.text.french import french

KEYWORDS = ("sum", "equals", "tolerance")


def check(rule: Rule, resource: Resource, catalogue: Catalogue) -> Iterator[Diagnostic]:
    """One diagnostic for each record whose parts do not add up to its total; rows with an absent part are left out."""
    wrong = list(faults(rule, resource, ("sum", "equals"), ("tolerance",)))
    if wrong:
        yield from wrong
        return
    reader = Reader(rule.document, rule.node, [])
    parts, total = columns(rule, resource, "sum"), columns(rule, resource, "equals")
    tolerance, problem = TYPES["number"].read(reader.text("tolerance") or "0", "")
    numeric = all(resource.field(name).type in ("number", "integer") for name in (*parts, *total))
    if len(parts) < 2 or len(total) != 1 or problem is not None or not isinstance(tolerance, Decimal) or not numeric:
        message = "« sum » attend au moins deux colonnes de nombres, « equals » une, « tolerance » un nombre."
        yield fault("contrat-faux", rule.position, message, "Exemple : {{sum: [a, b], equals: c, tolerance: 0.5}}")
        return
    applies = condition(rule)
    for record in catalogue[resource.name]:
        values = [record[name] for name in parts]
        expected = record[total[0]]
        if expected is None or None in values or not applies(record):
            continue
        found = sum((Decimal(str(value)) for value in values), Decimal(0))
        if abs(found - Decimal(str(expected))) > tolerance:
            hint = "La somme des parties vaut {found}, le total donné {expected}."
            yield fault(
                "regle", record.at(total[0]), "{message}", hint,
                message=french(rule.message), found=found, expected=expected,
            )  # fmt: skip
