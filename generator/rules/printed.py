"""A number that is the one which a text prints: `printed: texte, value: nombre`, `between: [bas, haut]` for an interval and
`fraction: [numerateur, denominateur]` for a part; the columns that are filled are looked for in the text. What somebody writes
in the column of the value is read the same way, to say which columns it should fill.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from collections.abc import Mapping as Map
from dataclasses import dataclass
from decimal import Decimal

from generator.diagnostics.finding import Diagnostic
from generator.documents.reader import Reader
from generator.rules.rule import UNREAD, Condition, Row, Table, broken, questioned, read_columns
from generator.text.quantities import Quantity, plain, quantities, retyped
from generator.text.spoken import number

KEYWORDS = ("printed", "value", "between", "fraction")
_TO = re.compile(r"(?<=[\d\s])(?:\u00e0|et|-|\u2013|\u2014|a)(?=[\s\d])")


@dataclass(frozen=True, slots=True)
class Printed:
    """`printed`: the text; `value`, or the two of `between` or of `fraction` ("" and () when the table has none): the numbers."""

    message: str
    when: Condition
    printed: str
    value: str
    between: tuple[str, ...]
    fraction: tuple[str, ...]
    question: bool

    def check(self, row: Row) -> Iterator[Diagnostic]:
        """The row whose numbers are not in its text."""
        text = row[self.printed]
        if not isinstance(text, str) or (self.value and row[self.value] is UNREAD) or not self.when(row):
            return
        found = quantities(text)
        if not found:
            return
        numbers = {each.value for each in found}
        terms = {term for each in found if each.terms for term in each.terms} | numbers
        given_both = any(row[name] is not None for name in (*self.between, *self.fraction))
        for name in (self.value, *self.between, *self.fraction):
            given = row[name] if name and not (name == self.value and given_both) else None
            if given is None or given is UNREAD:
                continue
            held = terms if name in self.fraction else numbers
            written = Decimal(str(given))
            if written not in held and -written not in held:
                yield self._broken(row, name, text, written, found)

    def _broken(self, row: Row, name: str, text: str, given: Decimal, found: list[Quantity]) -> Diagnostic:
        """What is told of a number: how far it is from the printed one, and that one."""
        near = _nearest(given, found)
        one = len({abs(each.value) for each in found}) == 1 or sorted(_all(given)) == sorted(_all(near))
        meant = f"{near:f}" if one or _digits(given) == _digits(near) else ""
        hint = "« {column} » vaut {given}, mais « {printed} » dit « {text} » : l’un des deux est à corriger."
        if _digits(given) == _digits(near):
            hint = "« {column} » vaut {given}, mais « {printed} » dit « {text} » : un zéro de trop ou de moins, une virgule déplacée ?"
            if near == given * 1000:
                hint = "« {column} » vaut {given}, mais « {printed} » dit « {text} » : un point ne sépare pas les milliers."
            elif near == given * 100 and "%" in text:
                hint = "« {column} » vaut {given}, mais « {printed} » dit « {text} » : un pourcentage s’écrit comme il est imprimé."
        elif sorted(_all(given)) == sorted(_all(near)):
            hint = "« {column} » vaut {given}, mais « {printed} » dit « {text} » : deux chiffres sont-ils inversés ?"
        values = {"column": name, "given": number(given), "printed": self.printed, "text": text}
        said = broken(self.message, row.at(name), hint, meant, **values)
        return questioned(said) if self.question else said

    def asks(self, row: Map[str, object], written: Set[str]) -> Set[str]:
        """Nothing."""
        return frozenset()

    def alone(self) -> tuple[str, ...] | None:
        """The columns that it reads."""
        return self.when.with_columns(self.printed, self.value, *self.between, *self.fraction)

    def alike(self, text: str, printed: str) -> str:
        """The printed number that has the digits of a text, whatever marks it (`298,710`, « 298 710 » → 298710), or ""."""
        wanted = re.sub(r"[^0-9]", "", text)
        found = (plain(each.value) for each in quantities(printed))
        return next((number for number in found if wanted and re.sub(r"[^0-9]", "", number) == wanted), "")

    def keys(self, text: str) -> dict[str, str]:
        """The columns that a text written as the value should fill, each with what is to be written; none when it is not clear."""
        found = quantities(retyped(text))
        fractions = [each for each in found if each.terms]
        if self.fraction and len(fractions) == 1 and fractions[0].terms:
            return dict(zip(self.fraction, map(str, fractions[0].terms), strict=True))
        if self.between and len(found) == 2 and _TO.search(text):
            return dict(zip(self.between, (plain(each.value) for each in found), strict=True))
        return {self.value: plain(found[0].value)} if len(found) == 1 and self.value else {}


def _all(value: Decimal) -> str:
    return f"{abs(value):f}".replace(".", "")


def _digits(value: Decimal) -> str:
    return f"{abs(value):f}".replace(".", "").strip("0")


def _nearest(given: Decimal, found: list[Quantity]) -> Decimal:
    """The printed number that is the likeliest: with the same digits, else the nearest."""
    alike = [
        v.value for v in found if _digits(v.value) == _digits(given) or sorted(_all(v.value)) == sorted(_all(given))
    ]
    values = alike or [each.value for each in found if not each.terms] or [each.value for each in found]
    return Decimal(plain(min(values, key=lambda value: abs(value - given))))


def read(reader: Reader, message: str, table: Table, tables: Map[str, Table]) -> Printed | None:
    """The rule that a contract declares."""
    named, when = read_columns(reader, table, KEYWORDS, ("question",))
    question = reader.boolean("question")
    if reader.diagnostics:
        return None
    one = len(named["printed"]) == 1 and len(named["value"]) <= 1
    if not one or any(len(named[word]) not in (0, 2) for word in ("between", "fraction")) or not any(
        named[word] for word in KEYWORDS[1:]
    ):  # fmt: skip
        told, hint = "« printed » attend une colonne, et « value », « between » ou « fraction » celles de ses nombres.", (
            "Exemple : printed: texte, value: nombre, between: [bas, haut]"
        )  # fmt: skip
        reader.faults(reader.position, told, hint)
        return None
    value = named["value"][0] if named["value"] else ""
    return Printed(
        message,
        when,
        named["printed"][0],
        value,
        between=named["between"],
        fraction=named["fraction"],
        question=question,
    )
