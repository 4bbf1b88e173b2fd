"""The few expressions that rules are made of, in the tree of SQLGlot: one tree, written in the SQL of each engine (DuckDB, Spark).

No cast decides whether a text is a value: regular expressions do, in what RE2, Java and Python read alike; a cast only serves to
compare numbers that are known to be ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import reduce

from sqlglot import exp

Expression = exp.Expr
ALWAYS, NEVER = exp.true(), exp.false()

WIDE = "DECIMAL(38, 12)"  # what numbers are compared as: 26 digits before the point, 12 after
WIDE_BEFORE, WIDE_AFTER = 26, 12


def column(name: str, table: str = "") -> Expression:
    """A column of a statement, of one of its tables when it has several."""
    return exp.column(name, table=table or None, quoted=True)


def table(name: str, alias: str = "") -> Expression:
    """A table of a statement."""
    found = exp.to_table(name)
    return exp.alias_(found, alias, table=True) if alias else found


def equal(left: Expression, right: Expression) -> Expression:
    """Whether two values are the same."""
    return exp.EQ(this=left.copy(), expression=right.copy())


def unless(condition: Expression, value: Expression) -> Expression:
    """A value, or nothing when a condition holds."""
    return chosen(condition, nothing(), value)


def text(value: str) -> Expression:
    """A text that a statement holds."""
    return exp.Literal.string(value)


def number(value: object) -> Expression:
    """A number that a statement holds."""
    return exp.Literal.number(f"{value:f}" if hasattr(value, "as_tuple") else str(value))


def matches(value: Expression, pattern: str) -> Expression:
    """Whether the whole of a text has a form."""
    return exp.RegexpLike(this=value.copy(), expression=text(rf"^(?:{pattern})\z"))


def contains(value: Expression, pattern: str) -> Expression:
    """Whether a form stands somewhere in a text."""
    return exp.RegexpLike(this=value.copy(), expression=text(pattern))


def replaced(value: Expression, sign: str, by: str) -> Expression:
    """A text with a sign instead of another."""
    return exp.func("REPLACE", value.copy(), text(sign), text(by))


def moved(value: Expression, pattern: str, by: str) -> Expression:
    """A text whose parts are put in another order."""
    return exp.RegexpReplace(this=value.copy(), expression=text(pattern), replacement=text(by))


def joined(value: Expression, end: str) -> Expression:
    """A text, and what follows it."""
    return exp.func("CONCAT", value.copy(), text(end))


def bare(value: Expression) -> Expression:
    """A number with a point, without the zeros that end it, nor the point when nothing is left after it."""
    without = exp.Trim(this=value.copy(), expression=text("0"), position="TRAILING")
    return exp.Trim(this=without, expression=text("."), position="TRAILING")


def among(value: Expression, texts: Iterable[str]) -> Expression:
    """Whether a text is one of several; never when there is none."""
    listed = [text(each) for each in dict.fromkeys(texts)]
    return exp.In(this=value.copy(), expressions=listed) if listed else exp.false()


def length(value: Expression) -> Expression:
    """How many characters a text has."""
    return exp.Length(this=value.copy())


def after(value: Expression, sign: str) -> Expression:
    """How many characters a text has after a sign; none without it."""
    place = exp.StrPosition(this=value.copy(), substr=text(sign))
    there = compared(place, ">", number(0))
    return chosen(there, exp.Sub(this=length(value), expression=place.copy()), number(0))


def as_number(value: Expression, kind: str = WIDE) -> Expression:
    """A text that is known to be a number, as one that compares; nothing when it is none."""
    return exp.TryCast(this=value.copy(), to=exp.DataType.build(kind), safe=True)


def compared(left: Expression, sign: str, right: Expression) -> Expression:
    """A comparison: `<=`, `>=`, `<`, `>`, `=`."""
    return _SIGNS[sign](this=left.copy(), expression=right.copy())


def added(values: Iterable[Expression]) -> Expression:
    """The sum of numbers."""
    return reduce(lambda left, right: exp.Add(this=left, expression=right), (value.copy() for value in values))


def apart(left: Expression, right: Expression) -> Expression:
    """How far a number is from another."""
    return exp.Abs(this=exp.paren(exp.Sub(this=exp.paren(left.copy()), expression=right.copy())))


def every(conditions: Iterable[Expression]) -> Expression:
    """All of several conditions; true of none."""
    held = list(conditions)
    return exp.and_(*held) if held else exp.true()


def either(conditions: Iterable[Expression]) -> Expression:
    """One at least of several conditions; false of none."""
    held = list(conditions)
    return exp.or_(*held) if held else exp.false()


def no(condition: Expression) -> Expression:
    """What is true when a condition is not."""
    return exp.not_(condition.copy())


def as_text(value: Expression) -> Expression:
    """A value as a text; `None` as a text that is not there."""
    return exp.cast(value.copy(), "text")


def nothing() -> Expression:
    """What is no value."""
    return exp.null()


def chosen(condition: Expression, value: Expression, other: Expression) -> Expression:
    """A value when a condition holds, else another."""
    return exp.Case().when(condition.copy(), value.copy()).else_(other.copy())


def absent(value: Expression) -> Expression:
    """Whether there is nothing."""
    return exp.Is(this=value.copy(), expression=exp.null())


_SIGNS: dict[str, Callable[..., Expression]] = {"<=": exp.LTE, ">=": exp.GTE, "<": exp.LT, ">": exp.GT, "=": exp.EQ}
