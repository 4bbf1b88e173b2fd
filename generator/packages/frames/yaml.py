"""Rows of a frame as YAML, as they would stand in content/: each line knows the cell from which it comes, so that what the check says of
a line is told at its cell.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from generator.catalogue.plan import make_plan
from generator.contracts.model import Contracts, Field, Resource
from generator.diagnostics.finding import Position
from generator.documents.places import scalar
from generator.packages.frames.filled import Row, Text

LONG, WIDTH = 110, 100  # characters of a line beyond which a text goes on several; of these lines


@dataclass(frozen=True, slots=True)
class Line:
    """A line of YAML, the cell from which it comes, and its row."""

    text: str
    place: Position
    row: Row


def record(row: Row, resource: Resource, contracts: Contracts) -> Iterator[Line]:
    """A row, as the keys of a file."""
    for key, columns in _entries(row, resource):
        if len(columns[0][0].key) == 1:
            yield from _value(row, key, *columns[0])
        else:
            yield Line(f"{key}:", columns[0][1].place, row)
            for column, text in columns:
                yield from _indented(_value(row, column.key[-1], column, text))
    for child in contracts.children(resource.name):
        held = row.held.get(child.name, [])
        if held:
            yield Line(f"{child.rows.step}:", held[0].place, row)
            yield from _indented(listed(held, child, contracts))


def listed(rows: Sequence[Row], resource: Resource, contracts: Contracts) -> Iterator[Line]:
    """Rows, as the elements of a list; a row that has one key is written without it."""
    single = make_plan(resource, contracts).single
    for row in rows:
        texts = list(row.texts.values())
        if single and texts:
            yield Line(f"- {scalar(texts[0].text, flow=True)}", texts[0].place, row)
            continue
        for rank, line in enumerate(record(row, resource, contracts)):
            yield Line(("  " if rank else "- ") + line.text if line.text else "", line.place, line.row)


def _entries(row: Row, resource: Resource) -> Iterator[tuple[str, list[tuple[Field, Text]]]]:
    """Each key and its column, or its columns when it is a group, in the order of the contract."""
    found: dict[str, list[tuple[Field, Text]]] = {}
    for column in resource.fields:
        if column.name in row.texts and not column.filled:
            found.setdefault(column.key[0], []).append((column, row.texts[column.name]))
    yield from found.items()


def _indented(lines: Iterator[Line]) -> Iterator[Line]:
    return (Line(f"  {line.text}" if line.text else "", line.place, line.row) for line in lines)


def _value(row: Row, key: str, column: Field, text: Text) -> Iterator[Line]:
    """A key and its text, on several lines when it is long or has some."""
    several = text.text.split("\n")
    words = text.text.split()
    if (
        len(several) > 1
        and all(line == line.strip() and line.isprintable() for line in several)
        and several[0]
        and several[-1]
    ):
        yield Line(f"{key}: |-", text.place, row)
        yield from (Line(f"  {line}" if line else "", text.place, row) for line in several)
    elif column.prose and len(text.text) + len(key) > LONG and text.text == " ".join(words) and text.text.isprintable():
        yield Line(f"{key}: >-", text.place, row)
        folded = textwrap.wrap(text.text, WIDTH, break_long_words=False, break_on_hyphens=False)
        yield from (Line(f"  {line}", text.place, row) for line in folded)
    else:
        yield Line(f"{key}: {scalar(text.text)}", text.place, row)
