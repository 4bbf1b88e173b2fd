"""What was read of a frame, as values: rows whose texts know their cells; and what its hidden sheet says of the contract that it follows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Map
from dataclasses import dataclass, field

from generator.diagnostics.finding import Diagnostic, Position, fault
from generator.packages.frames.frame import KEYS, LISTS, Frame, digest
from generator.packages.frames.opening import Opened
from generator.text.interface import say

FAULT, DOUBT = "cadre-mal-rempli", "cadre-a-verifier"


@dataclass(frozen=True, slots=True)
class Text:
    """What was filled for a column: the text, as YAML has it, and its cell."""

    text: str
    place: Position


@dataclass(slots=True)
class Row:
    """A row of a table: its texts by column, the place of its first cell, the cells of its columns by the last word of their keys, the
    rows that it holds by the names of their tables.
    """

    place: Position
    texts: dict[str, Text]
    cells: dict[str, Position]
    held: dict[str, list[Row]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Filled:
    """What was read of a frame: its rows, and what is wrong with its sheets."""

    rows: tuple[Row, ...]
    diagnostics: tuple[Diagnostic, ...]


def table_of(sheets: Sequence[Opened]) -> str:
    """The name of the table of a frame, as its hidden sheet says it; "" when it does not."""
    return _said(sheets).get(KEYS[0], "")


def place_of(file: str, sheet: str, cell: str) -> Position:
    """A cell, as it is told: « fiches.xlsx, feuille Variantes, C5 »."""
    return Position(say("{file}, feuille {sheet}, {cell}", file=file, sheet=sheet, cell=cell))


def doubts(file: str, sheets: Map[str, Opened], frame: Frame) -> Iterator[Diagnostic]:
    """What the hidden sheet says of the contract that the frame follows, and whether somebody has changed it."""
    said, name = _said(tuple(sheets.values())), say(LISTS)
    if not said:
        message = "La feuille masquée « {name} » manque, ou a été vidée."
        hint = "Les listes de choix manquent peut-être ; les valeurs, elles, sont contrôlées."
        yield fault(DOUBT, Position(file), message, hint, name=name)
    elif said.get(KEYS[1]) != frame.print:
        message = "Le contrat a changé depuis que ce cadre a été fait (version {old} ; aujourd’hui {new})."
        hint = "Ses colonnes sont lues par leur nom. Pour les listes d’aujourd’hui, repartez d’un cadre vierge."
        old, new = said.get(KEYS[2]) or say("inconnue"), frame.version or say("sans numéro")
        yield fault(DOUBT, place_of(file, name, "B2"), message, hint, old=old, new=new)
    elif said.get(KEYS[3]) != digest(_columns(sheets[name])):
        message = "La feuille masquée « {name} » a été modifiée : ses listes ne sont plus celles du cadre."
        yield fault(
            DOUBT,
            place_of(file, name, "D1"),
            message,
            "Les valeurs sont contrôlées par le contrat, non par elle.",
            name=name,
        )


def _said(sheets: Sequence[Opened]) -> dict[str, str]:
    hidden = next((sheet for sheet in sheets if sheet.name == say(LISTS)), None)
    cells = hidden.cells if hidden is not None else {}
    return {cell.text: cells[row, 2].text for (row, column), cell in cells.items() if column == 1 and (row, 2) in cells}


def _columns(sheet: Opened) -> list[list[str]]:
    """The lists of the hidden sheet, as its print was made of them."""
    found: dict[int, list[str]] = {}
    for (_, column), cell in sorted(sheet.cells.items(), key=lambda item: (item[0][1], item[0][0])):
        if column > 3:
            found.setdefault(column, []).append(cell.text)
    return list(found.values())
