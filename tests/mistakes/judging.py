"""A mistake is tried on a copy of the content, and what is told is compared with what was awaited."""

from __future__ import annotations

import re
import shutil
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from generator.changes.copies import EXPECTED
from generator.commands.check import checked_project, proven
from generator.diagnostics.causes import causes
from generator.diagnostics.finding import Diagnostic
from generator.diagnostics.reports import as_text
from generator.documents.keeping import Kept
from mistakes.reading import Expected, Mistake, StaleError, apply

INPUTS = ("content", "datapackages", "mkdocs.yml")


@dataclass(frozen=True, slots=True)
class Verdict:
    """`kind`: trace (a fault of ours), juste, partie (something is told, not as awaited), muet (nothing is), alerte (of a right
    edit), périmé; `why`: what
    is not as awaited; `told`: the messages, as a terminal shows them.
    """

    mistake: Mistake
    kind: str
    why: tuple[str, ...] = ()
    told: str = ""


class Trial:
    """A copy of a project, in which mistakes are made and undone."""

    def __init__(self, root: Path, folder: Path) -> None:
        self.root, self.folder = root, folder
        for name in INPUTS:
            copy = shutil.copytree if (root / name).is_dir() else shutil.copy
            copy(root / name, folder / name)
        self.kept = Kept()  # what is made of the files as they are: the others alone are read again
        checked_project(folder, keep=self.kept)
        self.usual = {_known(d) for d in self._told()}

    def judge(self, mistake: Mistake) -> Verdict:
        """Try a mistake."""
        try:
            with self._made(mistake):
                found = [d for d in self._told() if _known(d) not in self.usual]
                text = as_text(found, self.folder)
                told = [(cause.first, self._line(cause.first)) for cause in causes(found)]
        except (StaleError, FileNotFoundError) as stale:
            return Verdict(mistake, "périmé", (str(stale),))
        except Exception as error:  # a fault of ours, whatever it is
            return Verdict(mistake, "trace", (f"{type(error).__name__} : {error}",))
        why = tuple(_missing(mistake.expected, told))
        kind = "juste" if not why else "alerte" if not mistake.expected else "partie" if told else "muet"
        return Verdict(mistake, kind, why, text)

    def _line(self, d: Diagnostic) -> str:
        """The line at which a message is, without its margin."""
        path = self.folder / d.position.path
        lines = path.read_text(encoding="utf-8", errors="replace").split("\n") if path.is_file() else []
        return lines[d.position.line - 1].strip() if 0 < d.position.line <= len(lines) else ""

    def _told(self) -> tuple[Diagnostic, ...]:
        found = proven(checked_project(self.folder, keep=Kept(self.kept))).diagnostics
        return tuple(
            each for each in found if each.code != EXPECTED
        )  # each case changes data: a version is due, and is no mistake

    @contextmanager
    def _made(self, mistake: Mistake) -> Iterator[None]:
        touched: list[str] = []
        try:
            touched.extend(apply(self.folder, mistake))
            yield
        finally:
            for top in dict.fromkeys("/".join(path.split("/")[:2]) for path in self._touched(mistake)):
                self._restore(top)

    def _touched(self, mistake: Mistake) -> Iterator[str]:
        for kind, path, text in mistake.edits:
            if kind == "gestes":
                yield from (word.replace("␣", " ") for line in text.split("\n") for word in line.split()[1:])
            else:
                yield path

    def _restore(self, path: str) -> None:
        place, whole = self.folder / path, self.root / path
        if place.is_dir():
            shutil.rmtree(place)
        elif place.exists():
            place.unlink()
        if whole.exists():
            (shutil.copytree if whole.is_dir() else shutil.copy)(whole, place)


Told = tuple[Diagnostic, str]  # a message, and the line at which it is


def _known(d: Diagnostic) -> tuple[str, str, str]:
    return d.code, d.position.path, str(d.message)


def _missing(expected: Sequence[Expected], told: Sequence[Told]) -> Iterator[str]:
    """What is not as awaited, in words; nothing when each awaited message is there, and no other."""
    if len(told) != len(expected):
        yield f"{len(told)} message(s) au lieu de {len(expected)}"
    left = list(told)
    for each in expected:
        if not left:
            return
        best = min(left, key=lambda told: len(list(_differences(each, told))))
        yield from _differences(each, best)
        left.remove(best)


def _differences(expected: Expected, told: Told) -> Iterator[str]:
    d, line = told
    place = f"{d.position.path} « {line} »" if line else d.position.path
    if not any(_spaces(wanted).removesuffix(" « »") in (_spaces(place), d.position.path) for wanted in expected.places):
        yield f"lieu : {place} au lieu de {' ou '.join(expected.places)}"
    text = _plain(f"{d.message} {d.hint} {d.suggestion}")
    for stems in expected.stems:
        if not any(_plain(stem) in text for stem in stems):
            yield f"cause : « {'|'.join(stems)} » n’est pas dit"
    given = _spaces(f"{d.suggestion}\n{d.hint}\n{d.message}")
    if expected.corrections and not any(_spaces(wanted) in given for wanted in expected.corrections):
        yield f"corriger : « {' || '.join(expected.corrections)} » n’est pas donné"
    if expected.severity and d.severity != expected.severity:
        yield f"gravité : {d.severity} au lieu de {expected.severity}"


def _spaces(text: str) -> str:
    return re.sub(r"\s+", " ", text.replace("’", "'")).strip()


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", _spaces(text).lower().replace("œ", "oe"))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def count(verdicts: Iterable[Verdict], *kinds: str) -> int:
    """How many verdicts are of some kinds."""
    return sum(verdict.kind in kinds for verdict in verdicts)
