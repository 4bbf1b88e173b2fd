"""How a value and its change are told: in French, in its unit, with the words of its list or of the row that it names."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal, localcontext

from generator.catalogue.records import Catalogue, Record
from generator.contracts.model import Contracts, Field, Resource
from generator.text.interface import say
from generator.text.links import without_links
from generator.text.spoken import agreed, date, is_share, number
from generator.values.types import Value, canonical

LONGEST = 160  # characters of a told value
_KEPT = 40  # of what comes before the first difference of two texts


@dataclass(frozen=True, slots=True)
class Gap:
    """The difference of two numbers, in the unit of the column ("" when it has none), and in percent of the old one when that
    says something.
    """

    difference: Decimal
    unit: str
    percent: Decimal | None

    def __str__(self) -> str:
        amount = signed(self.difference)
        unit = say("points") if is_share(self.unit) else self.unit
        told = f"{amount} {agreed(self.difference, unit)}" if unit else amount
        if self.percent is None:
            return told
        return say("{gap}, soit {percent} %", gap=told, percent=signed(self.percent))


def signed(value: Decimal) -> str:
    """A number with its sign: +1 200, −3,4; 0 has none."""
    return ("+" if value > 0 else "") + number(value)


def gap(old: Value | None, new: Value | None, unit: str) -> Gap | None:
    """What separates two numbers; None when one is absent or is none. A share of a share would mislead: of percents, the gap is
    told in points alone.
    """
    if not (_is_number(old) and _is_number(new)):
        return None
    with localcontext(prec=100):
        before, after = Decimal(str(old)), Decimal(str(new))
        difference = _short(after - before)
        share = difference * 100 / abs(before) if before and not is_share(unit) else None
        if share is not None and (before < 0) == (after < 0):
            return Gap(difference, unit, _rounded(share))
        return Gap(difference, unit, None)


def _rounded(share: Decimal) -> Decimal | None:
    """A percentage as it is read: one decimal under ten, none above; None when that is nothing."""
    return _short(round(share, 1 if abs(share) < 10 else 0)) or None


def _short(value: Decimal) -> Decimal:
    """A number without the zeros that end its decimals."""
    return value.to_integral_value() if value == value.to_integral_value() else value.normalize()


def _is_number(value: Value | None) -> bool:
    return isinstance(value, Decimal | int) and not isinstance(value, bool)


def unit_of(row: Record, column: str, catalogue: Catalogue, declared: Contracts) -> str:
    """The unit of a number of a row, in words, as the contracts `declared` say where it stands; "" when nothing does."""
    resource = declared.resources.get(row.resource.name)
    name = resource.field(column).unit if resource is not None and column in resource.index else ""
    return shown(row, name, catalogue) if name and name in row.resource.index and row[name] is not None else ""


def shown(row: Record, column: str, catalogue: Catalogue) -> str:
    """A value of a row, as a person reads it."""
    value, field = row[column], row.resource.field(column)
    if value is None:
        return say("(vide)")
    named = _named(row, column, catalogue)
    return named.label if named is not None else _told(value, field)


def _told(value: Value, field: Field) -> str:
    if isinstance(value, bool):
        return say("oui") if value else say("non")
    if field.type in ("number", "integer"):
        return number(value)
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return date(value)
    text = field.label(value) if field.categories else canonical(value)
    return without_links(text) if field.prose else text


def _named(row: Record, column: str, catalogue: Catalogue) -> Record | None:
    """The row that a column names by itself or as the end of a key, if any."""
    keys = [key for key in row.resource.foreign_keys if key.fields[-1] == column]
    found = (catalogue.target(row, key) for key in sorted(keys, key=lambda key: len(key.fields)))
    return next((target for target in found if target is not None), None)


def excerpts(old: str, new: str) -> tuple[str, str]:
    """Two texts on one line each, cut around what differs."""
    one, other = " ".join(old.split()), " ".join(new.split())
    if one == other:
        return _cut(one, 0), say("(les mêmes mots, autrement espacés)")
    if max(len(one), len(other)) <= LONGEST:
        return one, other
    same = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    start = one.rfind(" ", 0, same - _KEPT) + 1 if same > _KEPT else 0
    return _cut(one, start), _cut(other, start)


def _cut(text: str, start: int) -> str:
    part = text[start : start + LONGEST]
    return ("…" if start else "") + part + ("…" if start + LONGEST < len(text) else "")


def is_figure(resource: Resource, name: str) -> bool:
    """Whether the values of a column are figures: numbers, or whole numbers that have a unit or are quoted; no key, no rank."""
    field = resource.field(name)
    named = any(name in key.fields for key in resource.foreign_keys)
    if named or name in resource.primary_key or name == resource.rows.rank:
        return False
    return field.type == "number" or (field.type == "integer" and bool(field.unit or name in resource.quoted))
