"""What is wrong with the content, as values: a diagnostic has a code, a place, a sentence and, when one is
likely, the correction. Checks yield diagnostics and know nothing of how they are shown (see reports.py).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from generator.diagnostics.codes import CODES, Severity
from generator.text.french import french


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
    """One fault of the content: `message` says what is wrong, `hint` what to do, `suggestion` the text to write instead."""

    code: str
    position: Position
    message: str
    hint: str = ""
    suggestion: str = ""

    @property
    def severity(self) -> Severity:
        """« erreur » or « avertissement », as the table of codes says."""
        return CODES[self.code].severity


def fault(
    code: str, position: Position, message: str, hint: str = "", suggestion: str = "", /, **values: object
) -> Diagnostic:
    """Build a diagnostic; `message` and `hint` are French templates, typeset before `values` are put in, so that
    quoted content is never altered.
    """
    shown = {name: _shown(value) for name, value in values.items()}
    return Diagnostic(code, position, french(message).format(**shown), french(hint).format(**shown), suggestion)


def _shown(value: object) -> str:
    text = str(value)
    return text if len(text) <= 400 else text[:397] + "…"


def sort(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Diagnostics in reading order, without twins."""
    return sorted(dict.fromkeys(diagnostics), key=lambda d: (d.position, d.code, d.message))
