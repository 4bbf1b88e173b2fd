"""What is read while something is made, noted so that it is made again when some of it changes, and only then: the rows that are read,
what the indexes of all rows answer, what is declared (the texts of contracts, settings, templates). Nothing is noted, and nothing costs
more, unless somebody asks for it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import wraps
from typing import Any, Generic, TypeVar

A = TypeVar("A")
K = TypeVar("K", bound=Hashable)

Question = tuple[Any, ...]  # who answers, by its class, the name of the question, then what it is about
ANY = ""  # any table, for questions that some tables decide
Asked = tuple[tuple[Any, ...], Any]  # what it is about, the answer


class Reads:
    """What was read: what rows say, and where they stand; questions with their answers; what is declared (`facts`): a name, or the
    identity of what declares it with the slot that was read.
    """

    __slots__ = ("asked", "facts", "places", "rows")

    def __init__(self) -> None:
        self.rows: set[Any] = set()
        self.places: set[Any] = set()
        self.asked: dict[Question, Asked] = {}
        self.facts: set[Any] = set()

    def add(self, other: Reads) -> None:
        """What was read for a part of what is made."""
        self.rows |= other.rows
        self.places |= other.places
        self.asked |= other.asked
        self.facts |= other.facts


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


def note(fact: Hashable) -> None:
    """Something declared is read, of this name."""
    if _now is not None:
        _now.facts.add(fact)


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


Watched = Mapping[type, Mapping[str, str]]  # slots of classes: where reading each is noted, `rows`, `places` or `facts`


@contextmanager
def watched(slots: Watched) -> Iterator[None]:
    """Inside, reading one of these slots is noted."""
    own = [(kind, name, kind.__dict__[name], where) for kind, names in slots.items() for name, where in names.items()]
    for kind, name, slot, where in own:
        setattr(kind, name, _noted(slot, name, where))
    try:
        yield
    finally:
        for kind, name, slot, _ in own:
            setattr(kind, name, slot)


def _noted(slot: Any, name: str, where: str) -> property:
    read, into = slot.__get__, Reads.__dict__[where].__get__

    def noted(thing: object) -> object:
        if _now is not None:
            into(_now).add(thing)
        return read(thing)

    def told(thing: object) -> object:
        if _now is not None:
            into(_now).add((id(thing), name))
        return read(thing)

    return property(told if where == "facts" else noted, slot.__set__)


class Memo(Generic[K, A]):
    """What is made once by its key, with what was read for it: whoever takes it has read the same."""

    __slots__ = ("_made",)

    def __init__(self) -> None:
        self._made: dict[K, tuple[A, Reads | None]] = {}

    def __call__(self, key: K, make: Callable[[], A]) -> A:
        """What was made, else what is made now."""
        held = self._made.get(key)
        if _now is None:
            if held is None:
                held = self._made[key] = make(), None
            return held[0]
        reads = held[1] if held is not None else None
        if held is None or reads is None:  # made while nobody noted: what it reads is not known
            reads = Reads()
            with noting(reads):
                held = self._made[key] = make(), reads
        _now.add(reads)
        return held[0]
