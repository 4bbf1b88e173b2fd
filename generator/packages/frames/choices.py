"""The lists of a frame: what a cell may be chosen from, each value with its words, and what a cell that was filled from one means."""

from __future__ import annotations

from collections.abc import Iterator

from generator.catalogue.records import Catalogue
from generator.contracts.framing import Page
from generator.contracts.model import Field
from generator.text.interface import say
from generator.text.links import without_links
from generator.text.spoken import typeset
from generator.values.types import canonical

MOST, LONGEST = 5_000, 120  # entries of a list; characters of one
BETWEEN = " : "  # a value and its words

Choices = dict[str, str]  # what is shown → the value


def choices(page: Page, column: Field, catalogue: Catalogue) -> Choices:
    """The list of a column: its categories, its closed list, or the rows that it names alone; empty when it is free."""
    if column.separator or page.holds(column):
        return {}
    if column.categories:
        return dict(_entry(value, label) for value, label in column.categories)
    if column.constraints.enum:
        return {value: value for value in column.constraints.enum}
    if column.type == "boolean":
        return dict((_entry("true", say("oui")), _entry("false", say("non"))))
    return dict(_named(page, column, catalogue))


def meant(text: str, known: Choices) -> str:
    """The value that a text of a cell means: that of an entry of its list, whatever words now stand beside it, that of its words alone
    when one entry has them, or itself.
    """
    if text in known:
        return known[text]
    value, _, words = text.strip().partition(BETWEEN)
    if words and value in known.values():
        return value
    folded = text.strip().casefold()
    found = {value for shown, value in known.items() if shown.partition(BETWEEN)[2].casefold() == folded}
    return found.pop() if folded and len(found) == 1 else text


def _named(page: Page, column: Field, catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """The rows that a column names: those of the table of its own key; of a key of several columns, the first one has a list too."""
    keys = [key for key in page.resource.foreign_keys if key.fields[0] == column.name]
    if not keys or page.resource.name == keys[0].resource:
        return
    key = min(keys, key=lambda k: len(k.fields))
    seen: dict[str, str] = {}
    for record in catalogue[key.resource]:
        value = canonical(record[key.reference[0]])
        if value and value not in seen:
            seen[value] = without_links(record.label) if len(key.fields) == 1 else ""
    for value, label in list(seen.items())[:MOST]:
        yield _entry(value, label)


def _entry(value: str, label: str) -> tuple[str, str]:
    """What is shown of a value, on one line, and the value."""
    words = " ".join(typeset(label).split()) if label and label != value else ""
    shown = f"{value}{BETWEEN}{words}" if words else value
    return (shown if len(shown) <= max(LONGEST, len(value)) else f"{shown[: max(LONGEST, len(value)) - 1]}…"), value
