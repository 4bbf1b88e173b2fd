"""A change told on a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from generator.changes.lines import Line, Section
from generator.changes.review import Review
from generator.changes.story import tell
from generator.diagnostics.reports import shown
from generator.text.characters import on_one_line
from generator.text.interface import count, say

TOLD = 40  # lines of a section


def as_text(review: Review) -> str:
    """The summary first, then a short list for each kind; what is left out is counted."""
    story = tell(review)
    out = [_said(story.summary), "", _said(story.title) + ".", *(_said(note) for note in story.notes)]
    for section in story.sections:
        out += ["", f"{section.title} ({section.total})", *_lines(section)]
    return "\n".join(out) + "\n"


def _lines(section: Section) -> Iterator[str]:
    """The lines, under the table and the row that several may share."""
    table, what = "", ""
    for line in section.lines[:TOLD]:
        if line.table and line.table != table:
            yield f"  {_said(line.table)}"
        margin = "    " if line.table else "  "
        if line.what and (line.table, line.what) != (table, what):
            yield margin + _said(line.what)
        table, what = line.table, line.what
        yield from (f"{margin}{'  ' if what else ''}{part}" for part in _parts(line))
    left = section.total - min(TOLD, len(section.lines))
    if left:
        yield "  " + say("… et {left}.", left=count(left, "autre", "autres"))


def _parts(line: Line) -> Iterator[str]:
    """What a line says of a row: what was and is, a remark, where it stands."""
    change = " → ".join(_said(part) for part in (line.old, line.new) if part)
    if line.gap:
        change = say("{change} ({gap})", change=change, gap=_said(line.gap))
    if line.column:
        change = say("{column} : {change}", column=_said(line.column), change=change) if change else _said(line.column)
    yield from filter(None, (change, _said(line.note), _said(line.place)))


def _said(text: str) -> str:
    return shown(on_one_line(text))
