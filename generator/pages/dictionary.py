"""What the page of a package says of its columns and shows of its rows."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from textwrap import shorten

from generator.contracts.model import Contracts, Field, Resource
from generator.packages.about import reading
from generator.packages.making import making
from generator.packages.profile import in_words as words_of
from generator.packages.profile import profiles
from generator.packages.sheets import Sheet
from generator.text.interface import say
from generator.text.names import in_page
from generator.values.constraints import counted, limits
from generator.values.types import canonical, in_words

SHOWN = 5  # rows of a preview
LONGEST = 90  # characters of a cell of a preview, or of an example


@dataclass(frozen=True, slots=True)
class Entry:
    """A column in the dictionary: its declaration, its type and its constraints in words, the table that it names, an example, the
    share of the rows that fill it, from 0 to 100 (None without rows), its anchor on the page and, of a large table, what its values
    are, in words.
    """

    column: Field
    kind: str
    constraints: tuple[str, ...]
    target: Resource | None
    example: str
    filled: int | None
    anchor: str
    values: tuple[str, ...] = ()


def entries(sheet: Sheet, contracts: Contracts) -> list[Entry]:
    """The dictionary of a table."""
    counts, examples, told = _large(sheet) if sheet.large else _read(sheet)
    return [
        Entry(
            column=column,
            kind=in_words(column.type, column.format),
            constraints=tuple(_constraints(sheet.resource, column)),
            target=_target(sheet.resource, column, contracts),
            example=column.published(column.example) or _cut(examples[place]),
            filled=_share(counts[place], sheet.count),
            anchor=f"{sheet.name}.{in_page(column.name)}",
            values=told[place],
        )
        for place, column in enumerate(sheet.columns)
    ]


_Told = tuple[
    list[int], list[str], list[tuple[str, ...]]
]  # of each column: how many rows fill it, an example, its values


def _read(sheet: Sheet) -> _Told:
    """What is told of the values of each column."""
    counts, examples = [0] * len(sheet.columns), [""] * len(sheet.columns)
    for row in sheet.rows():
        for place, value in enumerate(row):
            if value is not None:
                counts[place] += 1
                examples[place] = examples[place] or canonical(value)
    return counts, examples, [()] * len(sheet.columns)


def _large(sheet: Sheet) -> _Told:
    """What is told of those of a large table, whose pages show no other row."""
    found = profiles(sheet)
    told = [tuple(map(_cut, words_of(profile))) for profile in found]
    return [profile.filled for profile in found], [canonical(profile.first) for profile in found], told


def _share(amount: int, whole: int) -> int | None:
    """A share in percent; all and none are said of all and none alone."""
    if not whole:
        return None
    return round(amount * 100 / whole) if amount in (0, whole) else min(99, max(1, round(amount * 100 / whole)))


def preview(sheet: Sheet) -> list[list[str]]:
    """The first rows of a table, as its files hold them, their long texts cut."""
    return [[_cut(canonical(value)) for value in row] for row in islice(sheet.rows(), SHOWN)]


def _cut(text: str) -> str:
    """A text on one line, cut when it is long."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST else shorten(line, LONGEST, placeholder="…")


def _constraints(resource: Resource, field: Field) -> list[str]:
    """The constraints of a column, in words."""
    words = []
    if field.name in resource.primary_key:
        words.append(say("clé" if len(resource.primary_key) == 1 else "partie de la clé"))
    if field.required:
        words.append(say("obligatoire"))
    if field.constraints.unique:
        words.append(say("unique"))
    words += limits(field.constraints, counted(field.type))
    words += reading(resource, field)
    if field.filled and not any(making(resource, field)):
        words.append(say("remplie par le générateur"))
    return words


def _target(resource: Resource, field: Field, contracts: Contracts) -> Resource | None:
    """The table that a column names a record of."""
    key = next((key for key in resource.foreign_keys if field.name == key.fields[-1]), None)
    return contracts.resources.get(key.resource) if key is not None else None
