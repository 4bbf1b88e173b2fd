"""The values among which a column is chosen, each with its label: a closed list, or the rows that a key may name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Map
from dataclasses import dataclass

from generator.authoring.placeholders import origin
from generator.catalogue.records import Catalogue
from generator.contracts.model import Field, ForeignKey, Resource
from generator.text.french import fold
from generator.text.interface import say
from generator.text.spoken import typeset
from generator.values.booleans import words
from generator.values.types import canonical


@dataclass(frozen=True, slots=True)
class Choice:
    """A value and what it is called."""

    value: str
    label: str = ""

    @property
    def told(self) -> str:
        """How it is shown in a list."""
        return f"{self.label} ({self.value})" if self.label and self.label != self.value else self.value


def choices(
    resource: Resource, column: Field, answers: Map[str, str], catalogue: Catalogue
) -> tuple[Choice, ...] | None:
    """The values that a column may take, given those of the columns before it; None when it is free."""
    if column.categories:
        return tuple(Choice(value, typeset(label)) for value, label in column.categories)
    if column.type == "boolean":
        true, false = words(column.writing)
        return Choice(true[0], say("oui")), Choice(false[0], say("non"))
    if column.constraints.enum:
        return tuple(map(Choice, column.constraints.enum))
    key = _key(resource, column, answers)
    if key is None or key.resource not in catalogue.tables or catalogue.tables[key.resource].elsewhere is not None:
        return None
    return tuple(dict.fromkeys(_rows(key, column, answers, catalogue)))


def _key(resource: Resource, column: Field, answers: Map[str, str]) -> ForeignKey | None:
    """The key of a column that says most: the longest of those whose first columns have their values."""
    keys = [k for k in resource.foreign_keys if column.name in k.fields]
    known = [k for k in keys if all(name in answers for name in k.fields[: k.fields.index(column.name)])]
    return max(known, key=lambda key: key.fields.index(column.name), default=None)


def _rows(key: ForeignKey, column: Field, answers: Map[str, str], catalogue: Catalogue) -> Iterator[Choice]:
    """The rows that a key may name, by the value that the column would take."""
    place, target = key.fields.index(column.name), catalogue.contracts.resources[key.resource]
    aimed = target.field(key.reference[place])
    before = [(name, answers[own]) for own, name in zip(key.fields[:place], key.reference[:place], strict=True)]
    table, own = origin(target, aimed, catalogue.contracts)
    labels = {canonical(row[own.name]): row.label for row in catalogue[table.name]} if table is not target else {}
    for row in catalogue[target.name]:
        value = canonical(row[aimed.name])
        if value and all(canonical(row[name]) == text for name, text in before):
            yield Choice(value, typeset(labels.get(value, "")) if labels else row.label)


def chosen(text: str, known: Sequence[Choice], listed: Sequence[Choice] = ()) -> list[Choice]:
    """What a person means by a text: a value as it is, its number in the list that was shown last, its label, how its label
    alone begins, else all those whose value and label hold its words.
    """
    exact = [choice for choice in known if choice.value == text]
    if not exact and text.isdecimal() and 0 < int(text) <= len(listed):
        exact = [listed[int(text) - 1]]
    if not exact:
        exact = [choice for choice in known if fold(choice.label) == fold(text)]
    if exact:
        return exact
    words = fold(text).split()
    first = [choice for choice in known if words and fold(choice.told).startswith(fold(text))]
    if len(first) == 1:
        return first
    return [choice for choice in known if words and all(word in fold(choice.told) for word in words)]
