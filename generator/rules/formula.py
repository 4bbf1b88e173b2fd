"""A value computed from others: `formula: column, operands: {…}, equals: column`. The column holds an expression (`(b - a)
/ a * 100`); its names are those of the rows nested in the record, each of which names a record where the number is read.
`apart` forbids adding two records that a table of relations says not to add.
"""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Iterator, Set
from collections.abc import Mapping as Map
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from generator.diagnostics.finding import Diagnostic, fault, instead
from generator.diagnostics.suggestions import nearest
from generator.diagnostics.wording import listed
from generator.documents.reader import Reader
from generator.rules.operands import Apart, Operands, Term, read_apart, read_operands
from generator.rules.rule import UNREAD, Condition, Row, Table, broken, read_columns
from generator.text.interface import sentence

KEYWORDS = ("formula",)
MAX_NODES = 200  # of a formula: what is longer is no calculation that somebody reads

# What is written in a formula. Of Python's own writings (1e3, 0x10, 1_000, # …) none is one of a formula.
_NAME = re.compile(r"[^\W\d]\w*")
_WRITTEN = re.compile(rf"(?:\s|[-+*/()]|{_NAME.pattern}|[0-9]+(?:\.[0-9]+)?(?![\w.]))++\Z")
_MARK = "n_"  # before each name, which may then be a word of Python (`or`, `as`)

_OPERATIONS = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv}


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
        tree = _parsed(text)
        if tree is None:
            message = "« {text} » n’est pas un calcul."
            hint = "Un calcul a des noms, des nombres (0.5, avec un point), + - * / et des parenthèses. Exemple : {example}"
            yield fault("regle", place, message, hint, text=text, example="(b - a) / a * 100")
            return
        wrong = self._misnamed(row, text, tree, terms) or self._added_apart(row, tree, terms)
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
            found = _value(tree, numbers).quantize(expected, ROUND_HALF_UP)
        except ArithmeticError as error:
            zero = isinstance(error, ZeroDivisionError) or "DivisionUndefined" in str(error)
            message = "Cette formule divise par zéro." if zero else "Cette formule donne un nombre trop grand."
            yield fault("regle", place, message, "Vérifiez la formule et les nombres de ses termes.")
            return
        if found != expected:
            hint = "La formule donne {found}, la valeur écrite est {expected}."
            values = {"found": f"{found:f}", "expected": f"{expected:f}"}
            said = broken(self.message, row.at(self.equals), hint, f"{found:f}", **values)
            yield replace(said, edits=(instead(said.position, f"{found:f}"),))

    def _misnamed(self, row: Row, text: str, tree: ast.expr, terms: dict[str, Term]) -> Diagnostic | None:
        """A name that no term has, or a term that is not used."""
        names = sorted({_name(node) for node in ast.walk(tree) if isinstance(node, ast.Name)})
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
            return fault("regle", place, message, hint, name=unused[0], text=text)
        return None

    def _added_apart(self, row: Row, tree: ast.expr, terms: dict[str, Term]) -> Diagnostic | None:
        """Two terms that must not be added, and are."""
        pairs = row[self.apart.table] if self.apart is not None else ()
        targets = {name: term.target for name, term in terms.items()}
        for left, right in _added(tree):
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
    return Formula(message, when, formula, equals, operands, read_apart(reader, operands, tables))


def renamed(text: str, old: str, new: str) -> str:
    """A formula in which a name is another one."""
    return _NAME.sub(lambda found: new if found[0] == old else found[0], text)


def _parsed(text: str) -> ast.expr | None:
    """A formula: numbers, names, the four operations and parentheses; None when it is anything else, or too long."""
    if not _WRITTEN.match(text):
        return None
    try:
        tree = ast.parse(_NAME.sub(rf"{_MARK}\g<0>", " ".join(text.split())), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    nodes = list(ast.walk(tree))
    for node in nodes:
        number = isinstance(node, ast.Constant) and type(node.value) in (int, float)
        known = isinstance(node, ast.BinOp | ast.UnaryOp | ast.Name | ast.Load | ast.USub) or type(node) in _OPERATIONS
        if not (number or known):
            return None
    return tree if len(nodes) <= MAX_NODES else None


def _value(node: ast.AST, numbers: dict[str, Decimal]) -> Decimal:
    if isinstance(node, ast.BinOp):
        operation = _OPERATIONS[type(node.op)]
        return Decimal(operation(_value(node.left, numbers), _value(node.right, numbers)))
    if isinstance(node, ast.UnaryOp):
        return -_value(node.operand, numbers)
    return numbers[_name(node)] if isinstance(node, ast.Name) else Decimal(str(node.value))  # type: ignore[attr-defined]


def _name(node: ast.Name) -> str:
    return node.id.removeprefix(_MARK)


def _added(tree: ast.expr) -> Iterator[tuple[str, str]]:
    """The pairs of names that stand on the two sides of a « + »."""
    for node in ast.walk(tree):
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            left, right = (
                {_name(n) for n in ast.walk(side) if isinstance(n, ast.Name)} for side in (node.left, node.right)
            )
            yield from sorted((a, b) for a in left for b in right)
