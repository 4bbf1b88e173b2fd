"""A difference between two numbers and what is concluded of it: `gap: difference, of: [total], to: [mesure.nombre], tolerance:
permis, conclusion: {column: avis, within: tenu, beyond: rompu}`. Each number is the first that is filled of several columns, in
the row or, after the name of a key, in the row that it names; no second number is zero.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from collections.abc import Mapping as Map
from dataclasses import dataclass, replace
from decimal import Context, Decimal, localcontext

from generator.diagnostics.finding import Diagnostic, instead
from generator.diagnostics.suggestions import nearest
from generator.diagnostics.wording import listed
from generator.documents.reader import Reader
from generator.rules.rule import UNREAD, Condition, Row, Table, broken, read_columns
from generator.text.interface import Sentence, sentence
from generator.text.names import steps, way

KEYWORDS = ("gap",)
NUMBERS = ("number", "integer")
_EXACT = Context(prec=100)  # a number has thirty characters at most


@dataclass(frozen=True, slots=True)
class Conclusion:
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
    conclusion: Conclusion
    at_most: bool

    def check(self, row: Row) -> Iterator[Diagnostic]:
        """The difference that is not the one written, else the conclusion that does not follow from it."""
        if not self.when(row):
            return
        first, second = _first(row, self.of), _first(row, self.to)
        if not isinstance(first, Decimal) or second is UNREAD:
            return
        with localcontext(_EXACT):
            found = first - (second if isinstance(second, Decimal) else Decimal(0))
        written, tolerance = row[self.gap], row[self.tolerance]
        if isinstance(written, Decimal | int) and found != written:
            hint = sentence("La différence vaut {found}.", found=_plain(found))
            yield self._told(row, self.gap, _plain(found), hint)
        elif isinstance(written, Decimal | int) and isinstance(tolerance, Decimal | int):
            yield from self._concluded(row, found, Decimal(tolerance))

    def _concluded(self, row: Row, found: Decimal, tolerance: Decimal) -> Iterator[Diagnostic]:
        within = (found if self.at_most else found.copy_abs()) <= tolerance
        expected = self.conclusion.within if within else self.conclusion.beyond
        if row[self.conclusion.column] not in (expected, UNREAD):
            told = "Une différence de {found} dépasse la tolérance, {tolerance} : « {name} » est « {expected} »."
            if within:
                told = "Une différence de {found} ne dépasse pas la tolérance, {tolerance} : « {name} » est « {expected} »."
            values = {"found": _plain(found), "tolerance": _plain(tolerance), "name": self.conclusion.column}
            hint = sentence(told, expected=expected, **values)
            yield self._told(row, self.conclusion.column, expected, hint)

    def _told(self, row: Row, column: str, suggestion: str, hint: Sentence) -> Diagnostic:
        """What is wrong in a column, with what to write there: sure, as it follows from the rest of the row."""
        said = broken(self.message, row.at(column), "{hint}", suggestion, hint=hint)
        return replace(said, edits=(instead(said.position, suggestion),)) if row[column] is not None else said

    def asks(self, row: Map[str, object], written: Set[str]) -> Set[str]:
        """Nothing: what must be written is for another rule to say."""
        return frozenset()

    def alone(self) -> tuple[str, ...] | None:
        """The columns that it reads; None when a number is that of a row that a key names."""
        if any(len(steps(name)) > 1 for name in (*self.of, *self.to)):
            return None
        return self.when.with_columns(self.gap, *self.of, *self.to, self.tolerance, self.conclusion.column)


def _first(row: Row, names: Sequence[str]) -> Decimal | object:
    """The number of the first column that is filled; UNREAD when one before it could not be read, None when none is filled."""
    for name in names:
        value = row[name]
        if value is UNREAD:
            return UNREAD
        if isinstance(value, Decimal | int) and not isinstance(value, bool):
            return Decimal(value)
    return None


def _plain(value: Decimal) -> str:
    """A number as it is written in a file, without the zeros that end its decimals."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def read(reader: Reader, message: str, table: Table, tables: Map[str, Table]) -> Gap | None:
    """The rule that a contract declares."""
    named, when = read_columns(reader, table, ("gap", "tolerance"), ("of", "to", "conclusion", "at_most"))
    first, second = reader.texts("of", required=True), reader.texts("to")
    at_most, conclusion = reader.boolean("at_most"), _read_conclusion(reader, table)
    for word, names in (("of", first), ("to", second)):
        for name in names:
            _check_number(reader, word, name, table, tables)
    numbers = [name for names in named.values() for name in names]
    if not reader.diagnostics and (len(numbers) != 2 or any(table.field(name).type not in NUMBERS for name in numbers)):
        told = "« gap » et « tolerance » attendent chacun une colonne de nombres."
        reader.faults(reader.position, told, "Exemple : gap: difference, of: [total], to: [imprime], tolerance: permis")
    if reader.diagnostics or conclusion is None:
        return None
    return Gap(message, when, numbers[0], first, second, tolerance=numbers[1], conclusion=conclusion, at_most=at_most)


def _read_conclusion(rule: Reader, table: Table) -> Conclusion | None:
    """The conclusion that a rule declares."""
    item = rule.mapping("conclusion", required=True)
    if not rule.has("conclusion"):
        return None
    column, within, beyond = (item.text(word, required=True) for word in ("column", "within", "beyond"))
    item.close("« conclusion »")
    if rule.diagnostics:
        return None
    known = [value for value, _ in table.field(column).categories] if column in table.index else []
    for word, text in (("within", within), ("beyond", beyond)):
        if text not in known:
            told = (
                "« {word} » attend une valeur de la colonne « {column} », qui a une liste de valeurs (« categories »)."
            )
            hint = "Valeurs possibles : {choices}." if known else ""
            item.fault(word, told, hint, nearest(text, known), word=word, column=column, choices=listed(known))
            return None
    return Conclusion(column, within, beyond)


def _check_number(rule: Reader, word: str, name: str, table: Table, tables: Map[str, Table]) -> None:
    """Say the path that leads to no column of numbers."""
    key, *rest = (name,) if name in table.index else steps(name)
    dot, column = bool(rest), ".".join(rest)
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
        suggestion = way((key, meant)) if dot and meant else meant
        rule.faults(rule.spot(word, name), told, hint, suggestion, name=name, table=target.name, choices=choices)
