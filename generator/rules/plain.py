"""A text that is easy to read and to understand: `plain: en_clair, words: 16, simpler: {dispositif: aide}`. Its lines are its
sentences: each is short, says one idea in the active voice, writes numbers in digits, and no sign that is hard to read out.

The rules are those of « L’information pour tous, règles européennes pour une information facile à lire et à comprendre »
(Inclusion Europe, 2009). They give no number of words: the contract does. Acronyms are known from the whole site, and are for
checks/acronyms.py.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Set
from collections.abc import Mapping as Map
from dataclasses import dataclass

from generator.diagnostics.finding import Diagnostic
from generator.documents.reader import Reader
from generator.rules.rule import Condition, Row, Table, broken, questioned, read_columns
from generator.text.french import fold
from generator.text.links import without_links

KEYWORDS = ("plain",)
WORDS = 16  # of a sentence, unless the contract says how many

_ITEM = "- "  # what opens an element of a list, which ends as it likes
_BREAK = re.compile(r"[.!?…]\s+(?=[«\"]?\s?[A-ZÀ-ÖØ-Ý])")  # between two sentences
_END = re.compile(r"[.!?:](?:\s?»)?$")
_WORD = re.compile(r"[^\W\d_][\w’'-]*|\d+(?:[\s\u00a0\u202f]\d{3}(?!\d))*(?:[.,]\d+)?")
_LETTERS = re.compile(
    r"\b(?:deux|trois|quatre|cinq|six|sept|huit|dix|onze|douze|treize|quatorze|quinze|seize|vingts?|trente|quarante|cinquante"
    r"|soixante|cents?|mille|(?:diz|douz|quinz|vingt|trent|quarant|cinquant|soixant|cent)aines?)\b",
    re.IGNORECASE,
)
_SIGN = re.compile(r"[;()\[\]/&§•–—]|\.\.\.|…")
_NOT = re.compile(r"\b(?:ne\b|n['’])", re.IGNORECASE)
_LACK = re.compile(r"\bsans\b|\bimpossible|\bin(?:capable|suffisant|utile)", re.IGNORECASE)
_PASSIVE = re.compile(
    r"\b(?:est|sont|était|étaient|sera|seront|serait|seraient|fut|furent|été|être)(?: \w+ment)? \w+(?:[éiut]|is)e?s? par\b",
    re.IGNORECASE,
)

Found = str | None
_Told = tuple[str, dict[str, object]]


@dataclass(frozen=True, slots=True)
class Plain:
    """`words`: how many a sentence has at most; `simpler`: words to avoid, folded, each as the contract writes it, and what to write
    instead of it.
    """

    message: str
    when: Condition
    column: str
    words: int
    simpler: tuple[tuple[str, str, str], ...]
    question: bool

    def check(self, row: Row) -> Iterator[Diagnostic]:
        """What is hard to read in the text of a row, sentence by sentence."""
        for line in self.lines(row):
            for hint, values in self._said(line):
                yield self.told(row, hint, line=line, **values)

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

    def _said(self, line: str) -> Iterator[_Told]:
        """What to change in a sentence."""
        count, folded = len(_WORD.findall(line)), fold(line)
        if _BREAK.search(line):
            yield "« {line} » : écrivez une seule phrase par ligne.", {}
        elif not _END.search(line) and not line.startswith(_ITEM):
            yield "« {line} » : une ligne est une phrase entière ; finissez-la par un point.", {}
        if count > self.words:
            hint = "« {line} » a {count} mots : écrivez des phrases de {most} mots au plus, une idée dans chacune."
            yield hint, {"count": count, "most": self.words}
        for find, hint in _FOUND:
            found = find(line.removeprefix(_ITEM))
            if found is not None:
                yield hint, {"found": found}
        for word, written, instead in self.simpler:
            if re.search(rf"\b{re.escape(word)}s?\b", folded):
                yield (
                    "« {line} » : au lieu de « {word} », écrivez « {instead} ».",
                    {"word": written, "instead": instead},
                )


def _first(pattern: re.Pattern[str]) -> Callable[[str], Found]:
    """What finds a pattern in a sentence."""

    def find(line: str) -> Found:
        found = pattern.search(line)
        return found[0] if found else None

    return find


def _twice(line: str) -> Found:
    """A sentence with two negations, of which one hears the contrary first."""
    nots = len(_NOT.findall(line))
    return line if nots > 1 or (nots and _LACK.search(line)) else None


_FOUND: tuple[tuple[Callable[[str], Found], str], ...] = (
    (_first(_LETTERS), "« {line} » : écrivez « {found} » en chiffres."),
    (
        _first(_SIGN),
        "« {line} » : ôtez le signe « {found} », qui se lit mal ; faites deux phrases, ou écrivez « et », « ou ».",
    ),
    (_twice, "« {line} » nie deux fois : dites la même chose par une affirmation."),
    (_first(_PASSIVE), "« {line} » : dites qui agit, puis ce qu’il fait, au lieu de « {found} »."),
)


def read(reader: Reader, message: str, table: Table, tables: Map[str, Table]) -> Plain | None:
    """The rule that a contract declares."""
    named, when = read_columns(reader, table, KEYWORDS, ("words", "simpler", "question"))
    words, question = reader.text("words", pattern="[1-9][0-9]?"), reader.boolean("question")
    instead = reader.mapping("simpler")
    simpler = tuple((fold(word), word, instead.text(word, required=True)) for word in instead.node.nodes)
    if not reader.diagnostics and len(named["plain"]) != 1:
        reader.faults(reader.position, "« plain » attend une colonne.", "Exemple : plain: en_clair")
    if reader.diagnostics:
        return None
    return Plain(message, when, named["plain"][0], int(words or WORDS), simpler, question)
