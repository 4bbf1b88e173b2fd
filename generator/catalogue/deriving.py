"""Rows derived from others, once all that somebody writes is read: the steps of a series, here, and those that are gathered. They are
records like others, which stand where the row stands from which they come. Tables come after those from which they derive.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import islice

from generator.catalogue.computing import compute, holder, impossible, operands
from generator.catalogue.gathered import MOST_ROWS, made, row_like
from generator.catalogue.records import Catalogue, Record, Table
from generator.contracts.derivable import copied
from generator.contracts.derive import Series
from generator.contracts.model import Resource
from generator.diagnostics.finding import Diagnostic, fault
from generator.diagnostics.wording import listed
from generator.text.expressions import Expression, by_zero, rounded

MOST_STEPS = 200  # of a series

_Numbers = dict[str, Decimal]


def complete(catalogue: Catalogue) -> Iterator[Diagnostic]:
    """Add the rows that are derived and fill the columns that are computed; what cannot be is said."""
    for name, table in catalogue.tables.items():
        resource = table.resource
        if name in catalogue.contracts.faulty:
            continue
        table.incomplete = table.incomplete or any(catalogue.tables[origin].lacking for origin in resource.origins)
        if resource.derive is not None:
            yield from _derived(catalogue, table)
        yield from compute(table)


def _derived(catalogue: Catalogue, table: Table) -> Iterator[Diagnostic]:
    """Fill a derived table, up to the number of rows that it may have."""
    derive, before = table.resource.derive, 0
    if isinstance(derive, Series):
        for record in catalogue[derive.of]:
            before = len(table.records)
            said = list(_steps(record, table, derive))
            yield from said
            table.incomplete = table.incomplete or bool(said)
            if len(table.records) > MOST_ROWS:
                yield _too_many(record, table)
                del table.records[before:]
                break
    else:
        table.records += islice(made(catalogue, table.resource), MOST_ROWS + 1)
        if len(table.records) > MOST_ROWS:
            yield _too_many(table.records.pop(), table)
    table.by_key.update((record.id, record) for record in table.records)


def _too_many(record: Record, table: Table) -> Diagnostic:
    """A table that would have more rows than anybody reads, at the row from which that one too many comes."""
    table.incomplete = True
    message, hint = "La table « {title} », tirée d’autres, aurait plus de {most} lignes.", "Réduisez ce dont elle part."
    return fault("ligne-impossible", record.at(), message, hint, title=table.resource.title, most=MOST_ROWS)


def _steps(record: Record, table: Table, series: Series) -> Iterator[Diagnostic]:
    """The steps of a row, added to a table; those before one that cannot be computed stay. No step when a number is not known."""
    numbers = [operands(record, formula) for formula in series.of_row]
    if None in numbers:
        table.incomplete = table.incomplete or _refused(record, series)
        return
    values: list[Decimal] = []
    for formula, known in zip(series.of_row, numbers, strict=True):
        found = _computed(record, table.resource, formula, known or {})
        if isinstance(found, Diagnostic):
            yield found
            return
        values.append(found)
    wrong = _unbounded(record, table.resource, series, values)
    if wrong is not None:
        yield wrong
        return
    same, index = copied(table.resource, series), table.resource.index
    for step, value in _values(record, table.resource, series, values):
        if isinstance(value, Diagnostic):
            yield value
            return
        if series.ending and step + values[2] <= values[1]:
            continue
        row = row_like(table.resource, record, same, record)
        row.values[index[series.at]], row.values[index[series.value]] = step, value
        table.records.append(row)


def _values(
    record: Record, resource: Resource, series: Series, values: Sequence[Decimal]
) -> Iterator[tuple[int, int | Decimal | Diagnostic]]:
    """Each step and its value as it is published, or what is wrong with it, the last then. Each follows from the one before as it
    was before it was rounded.
    """
    first, last, every, value = values
    column, formula = resource.field(series.value), series.start
    known: _Numbers = {}
    for step in range(int(first), int(last) + 1, int(every)):
        if step > first:
            follows = _following(record, series, {series.at: Decimal(step), series.value: value})
            if follows is None:
                yield step, _stuck(record, resource, series)
                return
            formula, known = follows
            found = _computed(record, resource, formula, known)
            if isinstance(found, Diagnostic):
                yield step, found
                return
            value = found
        try:
            published = rounded(value, column.decimals)
        except ArithmeticError:
            yield step, impossible(record, resource.title, formula, known, zero=False)
            return
        yield step, int(published) if column.type == "integer" else published


def _computed(record: Record, resource: Resource, formula: Expression, known: _Numbers) -> Decimal | Diagnostic:
    try:
        return formula.value(known)
    except ArithmeticError as error:
        return impossible(record, resource.title, formula, known, by_zero(error))


def _refused(record: Record, series: Series) -> bool:
    """Whether a number that is not known was written and could not be read, or had to be written: what is wrong is said there."""
    names = (name for formula in series.of_row for name in formula.names if _number(record, name) is None)
    rows = ((holder(record, name), name) for name in names)
    return any(row.writes(name) or row.resource.field(name).constraints.required for row, name in rows)


def _following(record: Record, series: Series, here: _Numbers) -> tuple[Expression, _Numbers] | None:
    """The first way to go on whose operands are known, with its numbers."""
    for formula in series.following:
        known = {name: here.get(name, _number(record, name)) for name in formula.names}
        if None not in known.values():
            return formula, {name: number for name, number in known.items() if number is not None}
    return None


def _number(record: Record, name: str) -> Decimal | None:
    row = holder(record, name)
    value = row[name] if name in row.resource.index else None
    return Decimal(value) if isinstance(value, int | Decimal) else None


def _unbounded(record: Record, resource: Resource, series: Series, values: Sequence[Decimal]) -> Diagnostic | None:
    """What is wrong with the start, the end or the step of a series, at the number to mend."""
    first, last, every, _ = values
    for formula, value in zip(series.of_row, values[:3], strict=False):
        if value != value.to_integral_value() or abs(value) >= 10**9:
            message = "« {title} » va d’un nombre entier à un autre : « {formula} » vaut {value}."
            hint = "Écrivez un nombre entier."
            return _at(record, formula, message, hint, resource, value=value)
    if every < 1:
        message, hint = "« {title} » avance d’un pas de {value}.", "Un pas vaut 1 au moins."
        return _at(record, series.every, message, hint, resource, value=every)
    if first > last:
        message, hint = "« {title} » finit ({last}) avant d’avoir commencé ({first}).", "Corrigez le début ou la fin."
        end = series.last if series.last.names else series.first
        return _at(record, end, message, hint, resource, last=last, first=first)
    if (last - first) // every >= MOST_STEPS:
        message = "« {title} » aurait plus de {most} pas, de {first} à {last}."
        hint = "Rapprochez la fin, ou allongez le pas."
        return _at(record, series.last, message, hint, resource, most=MOST_STEPS, first=first, last=last)
    return None


def _stuck(record: Record, resource: Resource, series: Series) -> Diagnostic:
    """A series that does not say how to go on."""
    own = {series.value, series.at}
    names = [name for name in dict.fromkeys(n for f in series.following for n in f.names) if name not in own]
    message = "« {title} » ne dit pas comment passer d’une valeur à la suivante."
    hint = "Remplissez ce dont part l’un de ces calculs : {formulas}."
    formulas = listed((formula.text for formula in series.following), "ou")
    place = next((holder(record, n).at(n) for n in names if _number(record, n) is None), record.at())
    return fault("ligne-impossible", place, message, hint, title=resource.title, formulas=formulas)


def _at(
    record: Record, formula: Expression, message: str, hint: str, resource: Resource, **values: object
) -> Diagnostic:
    """A fault of a series at the first number from which a calculation starts."""
    place = holder(record, formula.names[0]).at(formula.names[0]) if formula.names else record.at()
    return fault("ligne-impossible", place, message, hint, title=resource.title, formula=formula.text, **values)
