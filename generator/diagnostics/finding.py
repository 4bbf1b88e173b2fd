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
from generator.text.patching import Edit

# The codes of what a contract wants of a value: one that is wrong by itself is told only so, and asked nothing more.
RULES = (("regle", "question", "guillemets"), ("question",))
MISSING = "valeur-manquante"  # the code of a key that is missing
SLIP = "yaml-mal-forme"  # the code of a line that the parser cannot read as it is written
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
    """One fault of the content: `message` says what is wrong, `hint` what to do, `suggestion` the text to write instead, by default
    instead of what is underlined. `edits`: what is written when that is sure, so that nobody has to choose. `about`: the table and
    the key of a row that is missing, by which its absence is told once. Sentences keep their template and their values until a
    report tells them.
    """

    code: str
    position: Position
    message: Sentence
    hint: Sentence = NOTHING
    suggestion: str = ""
    edits: tuple[Edit, ...] = ()
    about: tuple[str, ...] = ()

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


def instead(place: Position, text: str) -> Edit:
    """The edit that writes a text instead of what is at a place, on one line."""
    return Edit(place.path, (place.line, place.column), (place.line, place.column + place.length), text)


def kept(value: object) -> object:
    """A value as a message quotes it: numbers and sentences as they are, anything else as a text of one line, not too long."""
    if isinstance(value, int | Decimal | Sentence):
        return value
    text = str(value)[: LONGEST + 1].rstrip("\n").replace("\n", "⏎")
    return text if len(text) <= LONGEST else text[: LONGEST - 3] + "…"


def one_by_line(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Diagnostics, without those on a line that was read as it was probably meant: its slip alone is told."""
    found = list(diagnostics)
    for weak in RULES:
        blamed = {d.position for d in found if d.code not in weak}
        found = [d for d in found if d.code not in weak or d.position not in blamed]
    slips = {_line(d) for d in found if d.code == SLIP}
    named = {
        (d.position.path, value) for d in found if d.code == SLIP for name, value in d.message.values if name == "key"
    }

    def follows(d: Diagnostic) -> bool:
        """Whether it is on such a line, or says that a key is missing which such a line writes."""
        inner = dict(d.message.values).get("inner") if d.code == MISSING else None
        return _line(d) in slips or (inner is not None and (d.position.path, inner) in named)

    return [d for d in found if d.code == SLIP or not follows(d)] if slips else found


def _line(d: Diagnostic) -> tuple[str, int]:
    return d.position.path, d.position.line


def sort(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Diagnostics in reading order, without twins. Sentences are said only to order those of one place and one code."""
    ordered = sorted(dict.fromkeys(diagnostics), key=_rank)
    groups = (list(group) for _, group in groupby(ordered, key=_rank))
    return [d for group in groups for d in (sorted(group, key=lambda d: str(d.message)) if len(group) > 1 else group)]


def _rank(d: Diagnostic) -> tuple[str, int, int, int, str]:
    position = d.position
    return position.path, position.line, position.column, position.length, d.code
