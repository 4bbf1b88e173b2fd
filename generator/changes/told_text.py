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
    table = ""
    for line in section.lines[:TOLD]:
        if line.table and line.table != table:
            yield f"  {_said(line.table)}"
        table = line.table
        margin = "    " if table else "  "
        yield from (margin + part for part in _parts(line))
    left = section.total - min(TOLD, len(section.lines))
    if left:
        yield "  " + say("… et {left}.", left=count(left, "autre", "autres"))


def _parts(line: Line) -> Iterator[str]:
    """A line on one, two or three rows: what it is and where, what it was and is, a remark."""
    change = " → ".join(_said(part) for part in (line.old, line.new) if part)
    if line.gap:
        change = say("{change} ({gap})", change=change, gap=_said(line.gap))
    if line.column:
        change = say("{column} : {change}", column=_said(line.column), change=change) if change else _said(line.column)
    head = say("{what} — {place}", what=_said(line.what), place=_said(line.place)) if line.place else _said(line.what)
    rows = [row for row in (head, change, _said(line.note)) if row]
    yield from (row if number == 0 else f"  {row}" for number, row in enumerate(rows))


def _said(text: str) -> str:
    return shown(on_one_line(text))
