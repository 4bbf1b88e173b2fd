"""The same diagnostics for an open page of `serve`: texts to be shown as they are, none of them HTML."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from generator.diagnostics.causes import Cause, causes, chosen
from generator.diagnostics.codes import Severity
from generator.diagnostics.excerpts import Excerpts
from generator.diagnostics.finding import Diagnostic
from generator.diagnostics.reports import cut, others, summary, unsaid
from generator.text.characters import on_one_line, visible
from generator.text.interface import count

SHOWN = 20  # messages of each severity
LOG = 20_000  # characters of what another program said

Panel = dict[str, object]  # values of JSON


def panel(diagnostics: Sequence[Diagnostic], root: Path) -> Panel:
    """Their `summary`, then the `errors` and the `warnings`: each a title, the first messages, and how many are not shown. A message
    has the parts of its text form, the excerpt being cut in three: before, at and after the place.
    """
    excerpts, found = Excerpts(root), causes(diagnostics)
    return {
        "summary": summary(diagnostics),
        "errors": _group(found, "erreur", "erreur", excerpts),
        "warnings": _group(found, "avertissement", "avertissement", excerpts),
        "log": "",
    }


def log(title: str, text: str) -> Panel:
    """What another program said, whole, under a title."""
    return {"summary": title, "errors": None, "warnings": None, "log": visible(text[:LOG].strip())}


def amounts(diagnostics: Sequence[Diagnostic]) -> tuple[str, str]:
    """« 2 erreurs » and « 1 avertissement »; "" for none."""
    found = Counter(d.severity for d in diagnostics)
    errors, warnings = found["erreur"], found["avertissement"]
    return count(errors, "erreur") if errors else "", count(warnings, "avertissement") if warnings else ""


def _group(found: Sequence[Cause], severity: Severity, word: str, excerpts: Excerpts) -> Panel | None:
    own = [cause for cause in found if cause.first.severity == severity]
    if not own:
        return None
    told = chosen(own, SHOWN, SHOWN)
    return {
        "title": count(len(own), word),
        "messages": [_message(cause, excerpts) for cause in told],
        "unsaid": unsaid(len(own) - len(told)) if len(told) < len(own) else "",
    }


def _message(cause: Cause, excerpts: Excerpts) -> Panel:
    d = cause.first
    excerpt = excerpts(d.position)
    parts = None
    if excerpt is not None:
        start = max(0, excerpt.start)
        parts = [excerpt.text[:start], excerpt.text[start : excerpt.end] or " ", excerpt.text[excerpt.end :]]
    return {
        "place": on_one_line(str(d.position)),
        "code": d.code,
        "message": visible(cut(d.message)),
        "line": d.position.line,
        "excerpt": parts,
        "hint": visible(cut(d.hint)),
        "write": visible(d.suggestion),
        "others": others(cause),
    }
