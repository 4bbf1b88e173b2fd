"""The same diagnostics for different readers: a terminal, GitHub, a summary in Markdown, a program."""

from __future__ import annotations

import codecs
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from generator.diagnostics.causes import Cause, causes, chosen
from generator.diagnostics.codes import Severity
from generator.diagnostics.comments import HEAD, row
from generator.diagnostics.finding import Diagnostic, Position
from generator.text.characters import on_one_line, visible
from generator.text.interface import count, say

PRINTED, PRINTED_PER_FILE = 200, 100  # messages of a text or of a summary
ANNOTATED = 50  # messages for GitHub, which shows ten errors and ten warnings of a step
NAMED = 5  # other places of a message
LISTED = 10_000  # places of an entry of JSON
SAID = 4_000  # characters of a sentence


def as_text(diagnostics: Sequence[Diagnostic], root: Path) -> str:
    """For a terminal: place, sentence, the line with the fault underlined, the correction, the other places."""
    found, lines_of = causes(diagnostics), _Excerpts(root)
    told = chosen(found, PRINTED, PRINTED_PER_FILE)
    out = [_text(cause, lines_of(cause.first)) for cause in told]
    if len(told) < len(found):
        limits = {"file": PRINTED_PER_FILE, "all": PRINTED}
        message = "{unsaid} : {file} au plus par fichier, {all} en tout. Corrigez d’abord ceux-ci."
        out.append(say(message, unsaid=_unsaid(len(found) - len(told)), **limits) + "\n")
    return "\n".join(out)


def _unsaid(amount: int) -> str:
    return count(amount, "autre message n’est pas montré", "autres messages ne sont pas montrés")


def _text(cause: Cause, line: str | None) -> str:
    d = cause.first
    message, hint, place = shown(d.message), shown(d.hint), shown(on_one_line(str(d.position)))
    out = [say("{place} : {severity} [{code}]", place=place, severity=d.severity, code=d.code), f"  {message}"]
    if line is not None:
        part, column = _window(line, d.position.column)
        number = str(d.position.line)
        out.append(f"  {number} | {part}")
        width = max(1, min(d.position.length, len(part) - column + 1))
        out.append(f"  {' ' * len(number)} | {' ' * (column - 1)}{'^' * width}")
    out += [f"  {part}" for part in (hint, _write(d), _others(cause)) if part]
    return "\n".join(out) + "\n"


def _others(cause: Cause) -> str:
    """How many other places a cause has, and the first of them."""
    others = cause.places[1:]
    if not others:
        return ""
    first = ", ".join(shown(on_one_line(str(place))) for place in others[:NAMED]) + ("…" if len(others) > NAMED else "")
    message = "Et {others} : {first}" if cause.alike else "Et {others} du même genre : {first}"
    return say(message, others=_counted(cause), first=first)


def _counted(cause: Cause) -> str:
    """The other places of a cause, counted in files or in lines when each is in its own."""
    amount = len(cause.places) - 1
    if len({place.path for place in cause.places}) > amount:
        return count(amount, "autre fichier", "autres fichiers")
    if len({(place.path, place.line) for place in cause.places}) > amount:
        return count(amount, "autre ligne", "autres lignes")
    return count(amount, "autre endroit", "autres endroits")


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
        line = "".join(c if c.isprintable() else " " if c.isspace() else "�" for c in line)
        return line.replace(_ANYWHERE, "#�[")


# What starts a command in the log of a continuous integration: at the start of a line, even after spaces, and anywhere.
_COMMAND = re.compile(r"^([ \t]*):(?=:)", re.MULTILINE)
_ANYWHERE, _WRITTEN_OUT = "##[", "\\u0023#["


_BYTES = {0xDC00 + byte: bytes([byte]).decode("windows-1252", "replace") for byte in range(0x80, 0x100)}


