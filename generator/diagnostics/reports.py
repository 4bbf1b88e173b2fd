"""The same diagnostics for different readers: a terminal, GitHub, a summary in Markdown, a program."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path

from generator.diagnostics.finding import Diagnostic
from generator.text.french import NARROW_SPACE, french


def as_text(diagnostics: Sequence[Diagnostic], root: Path) -> str:
    """For a terminal: place, sentence, the line with the fault underlined, and the correction."""
    lines_of = _Lines(root)
    return "\n".join(_text(d, lines_of(d)) for d in diagnostics)


def _text(d: Diagnostic, line: str | None) -> str:
    out = [f"{d.position}{NARROW_SPACE}: {d.severity} [{d.code}]", f"  {d.message}"]
    if line is not None:
        shown, column = _window(line, d.position.column)
        number = str(d.position.line)
        out.append(f"  {number} | {shown}")
        width = max(1, min(d.position.length, len(shown) - column + 1))
        out.append(f"  {' ' * len(number)} | {' ' * (column - 1)}{'^' * width}")
    if d.hint:
        out.append(f"  {d.hint}")
    if d.suggestion:
        out.append(f"  Écrivez{NARROW_SPACE}: {d.suggestion}")
    return "\n".join(out) + "\n"


def _window(line: str, column: int, width: int = 100) -> tuple[str, int]:
    """The part of a long line around a column, and the column in it."""
    if len(line) <= width:
        return line, column
    start = max(0, min(column - width // 3, len(line) - width))
    return line[start : start + width], column - start


class _Lines:
    """Lines of the files of the project, each file read once."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.files: dict[str, list[str]] = {}

    def __call__(self, d: Diagnostic) -> str | None:
        if not d.position.line:
            return None
        path = d.position.path
        if path not in self.files:
            try:
                text = (self.root / path).read_text(encoding="utf-8-sig", errors="replace")
            except OSError:
                text = ""
            self.files[path] = text.split("\n")
        lines = self.files[path]
        if d.position.line > len(lines):
            return None
        line = unicodedata.normalize("NFC", lines[d.position.line - 1])  # as texts.py counts its columns
        return "".join(c if c.isprintable() else " " if c.isspace() else "�" for c in line)


def as_github(diagnostics: Sequence[Diagnostic], root: Path) -> str:
    """GitHub workflow commands: annotations on the lines of a pull request."""
    out = []
    for d in diagnostics:
        kind = "error" if d.severity == "erreur" else "warning"
        place = f"file={_property(d.position.path)}"
        if d.position.line:
            place += f",line={d.position.line},col={d.position.column}"
        out.append(f"::{kind} {place},title={_property(d.code)}::{_data(_sentence(d))}")
    return "\n".join(out)


def _sentence(d: Diagnostic) -> str:
    parts = [d.message, d.hint, f"Écrivez{NARROW_SPACE}: {d.suggestion}" if d.suggestion else ""]
    return "\n".join(part for part in parts if part)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def as_json(diagnostics: Sequence[Diagnostic], root: Path) -> str:
    """A list of objects, for programs."""
    found = [
        {
            "code": d.code,
            "severity": d.severity,
            "path": d.position.path,
            "line": d.position.line,
            "column": d.position.column,
            "message": d.message,
            "hint": d.hint,
            "suggestion": d.suggestion,
        }
        for d in diagnostics
    ]
    return json.dumps(found, ensure_ascii=False, indent=2)


def as_markdown(diagnostics: Sequence[Diagnostic], root: Path) -> str:
    """A summary for a pull request."""
    if not diagnostics:
        return f"## {summary(diagnostics)}\n"
    out = [f"## {summary(diagnostics)}", "", "| Où | Quoi | Que faire |", "|---|---|---|"]
    for d in diagnostics:
        todo = " ".join(
            part for part in (d.hint, f"Écrivez{NARROW_SPACE}: `{_code(d.suggestion)}`" if d.suggestion else "") if part
        )
        out.append(f"| `{_code(str(d.position))}` | {_cell(d.message)} | {_cell(todo) if not d.suggestion else todo} |")
    return "\n".join(out) + "\n"


def _cell(text: str) -> str:
    for character in "\\`*_{}[]<>|#":
        text = text.replace(character, f"\\{character}")
    return text.replace("\n", " ")


def _code(text: str) -> str:
    return text.replace("`", "'").replace("|", "\\|").replace("\n", " ")


def summary(diagnostics: Sequence[Diagnostic]) -> str:
    """« 2 erreurs, 1 avertissement », or that all is well."""
    errors = sum(d.severity == "erreur" for d in diagnostics)
    warnings = len(diagnostics) - errors
    if not diagnostics:
        return french("Aucune faute : le contenu est valide.")
    counts = [
        f"{amount} {word}{'s' if amount > 1 else ''}"
        for amount, word in ((errors, "erreur"), (warnings, "avertissement"))
        if amount
    ]
    return french(", ".join(counts) + (" : le contenu est valide." if not errors else "."))


RENDERERS: dict[str, Callable[[Sequence[Diagnostic], Path], str]] = {
    "text": as_text,
    "github": as_github,
    "json": as_json,
    "markdown": as_markdown,
}
