"""A value computed from others: `formula: column, operands: {…}, equals: column`. The column holds an expression (`(b - a)
/ a * 100`); its names are those of the rows nested in the record, each of which names a record where the number is read.
`apart` forbids adding two records that a table of relations says not to add.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from collections.abc import Mapping as Map
from dataclasses import dataclass, replace
from decimal import Decimal

from generator.diagnostics.finding import Diagnostic, fault, instead
from generator.diagnostics.suggestions import nearest
from generator.diagnostics.wording import listed
from generator.documents.reader import Reader
from generator.rules.operands import Apart, Operands, Term, read_apart, read_operands
from generator.rules.rule import UNREAD, Condition, Row, Table, broken, read_columns
from generator.text.expressions import EXAMPLE, HINT, NO_CALCULATION, Expression, by_zero, parse, rounded
from generator.text.interface import sentence

KEYWORDS = ("formula",)


@dataclass(frozen=True, slots=True)
class Formula:
    """Where the formula and its value stand, where its operands are read, and which must not be added. Besides its columns, the
    row gives its terms (`row[operands.table]`) and the pairs that must not be added (`row[apart.table]`).
    """

    message: str
    when: Condition
    formula: str
    equals: str
    operands: Operands
    apart: Apart | None

    def asks(self, row: Map[str, object], written: Set[str]) -> Set[str]:
        """Nothing."""
        return frozenset()

    def alone(self) -> tuple[str, ...] | None:
        """None: it reads other rows."""
        return None

    def check(self, row: Row) -> Iterator[Diagnostic]:
        """The formula that cannot be read, adds what must not be, or gives another value."""
        text, expected = row[self.formula], row[self.equals]
        if text is None or expected is None or UNREAD in (text, expected) or not self.when(row):
            return
        terms = row[self.operands.table]
        if isinstance(terms, tuple):  # else some could not be read
            yield from self._check(row, str(text), Decimal(str(expected)), {term.name: term for term in terms})

    def _check(self, row: Row, text: str, expected: Decimal, terms: dict[str, Term]) -> Iterator[Diagnostic]:
        place = row.at(self.formula)
        formula = parse(text)
        if formula is None:
            yield fault("regle", place, NO_CALCULATION, HINT, text=text, example=EXAMPLE)
            return
        wrong = self._misnamed(row, formula, terms) or self._added_apart(row, formula, terms)
        if wrong is not None:
            yield wrong
            return
        numbers: dict[str, Decimal] = {}
        for name, term in terms.items():
            number = self._number(term)
            if not isinstance(number, Decimal):
                if number is not None:
                    yield number
                return
            numbers[name] = number
        try:
            found = rounded(formula.value(numbers), -int(expected.as_tuple().exponent))
        except ArithmeticError as error:
            message = (
                "Cette formule divise par zéro." if by_zero(error) else "Cette formule donne un nombre trop grand."
            )
            yield fault("regle", place, message, "Vérifiez la formule et les nombres de ses termes.")
            return
        if found != expected:
            hint = "La formule donne {found}, la valeur écrite est {expected}."
            values = {"found": f"{found:f}", "expected": f"{expected:f}"}
            said = broken(self.message, row.at(self.equals), hint, f"{found:f}", **values)
            yield replace(said, edits=(instead(said.position, f"{found:f}"),))

    def _misnamed(self, row: Row, formula: Expression, terms: dict[str, Term]) -> Diagnostic | None:
        """A name that no term has, or a term that is not used."""
        names = sorted(formula.names)
        unknown, unused = [n for n in names if n not in terms], [n for n in terms if n not in names]
        if unknown:
            message, hint = "La formule emploie {names}, qu’aucun de ses termes ne nomme.", "Termes : {choices}."
            choices = listed(terms, "et") or sentence("aucun")
            suggestion, place = nearest(unknown[0], unused), row.at(self.formula)
            return fault("regle", place, message, hint, suggestion, names=listed(unknown, "et"), choices=choices)
        if unused:
            message = "Le terme « {name} » ne sert pas dans la formule."
            hint = "Retirez-le, ou employez-le dans « {text} »."
            place = terms[unused[0]].row.at(self.operands.name)
            return fault("regle", place, message, hint, name=unused[0], text=formula.text)
        return None

    def _added_apart(self, row: Row, formula: Expression, terms: dict[str, Term]) -> Diagnostic | None:
        """Two terms that must not be added, and are."""
        pairs = row[self.apart.table] if self.apart is not None else ()
        targets = {name: term.target for name, term in terms.items()}
        for left, right in formula.added:
            a, b = targets[left], targets[right]
            if a is not None and b is not None and frozenset((a.at(), b.at())) in pairs:  # type: ignore[operator]
                message = "La formule additionne « {a} » et « {b} », qu’une relation dit de ne pas additionner."
                return fault("regle", row.at(self.formula), message, "Retirez ce calcul.", a=a.label, b=b.label)
        return None

    def _number(self, term: Term) -> Decimal | Diagnostic | None:
        """The number that a term reads in its record, or what is wrong; None when what is wrong has its own message."""
        written, target = term.row[self.operands.column], term.target
        if target is None or written is UNREAD:
            return None
        place = str(written or self.equals)
        value = target[place] if place in target.columns else None
        if isinstance(value, Decimal | int) and not isinstance(value, bool):
            return Decimal(value)
        if value is UNREAD:
            return None
        message = "Le terme « {name} » se lit dans « {column} » de « {record} », qui n’a pas de nombre."
        hint = "Colonnes où « {record} » a un nombre : {choices}."
        choices = listed(target.numeric, "et") or sentence("aucune")
        return fault(
            "regle", term.row.at(self.operands.column), message, hint, nearest(place, target.numeric),
            name=term.name, column=place, record=target.label, choices=choices,
        )  # fmt: skip


def read(reader: Reader, message: str, table: Table, tables: Map[str, Table]) -> Formula | None:
    """The rule that a contract declares."""
    _, when = read_columns(reader, table, ("formula", "equals"), ("operands", "apart"))
    if reader.diagnostics:
        return None
    formula, equals = reader.text("formula"), reader.text("equals", required=True)
    for word, name, kinds in (("formula", formula, ("string",)), ("equals", equals, ("number", "integer"))):
        if name in table.index and table.field(name).type not in kinds:
            told = "« {word} » attend une colonne du type {kinds}."
            reader.fault(word, told, word=word, kinds=listed(kinds))
    operands = read_operands(reader, table, tables)
    if operands is None:
        return None
    return Formula(message, when, formula, equals, operands, read_apart(reader, operands.target, tables))
