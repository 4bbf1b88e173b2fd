"""What is wrong with the content, as values: a diagnostic has a code, a place, a sentence and, when one is
likely, the correction. Checks yield diagnostics and know nothing of how they are shown (see reports.py).
"""

from __future__ import annotations

import difflib
import errno
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from generator.codes import CODES, Severity

NARROW_SPACE = "\u202f"


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


def french(text: str) -> str:
    """Give French text its narrow no-break spaces: before ; : ! ? % and inside « ».

    Rule: Imprimerie nationale, « Lexique des règles typographiques », with one space width for all.
    """
    text = re.sub(r" ([;:!?%»])", NARROW_SPACE + r"\1", text)
    return text.replace("« ", "«" + NARROW_SPACE)


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


def fold(text: str) -> str:
    """Text without accents, case, ligatures or separators: `Intitulé_long` and `intitule-long` fold alike."""
    text = text.replace("œ", "oe").replace("Œ", "oe").replace("æ", "ae").replace("’", "'")
    text = unicodedata.normalize("NFKD", text)
    return re.sub(r"[\s_'\-]+", " ", "".join(c for c in text if not unicodedata.combining(c))).strip().casefold()


def nearest(text: str, candidates: Iterable[str], labels: Iterable[str] = ()) -> str:
    """The candidate that `text` was probably meant to be, or "": same once folded (itself or its label), else close in
    spelling. `labels`, when given, are in the order of `candidates`.
    """
    names = list(candidates)
    folded = fold(text)
    for name in names:
        if fold(name) == folded:
            return name
    for name, label in zip(names, labels, strict=False):
        if label and fold(label) == folded:
            return name
    if len(text) > 200 or len(names) > 20_000:
        return ""
    close = difflib.get_close_matches(folded, [fold(name) for name in names], n=1, cutoff=0.72)
    return next((name for name in names if fold(name) == close[0]), "") if close else ""


_REASONS = {
    errno.ENOENT: "il n’existe pas",
    errno.EACCES: "vous n’en avez pas le droit",
    errno.EPERM: "vous n’en avez pas le droit",
    errno.EISDIR: "c’est un dossier",
    errno.ENOSPC: "le disque est plein",
    errno.EDQUOT: "votre quota est atteint",
    errno.EROFS: "le disque est en lecture seule",
    errno.EIO: "le disque ne répond pas",
    errno.ENAMETOOLONG: "son nom est trop long",
    errno.ENXIO: "ce n’est pas un fichier ordinaire",
}


def reason(error: OSError) -> str:
    """Why the system refuses, in French; its own words when we have none."""
    return _REASONS.get(error.errno or 0) or error.strerror or str(error)


def listed(words: Iterable[str], last: str = "ou") -> str:
    """« a », « b » ou « c », cut after eight."""
    quoted = [f"«{NARROW_SPACE}{word}{NARROW_SPACE}»" for word in words]
    if len(quoted) > 8:
        return ", ".join(quoted[:8]) + f" {last} d’autres"
    return f" {last} ".join([", ".join(quoted[:-1]), quoted[-1]]) if len(quoted) > 1 else "".join(quoted)
