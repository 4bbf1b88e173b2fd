"""A text that is easy to read and to understand: `plain: facile, words: 16, simpler: {dispositif: aide}`. Its lines are its
sentences: each is short, says one idea in the active voice, writes numbers in digits, and no sign that is hard to read out.

The rules are those of « L’information pour tous, règles européennes pour une information facile à lire et à comprendre »
(Inclusion Europe, 2009). They give no number of words: the contract does. Acronyms are known from the whole site, and are for
checks/acronyms.py.
"""

from __future__ import annotations

from collections.abc import Iterator, Set
from collections.abc import Mapping as Map
from dataclasses import dataclass
from functools import lru_cache

from generator.diagnostics.finding import Diagnostic
from generator.documents.reader import Reader
from generator.rules.rule import Condition, Row, Table, broken, questioned, read_columns
from generator.text import easy
from generator.text.links import without_links
from generator.text.memory import TEXTS

KEYWORDS = ("plain",)
WORDS = 16  # of a sentence, unless the contract says how many

Simpler = tuple[tuple[str, str], ...]
Told = tuple[str, tuple[tuple[str, str | int], ...]]  # a hint and its values

_ITEM = "- "  # what opens an element of a list, which ends as it likes


@dataclass(frozen=True, slots=True)
class Plain:
    """`words`: how many a sentence has at most; `simpler`: words to avoid, as the contract writes them, and what to write instead."""

    message: str
    when: Condition
    column: str
    words: int
    simpler: Simpler
    question: bool

    def check(self, row: Row) -> Iterator[Diagnostic]:
        """What is hard to read in the text of a row, sentence by sentence."""
        for line in self.lines(row):
            for hint, values in _hard(line, self.words, self.simpler):
                yield self.told(row, hint, line=line, **dict(values))

    def lines(self, row: Row) -> list[str]:
        """The sentences of a row, without their links; none when the rule does not apply."""
        text = row[self.column]
        if not isinstance(text, str) or not self.when(row):
            return []
        return [line.strip() for line in without_links(text).split("\n") if line.strip()]

    def told(self, row: Row, hint: str, **values: object) -> Diagnostic:
        """What is said of a row that breaks the rule."""
        said = broken(self.message, row.at(self.column), hint, **values)
        return questioned(said) if self.question else said

    def asks(self, row: Map[str, object], written: Set[str]) -> Set[str]:
        """Nothing."""
        return frozenset()

    def alone(self) -> tuple[str, ...] | None:
        """The columns that it reads."""
        return self.when.with_columns(self.column)


@lru_cache(maxsize=TEXTS)
def _hard(line: str, most: int, simpler: Simpler) -> tuple[Told, ...]:
    """All that is hard to read in a line: hints, with their values besides the line."""
    return (*_unwhole(line, most), *_unclear(line.removeprefix(_ITEM)), *_learned(line, simpler))


def _unwhole(line: str, most: int) -> Iterator[Told]:
    """A line that is not one short sentence."""
    if easy.several(line):
        hint = "« {line} » : écrivez une seule phrase par ligne."
        yield hint, ()
    elif not easy.ended(line) and not line.startswith(_ITEM):
        hint = "« {line} » : une ligne est une phrase entière ; finissez-la par un point."
        yield hint, ()
    if (count := easy.words(line)) > most:
        hint = "« {line} » a {count} mots : écrivez des phrases de {most} mots au plus, une idée dans chacune."
        yield hint, (("count", count), ("most", most))


def _unclear(text: str) -> Iterator[Told]:
    """A sentence that is hard to read."""
    if found := easy.spelled(text):
        hint = "« {line} » : écrivez « {found} » en chiffres."
        yield hint, (("found", found),)
    if found := easy.sign(text):
        hint = (
            "« {line} » : ôtez le signe « {found} », qui se lit mal ; faites deux phrases, ou écrivez « et », « ou »."
        )
        yield hint, (("found", found),)
    if easy.denied_twice(text):
        hint = "« {line} » nie deux fois : dites la même chose par une affirmation."
        yield hint, ()
    if found := easy.passive(text):
        hint = "« {line} » : dites qui agit, puis ce qu’il fait, au lieu de « {found} »."
        yield hint, (("found", found),)


def _learned(line: str, simpler: Simpler) -> Iterator[Told]:
    """The words that have simpler ones."""
    for word, instead in simpler:
        if easy.holds(line, word):
            hint = "« {line} » : au lieu de « {word} », écrivez « {instead} »."
            yield hint, (("word", word), ("instead", instead))


def read(reader: Reader, message: str, table: Table, tables: Map[str, Table]) -> Plain | None:
    """The rule that a contract declares."""
    named, when = read_columns(reader, table, KEYWORDS, ("words", "simpler", "question"))
    words, question = reader.text("words", pattern="[1-9][0-9]?"), reader.boolean("question")
    simpler = tuple((word, str(instead)) for word, instead in reader.plain("simpler").items())
    if not reader.diagnostics and len(named["plain"]) != 1:
        reader.faults(reader.position, "« plain » attend une colonne.", "Exemple : plain: facile")
    if reader.diagnostics:
        return None
    return Plain(message, when, named["plain"][0], int(words or WORDS), simpler, question)
