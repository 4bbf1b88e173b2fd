"""What is read of a catalogue while something is made, noted so that it is made again when some of it changes, and only then: the rows
that are read, and what the indexes of all rows answer. Nothing is noted, and nothing costs more, unless somebody asks for it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any, Generic, TypeVar

A = TypeVar("A")
K = TypeVar("K", bound=Hashable)

Question = tuple[Any, ...]  # who answers, by its class, the name of the question, then what it is about
ANY = ""  # any table, for questions that some tables decide
Asked = tuple[tuple[Any, ...], Any]  # what it is about, the answer


class Reads:
    """What was read: what rows say, and where they stand; questions with their answers."""

    __slots__ = ("asked", "places", "rows")

    def __init__(self) -> None:
        self.rows: set[Any] = set()
        self.places: set[Any] = set()
        self.asked: dict[Question, Asked] = {}

    def add(self, other: Reads) -> None:
        """What was read for a part of what is made."""
        self.rows |= other.rows
        self.places |= other.places
        self.asked |= other.asked


_now: Reads | None = None  # where what is read is noted; None: nowhere


@contextmanager
def noting(reads: Reads | None) -> Iterator[None]:
    """Note there what is read inside, and nowhere else; None: nowhere."""
    global _now
    before, _now = _now, reads
    try:
        yield
    finally:
        _now = before


def question(method: Callable[..., A]) -> Callable[..., A]:
    """A method of an index of all rows. Who asks depends on its answer, and not on the rows that the index reads: both are noted, with
    what it is about: rows, names, what contracts declare.
    """

    @wraps(method)
    def asked(self: object, *about: object) -> A:
        reads = _now
        if reads is None:
            return method(self, *about)
        with noting(None):
            found = method(self, *about)
        reads.asked[type(self), method.__name__, *map(_place, about)] = about, found
        return found

    return asked


def decided(by: Callable[..., Iterable[str]], links: bool = False) -> Callable[[Callable[..., A]], Callable[..., A]]:
    """A question whose answer the rows of some tables alone decide: `by` names them, of who answers and what it is about. `links`: they
    decide by which rows they are, in which order, and which rows they name; not by what else they say.
    """

    def decorate(method: Callable[..., A]) -> Callable[..., A]:
        asked = question(method)
        asked.by, asked.links = by, links  # type: ignore[attr-defined]
        return asked

    return decorate


def late(method: Callable[..., A]) -> Callable[..., A]:
    """A question whose answer many rows change, and that says little of each: a version, a count. What asked it may be made again last."""
    asked = question(method)
    asked.late = True  # type: ignore[attr-defined]
    return asked


def _place(thing: object) -> object:
    return thing if isinstance(thing, str) or thing is None else id(thing)


@contextmanager
def watched(kind: type, says: Iterable[str], stands: Iterable[str]) -> Iterator[None]:
    """Inside, reading one of these slots of a row is noted: those of what it says, those of where it stands."""
    own = {name: kind.__dict__[name] for name in (*says, *stands)}
    for name, slot in own.items():
        setattr(kind, name, _noted(slot, "rows" if name in says else "places"))
    try:
        yield
    finally:
        for name, slot in own.items():
            setattr(kind, name, slot)


def _noted(slot: Any, where: str) -> property:
    read, into = slot.__get__, Reads.__dict__[where].__get__

    def noted(row: object) -> object:
        if _now is not None:
            into(_now).add(row)
        return read(row)

    return property(noted, slot.__set__)


class Memo(Generic[K, A]):
    """What is made once by its key, with what was read for it: whoever takes it has read the same."""

    __slots__ = ("_made",)

    def __init__(self) -> None:
        self._made: dict[K, tuple[A, Reads | None]] = {}

    def __call__(self, key: K, make: Callable[[], A]) -> A:
        """What was made, else what is made now."""
        held = self._made.get(key)
        if held is None:
            reads = None if _now is None else Reads()
            with noting(reads):
                held = self._made[key] = make(), reads
        if _now is not None and held[1] is not None:
            _now.add(held[1])
        return held[0]
