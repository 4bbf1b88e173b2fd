"""Whether many texts at once are surely values of a column: what says no is asked again of each text. Each test takes nothing that
`Column.convert` refuses.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Collection
from decimal import Decimal
from functools import partial
from typing import Any

from generator.tables.shape import FREE, Column
from generator.values.constraints import Constraints
from generator.values.patterns import Pattern, of_one_line
from generator.values.writing import Writing

Quick = Callable[[Collection[str]], bool]
_DIGITS = 18  # of a whole number that costs nothing to read
_PLAIN = Writing(allow=FREE)


def quick(column: Column) -> Quick | None:
    """The test of a column; None when it has none."""
    own = column.categories or column.is_id or column.separator or column.constraints.enum
    if own or column.writing != _PLAIN:
        return None
    asked = column.constraints
    if column.plain:
        return partial(_texts, asked, None if asked.pattern is None else _matching(asked.pattern))
    read = _READERS.get(column.type)
    bounds = _bounds(asked)
    if bounds == _NONE and column.type in ("integer", "number"):
        return all_digits if column.type == "integer" else _number
    return None if read is None else lambda texts: _within(bounds, read(texts))


def _matching(pattern: Pattern) -> Quick:
    if of_one_line(pattern.written):
        return _all_like(pattern.written)
    return lambda texts: all(map(pattern.compiled.match, texts))


def _texts(asked: Constraints, matching: Quick | None, texts: Collection[str]) -> bool:
    pattern = asked.pattern
    least, most = asked.min_length, asked.max_length
    if least is not None and min(map(len, texts), default=least) < least:
        return False
    longest = max(map(len, texts), default=0) if most is not None or (pattern and pattern.longest) else 0
    if (most is not None and longest > most) or (pattern and 0 < pattern.longest < longest):
        return False
    return matching is None or matching(texts)


def lines(pattern: str) -> re.Pattern[str]:
    """The pattern of texts that are each on a line."""
    return re.compile(rf"(?:(?:{pattern})\n)*+\Z")


def _all_like(pattern: str) -> Quick:
    """Whether all texts are like a pattern, which takes no line end: each on a line, they are compared together."""
    own = lines(pattern).match

    def alike(texts: Collection[str]) -> bool:
        joined = "\n".join(texts) + "\n"
        return joined.count("\n") == len(texts) and own(joined) is not None

    return alike


_number = _all_like(r"-?[0-9]{1,18}(?:\.[0-9]{1,18})?")
_Bounds = tuple[Any, Any, Any, Any]
_NONE = (None, None, None, None)


def _bounds(asked: Constraints) -> _Bounds:
    return asked.minimum, asked.maximum, asked.exclusive_minimum, asked.exclusive_maximum


def _within(bounds: _Bounds, values: list[Any] | None) -> bool:
    """Whether values are read, and within bounds."""
    if values is None:
        return False
    least, most, above, below = bounds
    if not values or bounds == _NONE:
        return True
    low, high = min(values), max(values)
    return (
        (least is None or low >= least)
        and (most is None or high <= most)
        and (above is None or low > above)
        and (below is None or high < below)
    )


def _whole(texts: Collection[str]) -> list[int] | None:
    return list(map(int, texts)) if all_digits(texts) else None


def all_digits(texts: Collection[str]) -> bool:
    """Whether texts are whole numbers in plain digits."""
    joined = "".join(texts)
    return joined.isascii() and joined.isdigit() and "" not in texts and max(map(len, texts)) <= _DIGITS


def _numbers(texts: Collection[str]) -> list[Decimal] | None:
    return list(map(Decimal, texts)) if _number(texts) else None


def _read(alike: Quick, read: Callable[[str], Any], texts: Collection[str]) -> list[Any] | None:
    """The values of texts that are alike; None when they are not, or one is no value."""
    try:
        return list(map(read, texts)) if alike(texts) else None
    except ValueError:
        return None


_DAY, _HOUR = "[0-9]{4}-[0-9]{2}-[0-9]{2}", "[0-9]{2}:[0-9]{2}:[0-9]{2}"
_READERS: dict[str, Callable[[Collection[str]], list[Any] | None]] = {
    "integer": _whole,
    "number": _numbers,
    "date": partial(_read, _all_like(_DAY), datetime.date.fromisoformat),
    "time": partial(_read, _all_like(_HOUR), datetime.time.fromisoformat),
    "datetime": partial(_read, _all_like(f"{_DAY}T{_HOUR}Z"), datetime.datetime.fromisoformat),
    "year": partial(_read, _all_like("[1-9][0-9]{3}"), int),
}
