"""The same diagnostics for different readers: a terminal, GitHub, a summary in Markdown, a program."""

from __future__ import annotations

import codecs
import json
import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path

from generator.diagnostics.finding import Diagnostic
from generator.text.characters import visible
from generator.text.interface import say


def as_text(diagnostics: Sequence[Diagnostic], root: Path) -> str:
    """For a terminal: place, sentence, the line with the fault underlined, and the correction."""
    lines_of = _Excerpts(root)
    return "\n".join(_text(d, lines_of(d)) for d in diagnostics)


def _text(d: Diagnostic, line: str | None) -> str:
    message, hint, place = (_shown(part) for part in (d.message, d.hint, d.position))
    out = [say("{place} : {severity} [{code}]", place=place, severity=d.severity, code=d.code), f"  {message}"]
    if line is not None:
        shown, column = _window(line, d.position.column)
        number = str(d.position.line)
        out.append(f"  {number} | {shown}")
        width = max(1, min(d.position.length, len(shown) - column + 1))
        out.append(f"  {' ' * len(number)} | {' ' * (column - 1)}{'^' * width}")
    if hint:
        out.append(f"  {hint}")
    if d.suggestion:
        out.append("  " + _write(d))
    return "\n".join(out) + "\n"


def _window(line: str, column: int, width: int = 100) -> tuple[str, int]:
    """The part of a long line around a column, and the column in it."""
    if len(line) <= width:
        return line, column
    start = max(0, min(column - width // 3, len(line) - width))
    return line[start : start + width], column - start


class _Excerpts:
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
                text = _decoded((self.root / path).read_bytes())
            except OSError:
                text = ""
            self.files[path] = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
        lines = self.files[path]
        if d.position.line > len(lines):
            return None
        line = unicodedata.normalize("NFC", lines[d.position.line - 1])  # as files.py counts its columns
        return "".join(c if c.isprintable() else " " if c.isspace() else "�" for c in line)


_BYTES = {0xDC00 + byte: bytes([byte]).decode("windows-1252", "replace") for byte in range(0x80, 0x100)}


def _decoded(data: bytes) -> str:
    """The text of a file in any encoding, to be shown: a byte that is not UTF-8 is the letter that it is in Windows-1252."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    return data.decode("utf-8", "surrogateescape").removeprefix("\ufeff").translate(_BYTES)


def _shown(part: object) -> str:
    """A part of a diagnostic on a terminal: nothing of it commands, none of its lines passes for another message."""
    return visible(str(part)).replace("\n", "\n  ")


def _write(d: Diagnostic) -> str:
    return say("Écrivez : {text}", text=_shown(d.suggestion)) if d.suggestion else ""


def as_github(diagnostics: Sequence[Diagnostic], root: Path) -> str:
    """GitHub workflow commands: annotations on the lines of a pull request."""
    out = []
    for d in diagnostics:
        kind = "error" if d.severity == "erreur" else "warning"
        place = f"file={_property(d.position.path)}"
        if d.position.line:
            place += f",line={d.position.line},col={d.position.column}"
        told = "\n".join(part for part in (visible(str(d.message)), visible(str(d.hint)), _write(d)) if part)
        out.append(f"::{kind} {place},title={_property(d.code)}::{_data(told)}")
    return "\n".join(out)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(visible(text)).replace(":", "%3A").replace(",", "%2C")


def as_json(diagnostics: Sequence[Diagnostic], root: Path) -> str:
    """A list of objects, for programs."""
    found = [
        {
            "code": d.code,
            "severity": d.severity,
            "path": d.position.path,
            "line": d.position.line,
            "column": d.position.column,
            "message": str(d.message),
            "hint": str(d.hint),
            "suggestion": d.suggestion,
        }
        for d in diagnostics
    ]
    return visible(json.dumps(found, ensure_ascii=False, indent=2))  # what it writes out, JSON reads back


def as_markdown(diagnostics: Sequence[Diagnostic], root: Path) -> str:
    """A summary for a pull request."""
    title = f"## {summary(diagnostics)}"
    if not diagnostics:
        return f"{title}\n"
    out = [title, "", say("| Où | Quoi | Que faire |"), "|---|---|---|"]
    for d in diagnostics:
        todo = [_cell(str(d.hint))] if d.hint else []
        todo += [say("Écrivez : {text}", text=f"`{_code(d.suggestion)}`")] if d.suggestion else []
        out.append(f"| `{_code(str(d.position))}` | {_cell(str(d.message))} | {' '.join(todo)} |")
    return "\n".join(out) + "\n"


def _cell(text: str) -> str:
    text = visible(text)
    for character in "\\`*_{}[]<>|#":
        text = text.replace(character, f"\\{character}")
    return text.replace("\n", " ")


def _code(text: str) -> str:
    return visible(text).replace("`", "'").replace("|", "\\|").replace("\n", " ")


def summary(diagnostics: Sequence[Diagnostic]) -> str:
    """« 2 erreurs, 1 avertissement », or that all is well."""
    errors = sum(d.severity == "erreur" for d in diagnostics)
    warnings = len(diagnostics) - errors
    if not diagnostics:
        return say("Aucune faute : le contenu est valide.")
    amounts = (
        (errors, "{amount} erreur", "{amount} erreurs"),
        (warnings, "{amount} avertissement", "{amount} avertissements"),
    )
    counts = ", ".join(say(many if amount > 1 else one, amount=amount) for amount, one, many in amounts if amount)
    return say("{counts}.", counts=counts) if errors else say("{counts} : le contenu est valide.", counts=counts)


RENDERERS: dict[str, Callable[[Sequence[Diagnostic], Path], str]] = {
    "text": as_text,
    "github": as_github,
    "json": as_json,
    "markdown": as_markdown,
}
