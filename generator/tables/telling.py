"""What is found wrong with a table, in sentences: those of a small table of our content, whatever engine found it."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Mapping as Map
from dataclasses import replace

from generator.diagnostics.finding import MISSING, Diagnostic, Position, fault, kept
from generator.diagnostics.wording import joined, listed
from generator.rules.rule import typeset
from generator.tables.ruled import Ruled
from generator.tables.shape import Shape
from generator.tables.verdict import PRIMARY, RAGGED, UNIQUE, UNKNOWN, Cause, Place, Verdict
from generator.text.interface import Sentence, sentence
from generator.values.types import canonical


def diagnostics(shape: Shape, verdict: Verdict, shapes: Map[str, Shape]) -> list[Diagnostic]:
    """Why the reading stopped, then each cause at its first places, then how many more rows have it. `shapes`: the tables that others
    name, by their names.
    """
    found = list(verdict.stopped)
    for cause in verdict.causes:
        told = [_at(place, said) for place in cause.places for said in _of(shape, cause, place, shapes)]
        found += told
        more = cause.count - len(cause.places)
        if more and cause.places:
            found.append(_more(shape, cause, more))
    return found


def _of(shape: Shape, cause: Cause, place: Place, shapes: Map[str, Shape]) -> Iterator[Diagnostic]:
    if not cause.columns:
        yield ragged(place)
    elif cause.rule:
        yield from _broken(shape, cause, place)
    elif cause.kind == MISSING:
        yield _missing(shape, cause, place)
    elif cause.kind == PRIMARY:
        yield _same_key(shape, cause, place)
    elif cause.kind == UNIQUE:
        yield _same_values(shape, cause, place)
    elif cause.kind == UNKNOWN:
        yield _unknown(shape, cause, place, shapes)
    else:
        yield from _refused(shape, cause, place)


def _at(place: Place, said: Diagnostic) -> Diagnostic:
    """What is said, with the number of the row where no line says it."""
    if place.line:
        return said
    return replace(said, message=sentence("Ligne {record} : {told}", record=place.record, told=said.message))


def position_of(place: Place) -> Position:
    """A place, as diagnostics have it."""
    return Position(place.file, place.line, place.column, place.length)


def _where(place: Place | None) -> object:
    if place is None or place.line:
        return position_of(place) if place is not None else ""
    return sentence("ligne {record}", record=place.record)


def ragged(place: Place) -> Diagnostic:
    """A row that has not the cells of the header."""
    found, expected = map(int, place.texts)
    message = "Il y a {found} cellule{s} dans cette ligne, {expected} dans l’en-tête : il en manque {n}."
    if found > expected:
        message = "Il y a {found} cellule{s} dans cette ligne, {expected} dans l’en-tête : c’est {n} de trop."
    hint = "Ajoutez ou retirez des séparateurs ; un texte qui en contient un s’écrit entre guillemets."
    values = {"found": found, "s": "s" if found > 1 else "", "expected": expected, "n": abs(expected - found)}
    return fault(RAGGED, position_of(place), message, hint, **values)


def _missing(shape: Shape, cause: Cause, place: Place) -> Diagnostic:
    column = shape.column(cause.columns[0])
    message, hint = "Il manque « {inner} » ({title}).", "Remplissez cette cellule."
    if column.title == column.header:
        message = "Il manque « {inner} »."
    return fault(MISSING, position_of(place), message, hint, inner=column.header, title=column.title)


def _refused(shape: Shape, cause: Cause, place: Place) -> Iterator[Diagnostic]:
    """What the reader of the column says of the text."""
    column = shape.column(cause.columns[0])
    problem = column.convert(place.texts[0])[1]
    if problem is not None:
        told = sentence("{title} : {problem}", title=kept(column.title), problem=problem.message)
        hint = problem.hint.within(absent=sentence("laissez la cellule vide"))
        yield Diagnostic(problem.code, position_of(place), told, hint, problem.suggestion)


def _broken(shape: Shape, cause: Cause, place: Place) -> Iterator[Diagnostic]:
    """What a rule says of the row."""
    rule = Ruled(cause.rule, shape.rules[cause.rule - 1], shape)
    yield from rule.told(place.texts, (cause.kind, cause.blamed), position_of(place))


def _values(shape: Shape, cause: Cause, place: Place) -> list[str]:
    """The values of a key, as they are published."""
    columns = (shape.column(name) for name in cause.columns)
    return [
        text if column.plain else canonical(column.convert(text)[0])
        for column, text in zip(columns, place.texts, strict=True)
    ]


def _same_key(shape: Shape, cause: Cause, place: Place) -> Diagnostic:
    message = "« {key} » est déjà l’identifiant d’une autre ligne de « {title} » ({place})."
    hint = "Donnez-lui un autre identifiant, ou supprimez l’une des deux lignes."
    values = {"key": " + ".join(_values(shape, cause, place)), "title": shape.title, "place": _where(place.other)}
    return fault(cause.kind, position_of(place), message, hint, **values)


def _same_values(shape: Shape, cause: Cause, place: Place) -> Diagnostic:
    message = "{titles} : {values} se lit déjà dans une autre ligne ({place})."
    hint = "Changez cette ligne ou l’autre, ou supprimez l’une des deux."
    titles, values = joined(_titles(shape, cause)), listed(_values(shape, cause, place), "avec")
    return fault(cause.kind, position_of(place), message, hint, titles=titles, values=values, place=_where(place.other))


def _titles(shape: Shape, cause: Cause) -> list[str]:
    return [shape.column(name).title for name in cause.columns]


def _unknown(shape: Shape, cause: Cause, place: Place, shapes: Map[str, Shape]) -> Diagnostic:
    """A name that no row has; of several columns, the last is blamed, under the others."""
    values, target = _values(shape, cause, place), shapes.get(cause.table or shape.name, shape)
    message = "{title} : « {value} » n’existe pas dans la table « {table} »."
    if len(values) > 1:
        message = "{title} : « {value} » n’existe pas dans la table « {table} » pour {prefix}."
    hint = (
        "Corrigez l’identifiant, ou ajoutez la ligne ({pattern})."
        if target.where
        else "Corrigez-la, ou ajoutez cette ligne."
    )
    title = _titles(shape, cause)[-1]
    return fault(
        cause.kind, position_of(place), message, hint,
        title=title, value=values[-1], table=target.title, prefix=listed(values[:-1], "et"), pattern=target.where,
    )  # fmt: skip


def _more(shape: Shape, cause: Cause, more: int) -> Diagnostic:
    """How many other rows have a fault."""
    place = Position(cause.places[-1].file)
    if cause.rule:
        told, broken = "{message} {n} autres lignes ont cette même faute.", shape.rules[cause.rule - 1].message
        return fault(cause.kind, place, told, message=typeset(broken), n=more)
    message = (
        "{title} : {n} autres lignes ont cette même faute."
        if cause.columns
        else "{n} autres lignes ont cette même faute."
    )
    titles: str | Sentence = joined(_titles(shape, cause))
    return fault(cause.kind, place, message, title=titles, n=more)
