"""What a version says that changed, one thing a line of `versions.yaml`: each kind has one shape, declared here, in which it is
read and written. All parts are texts, as published; "" for an empty cell, or for what the kind does not have.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from generator.documents.nodes import Scalar
from generator.documents.reader import Reader
from generator.text.spoken import semicolon

Kind = Literal[
    "value", "renamed", "added", "removed", "values", "renames", "moved", "followed", "table_added", "table_removed",
    "column_added", "column_removed", "column_renamed", "property",
]  # fmt: skip

# The keys of each kind: those that it has, then those that it may have.
SHAPES: dict[Kind, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "value": (("table", "ligne", "colonne"), ("avant", "apres")),
    "renamed": (("table", "ligne", "devient"), ()),
    "added": (("table", "ajouts"), ("autres",)),
    "removed": (("table", "retraits"), ("autres",)),
    "values": (("table", "valeurs"), ()),
    "renames": (("table", "renommees"), ()),
    "moved": (("table", "rangs"), ()),
    "followed": (("table", "renvois_suivis"), ()),
    "table_added": (("table_ajoutee",), ()),
    "table_removed": (("table_retiree",), ()),
    "column_added": (("table", "colonne_ajoutee"), ()),
    "column_removed": (("table", "colonne_retiree"), ()),
    "column_renamed": (("table", "colonne", "devient"), ()),
    "property": (("propriete",), ("table", "colonne", "avant", "apres")),
}
# What each key says, in the order in which they are written.
_PART = {
    "table": "table", "table_ajoutee": "table", "table_retiree": "table", "ligne": "row", "colonne": "column",
    "colonne_ajoutee": "column", "colonne_retiree": "column", "propriete": "what", "ajouts": "rows", "retraits": "rows",
    "avant": "old", "apres": "new", "devient": "new", "autres": "more", "valeurs": "more", "renommees": "more",
    "rangs": "more", "renvois_suivis": "more",
}  # fmt: skip
KEYS = tuple(_PART)
_COUNT = re.compile(r"[1-9][0-9]{0,9}")


@dataclass(frozen=True, slots=True)
class Noted:
    """One thing that changed. `row` and `rows` are keys (`tomate/roma`), `what` a property of the standard, `new` also the new
    name of a row or a column, `more` how many rows, values or references are counted without being listed.
    """

    kind: Kind
    table: str = ""
    row: str = ""
    column: str = ""
    what: str = ""
    old: str = ""
    new: str = ""
    rows: tuple[str, ...] = ()
    more: int = 0


def read_noted(item: Reader) -> Noted | None:
    """What an element of `changements` says; None, which is reported, when it has the shape of no kind."""
    item.skip(*KEYS)
    before = len(item.diagnostics)
    item.close("un changement")
    if item.unread or len(item.diagnostics) > before:
        return None
    written = set(item.node.nodes)
    kind = next((k for k, (need, may) in SHAPES.items() if set(need) <= written <= {*need, *may}), None)
    if kind is None:
        message, hint = "Ce changement n’a aucune des formes connues.", "Clés qui vont ensemble : {shapes}."
        shapes = semicolon().join(", ".join((*need, *may)) for need, may in SHAPES.values())
        item.faults(item.position, message, hint, shapes=shapes)
        return None
    parts = {_PART[key]: _part(item, key) for key in item.node.nodes}
    return Noted(kind, **parts) if len(item.diagnostics) == before else None  # type: ignore[arg-type]


def _part(item: Reader, key: str) -> object:
    part = _PART[key]
    if part == "rows":
        return item.texts(key, required=True, distinct=True)
    text = item.text(key, required=True)
    if part != "more":
        return text
    if not _COUNT.fullmatch(text):
        message, hint = "« {text} » n’est pas un nombre de lignes.", "Écrivez un nombre entier, en chiffres."
        node = item.node.nodes[key]
        if isinstance(node, Scalar) and text:
            item.fault(key, message, hint, text=text)
        return 0
    return int(text)


def written(noted: Noted) -> str:
    """`{table: varietes, ligne: tomate/roma, colonne: jours_max, avant: "71", apres: "72"}`."""
    need, may = SHAPES[noted.kind]
    values = {key: getattr(noted, part) for key, part in _PART.items() if key in need or key in may}
    kept = {key: value for key, value in values.items() if key in need or value}
    return "{" + ", ".join(f"{key}: {_said(key, value)}" for key, value in kept.items()) + "}"


def _said(key: str, value: str | int | Sequence[str]) -> str:
    if isinstance(value, int):
        return str(value)
    if not isinstance(value, str):
        return "[" + ", ".join(map(_scalar, value)) + "]"
    return json.dumps(value, ensure_ascii=False) if key in ("avant", "apres") else _scalar(value)


_PLAIN = re.compile(r"[A-Za-z_][A-Za-z0-9_/-]*")
_NOT_TEXT = frozenset(
    ("null", "true", "false", "yes", "no", "on", "off", "y", "n")
)  # for readers that give them a type


def _scalar(text: str) -> str:
    plain = _PLAIN.fullmatch(text) and text.lower() not in _NOT_TEXT
    return text if plain else json.dumps(text, ensure_ascii=False)
