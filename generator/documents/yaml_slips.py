"""A slip of a YAML file: where it is, what is said of it, what is written instead; and what the lines around it are."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from generator.text.interface import Sentence, sentence


@dataclass(frozen=True, slots=True)
class Slip:
    """A slip: its `line` (from 1), its `column` and how many characters it underlines; what is said of it, what to do; `lines`,
    those that are read instead, from its own, and `written`, those to write when they are not the same; `sure` when no other
    reading is as good.
    """

    line: int
    column: int
    length: int
    message: Sentence
    hint: Sentence
    lines: tuple[str, ...]
    sure: bool = True
    written: tuple[str, ...] = ()
    told_at: int = 0  # the line where it is shown, when that is not its own

    def mended(self, lines: Sequence[str]) -> list[str]:
        """A file, its slip mended: as many lines."""
        start = self.line - 1
        return [*lines[:start], *self.lines, *lines[start + len(self.lines) :]]


def one(number: int, column: int, length: int, message: str, hint: str, line: str, **values: object) -> Slip:
    """A slip whose line is written anew."""
    return Slip(number, column, length, sentence(message, **values), sentence(hint, **values), (line,))


def is_text(line: str) -> bool:
    """Whether a line says something: it is neither empty nor a comment."""
    return bool(line.strip()) and not line.lstrip().startswith("#")


def keys_of(lines: Sequence[str]) -> frozenset[str]:
    """The words that stand as keys in a file."""
    return frozenset(found[1] for line in lines if (found := KEY.match(line)))


KEY = re.compile(r"[ ]*(?:- +)*([A-Za-z_][\w-]*):(?: |$)")


def margin_of(line: str) -> int:
    """How many spaces a line begins with."""
    return len(line) - len(line.lstrip(" "))


AROUND = 4  # lines above the error where a slip is looked for


LONG = 60  # characters of a line that is likely to go on


SIBLINGS = 30  # lines around one whose margin is wrong, to find that of its neighbours
