"""A difference between two numbers and what is concluded of it: `gap: ecart, of: [calcul.valeur], to: [releve.valeur], tolerance:
marge, verdict: {column: verdict, within: tenu, beyond: manque}`. Each number is the first that is filled of several columns, in
the row or, after the name of a key, in the row that it names; no second number is zero.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from collections.abc import Mapping as Map
from dataclasses import dataclass, replace
from decimal import Decimal

from generator.diagnostics.finding import Diagnostic, instead
from generator.diagnostics.suggestions import nearest
from generator.diagnostics.wording import listed
from generator.documents.reader import Reader
from generator.rules.rule import UNREAD, Condition, Row, Table, broken, read_columns
from generator.text.interface import sentence

KEYWORDS = ("gap",)
NUMBERS = ("number", "integer")


@dataclass(frozen=True, slots=True)
class Verdict:
    """The column of what is concluded, its value when the difference is within the tolerance, and its value beyond."""

    column: str
    within: str
    beyond: str


@dataclass(frozen=True, slots=True)
class Gap:
    """`gap` is the first number of `of` minus the first of `to`; `at_most`: only an excess is beyond the tolerance."""

    message: str
    when: Condition
    gap: str
    of: tuple[str, ...]
    to: tuple[str, ...]
    tolerance: str
    verdict: Verdict
    at_most: bool

    def check(self, row: Row) -> Iterator[Diagnostic]:
        """The difference that is not the one written, else the conclusion that does not follow from it."""
        if not self.when(row):
            return
        first, second = _first(row, self.of), _first(row, self.to)
        if not isinstance(first, Decimal) or second is UNREAD:
            return
        found = first - (second if isinstance(second, Decimal) else Decimal(0))
        written, tolerance = row[self.gap], row[self.tolerance]
        if isinstance(written, Decimal | int) and found != written:
            yield self._mended(row, self.gap, _plain(found), "La différence vaut {found}.", found=_exact(found))
        elif isinstance(written, Decimal | int) and isinstance(tolerance, Decimal | int):
            yield from self._concluded(row, found, Decimal(tolerance))

    def _concluded(self, row: Row, found: Decimal, tolerance: Decimal) -> Iterator[Diagnostic]:
        within = (found if self.at_most else abs(found)) <= tolerance
        expected = self.verdict.within if within else self.verdict.beyond
        if row[self.verdict.column] not in (expected, UNREAD):
            hint = "Une différence de {found} dépasse la tolérance, {tolerance} : « {name} » est « {expected} »."
            if within:
                hint = "Une différence de {found} ne dépasse pas la tolérance, {tolerance} : « {name} » est « {expected} »."
            values = {"found": _exact(found), "tolerance": _exact(tolerance), "name": self.verdict.column}
            yield self._mended(row, self.verdict.column, expected, hint, expected=expected, **values)

    def _mended(self, row: Row, column: str, suggestion: str, hint: str, **values: object) -> Diagnostic:
        """What is wrong in a column, with what to write there: sure, as it follows from the rest of the row."""
        said = broken(self.message, row.at(column), hint, suggestion, **values)
        return replace(said, edits=(instead(said.position, suggestion),)) if row[column] is not None else said

    def asks(self, row: Map[str, object], written: Set[str]) -> Set[str]:
        """The difference, its tolerance and what is concluded."""
        asked = {self.gap, self.tolerance, self.verdict.column}
        return asked - written if self.when.may_hold(row, written) else frozenset()


def _first(row: Row, names: Sequence[str]) -> Decimal | object:
    """The number of the first column that is filled; UNREAD when one before it could not be read, None when none is filled."""
    for name in names:
        value = row[name]
        if value is UNREAD:
            return UNREAD
        if isinstance(value, Decimal | int) and not isinstance(value, bool):
            return Decimal(value)
    return None


def _exact(value: Decimal) -> Decimal:
    """A number without the zeros that end its decimals."""
    return value.quantize(1) if value == value.to_integral_value() else value.normalize()


def _plain(value: Decimal) -> str:
    """A number as it is written in a file."""
    return f"{_exact(value):f}"


def read(reader: Reader, message: str, table: Table, tables: Map[str, Table]) -> Gap | None:
    """The rule that a contract declares."""
    named, when = read_columns(reader, table, ("gap", "tolerance"), ("of", "to", "verdict", "at_most"))
    first, second = reader.texts("of", required=True), reader.texts("to")
    at_most, verdict = reader.boolean("at_most"), _read_verdict(reader, table)
    for word, names in (("of", first), ("to", second)):
        for name in names:
            _check_number(reader, word, name, table, tables)
    numbers = [name for names in named.values() for name in names]
    if not reader.diagnostics and (len(numbers) != 2 or any(table.field(name).type not in NUMBERS for name in numbers)):
        told = "« gap » et « tolerance » attendent chacun une colonne de nombres."
        reader.faults(reader.position, told, "Exemple : gap: ecart, of: [total], to: [imprime], tolerance: marge")
    if reader.diagnostics or verdict is None:
        return None
    return Gap(message, when, numbers[0], first, second, numbers[1], verdict, at_most)


def _read_verdict(rule: Reader, table: Table) -> Verdict | None:
    """The conclusion that a rule declares."""
    item = rule.mapping("verdict", required=True)
    if not rule.has("verdict"):
        return None
    column, within, beyond = (item.text(word, required=True) for word in ("column", "within", "beyond"))
    item.close("« verdict »")
    if rule.diagnostics:
        return None
    known = [value for value, _ in table.field(column).categories] if column in table.index else []
    for word, text in (("within", within), ("beyond", beyond)):
        if text not in known:
            told = "« {word} » attend une valeur de la colonne « {column} », qui a une liste de valeurs (« categories »)."
            hint = "Valeurs possibles : {choices}." if known else ""
            item.fault(word, told, hint, nearest(text, known), word=word, column=column, choices=listed(known))
            return None
    return Verdict(column, within, beyond)


def _check_number(rule: Reader, word: str, name: str, table: Table, tables: Map[str, Table]) -> None:
    """Say the path that leads to no column of numbers."""
    key, dot, column = name.partition(".")
    ends = {known.fields[-1]: known.resource for known in table.foreign_keys}
    target = tables.get(ends.get(key, "")) if dot else table
    if target is None:
        told, hint = "« {name} » ne part pas d’une clé étrangère de « {table} ».", "Clés possibles : {choices}."
        choices = listed(ends) or sentence("aucune")
        rule.faults(rule.spot(word, name), told, hint, nearest(key, ends), name=name, table=table.name, choices=choices)
    elif (column or name) not in target.index or target.field(column or name).type not in NUMBERS:
        told = "« {name} » ne mène pas à une colonne de nombres de « {table} »."
        numeric = [known for known in target.index if target.field(known).type in NUMBERS]
        hint, choices = "Colonnes possibles : {choices}.", listed(numeric) or sentence("aucune")
        meant = nearest(column or name, numeric)
        suggestion = f"{key}.{meant}" if dot and meant else meant
        rule.faults(rule.spot(word, name), told, hint, suggestion, name=name, table=target.name, choices=choices)
