"""What stands for a value in the annotated template of a record: nothing is invented, and what is not replaced is refused by
the check wherever the column's own reader can tell. Also which optional keys the rules ask for, given these values.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping as Map

from generator.catalogue.plan import Plan
from generator.contracts.model import Contracts, Field, Resource
from generator.rules.rule import Rule
from generator.values.conversion import Convert

ANY = "…"
NEW_ID = "identifiant-a-choisir"  # of the record itself
KNOWN_ID = "identifiant-existant"  # of a record that it names

# A value that must be replaced, in the shape of its type.
SHAPES = {
    "date": "AAAA-MM-JJ",
    "datetime": "AAAA-MM-JJTHH:MM:SSZ",
    "time": "HH:MM:SS",
    "year": "AAAA",
    "yearmonth": "AAAA-MM",
    "uri": "https://…",
    "email": "nom@domaine",
}


def values(plan: Plan) -> dict[str, str]:
    """Column → the text that the template gives it: its example, its first category, or what stands for a value. An
    identifier that names a row alone is always to be chosen: its example is often that of a row that exists.
    """
    found = {}
    alone = plan.resource.primary_key
    for name, convert in plan.readers.items():
        column = plan.resource.field(name)
        named = KNOWN_ID if any(name in key.fields for key in plan.resource.foreign_keys) else ""
        first = next((value for value, _ in column.categories), "")
        new = NEW_ID if alone == (name,) and plan.resource.identifies(column) else ""
        blank = ANY * max(1, column.constraints.min_length or 1)
        candidates = (new, column.example, first, *column.constraints.enum[:1], named, blank, NEW_ID, "true")
        accepted = (text for text in candidates if text and _stands(convert, text))
        found[name] = next(accepted, SHAPES.get(column.format or column.type, ANY))
    return found


def _stands(convert: Convert, text: str) -> bool:
    """Whether a text is a value of a column, or holds the place of one that must be written."""
    problem = convert(text)[1]
    return problem is None or problem.code == "valeur-a-ecrire"


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
