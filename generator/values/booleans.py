"""Truth: `true` and `false`, or the words that a contract declares (trueValues, falseValues)."""

from __future__ import annotations

from generator.diagnostics.wording import listed
from generator.values import meant
from generator.values.problem import Problem, Read, wrong
from generator.values.writing import STANDARD, Writing

# The words of the standard, for the list that a contract does not declare when it declares the other.
_TRUE, _FALSE = ("true", "True", "TRUE", "1"), ("false", "False", "FALSE", "0")


def words(writing: Writing) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words of a column for what is true, and for what is false."""
    if writing.true or writing.false or STANDARD in writing.allow:
        return writing.true or _TRUE, writing.false or _FALSE
    return ("true",), ("false",)


def boolean(writing: Writing) -> Read:
    """What reads the texts of a column."""
    true, false = words(writing)
    values = dict.fromkeys(false, False) | dict.fromkeys(true, True)

    def read(text: str) -> tuple[bool | None, Problem | None]:
        if text in values:
            return values[text], None
        suggestion = {"true": true[0], "false": false[0]}.get(meant.boolean(text), "")
        if writing.true or writing.false:
            hint = "Valeurs permises : {choices}."
            message = "« {text} » ne veut dire ni vrai ni faux dans cette colonne."
            return wrong(message, text, hint, suggestion, choices=listed((*true, *false)))
        message = "« {text} » n’est pas « true » (vrai) ni « false » (faux)."
        hint = "Écrivez true ou false, ou dites dans le contrat les mots de cette colonne : « trueValues » et « falseValues »."
        return wrong(message, text, hint, suggestion)

    return read
