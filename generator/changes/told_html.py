"""A change told on a page of its own: one file that asks for nothing else, runs nothing, and opens from a disk."""

from __future__ import annotations

from collections.abc import Iterator

from generator.changes.lines import Section
from generator.changes.review import Review
from generator.changes.story import Story, tell
from generator.changes.told_markdown import HEADS
from generator.diagnostics.sheet import escaped, page
from generator.text.interface import count, say

TOLD = 500  # lines of a section
_SHORT = 16  # characters of a value that stays on one line


def as_html(review: Review) -> str:
    """The page: the summary, the list of its parts, then a table for each kind."""
    story = tell(review)
    body = [
        f"<h1>{escaped(story.summary)}</h1>",
        f"<p>{escaped(story.title)}.</p>",
        *(f"<p>{escaped(note)}</p>" for note in story.notes),
        *_contents(story),
        *(line for section in story.sections for line in _section(section)),
    ]
    return page(story.title, body)


def _contents(story: Story) -> Iterator[str]:
    if len(story.sections) > 1:
        links = (f'<li><a href="#{s.name}">{escaped(s.title)}</a> ({s.total})</li>' for s in story.sections)
        yield f'<nav aria-label="{escaped(say("Parties de cette page"))}"><ul>{"".join(links)}</ul></nav>'


def _section(section: Section) -> Iterator[str]:
    parts, lines = section.parts(), section.lines[:TOLD]
    yield "<section>"
    yield f'<h2 id="{section.name}">{escaped(section.title)} ({section.total})</h2>'
    yield f'<div class="wide" role="region" tabindex="0" aria-labelledby="{section.name}">'
    yield "<table>"
    heads = (f'<th scope="col">{escaped(say(HEADS[part]))}</th>' for part in parts)
    yield f"<thead><tr>{''.join(heads)}</tr></thead>"
    yield "<tbody>"
    for line in lines:
        cells = (_cell(part, getattr(line, part)) for part in parts)
        yield f"<tr>{''.join(cells)}</tr>"
    yield "</tbody>"
    yield "</table>"
    yield "</div>"
    if section.total > len(lines):
        left = count(section.total - len(lines), "autre", "autres")
        yield f"<p>{escaped(say('… et {left}.', left=left))}</p>"
    yield "</section>"


def _cell(part: str, text: str) -> str:
    kind = f"{part} short" if len(text) <= _SHORT else part
    return f'<td class="{kind}" data-head="{escaped(say(HEADS[part]))}">{escaped(text)}</td>'
