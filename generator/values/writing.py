"""How the texts of a column are written, besides their type: the properties of the standard, and the guards that a contract lifts."""

from __future__ import annotations

from collections.abc import Mapping as Map
from dataclasses import dataclass
from types import MappingProxyType

_TEXTS = ("string", "any", "list")
# Each guard that `allow` lifts, and the types whose texts it looks at.
GUARDS: Map[str, tuple[str, ...]] = MappingProxyType({
    "formulas": _TEXTS,  # a text that a spreadsheet would execute
    "absences": _TEXTS,  # a word that software takes for an absence
    "spaces": _TEXTS,  # a space at an end
    "placeholders": _TEXTS,  # what stands for a text to be written
    "length": _TEXTS,  # a text longer than the cell of a spreadsheet
    "numbers": ("number", "integer", "list"),  # other writings of a number than the plainest
    "identifiers": ("string",),  # any text names a row
})  # fmt: skip
# Not for contracts: every writing of the standard is taken, also those that nothing we publish would keep (INF, an hour without a zone).
STANDARD = "standard"
ITEMS = (
    "string",
    "integer",
    "boolean",
    "number",
    "datetime",
    "date",
    "time",
)  # the types that the items of a list may have


@dataclass(frozen=True, slots=True)
class Writing:
    """How texts are written: `format`, then the properties of Table Schema (decimalChar, groupChar, bareNumber, trueValues,
    falseValues, delimiter, itemType), prose in Markdown or not, and the guards that are lifted.
    """

    format: str = ""
    decimal: str = "."
    group: str = ""
    bare: bool = True
    true: tuple[str, ...] = ()
    false: tuple[str, ...] = ()
    delimiter: str = ","
    item: str = "string"
    prose: bool = False
    allow: frozenset[str] = frozenset()


PLAIN = Writing()
