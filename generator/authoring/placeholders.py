"""What stands for a value in the annotated template of a record: nothing is invented, and what is not replaced is refused by
the check. Also which optional keys the rules ask for, given these values or others.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping as Map

from generator.catalogue.plan import Plan
from generator.contracts.model import Contracts, Field, Resource
from generator.rules.rule import Rule
from generator.values.unwritten import ANY, NEW_ID, SHAPES


def values(plan: Plan) -> dict[str, str]:
    """Column → the text that the template gives it, which the check refuses until it is replaced."""
    resource = plan.resource
    return {name: placeholder(resource, resource.field(name)) for name in plan.readers}


def placeholder(resource: Resource, column: Field) -> str:
    """What stands in a template for the value of a column."""
    if resource.identifies(column):
        return NEW_ID
    return ANY if column.categories or column.constraints.enum else SHAPES.get(column.format or column.type, ANY)


def origin(resource: Resource, column: Field, contracts: Contracts) -> tuple[Resource, Field]:
    """Where a column is written: itself, or the column of the parent that fills it; a rank is written nowhere."""
    while column.filled:
        key = next((k for k in resource.foreign_keys if k.resource == resource.rows.parent), None)
        if key is None or column.name not in key.fields:
            break
        resource, place = contracts.resources[key.resource], key.fields.index(column.name)
        column = resource.field(key.reference[place])
    return resource, column


def demanded(resource: Resource, rules: Iterable[Rule], texts: Map[str, str], start: Iterable[str] = ()) -> set[str]:
    """The columns that a record with these texts must write: those that are required or in `start`, and those that the
    rules and the composite keys then ask for.
    """
    written = {f.name for f in resource.fields if f.required and not f.filled} | set(start)
    held = {f.name for f in resource.fields if f.filled}
    values = {name: resource.value(name, text) for name, text in texts.items()}
    before: set[str] = set()
    while written != before:
        before = set(written)
        for rule in rules:
            written |= rule.asks(values, written | held)
        for key in resource.foreign_keys:
            own = {name for name in key.fields if name not in held}
            if own & written and not resource.refines(key):
                written |= own
    return written
