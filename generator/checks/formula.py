"""A value computed from others: `formula: column, operands: {…}, equals: column`. The column holds an expression (`(b - a)
/ a * 100`); its names are those of the rows nested in the record, each of which names a record where the number is read.
`apart` forbids adding two records that a table of relations says not to add.
"""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from generator.catalogue.records import Catalogue, Record
from generator.checks.conditions import condition, faults
from generator.checks.operands import Operands, read_apart, read_operands
from generator.contracts.model import Resource, Rule
from generator.diagnostics.finding import Diagnostic, fault
from generator.diagnostics.suggestions import nearest
from generator.diagnostics.wording import listed
from generator.documents.reader import Reader
from generator.text.french import french

KEYWORDS = ("formula",)
MAX_NODES = 200  # of a formula: what is longer is no calculation that somebody reads

# What is written in a formula. Of Python's own writings (1e3, 0x10, 1_000, # …) none is one of a formula.
_NAME = re.compile(r"[^\W\d]\w*")
_WRITTEN = re.compile(rf"(?:\s|[-+*/()]|{_NAME.pattern}|[0-9]+(?:\.[0-9]+)?(?![\w.]))++\Z")
_MARK = "n_"  # before each name, which may then be a word of Python (`or`, `as`)

_OPERATIONS = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv}


@dataclass(frozen=True, slots=True)
class _Calculation:
    """A declared rule, read: where the formula and its value stand, its operands, and the pairs that must not be added."""

    rule: Rule
    formula: str
    equals: str
    operands: Operands
    apart: frozenset[frozenset[int]]
    catalogue: Catalogue


def check(rule: Rule, resource: Resource, catalogue: Catalogue) -> Iterator[Diagnostic]:
    """One diagnostic for each record whose formula cannot be read, adds what must not be, or gives another value."""
    problems = list(faults(rule, resource, ("formula", "equals"), ("operands", "apart")))
    reader = Reader(rule.document, rule.node, [] if problems else problems)
    formula, equals = reader.text("formula"), reader.text("equals", required=True)
    if not problems:
        for word, name, kinds in (("formula", formula, ("string",)), ("equals", equals, ("number", "integer"))):
            if resource.field(name).type not in kinds:
                message = "« {word} » attend une colonne du type {kinds}."
                reader.fault(word, message, word=word, kinds=listed(kinds))
    operands = read_operands(reader, resource, catalogue)
    apart = read_apart(reader, operands, catalogue) if operands is not None else frozenset[frozenset[int]]()
    if problems or operands is None:
        yield from problems
        return
    applies = condition(rule)
    calculation = _Calculation(rule, formula, equals, operands, apart, catalogue)
    nested: dict[int, list[Record]] = {}
    for row in catalogue[operands.table.name]:
        nested.setdefault(id(row.parent), []).append(row)
    for record in catalogue[resource.name]:
        rows = nested.get(id(record), [])
        if record[formula] is None or record[equals] is None or not applies(record):
            continue
        if all(row[operands.name] is not None for row in rows) and not catalogue.tables[operands.table.name].incomplete:
            yield from _check(record, {str(row[operands.name]): row for row in rows}, calculation)


def _check(record: Record, rows: dict[str, Record], calculation: _Calculation) -> Iterator[Diagnostic]:
    text, expected = str(record[calculation.formula]), Decimal(str(record[calculation.equals]))
    place = record.at(calculation.formula)
    tree = _parsed(text)
    if tree is None:
        message = "« {text} » n’est pas un calcul."
        hint = "Un calcul a des noms, des nombres (0.5, avec un point), + - * / et des parenthèses. Exemple : {example}"
        yield fault("regle", place, message, hint, text=text, example="(b - a) / a * 100")
        return
    names = sorted({_name(node) for node in ast.walk(tree) if isinstance(node, ast.Name)})
    unknown, unused = [n for n in names if n not in rows], [n for n in rows if n not in names]
    if unknown:
        message, hint = "La formule emploie {names}, qu’aucun de ses termes ne nomme.", "Termes : {choices}."
        suggestion = nearest(unknown[0], unused)
        choices = listed(rows, "et") or "aucun"
        yield fault("regle", place, message, hint, suggestion, names=listed(unknown, "et"), choices=choices)
        return
    if unused:
        message, hint = (
            "Le terme « {name} » ne sert pas dans la formule.",
            "Retirez-le, ou employez-le dans « {text} ».",
        )
        where = rows[unused[0]].at(calculation.operands.name)
        yield fault("regle", where, message, hint, name=unused[0], text=text)
        return
    targets = {name: calculation.catalogue.target(row, calculation.operands.key) for name, row in rows.items()}
    for left, right in _added(tree):
        a, b = targets[left], targets[right]
        if a is not None and b is not None and frozenset((id(a), id(b))) in calculation.apart:
            message = "La formule additionne « {a} » et « {b} », qu’une relation dit de ne pas additionner."
            yield fault("regle", place, message, "Retirez ce calcul.", a=a.label, b=b.label)
            return
    numbers: dict[str, Decimal] = {}
    for name, row in rows.items():
        number = _number(row, targets[name], calculation)
        if isinstance(number, Decimal):
            numbers[name] = number
        else:
            yield from number
            return
    try:
        found = _value(tree, numbers).quantize(expected, ROUND_HALF_UP)
    except ArithmeticError as error:
        zero = isinstance(error, ZeroDivisionError) or "DivisionUndefined" in str(error)
        message = "Cette formule divise par zéro." if zero else "Cette formule donne un nombre trop grand."
        yield fault("regle", place, message, "Vérifiez la formule et les nombres de ses termes.")
        return
    if found != expected:
        hint = "La formule donne {found}, la valeur écrite est {expected}."
        yield fault(
            "regle", record.at(calculation.equals), "{message}", hint, f"{found:f}",
            message=french(calculation.rule.message), found=f"{found:f}", expected=f"{expected:f}",
        )  # fmt: skip


def _number(row: Record, target: Record | None, calculation: _Calculation) -> Decimal | Iterator[Diagnostic]:
    """The number that a term reads in its record, or what is wrong; nothing when what is wrong has its own message."""
    operands = calculation.operands
    if target is None or (row[operands.column] is None and row.writes(operands.column)):
        return iter(())
    place = str(row[operands.column] or calculation.equals)
    known = place in target.resource.index
    value = target[place] if known else None
    if isinstance(value, Decimal | int) and not isinstance(value, bool):
        return Decimal(value)
    if known and value is None and target.writes(place):
        return iter(())
    numeric = [f.name for f in target.resource.fields if f.type in ("number", "integer") and target[f.name] is not None]
    message = "Le terme « {name} » se lit dans « {column} » de « {record} », qui n’a pas de nombre."
    hint = "Colonnes où « {record} » a un nombre : {choices}."
    return iter(
        [
            fault(
                "regle", row.at(operands.column), message, hint, nearest(place, numeric),
                name=row[operands.name], column=place, record=target.label, choices=listed(numeric, "et") or "aucune",
            )
        ]
    )  # fmt: skip


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
