"""The syntax errors of the YAML parser, and the reading of a file after which it goes furthest."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass

from generator.diagnostics.finding import SLIP, Diagnostic, Position
from generator.documents.yaml_events import Next, events
from generator.documents.yaml_repairs import slips
from generator.documents.yaml_slips import Slip
from generator.text.patching import Edit

SHOWN = 3  # lines to write that a message shows; of more, the first two


@dataclass(frozen=True, slots=True)
class Failure:
    """A syntax error: what the parser says, where it is blamed (line 0: nowhere), the lines that may explain it (from 1)."""

    problem: str
    context: str
    line: int = 0
    column: int = 0
    near: tuple[int, ...] = ()


def failed(error: Exception, text: str) -> Failure:
    """What a syntax error of the parser says."""
    problem = getattr(error, "problem", None) or str(error)
    unclosed = re.search("end of stream|expected ',' or|expected ':'", problem)
    names = (
        ("context_mark", "problem_mark") if unclosed else ("problem_mark", "context_mark")
    )  # blame where it was opened
    marks = [mark for name in names if (mark := getattr(error, name, None)) is not None]
    if not marks:
        return Failure(problem, getattr(error, "context", None) or "")
    last = text.count("\n") + 1
    line = min(marks[0].line + 1, last)
    column = marks[0].column + 1 if marks[0].line < last else len(text) - text.rfind("\n")
    near = tuple(min(mark.line + 1, last) for mark in marks)
    return Failure(problem, error.context or "", line, column, near)  # type: ignore[attr-defined]


def failure(text: str) -> Failure | None:
    """The syntax error of a text, or None: its events are read, and nothing is made of them."""
    from ruamel.yaml import events as ev
    from ruamel.yaml.error import YAMLError

    def pass_over(get_event: Next) -> None:
        while type(get_event()) is not ev.StreamEndEvent:
            pass

    try:
        events(text, pass_over)
    except YAMLError as error:
        return failed(error, text)
    return None


def likeliest(lines: list[str], error: Failure, left: int) -> tuple[Slip | None, int]:
    """The first slip after which the parser goes furthest, and the effort that is left."""
    best: tuple[int, Slip | None] = (error.line, None)
    size = sum(map(len, lines)) + len(lines)
    for slip in slips(lines, error.near):
        left -= size
        if left < 0:
            break
        after = failure("\n".join(slip.mended(lines)))
        reached = sys.maxsize if after is None else after.line
        if reached > max(best[0], slip.line + len(slip.lines) - 1):
            best = reached, slip
        if after is None:
            break
    return best[1], left


def said(path: str, lines: list[str], slip: Slip) -> Diagnostic:
    """What is told of a slip, with the lines to write."""
    last = slip.line + len(slip.lines) - 1
    written = slip.written or slip.lines
    edit = Edit(path, (slip.line, 1), (last, len(lines[last - 1]) + 1), "\n".join(written))
    position = Position(path, slip.told_at or slip.line, slip.column, slip.length)
    shown = "\n".join(written if len(written) <= SHOWN else written[:2])
    return Diagnostic(SLIP, position, slip.message, slip.hint, *((shown, (edit,)) if slip.sure else ()))
