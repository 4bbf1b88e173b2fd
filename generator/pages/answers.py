"""What was answered to the questions of pages, and the tables that decide of each answer: those that an edit leaves as they were are not
asked again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator.catalogue.difference import Difference, Row
from generator.catalogue.reads import ANY, Question
from generator.contracts.saying import Place


@dataclass(frozen=True, slots=True)
class Answered:
    """What a question is about, the likeness of its answer, the tables that decide of it: None when anything may."""

    about: tuple[Any, ...]
    answer: Any
    tables: frozenset[str] | None


@dataclass(frozen=True, slots=True)
class Named:
    """A row that a question is about, by its name."""

    row: Row


@dataclass(frozen=True, slots=True)
class Placed:
    """A declaration that a question is about, by its place."""

    place: Place


def declared(question: Question) -> Any:
    """The method that answers."""
    return getattr(question[0], question[1])


def is_late(question: Question) -> bool:
    """Whether what asks it may be made again last."""
    return getattr(declared(question), "late", False)


class Answers(dict[Question, Answered]):
    """The last answers."""

    def __init__(self) -> None:
        super().__init__()
        self._decided: dict[tuple[str, bool] | None, dict[Question, None]] = {}  # by tables, and whether by their links

    def keep(self, made: Mapping[Question, Answered]) -> None:
        """Have these as well, in place of former ones."""
        for question, answered in made.items():
            if question not in self:
                for slot in _slots(question, answered):
                    self._decided.setdefault(slot, {})[question] = None
            self[question] = answered

    def doubtful(self, changed: Difference) -> Iterator[Question]:
        """Those that may have another answer, some of them several times."""
        if changed.declared:
            yield from tuple(self)
            return
        slots = [
            (table, links) for links, tables in ((False, changed.tables), (True, changed.linked)) for table in tables
        ]
        anywhere = [(ANY, links) for links, tables in ((False, changed.tables), (True, changed.linked)) if tables]
        for slot in (None, *anywhere, *slots):
            yield from self._decided.get(slot, ())


def _slots(question: Question, answered: Answered) -> Iterable[tuple[str, bool] | None]:
    if answered.tables is None:
        return (None,)
    return [(table, declared(question).links) for table in answered.tables]
