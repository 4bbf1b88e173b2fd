"""What a spreadsheet itself can ask of the cells of a frame: lists, bounds and lengths as one types, a colour where a value is
missing. Everything is checked again when the frame is read.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from decimal import Decimal

from generator.contracts.framing import Page
from generator.contracts.model import Field
from generator.packages.frames.formulas import FIRST, letters, quoted
from generator.packages.worksheets import CELL, FIRST_DAY
from generator.rules.presence import Presence
from generator.rules.rule import Rule
from generator.text.interface import say
from generator.text.spoken import typeset
from generator.values.constraints import Constraints, counted, limits
from generator.values.types import Value, in_words

TITLE, MESSAGE = 32, 255  # characters that Excel shows beside a cell
LARGEST = 10**15  # of a number that a cell gives back
_KINDS = {"number": "decimal", "integer": "integer", "year": "integer", "date": "date"}


def validation(page: Page, column: Field, cells: str, top: Page) -> dict[str, object]:
    """The rule of a cell (the words of XlsxWriter); `cells`: those of its list, "" for none."""
    told = {
        "ignore_blank": True,
        "input_title": typeset(column.title or column.name)[:TITLE],
        "input_message": _cut(column.description),
        "error_title": say("Cette valeur ne convient pas")[:TITLE],
        "error_message": _cut(_wanted(column)),
    }
    if page.holds(column) and page.key is not None:
        place = [each.name for each in top.columns].index(page.key.reference[0])
        letter = letters(place)
        cells = f"={quoted(top.name)}!${letter}${FIRST}:${letter}${FIRST + top.rows - 1}"
        return told | {
            "validate": "list",
            "source": cells,
            "error_message": say("Choisissez une fiche de la première feuille."),
        }
    if cells:
        return told | {"validate": "list", "source": cells, "error_message": say("Choisissez dans la liste.")}
    return told | _bounds(column)


def _wanted(column: Field) -> str:
    parts = [in_words(column.type, column.format), *limits(column.constraints, counted(column.type))]
    return say("Attendu : {what}.", what=", ".join(parts))


def _cut(text: str) -> str:
    words = typeset(" ".join(text.split()))
    return words if len(words) <= MESSAGE else words[: MESSAGE - 1] + "…"


def _bounds(column: Field) -> dict[str, object]:
    """Bounds of a number or of a date, lengths of a text."""
    c = column.constraints
    if column.type in _KINDS and not column.separator:
        least, most = _ends(column)
        return {"validate": _KINDS[column.type], **_between(least, most, c)}
    if counted(column.type):
        return {"validate": "length", "criteria": "between", "minimum": 0, "maximum": CELL}
    most = min(c.max_length or CELL, CELL)
    return {"validate": "length", "criteria": "between", "minimum": c.min_length or 0, "maximum": most}


def _between(least: object, most: object, c: Constraints) -> dict[str, object]:
    if c.exclusive_minimum is not None and c.maximum is None:
        return {"criteria": ">", "value": _number(c.exclusive_minimum)}
    if c.exclusive_maximum is not None and c.minimum is None:
        return {"criteria": "<", "value": _number(c.exclusive_maximum)}
    return {"criteria": "between", "minimum": least, "maximum": most}


def _ends(column: Field) -> tuple[object, object]:
    """The least and the greatest value, those of the type where the contract has none."""
    c = column.constraints
    widest: dict[str, tuple[Value, Value]] = {"year": (1000, 9999), "date": (FIRST_DAY, datetime.date(9999, 12, 31))}
    low, high = widest.get(column.type, (-LARGEST, LARGEST))
    least = c.minimum if c.minimum is not None else c.exclusive_minimum
    most = c.maximum if c.maximum is not None else c.exclusive_maximum
    return _number(least if least is not None else low), _number(most if most is not None else high)


def _number(value: Value) -> object:
    return float(value) if isinstance(value, Decimal) else value


def colours(page: Page, rules: Sequence[Rule]) -> Iterator[tuple[str, str]]:
    """Cells, and the formula by which they are coloured: a value is missing, or there is one too many, in a row that somebody has
    begun.
    """
    last = FIRST + page.rows - 1
    begun = f"COUNTA($A{FIRST}:${letters(len(page.written) - 1)}{FIRST})>0"
    places = {column.name: letters(place) for place, column in enumerate(page.written)}
    always = [rule for rule in rules if isinstance(rule, Presence) and not rule.when.wanted]
    asked = {column.name for column in page.written if page.required(column)}
    asked |= {name for rule in always for name in rule.require}
    for name, letter in places.items():
        if name in asked:
            yield f"{letter}{FIRST}:{letter}{last}", f"=AND({begun},ISBLANK(${letter}{FIRST}))"
    for rule in always:
        for names, wrong in ((rule.exactly_one, "<>1"), (rule.at_most_one, ">1"), (rule.require_one, "=0")):
            letters_of = [places[name] for name in names if name in places]
            filled = "+".join(f"NOT(ISBLANK(${letter}{FIRST}))" for letter in letters_of)
            for letter in letters_of:
                yield f"{letter}{FIRST}:{letter}{last}", f"=AND({begun},({filled}){wrong})"
