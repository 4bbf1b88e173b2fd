"""The number that a record says, as a sentence compares it with another: a value, an interval or a fraction, in a unit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from generator.catalogue.records import Catalogue, Record
from generator.rules.printed import Printed
from generator.text.french import fold
from generator.text.numerals import NUMBER
from generator.text.quantities import quantities
from generator.text.spoken import is_share
from generator.values.types import canonical

SHARE = "%"  # the unit of fractions and of percentages, whose numbers are between 0 and 1
TIMES = "×"  # that of numbers by which something is multiplied
_TIMES = ("fois", "×", "x")


@dataclass(frozen=True, slots=True)
class Measure:
    """A number, or the two ends of an interval; `unit`: SHARE, TIMES, or what only equals itself."""

    low: Fraction
    high: Fraction
    unit: str

    @property
    def bare(self) -> bool:
        """Whether it is a ratio by itself: a share, or a number of times."""
        return self.unit in (SHARE, TIMES)

    def against(self, other: Measure) -> tuple[Fraction, Fraction] | None:
        """The least and the greatest ratio to another one; None when their units differ, or when a ratio says nothing: one of
        them is negative, or the other may be nothing.
        """
        if self.unit != other.unit or self.low < 0 or other.low <= 0:
            return None
        return self.low / other.high, self.high / other.low


def measured(record: Record, catalogue: Catalogue) -> Measure | None:
    """The number of a record: that of its rule `printed` (its value, its interval or its fraction), else its first quoted number,
    else the only quantity of a quoted text; None when it has none.
    """
    found = next(_ruled(record, catalogue), None)
    if found is None:
        name = next((name for name in record.resource.quoted if _number(record, name) is not None), "")
        found = _measure(record, catalogue, name, name) if name else _printed(record)
    return found


def _ruled(record: Record, catalogue: Catalogue) -> Iterator[Measure]:
    for rule in catalogue.contracts.rules.get(record.resource.name, ()):
        if not isinstance(rule, Printed):
            continue
        if rule.value and _number(record, rule.value) is not None:
            yield _measure(record, catalogue, rule.value, rule.value)
        elif rule.between and None not in [_number(record, name) for name in rule.between]:
            yield _measure(record, catalogue, *rule.between)
        elif rule.fraction:
            above, below = (_number(record, name) for name in rule.fraction)
            if above is not None and below:
                yield Measure(above / below, above / below, SHARE)


def _measure(record: Record, catalogue: Catalogue, low: str, high: str) -> Measure:
    """The numbers of two columns in the unit of the first."""
    unit = _unit(record, catalogue, low)
    scale = 100 if unit == SHARE else 1
    ends = sorted((_number(record, name) or Fraction(0)) / scale for name in (low, high))
    return Measure(ends[0], ends[1], unit)


def _number(record: Record, name: str) -> Fraction | None:
    value = record[name]
    return Fraction(value) if isinstance(value, Decimal | int) and not isinstance(value, bool) else None


def _unit(record: Record, catalogue: Catalogue, name: str) -> str:
    """The unit of a column: what its contract says, else what is printed with the number, else the column itself."""
    column = record.resource.field(name).unit
    if not column or record[column] is None:
        printed = [text for text in _texts(record) if NUMBER.search(text)]
        percent = bool(printed) and all(text.rstrip().endswith("%") for text in NUMBER.findall(" ".join(printed)))
        return SHARE if percent else f"{record.resource.name}.{name}"
    said = canonical(record[column])
    names = [said, record.resource.field(column).label(said)]
    for key in record.resource.foreign_keys:
        target = catalogue.target(record, key) if key.fields == (column,) else None
        names += [value for value in target.values if isinstance(value, str)] if target is not None else []
    if any(map(is_share, names)):
        return SHARE
    return TIMES if any(fold(each) in _TIMES for each in names) else said


def _texts(record: Record) -> list[str]:
    return [text for name in record.resource.quoted if isinstance(text := record[name], str)]


def _printed(record: Record) -> Measure | None:
    """The only quantity of the quoted texts of a record that has no column of numbers."""
    found = [each for text in _texts(record) for each in quantities(text)]
    parts = {Fraction(*each.terms) for each in found if each.terms}
    values = parts or {Fraction(each.value) for each in found}
    if len(values) != 1:
        return None
    value, percent = next(iter(values)), not parts and any("%" in text for text in _texts(record))
    value = value / 100 if percent else value
    return Measure(value, value, SHARE if parts or percent else record.resource.name)
