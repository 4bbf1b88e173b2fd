"""Diagnostics → the edits that leave nothing to choose, and the files as these make them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from generator.diagnostics.finding import Diagnostic
from generator.documents.cleaning import normal
from generator.documents.files import read_whole
from generator.documents.json_spans import in_json
from generator.documents.kinds import is_csv, kind_of
from generator.documents.yaml_texts import is_dashed
from generator.text.french import MONTHS, fold
from generator.text.patching import Edit, OverlapError, patched

# Codes whose suggestion is sure when it is the same word, otherwise spelled.
SPELLINGS = frozenset(("cle-inconnue", "hors-liste", "reference-introuvable"))
# Codes whose suggestion is a whole line, to write instead of the one that is shown.
LINES = frozenset(
    ("ancre-ou-alias", "etiquette-yaml", "texte-coupe", "yaml-mal-forme", "texte-mal-lu", "csv-mal-forme")
)
_MONTH = "|".join(MONTHS)
# A number, a date or an hour as somebody writes it, with nothing that its conversion would lose.
_EXACT = re.compile(
    rf"(?:[\W\d_]|[TZ]|\b(?:{_MONTH}|er|oui|non|vrai|faux|h|min|millions?|milliards?|mille|Mds?|M)\b)+", re.IGNORECASE
)


class Lines:
    """The lines of the files of a project, each file read once."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._files: dict[str, list[str]] = {}

    def of(self, d: Diagnostic) -> str:
        """The line at which a diagnostic is, "" when it is about a whole file."""
        number, lines = d.position.line, self._lines(d.position.path)
        return lines[number - 1] if 0 < number <= len(lines) else ""

    def dashes(self, d: Diagnostic) -> tuple[Edit, ...]:
        """The edits of a long dash that should open the item of a list, and of those that open the lines below as it does."""
        path, number, lines = d.position.path, d.position.line, self._lines(d.position.path)
        opening = re.match(r"\s*\S", lines[number - 1]) if 0 < number <= len(lines) else None
        if opening is None:
            return ()
        rows = (row for row in range(number, len(lines) + 1) if lines[row - 1].startswith(opening[0]))
        return tuple(Edit(path, (row, opening.end()), (row, opening.end() + 1), "-") for row in rows)

    def _lines(self, path: str) -> list[str]:
        if path not in self._files:
            data = read_whole(self._root, path)
            self._files[path] = normal((data or b"").decode("utf-8", "replace")).split("\n")
        return self._files[path]


def edits_of(d: Diagnostic, lines: Lines) -> tuple[Edit, ...]:
    """What following a diagnostic writes: its own edits, else its suggestion, instead of what is underlined or of the line."""
    place, line = d.position, lines.of(d)
    if d.edits or not d.suggestion or not place.line:
        return d.edits
    if d.code == "yaml-mal-forme" and d.suggestion.lstrip().startswith("- ") and is_dashed(line):
        return lines.dashes(d)
    start, length = place.column, place.length
    written = line[start - 1 : start - 1 + length]
    if d.code == "caractere-interdit":
        return (Edit(place.path, (place.line, start), (place.line, start + 1), ""),)
    if "\n" in d.suggestion and d.code not in LINES:
        return _keys(d, line)
    whole = d.code in LINES or (d.code == "espace-insecable" and d.suggestion.startswith(" "))
    if whole and not (d.code == "texte-mal-lu" and is_csv(place.path)):
        start, length = 1, len(line)
    elif d.code == "lien-casse" and not d.suggestion.startswith("["):
        if "](" not in written:  # it goes on below
            return ()
        start, length = start + written.index("](") + 2, len(written.partition("](")[2].rstrip(")"))
    elif d.code == "nombre-libre":
        words = d.suggestion[1:].partition("](")[0]
        length = len(words) if line[start - 1 :].startswith(words) else length
    elif d.code == "html-dans-un-texte":
        closing = f"</{written[1:].strip('<>/ ').split(' ')[0]}>"
        end = line.find(closing, start - 1)
        length = end + len(closing) - start + 1 if end >= 0 else length
    elif d.code == "markdown-inconnu" and d.suggestion.startswith("- "):
        length = len(line) - start + 1
    meant = d.suggestion
    if kind_of(place.path) == "json" and d.code != "json-mal-forme" and written.startswith('"'):
        meant = in_json(meant, quoted=True)
    return (Edit(place.path, (place.line, start), (place.line, start + length), meant),)


def _keys(d: Diagnostic, line: str) -> tuple[Edit, ...]:
    """The edit that writes several keys, each on its line, instead of one and its value."""
    opening = re.match(r"(\s*(?:- )*)[^\s:]+:\s+", line)
    start, length = d.position.column, d.position.length
    if opening is None or opening.end() != start - 1:
        return ()
    text = f"\n{' ' * len(opening[1])}".join(d.suggestion.split("\n"))
    path, row = d.position.path, d.position.line
    return (Edit(path, (row, len(opening[1]) + 1), (row, start + length), text),)


def is_sure(d: Diagnostic, line: str) -> bool:
    """Whether a correction leaves nothing to choose: it says so, it is the same word otherwise spelled, or a value otherwise
    written, of which nothing is lost.
    """
    written = line[d.position.column - 1 : d.position.column - 1 + d.position.length].strip("\"'")
    if d.edits or not d.suggestion:
        return bool(d.edits)
    if d.code in SPELLINGS:
        return fold(written) == fold(d.suggestion)
    if d.code in ("valeur-du-mauvais-type", "forme"):
        return bool(written) and _EXACT.fullmatch(written) is not None
    return d.code == "espace-en-trop"


def sure_edits(diagnostics: Iterable[Diagnostic], root: Path) -> list[Edit]:
    """The edits of the diagnostics that leave nothing to choose."""
    lines = Lines(root)
    return [edit for d in diagnostics if is_sure(d, lines.of(d)) for edit in edits_of(d, lines)]


def fixed(root: Path, edits: Iterable[Edit]) -> dict[str, bytes]:
    """The files that edits change, as they make them; of two edits of one passage, the first is made."""
    files: dict[str, list[Edit]] = {}
    for edit in sorted(set(edits)):
        kept = files.setdefault(edit.path, [])
        if not kept or kept[-1].end <= edit.start:
            kept.append(edit)
    found = {}
    for path, own in files.items():
        data = read_whole(root, path)
        try:
            made = patched(data, own) if data is not None else data
        except (OverlapError, UnicodeDecodeError):  # a place that the file has not: nothing is written
            continue
        if made is not None and made != data:
            found[path] = made
    return found
