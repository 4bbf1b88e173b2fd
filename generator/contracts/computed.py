"""Columns whose values are computed from others: `computed: largeur * longueur - allee` and `decimals: 2`. Their names are those of
columns of the row, else of the row in which it is nested, or of which it is a step (a series, derive.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Map

from generator.contracts.derive import Series
from generator.contracts.model import Contracts, Field, Resource
from generator.diagnostics.finding import Diagnostic, Position, fault
from generator.diagnostics.suggestions import nearest
from generator.diagnostics.wording import listed
from generator.documents.reader import Reader
from generator.text.expressions import EXAMPLE, HINT, NO_CALCULATION, Expression, parse

NUMBERS = ("number", "integer", "year")  # the types whose values a calculation reads
MOST = 10  # decimals
_WRITTEN = ("constraints", "categories", "missingValues")  # what is asked of a value that somebody writes


def read_expression(item: Reader, key: str, text: str = "") -> Expression | None:
    """The calculation that stands under a key, `text` when the key holds several; None when there is none, or it is wrong."""
    text = text or item.text(key, required=item.has(key))
    found = parse(text) if text else None
    if text and found is None:
        item.faults(item.spot(key, text), NO_CALCULATION, HINT, text=text, example=EXAMPLE)
    return found


def read_decimals(item: Reader, kind: str) -> int:
    """How many decimals the computed values of a column have; 0 for whole numbers."""
    text = item.text("decimals", pattern="[0-9]|10")
    if item.has("decimals") and kind != "number":
        item.fault("decimals", "Seul un nombre du type « number » a des décimales.", "Retirez « decimals ».")
    return int(text) if text.isascii() and text.isdigit() and int(text) <= MOST else 0


def read_computed(item: Reader, kind: str) -> Expression | None:
    """The calculation that a column declares."""
    found = read_expression(item, "computed")
    if not item.has("computed"):
        return None
    if kind not in ("number", "integer"):
        item.fault("computed", "« computed » donne un nombre : la colonne est du type « number » ou « integer ».")
    elif kind == "number" and not item.has("decimals"):
        message, hint = "Dites combien de décimales a cette valeur calculée.", "Ajoutez « decimals: 2 », ou 0 à 10."
        item.faults(item.key_place("computed"), message, hint)
    for word in _WRITTEN:
        if item.has(word):
            message = "« {word} » se demande à qui écrit une valeur, et celle-ci est calculée."
            item.faults(item.key_place(word), message, "Retirez « {word} », ou écrivez une règle.", word=word)
    return found


def scope(resource: Resource, contracts: Contracts) -> dict[str, Field]:
    """The columns that the calculations of a row may name: its own, then those of the row that holds it, or of which it is a step."""
    found = {column.name: column for column in resource.fields}
    above = resource.derive.of if isinstance(resource.derive, Series) else resource.parent
    parent = contracts.resources.get(above)
    return found if parent is None else scope(parent, contracts) | found


def in_order(resource: Resource) -> tuple[Field, ...]:
    """The computed columns of a table, each after those it names; those that name each other in a circle are left out."""
    pending = [column for column in resource.fields if column.computed is not None]
    ordered: list[Field] = []
    while pending:
        waiting = {column.name for column in pending}
        ready = [column for column in pending if not waiting & set(_names(column))]
        if not ready:
            break
        ordered += ready
        pending = [column for column in pending if column not in ready]
    return tuple(ordered)


def check_computed(resource: Resource, contracts: Contracts) -> Iterator[Diagnostic]:
    """What is wrong with the computed columns of a table, now that every table is known."""
    known = scope(resource, contracts)
    ordered = in_order(resource)
    keyed = {*resource.primary_key, *(name for key in resource.foreign_keys for name in key.fields)}
    keyed |= {name for names in resource.unique_keys for name in names}
    for column in resource.fields:
        if column.computed is None:
            continue
        wrong = next(unknown(column.computed, column.position, known), None)
        if column.name in keyed or column.name == resource.rows.rank:
            message = "« {name} » est calculée : elle ne peut ni désigner une ligne, ni être unique, ni renvoyer."
            yield fault("contrat-faux", column.position, message, name=column.name)
        elif wrong is not None:
            yield wrong
        elif column not in ordered:
            message = "Le calcul de « {name} » part de lui-même : {formula}."
            hint = "Un calcul ne part que de colonnes écrites, ou calculées sans lui."
            yield fault("contrat-faux", column.position, message, hint, name=column.name, formula=column.computed.text)


def unknown(formula: Expression, place: Position, known: Map[str, Field]) -> Iterator[Diagnostic]:
    """The names of a calculation that are those of no column, or of one that is no number; `place`: where it is declared."""
    numeric = [name for name, other in known.items() if other.type in NUMBERS]
    for name in formula.names:
        if name in numeric:
            continue
        message, choices = "Le calcul « {formula} » nomme « {name} », qui n’est pas une colonne.", listed(numeric)
        if name in known:
            message = "Le calcul « {formula} » nomme « {name} », qui n’est pas une colonne de nombres."
        hint, values = "Colonnes de nombres : {choices}.", {"formula": formula.text, "name": name, "choices": choices}
        yield fault("contrat-faux", place, message, hint, nearest(name, numeric), **values)


def _names(column: Field) -> tuple[str, ...]:
    return column.computed.names if column.computed is not None else ()
