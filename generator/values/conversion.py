"""The reader of a column: its type, then its categories, then its constraints, and the first problem only."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from generator.diagnostics.finding import kept
from generator.diagnostics.suggestions import Words
from generator.diagnostics.wording import listed
from generator.text.interface import sentence
from generator.text.links import without_links
from generator.values.absence import way_out
from generator.values.constraints import Constraints
from generator.values.identifiers import ID, no_identifier
from generator.values.meant import moments
from generator.values.patterns import Pattern
from generator.values.problem import RESERVED_WORD, Problem, shorten
from generator.values.several import empty_part
from generator.values.spreadsheets import error, scientific, with_zeros
from generator.values.types import TYPES, Structured, Value
from generator.values.writing import Writing

Convert = Callable[[str], tuple[Value | None, Problem | None]]


def converter(
    kind: str,
    writing: Writing,
    constraints: Constraints,
    *,
    categories: tuple[tuple[str, str], ...] = (),
    missing: tuple[str, ...] = (),
    is_id: bool = False,
    example: str = "",
    separator: str = "",
    values: frozenset[str] = frozenset(),
) -> Convert:
    """The function that reads the texts of a column, so written: missing values (None without a problem), then type, categories and
    constraints, first problem only. The constraints of a prose are those of what is published, where links keep their words.
    `separator`: between the values of a cell that holds several. `values`: the words that stand for an absence elsewhere and are
    values here.
    """
    read, prose, plain = TYPES[kind].written(writing), writing.prose, kind in ("string", "any")
    names = [name for name, _ in categories]
    allowed = {text: text if plain else read(text)[0] for text in names} if categories else None
    known, choices = Words(names, [label for _, label in categories]), listed(names)
    enum = frozenset(text if plain else read(text)[0] for text in constraints.enum)
    bare = constraints == Constraints(required=constraints.required)
    narrow = None if bare else _constrained(constraints, enum, example)

    def convert(text: str) -> tuple[Value | None, Problem | None]:
        value, problem = refusing(text)
        if problem is not None and problem.suggestion and refusing(problem.suggestion)[1] is not None:
            problem = replace(problem, suggestion="")  # what is refused too is not proposed
        return value, problem

    def refusing(text: str) -> tuple[Value | None, Problem | None]:
        if text in missing:
            return None, None
        if allowed is not None:
            if text in allowed:
                return allowed[text], None
            return None, _unlisted(text, known, choices)
        value, problem = read(text)
        if problem is not None and problem.code == RESERVED_WORD and text in values:
            value, problem = text, None
        elif problem is not None:
            problem = _of_spreadsheet(problem, text)
        if is_id and (problem is None or problem.code == RESERVED_WORD) and not ID.match(text):
            return None, no_identifier(text)
        if problem is None and separator:
            problem = empty_part(text, separator)
        if problem is None and narrow is not None:
            shown = without_links(text) if prose else text
            problem = narrow(shown, shown if plain else value)
        return value, problem

    return convert


def _unlisted(text: str, known: Words, choices: str) -> Problem:
    """The problem of a text that is none of the categories of its column."""
    meant = known.nearest(text)
    message = sentence("« {text} » n’est pas une valeur permise.", text=shorten(text))
    hint = sentence("Valeurs permises : {choices}.", choices=choices)
    return Problem("hors-liste", message, hint if meant else way_out(text) or hint, meant)


def _of_spreadsheet(problem: Problem, text: str) -> Problem:
    """The problem of a text, with what to do when a spreadsheet wrote it or when it stands for an absence."""
    if problem.code != "valeur-du-mauvais-type":
        return problem
    hint = sentence("C’est une erreur de tableur : reprenez la valeur dans le classeur, ou {absent}.")
    return replace(problem, hint=hint if error(text) else way_out(text) or problem.hint)


_ISO = re.compile(r"(?:[0-9]{4}(?:-[0-9]{2}){0,2}|[.]{2})(?:/(?:[0-9]{4}(?:-[0-9]{2}){0,2}|[.]{2}))?\Z")
_DAY = "Une date s’écrit dans l’ordre année, mois, jour, avec deux chiffres pour le mois et le jour : AAAA-MM-JJ, AAAA-MM ou AAAA."
_SPAN = "Une période s’écrit avec une barre entre ses deux dates (AAAA/AAAA), un mois avec un tiret (AAAA-MM)."


def _misshapen(text: str, pattern: Pattern, example: str) -> Problem:
    """A text that has not the form of its column: what it was probably meant to be, the form in words, by an example, or else
    the pattern itself.
    """
    message = sentence("« {text} » n’a pas la forme attendue.", text=shorten(text))
    shape = "Par exemple : {example}." if example else "Forme attendue : {shape}"
    meant = with_zeros(text, pattern)
    if meant:
        shape = "Un tableur a pu en retirer les zéros du début."
    elif scientific(text):
        shape = "Un tableur en a fait un nombre : reprenez le code à sa source."
    elif re.fullmatch("[0-9]{2}-[0-9]{2}", example):  # a day of any year
        turned = re.fullmatch(r"([0-9]{1,2})[/. -]([0-9]{1,2})", text)
        meant = f"{int(turned[2]):02}-{int(turned[1]):02}" if turned else ""
        meant = meant if pattern.matches(meant) else ""
    elif _ISO.match(example) and pattern.matches(example):
        meant = next(filter(pattern.matches, moments(text)), "")
        shape = "{form} Par exemple : {example}."
    form = sentence(_SPAN if "/" in example or "/" in meant else _DAY)
    told = sentence(shape, example=kept(example), shape=kept(pattern.written), form=form)
    return Problem("forme", message, told, meant)


def _constrained(
    c: Constraints, enum: frozenset[Value | None], example: str
) -> Callable[[str, Value | None], Problem | None]:
    """The check of the constraints of a column; `enum` are the values of its list, by which the numbers 1.5 and 1.50 are one."""
    known, choices = Words(c.enum), listed(c.enum)
    bounds: tuple[tuple[Any, Callable[[Any, Any], bool], str], ...] = (
        (c.minimum, operator.ge, "« {text} » est hors des bornes : le minimum est {bound}."),
        (c.maximum, operator.le, "« {text} » est hors des bornes : le maximum est {bound}."),
        (c.exclusive_minimum, operator.gt, "« {text} » est hors des bornes : la valeur doit dépasser {bound}."),
        (c.exclusive_maximum, operator.lt, "« {text} » est hors des bornes : la valeur doit rester sous {bound}."),
    )

    def check(text: str, value: Value | None) -> Problem | None:
        if enum and value not in enum:
            message = sentence("« {text} » n’est pas une valeur permise.", text=shorten(text))
            hint = sentence("Valeurs permises : {choices}.", choices=choices)
            return Problem("hors-liste", message, hint, known.nearest(text))
        if c.pattern is not None and 0 < c.pattern.longest < len(text):
            message = sentence(
                "ce texte est trop long pour être comparé à un motif : {n} caractères au plus.", n=c.pattern.longest
            )
            return Problem("longueur", message)
        if c.pattern is not None and not c.pattern.matches(text):
            return _misshapen(text, c.pattern, example)
        for bound, holds, words in bounds:
            if bound is not None and not holds(value, bound):
                return Problem("hors-bornes", sentence(words, text=shorten(text), bound=bound))
        return _length(text, value, c)

    return check


def _length(text: str, value: Value | None, c: Constraints) -> Problem | None:
    """What is wrong with the number of characters of a text, or of elements of a value that has several."""
    size = value.size if isinstance(value, Structured) else len(text)
    if c.min_length is not None and size < c.min_length:
        message = "ce texte est trop court : {n} caractères au moins."
        if isinstance(value, Structured):
            message = "il y a trop peu d’éléments : {n} au moins."
        return Problem("longueur", sentence(message, n=c.min_length))
    if c.max_length is not None and size > c.max_length:
        message = "ce texte a {found} caractères, {n} au plus sont permis."
        if isinstance(value, Structured):
            message = "il y a {found} éléments, {n} au plus sont permis."
        return Problem("longueur", sentence(message, found=size, n=c.max_length))
    return None
