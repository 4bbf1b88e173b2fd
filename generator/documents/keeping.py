"""What is made of the bytes of a file, kept from one reading of a project to the next: a file that has not changed is not parsed
again. What is kept is the value of a pure function of the bytes themselves, not of their date: it cannot differ from a new one.
So with what is made of the contracts, as long as they are the same object (`latest`).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Protocol, TypeVar, TypeVarTuple

from generator.text.language import spoken

R = TypeVar("R")
T = TypeVar("T")
More = TypeVarTuple("More")


class Keep(Protocol):
    """Gives `make(path, data, *more)`. `make` is pure, `more` can be compared, and nobody changes what is given."""

    def __call__(self, make: Callable[[str, bytes, *More], R], path: str, data: bytes, *more: *More) -> R:
        """Make it, or give what was made before of the same bytes."""


def anew(make: Callable[[str, bytes, *More], R], path: str, data: bytes, *more: *More) -> R:
    """Make it: nothing is kept."""
    return make(path, data, *more)


class Kept:
    """Remembers what one reading makes, and what the reading `before` it made; what neither asks for any more is forgotten."""

    def __init__(self, before: Kept | None = None) -> None:
        self._before = before._made if before is not None else {}
        self._made: dict[tuple[object, str], tuple[bytes, tuple[object, ...], Any]] = {}

    def __call__(self, make: Callable[[str, bytes, *More], R], path: str, data: bytes, *more: *More) -> R:
        """Make it, or give what was made before of the same bytes."""
        slot = make, path
        held = self._made.get(slot) or self._before.get(slot)
        if held is None or held[0] != data or held[1] != more:
            held = data, more, make(path, data, *more)
        self._made[slot] = held
        made: R = held[2]
        return made


def latest(make: Callable[[T], R]) -> Callable[[T], R]:
    """Remember what was made of the last object, in the language that was spoken, for as long as it is asked of this very object:
    one is held, never more. `make` is pure, nobody changes the object nor what is given.
    """
    held: list[tuple[T, str, R]] = []

    @wraps(make)
    def given(of: T) -> R:
        for last, code, made in held:
            if last is of and code == spoken():
                return made
        held[:] = [(of, spoken(), make(of))]
        return held[0][2]

    return given
