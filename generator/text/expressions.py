"""The one language of calculations: numbers, names, + - * / and parentheses. An expression is read once; it is then a value
(Decimal), the formula of a spreadsheet, or a tree that a script computes. Rules, computed columns and derived tables share it.

`value` has 28 significant digits at each step and `rounded` rounds once, at the end, a half going away from zero, as ROUND does
in a spreadsheet: nothing depends on the machine or on its settings.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from collections.abc import Mapping as Map
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal, DivisionByZero, InvalidOperation, Overflow

from generator.text.names import BARE, QUOTED, bare, in_calculation

MAX_NODES = 200  # names, numbers and signs of an expression: what is longer is no calculation that somebody reads
LONGEST = 30  # characters of a number, as in a cell
DIGITS = 28  # significant digits of what is computed

# What is said of a text that is no calculation.
NO_CALCULATION = "« {text} » n’est pas un calcul."
HINT = (
    "Un calcul a des noms, des nombres (0.5, avec un point), + - * / et des parenthèses ; un nom de plusieurs mots se met entre "
    "accents graves (`). Exemple : {example}"
)
EXAMPLE = "(b - a) / a * 100"

_NAME = re.compile(rf"{BARE}|{QUOTED}")
_TOKEN = re.compile(rf"\s*(?:([-+*/()])|({_NAME.pattern})|((?:0|[1-9][0-9]*)(?:\.[0-9]+)?)(?![\w.]))\s*")
_CONTEXT = Context(DIGITS, ROUND_HALF_EVEN, traps=[InvalidOperation, DivisionByZero, Overflow])


@dataclass(frozen=True, slots=True)
class Number:
    """A number that is written."""

    value: Decimal


@dataclass(frozen=True, slots=True)
class Name:
    """A name, which stands for a number."""

    name: str


@dataclass(frozen=True, slots=True)
class Minus:
    """The opposite of a node."""

    of: Node


@dataclass(frozen=True, slots=True)
class Operation:
    """Two nodes and the `sign` between them: + - * or /."""

    sign: str
    left: Node
    right: Node


Node = Number | Name | Minus | Operation


@dataclass(frozen=True, slots=True)
class Expression:
    """A calculation: its `text` as it is written, and what it says."""

    text: str
    root: Node

    @property
    def names(self) -> tuple[str, ...]:
        """Its names, each once, as they come."""
        return tuple(dict.fromkeys(node.name for node in _nodes(self.root) if isinstance(node, Name)))

    def value(self, numbers: Map[str, Decimal]) -> Decimal:
        """What it is worth, not rounded, given the number of each of its names. Raises ArithmeticError, as `by_zero` tells."""
        return _value(self.root, numbers)

    def spreadsheet(self, cells: Map[str, str]) -> str:
        """The same calculation in a spreadsheet, without its « = » and not rounded; `cells`: the reference of each name."""
        return _formula(self.root, cells)

    def tree(self) -> list[object]:
        """The same calculation for JSON: ["+", left, right] and so for - * /, ["minus", node], ["name", "a"], ["number", "0.5"],
        whose number is a text.
        """
        return _tree(self.root)

    def zeros(self, numbers: Map[str, Decimal]) -> tuple[str, ...]:
        """The names of the first divisor that is zero, those that are zero themselves first; none when it has no name."""
        for node in _nodes(self.root):
            if isinstance(node, Operation) and node.sign == "/":
                divisor = Expression("", node.right)
                try:
                    if not divisor.value(numbers):
                        return tuple(sorted(divisor.names, key=lambda name: bool(numbers[name])))
                except ArithmeticError:  # it has a divisor that is zero itself
                    continue
        return ()

    @property
    def added(self) -> Iterator[tuple[str, str]]:
        """The pairs of names that stand on the two sides of a « + »."""
        for node in _nodes(self.root):
            if isinstance(node, Operation) and node.sign == "+":
                left, right = ({n.name for n in _nodes(s) if isinstance(n, Name)} for s in (node.left, node.right))
                yield from sorted((a, b) for a in left for b in right)


def parse(text: str) -> Expression | None:
    """The expression that a text writes; None when it writes anything else, or is too long."""
    tokens = _tokens(text)
    parser = _Parser(tokens)
    root = parser.sum() if tokens else None
    return Expression(text, root) if root is not None and parser.rest == len(tokens) else None


def rounded(value: Decimal, decimals: int) -> Decimal:
    """A value with so many decimals, a half going away from zero; zero has no sign. Raises ArithmeticError when it has too many
    digits.
    """
    found = value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, _CONTEXT)
    return found if found else found.copy_abs()


def by_zero(error: ArithmeticError) -> bool:
    """Whether what could not be computed divides by zero; else its numbers are too large."""
    return isinstance(error, ZeroDivisionError) or "DivisionUndefined" in str(error)


def renamed(text: str, old: str, new: str) -> str:
    """An expression, as it is written, in which a name is another one."""
    return _NAME.sub(lambda found: in_calculation(new) if bare(found[0]) == old else found[0], text)


def _tokens(text: str) -> list[str]:
    """The signs, names and numbers of a text; none when it holds anything else, or too many."""
    tokens: list[str] = []
    place = 0
    while place < len(text):
        found = _TOKEN.match(text, place)
        if found is None or len(tokens) == MAX_NODES or len(found[3] or "") > LONGEST:
            return []
        tokens.append(found[found.lastindex or 0])
        place = found.end()
    return tokens


_Part = Callable[[], Node | None]


class _Parser:
    """Tokens read from left to right; a method is None when what it is to read is not there."""

    def __init__(self, tokens: list[str]) -> None:
        self.tokens = tokens
        self.rest = 0  # the first token that is not read

    def sum(self) -> Node | None:
        return self._chain("+-", self._product)

    def _product(self) -> Node | None:
        return self._chain("*/", self._factor)

    def _chain(self, signs: str, part: _Part) -> Node | None:
        """Parts with these signs between them, the first two together first."""
        node = part()
        while node is not None and self._next(signs):
            sign = self.tokens[self.rest - 1]
            right = part()
            node = None if right is None else Operation(sign, node, right)
        return node

    def _factor(self) -> Node | None:
        if self._next("-"):
            of = self._factor()
            return None if of is None else Minus(of)
        if self._next("("):
            inner = self.sum()
            return inner if self._next(")") else None
        if self.rest == len(self.tokens) or self.tokens[self.rest] in "+*/)":
            return None
        self.rest += 1
        token = self.tokens[self.rest - 1]
        return Number(Decimal(token)) if token[0] in "0123456789" else Name(bare(token))

    def _next(self, signs: str) -> bool:
        """Whether one of these signs comes, which is then read."""
        there = self.rest < len(self.tokens) and self.tokens[self.rest] in signs
        self.rest += there
        return there


def _nodes(root: Node) -> Iterator[Node]:
    """A node and those within it, as they are written."""
    yield root
    if isinstance(root, Minus):
        yield from _nodes(root.of)
    elif isinstance(root, Operation):
        yield from _nodes(root.left)
        yield from _nodes(root.right)


def _value(node: Node, numbers: Map[str, Decimal]) -> Decimal:
    if isinstance(node, Operation):
        return _OPERATIONS[node.sign](_value(node.left, numbers), _value(node.right, numbers))
    if isinstance(node, Minus):
        return _CONTEXT.minus(_value(node.of, numbers))
    return numbers[node.name] if isinstance(node, Name) else node.value


_OPERATIONS = {"+": _CONTEXT.add, "-": _CONTEXT.subtract, "*": _CONTEXT.multiply, "/": _CONTEXT.divide}


def _formula(node: Node, cells: Map[str, str]) -> str:
    if isinstance(node, Operation):
        left, right = _formula(node.left, cells), _formula(node.right, cells)
        left = f"({left})" if isinstance(node.left, Operation) and _loose(node.left) and not _loose(node) else left
        alone = isinstance(node.right, Name | Number)
        tight = isinstance(node.right, Operation) and _loose(node) and not _loose(node.right)
        return left + node.sign + (right if alone or tight else f"({right})")
    if isinstance(node, Minus):
        return (
            f"-{_formula(node.of, cells)}" if isinstance(node.of, Name | Number) else f"-({_formula(node.of, cells)})"
        )
    return cells[node.name] if isinstance(node, Name) else f"{node.value:f}"


def _loose(node: Operation) -> bool:
    """Whether an operation is a sum or a difference, which a product waits for."""
    return node.sign in "+-"


def _tree(node: Node) -> list[object]:
    if isinstance(node, Operation):
        return [node.sign, _tree(node.left), _tree(node.right)]
    if isinstance(node, Minus):
        return ["minus", _tree(node.of)]
    return ["name", node.name] if isinstance(node, Name) else ["number", f"{node.value:f}"]
