"""A code that a text prints in words: `wording: code, text: texte, words: {environ: [environ, à peu près]}`. A row whose code
has words prints one of them; a text that prints words has one of their codes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from collections.abc import Mapping as Map
from dataclasses import dataclass
from functools import lru_cache

from generator.diagnostics.finding import Diagnostic
from generator.diagnostics.wording import listed
from generator.documents.reader import Reader
from generator.rules.rule import UNREAD, Condition, Row, Table, broken, questioned, read_columns
from generator.text.french import fold
from generator.text.memory import TEXTS

KEYWORDS = ("wording", "text")
_WORDS = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Wording:
    """`words`: of each code, those that print it, in any case; `signs`: what finds them, in the same order."""

    message: str
    when: Condition
    code: str
    printed: str
    words: tuple[tuple[str, tuple[str, ...]], ...]
    question: bool

    def check(self, row: Row) -> Iterator[Diagnostic]:
        """The row whose code is not what its text prints."""
        text, code = row[self.printed], row[self.code]
        if not isinstance(text, str) or code is UNREAD or not self.when(row):
            return
        printed = [value for value, words in self.words if any(_holds(text, word) for word in words)]
        own = dict(self.words).get(str(code))
        if (own is None and not printed) or (own is not None and code in printed):
            return
        hint = "« {column} » vaut « {code} », mais « {printed} » dit « {text} »."
        plainest = printed[0] if printed else ""
        suggestion = plainest if all(value.startswith(plainest) for value in printed) else ""
        values = {"column": self.code, "code": code or "", "printed": self.printed, "text": text}
        if own is not None and not printed:
            hint = "« {column} » vaut « {code} », mais « {printed} » ne dit pas {words} : « {text} »."
            values["words"] = listed(own)
        said = broken(self.message, row.at(self.code), hint, suggestion, **values)
        yield questioned(said) if self.question else said

    def asks(self, row: Map[str, object], written: Set[str]) -> Set[str]:
        """Nothing."""
        return frozenset()

    def alone(self) -> tuple[str, ...] | None:
        """The columns that it reads."""
        return self.when.with_columns(self.code, self.printed)


@lru_cache(maxsize=TEXTS)
def _holds(text: str, word: str) -> bool:
    """Whether a text holds a word, or a sign, whatever its case and its accents."""
    folded, held = fold(word), fold(text)
    if not word[-1:].isalnum():
        return folded in held
    words = f" {' '.join(_WORDS.findall(held))} "
    return any(f" {' '.join(_WORDS.findall(folded))}{end} " in words for end in ("", "s", "x"))


def read(reader: Reader, message: str, table: Table, tables: Map[str, Table]) -> Wording | None:
    """The rule that a contract declares."""
    named, when = read_columns(reader, table, KEYWORDS, ("words", "question"))
    words = reader.mapping("words", required=True)
    found = tuple((value, words.texts(value, required=True)) for value in words.node.nodes)
    question = reader.boolean("question")
    if reader.diagnostics:
        return None
    if any(len(named[word]) != 1 for word in KEYWORDS) or not found:
        told = "« wording » et « text » attendent chacun une colonne, et « words » les mots de chaque code."
        reader.faults(reader.position, told, "Exemple : wording: code, text: texte, words: {{environ: [environ]}}")
        return None
    return Wording(message, when, named["wording"][0], named["text"][0], found, question)
