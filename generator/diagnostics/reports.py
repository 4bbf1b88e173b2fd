"""The same diagnostics for different readers: a terminal, GitHub, a summary in Markdown, a program."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from generator.diagnostics.causes import Cause, causes, chosen
from generator.diagnostics.codes import Severity
from generator.diagnostics.comments import HEAD, row
from generator.diagnostics.excerpts import Excerpt, Excerpts
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
    found, excerpts = causes(diagnostics), Excerpts(root)
    told = chosen(found, PRINTED, PRINTED_PER_FILE)
    out = [_text(cause, excerpts(cause.first.position)) for cause in told]
    if len(told) < len(found):
        limits = {"file": PRINTED_PER_FILE, "all": PRINTED}
        message = "{unsaid} : {file} au plus par fichier, {all} en tout. Corrigez d’abord ceux-ci."
        out.append(say(message, unsaid=unsaid(len(found) - len(told)), **limits) + "\n")
    return "\n".join(out)


def unsaid(amount: int) -> str:
    """How many messages there is no room for."""
    return count(amount, "autre message n’est pas montré", "autres messages ne sont pas montrés")


def _text(cause: Cause, excerpt: Excerpt | None) -> str:
    d = cause.first
    message, hint, place = shown(d.message), shown(d.hint), shown(on_one_line(str(d.position)))
    out = [say("{place} : {severity} [{code}]", place=place, severity=say(d.severity), code=d.code), f"  {message}"]
    if excerpt is not None:
        number, line = str(d.position.line), excerpt.text.replace(_ANYWHERE, "#�[")
        out.append(f"  {number} | {line}")
        out.append(f"  {' ' * len(number)} | {' ' * excerpt.start}{'^' * (excerpt.end - excerpt.start)}")
    out += [f"  {part}" for part in (hint, _write(d), others(cause)) if part]
    return "\n".join(out) + "\n"


def others(cause: Cause) -> str:
    """How many other places a cause has, and the first of them."""
    rest = cause.places[1:]
    if not rest:
        return ""
    first = ", ".join(shown(on_one_line(str(place))) for place in rest[:NAMED]) + ("…" if len(rest) > NAMED else "")
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


# What starts a command in the log of a continuous integration: at the start of a line, even after spaces, and anywhere.
_COMMAND = re.compile(r"^([ \t]*):(?=:)", re.MULTILINE)
_ANYWHERE, _WRITTEN_OUT = "##[", "\\u0023#["


def shown(part: object) -> str:
    """A sentence on a terminal: nothing of it commands, none of its lines but the first passes for another message."""
    text = _COMMAND.sub(r"\1\\u003a", visible(cut(part))).replace(_ANYWHERE, _WRITTEN_OUT)
    return text.replace("\n", "\n  ")


def cut(part: object) -> str:
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
        parts = visible(cut(d.message)), visible(cut(d.hint)), _write(d), others(cause)
        out.append(f"::{kind} {place},title={_property(d.code)}::{_data(chr(10).join(part for part in parts if part))}")
    if len(told) < len(found):
        out.append(f"::notice::{_data(unsaid(len(found) - len(told)))}")
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
            "message": cut(d.message),
            "hint": cut(d.hint),
            "suggestion": d.suggestion,
            "count": len(cause.places),
            "alike": cause.alike,
            "places": [_place(place) for place in cause.places[:LISTED]],
        }
        for cause in causes(diagnostics)
        for d in (cause.first,)
    ]
    return harmless(json.dumps(found, ensure_ascii=False, indent=2))


def harmless(text: str) -> str:
    """A text of JSON in which nothing commands a terminal or a log; what is written out, JSON reads back."""
    return visible(text).replace(_ANYWHERE, _WRITTEN_OUT)


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
        out += ["", say("{unsaid}.", unsaid=unsaid(len(found) - len(told)))]
    return "\n".join(out) + "\n"


def _row(cause: Cause) -> str:
    d = cause.first
    rest = say("et {others}", others=_counted(cause)) if len(cause.places) > 1 else ""
    told = (str(d.position), rest, cut(d.message), cut(d.hint), d.suggestion)
    place, rest, message, hint, suggestion = (part.replace(_ANYWHERE, _WRITTEN_OUT) for part in told)
    return row(place, rest, message, hint, suggestion)


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