def _decoded(data: bytes) -> str:
    """The text of a file in any encoding, to be shown: a byte that is not UTF-8 is the letter that it is in Windows-1252."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    return data.decode("utf-8", "surrogateescape").removeprefix("\ufeff").translate(_BYTES)


def shown(part: object) -> str:
    """A sentence on a terminal: nothing of it commands, none of its lines but the first passes for another message."""
    text = _COMMAND.sub(r"\1\\u003a", visible(_said(part))).replace(_ANYWHERE, _WRITTEN_OUT)
    return text.replace("\n", "\n  ")


def _said(part: object) -> str:
    """A sentence, cut when it is too long: that of a tool may be anything."""
    text = str(part)
    return text if len(text) <= SAID else text[:SAID] + "…"


def _write(d: Diagnostic) -> str:
    return say("Écrivez : {text}", text=shown(d.suggestion)) if d.suggestion else ""


def as_github(diagnostics: Sequence[Diagnostic], root: Path) -> str:
    """GitHub workflow commands: annotations on the lines of a pull request."""
    out, found = [], causes(diagnostics)
    told = chosen(found, ANNOTATED, ANNOTATED)
    for cause in told:
        d = cause.first
        kind = "error" if d.severity == "erreur" else "warning"
        place = f"file={_property(d.position.path)}"
        if d.position.line:
            place += f",line={d.position.line},col={d.position.column}"
        parts = visible(_said(d.message)), visible(_said(d.hint)), _write(d), _others(cause)
        out.append(f"::{kind} {place},title={_property(d.code)}::{_data(chr(10).join(part for part in parts if part))}")
    if len(told) < len(found):
        out.append(f"::notice::{_data(_unsaid(len(found) - len(told)))}")
    return "\n".join(out)


def _data(text: str) -> str:
    text = text.replace(_ANYWHERE, _WRITTEN_OUT)
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(visible(text)).replace(":", "%3A").replace(",", "%2C")


def as_json(diagnostics: Sequence[Diagnostic], root: Path) -> str:
    """A list of objects, one for each cause, for programs. What is told is that of the first place."""
    found = [
        {
            "code": d.code,
            "severity": d.severity,
            **_place(d.position),
            "message": _said(d.message),
            "hint": _said(d.hint),
            "suggestion": d.suggestion,
            "count": len(cause.places),
            "alike": cause.alike,
            "places": [_place(place) for place in cause.places[:LISTED]],
        }
        for cause in causes(diagnostics)
        for d in (cause.first,)
    ]
    text = json.dumps(found, ensure_ascii=False, indent=2)
    return visible(text).replace(_ANYWHERE, _WRITTEN_OUT)  # what is written out, JSON reads back


def _place(position: Position) -> dict[str, object]:
    return {"path": position.path, "line": position.line, "column": position.column}


def as_markdown(diagnostics: Sequence[Diagnostic], root: Path) -> str:
    """A summary for a pull request."""
    title = f"## {summary(diagnostics)}"
    if not diagnostics:
        return f"{title}\n"
    found = causes(diagnostics)
    told = chosen(found, PRINTED, PRINTED_PER_FILE)
    out = [title, "", say(HEAD[0]), HEAD[1], *(_row(cause) for cause in told)]
    if len(told) < len(found):
        out += ["", say("{unsaid}.", unsaid=_unsaid(len(found) - len(told)))]
    return "\n".join(out) + "\n"


def _row(cause: Cause) -> str:
    d = cause.first
    others = say("et {others}", others=_counted(cause)) if len(cause.places) > 1 else ""
    told = (str(d.position), others, _said(d.message), _said(d.hint), d.suggestion)
    place, others, message, hint, suggestion = (part.replace(_ANYWHERE, _WRITTEN_OUT) for part in told)
    return row(place, others, message, hint, suggestion)


def summary(diagnostics: Sequence[Diagnostic]) -> str:
    """« 2 erreurs, 1 avertissement », how many causes they have when these are fewer, or that all is well."""
    if not diagnostics:
        return say("Aucune faute : le contenu est valide.")
    found, amounts = Counter(d.severity for d in diagnostics), Counter(c.first.severity for c in causes(diagnostics))
    words: tuple[tuple[Severity, str], ...] = (("erreur", "erreur"), ("avertissement", "avertissement"))
    counts = ", ".join(_amount(found[kind], amounts[kind], one) for kind, one in words if found[kind])
    return say("{counts}." if found["erreur"] else "{counts} : le contenu est valide.", counts=counts)


def _amount(amount: int, told: int, one: str) -> str:
    if told == amount:
        return count(amount, one)
    told_causes = count(told, "cause") if told > 1 else say("une seule cause")
    return say("{amount} ({causes})", amount=count(amount, one), causes=told_causes)


RENDERERS: dict[str, Callable[[Sequence[Diagnostic], Path], str]] = {
    "text": as_text,
    "github": as_github,
    "json": as_json,
    "markdown": as_markdown,
}
