"""The one language of calculations: what is one, its value, its rounding, the formula of a spreadsheet, the tree of a script."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

import pytest

from generator.text.expressions import MAX_NODES, Expression, by_zero, parse, renamed, rounded

NUMBERS = {"a": Decimal("1250.50"), "b": Decimal(300), "taux": Decimal("2.5"), "zero": Decimal(0)}
CELLS = {"a": "A2", "b": "B2", "taux": "C2", "zero": "D2"}
OPERATIONS: dict[str, Callable[[Fraction, Fraction], Fraction]] = {
    "+": Fraction.__add__, "-": Fraction.__sub__, "*": Fraction.__mul__, "/": Fraction.__truediv__,
}  # fmt: skip


def read(text: str) -> Expression:
    found = parse(text)
    assert found is not None, text
    return found


@pytest.mark.parametrize(
    ("text", "value", "sheet"),
    [
        ("a", "1250.50", "A2"),
        ("a - b - b", "650.50", "A2-B2-B2"),
        ("a - (b - b)", "1250.50", "A2-(B2-B2)"),
        ("a + b * 2", "1850.50", "A2+B2*2"),
        ("(a + b) * 2", "3101.00", "(A2+B2)*2"),
        ("a / (b / 2)", "8.336666666666666666666666667", "A2/(B2/2)"),
        ("a / b / 2", "2.084166666666666666666666666", "A2/B2/2"),
        ("-a * -b", "375150.00", "-A2*(-B2)"),
        ("--a", "1250.50", "-(-A2)"),
        ("b * (1 + taux / 100)", "307.500", "B2*(1+C2/100)"),
        ("0.1234567890123456789 * b", "37.03703670370370367", "0.1234567890123456789*B2"),
        ("  a\n +\tb ", "1550.50", "A2+B2"),
    ],
)
def test_the_value_and_the_formula_of_a_spreadsheet(text: str, value: str, sheet: str) -> None:
    found = read(text)
    assert found.value(NUMBERS) == Decimal(value)
    assert found.spreadsheet(CELLS) == sheet


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "a +", "* a", "a b", "(a", "a)", "()", "+a", "1e3", "01", "1.", ".5", "a.b", "a ** b", "f(a)", "a, b"),
        *("1_0", "a^2", "=a", "a; b", "a" + "+a" * MAX_NODES, "(" * MAX_NODES + "a", "9" * 31, "'a'", "a\x00", "−a"),
        *("a × b", "٣"),
    ],
)  # fmt: skip
def test_what_is_no_calculation(text: str) -> None:
    assert parse(text) is None


def test_the_longest_is_read_and_computed() -> None:
    assert read("(" * 99 + "a" + ")" * 99).value(NUMBERS) == NUMBERS["a"]
    assert read("-" * (MAX_NODES - 1) + "b").value(NUMBERS) == -NUMBERS["b"]
    assert read("b" + "+b" * 99).value(NUMBERS) == 30_000


def test_names_come_once_and_in_order() -> None:
    assert read("b * (a - b) + taux").names == ("b", "a", "taux")
    assert list(read("a + (b - taux) * 2").added) == [("a", "b"), ("a", "taux")]
    assert renamed("a - a_b / a", "a", "c") == "c - a_b / c"


def test_the_tree_is_json_that_tells_names_from_numbers() -> None:
    tree = read("b * (1 + taux / 100) - -0.50").tree()
    assert json.loads(json.dumps(tree)) == tree
    assert tree == [
        "-",
        ["*", ["name", "b"], ["+", ["number", "1"], ["/", ["name", "taux"], ["number", "100"]]]],
        ["minus", ["number", "0.50"]],
    ]


@pytest.mark.parametrize(
    ("value", "decimals", "wanted"),
    [("2.5", 0, "3"), ("-2.5", 0, "-3"), ("2.675", 2, "2.68"), ("-0.004", 2, "0.00"), ("1", 2, "1.00"), ("0.49", 0, "0")],
)  # fmt: skip
def test_a_half_goes_away_from_zero(value: str, decimals: int, wanted: str) -> None:
    assert str(rounded(Decimal(value), decimals)) == wanted


@pytest.mark.parametrize(
    ("text", "zero", "blamed"),
    [
        ("a / zero", True, ("zero",)),
        ("zero / zero", True, ("zero",)),
        ("a / (b - b * zero - b)", True, ("zero", "b")),
        ("a / (1 / zero)", True, ("zero",)),
        ("a / 0", True, ()),
        ("*".join(["99999999999999"] * 99), False, ()),
    ],
)
def test_what_cannot_be_computed(text: str, zero: bool, blamed: tuple[str, ...]) -> None:
    found = read(text)
    with pytest.raises(ArithmeticError) as raised:
        rounded(found.value(NUMBERS), 2)
    assert by_zero(raised.value) is zero
    assert found.zeros(NUMBERS) == blamed


def drawn(chance: random.Random, depth: int) -> tuple[str, Fraction]:
    """An expression drawn at random, and its exact value."""
    if depth == 0 or chance.random() < 0.2:
        name = chance.choice(["a", "b", "taux", "7", "0.25"])
        return name, Fraction(NUMBERS[name] if name in NUMBERS else Decimal(name))
    (left, x), (right, y) = drawn(chance, depth - 1), drawn(chance, depth - 1)
    sign = chance.choice("+-*/") if y else chance.choice("+-*")
    return f"({left}) {sign} ({right})", OPERATIONS[sign](x, y)


def test_values_and_spreadsheets_follow_exact_arithmetic() -> None:
    """Two hundred expressions, against fractions; the formula of a spreadsheet, read again, has the same tree."""
    chance = random.Random(12)
    for _ in range(200):
        text, exact = drawn(chance, 4)
        found = read(text)
        value = found.value(NUMBERS)
        assert abs(Fraction(value) - exact) <= abs(exact) * Fraction(1, 10**20) + Fraction(1, 10**15), text
        assert read(found.spreadsheet({name: name for name in found.names})).tree() == found.tree()
