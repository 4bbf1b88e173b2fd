"""The sentences of the interface: pages, help, messages, commands. Each goes through here, with its French text as its key;
another language has its own text for each key (`locale/`), and nothing else.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache

from generator.text.language import FRENCH, spoken
from generator.text.memory import TEXTS
from generator.text.phrasebook import phrasebook
from generator.text.spoken import number, singular, typeset


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that is not said yet: its key and the values to put in it, which may be sentences; "" is none."""

    key: str = ""
    values: tuple[tuple[str, object], ...] = ()

    def __str__(self) -> str:
        return say(self.key, **dict(self.values))

    def __bool__(self) -> bool:
        return bool(self.key)

    def within(self, **values: object) -> Sentence:
        """The sentence, and those among its values, with values that were not known when it was made."""
        own = tuple((name, each.within(**values) if isinstance(each, Sentence) else each) for name, each in self.values)
        return Sentence(self.key, (*own, *((n, value) for n, value in values.items() if f"{{{n}}}" in self.key)))


NOTHING = Sentence()


def sentence(key: str, /, **values: object) -> Sentence:
    """A sentence to be said later."""
    return Sentence(key, tuple(values.items()))


def say(key: str, /, **values: object) -> str:
    """A sentence: its text is typeset, then the values are put in, so that quoted content is never altered."""
    return _phrase(key, spoken()).format(**values)


def count(amount: int, one: str, many: str = "") -> str:
    """« 1 fiche », « 12 fiches »: an amount and the word for it; by default the plural takes an s."""
    made = _count if type(amount) is int else _count.__wrapped__  # other numbers are equal and read otherwise: 1,0
    return made(amount, one, many, spoken())


@lru_cache(maxsize=TEXTS)
def _count(amount: int, one: str, many: str, code: str) -> str:
    return f"{number(amount)} {_phrase(one if singular(amount) else many or f'{one}s', code)}"


def phrase(key: str) -> str:
    """The text of a key in the language that is spoken, typeset, its values not yet put in."""
    return _phrase(key, spoken())


@cache
def _phrase(key: str, code: str) -> str:
    return typeset(key if code == FRENCH else phrasebook(code).get(key, key))
