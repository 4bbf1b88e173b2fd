"""What of a value decides what a page says: two drafts with the same likeness make the same page, when what templates then read is the
same. A row is its name; what it says is read by the template, and noted there.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence, Set
from dataclasses import fields, is_dataclass
from decimal import Decimal
from functools import cache
from types import FunctionType, MethodType, ModuleType
from typing import Any

from generator.catalogue.declaring import Declarations
from generator.catalogue.difference import row
from generator.catalogue.records import Record
from generator.packages.built import Built
from generator.pages.views import View

_PLAIN = (str, int, Decimal, float, bool, datetime.date, datetime.time, datetime.timedelta, type(None))
_DECLARED = "generator.contracts."


class Unlike:
    """The likeness of what cannot be compared: it is like nothing else, not even itself."""

    __slots__ = ()
    __hash__ = None  # type: ignore[assignment]

    def __eq__(self, other: object) -> bool:
        return False


class Likeness:
    """The likenesses of values, in tuples: plain texts and numbers, names of rows."""

    def __init__(self, declarations: Declarations) -> None:
        self._declarations = declarations
        self.unlike: set[str] = set()  # the kinds of the values that could not be compared
        self.met = 0  # how many times one was met
        # Of lists and objects, which pages have in common: they live as long. With whether such a value is in it.
        self._known: dict[int, tuple[Any, Any, bool]] = {}

    def __call__(self, value: Any) -> Any:
        """The likeness of a value."""
        if isinstance(value, _PLAIN):
            return value
        if isinstance(value, View):
            return row(value.record)
        if isinstance(value, Record):
            return row(value)
        known = self._known.get(id(value))
        if known is None:
            before = self.met
            found = self._of(value)
            self._known[id(value)] = value, found, self.met > before
            return found
        self.met += known[2]
        return known[1]

    def _of(self, value: Any) -> Any:
        kind = type(value)
        if isinstance(value, Sequence):
            return tuple(map(self, value))
        if isinstance(value, Mapping):
            return tuple((self(key), self(each)) for key, each in value.items())
        if isinstance(value, Set):
            return frozenset(map(self, value))
        if kind.__module__.startswith(_DECLARED):
            return self._declarations.place(value) or id(value)  # what it says is read by the template too
        if kind is Built:  # a package that changes is written again
            return id(value)
        if is_dataclass(kind):
            return kind.__name__, *[self(getattr(value, name)) for name in _names(kind)]
        if isinstance(value, FunctionType | MethodType | ModuleType):
            return value.__name__  # what it reads is noted when it is called
        self.unlike.add(kind.__name__)
        self.met += 1
        return Unlike()


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(each.name for each in fields(kind) if each.compare)
