"""What is wrong with the content, as values: a diagnostic has a code, a place, a sentence and, when one is
likely, the correction. Checks yield diagnostics and know nothing of how they are told (see reports.py).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from generator.diagnostics.codes import CODES, Severity
from generator.text.interface import NOTHING, Sentence

LONGEST = 400  # characters of a value that a message quotes, and of a suggestion


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place in a file of the project: POSIX path from its root, 1-based line and column, 0 when it is the whole file."""

    path: str
    line: int = 0
    column: int = 0
    length: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}" if self.line else self.path


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One fault of the content: `message` says what is wrong, `hint` what to do, `suggestion` the text to write instead.
    Sentences keep their template and their values until a report tells them.
    """

    code: str
    position: Position
    message: Sentence
    hint: Sentence = NOTHING
    suggestion: str = ""

    def __post_init__(self) -> None:
        if len(self.suggestion) > LONGEST:  # nobody copies it, and the hint says what to do
            object.__setattr__(self, "suggestion", "")

    @property
    def severity(self) -> Severity:
        """« erreur » or « avertissement », as the table of codes says."""
        return CODES[self.code].severity


def fault(
    code: str, position: Position, message: str, hint: str = "", suggestion: str = "", /, **values: object
) -> Diagnostic:
    """Build a diagnostic; `message` and `hint` are French templates, keys of the interface, into which `values` go."""
    quoted = tuple((name, kept(value)) for name, value in values.items())
    return Diagnostic(
        code, position, Sentence(message, quoted), Sentence(hint, quoted) if hint else NOTHING, suggestion
    )


def kept(value: object) -> object:
    """A value as a message quotes it: numbers and sentences as they are, anything else as a text of one line, not too long."""
    if isinstance(value, int | Decimal | Sentence):
        return value
    text = str(value)[: LONGEST + 1].rstrip("\n").replace("\n", "⏎")
    return text if len(text) <= LONGEST else text[: LONGEST - 3] + "…"


def sort(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Diagnostics in reading order, without twins. Sentences are said only to order those of one place and one code."""
    ordered = sorted(dict.fromkeys(diagnostics), key=_rank)
    groups = (list(group) for _, group in groupby(ordered, key=_rank))
    return [d for group in groups for d in (sorted(group, key=lambda d: str(d.message)) if len(group) > 1 else group)]


def _rank(d: Diagnostic) -> tuple[str, int, int, int, str]:
    position = d.position
    return position.path, position.line, position.column, position.length, d.code
