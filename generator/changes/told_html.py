"""A change told on a page of its own: one file that asks for nothing else, runs nothing, and opens from a disk."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from generator.changes.lines import Section
from generator.changes.review import Review
from generator.changes.story import Story, tell
from generator.changes.told_markdown import HEADS
from generator.text.characters import on_one_line
from generator.text.interface import count, say
from generator.text.language import spoken

TOLD = 500  # lines of a section
_SHORT = 16  # characters of a value that stays on one line

_STYLE = """
:root {
  color-scheme: light dark; --ink: #1b1b1f; --paper: #fff; --soft: #5d5d66; --line: #d8d8de; --raised: #f5f5f8;
  --old: #a4262c; --new: #0b6a3b;
}
@media (prefers-color-scheme: dark) {
  :root { --ink: #ececf1; --paper: #17171b; --soft: #a9a9b4; --line: #3a3a43; --raised: #212127; --old: #ff9a9a; --new: #7fd8a6 }
}
* { box-sizing: border-box }
body {
  margin: 0 auto; max-width: 70rem; padding: 1.5rem 1rem 4rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.5 system-ui; overflow-wrap: break-word;
}
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 .5rem }
h2 { font-size: 1.125rem; margin: 2rem 0 .5rem }
p { margin: .25rem 0; color: var(--soft) }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1rem; padding: 0; list-style: none }
a { color: inherit }
a:focus-visible { outline: 2px solid; outline-offset: 2px }
.wide { overflow-x: auto }
.wide:focus-visible { outline: 2px solid; outline-offset: 2px }
table { width: 100%; border-collapse: collapse }
th, td { padding: .4rem .6rem; border-bottom: 1px solid var(--line); text-align: start; vertical-align: top }
th { color: var(--soft); font-weight: 600 }
.old { color: var(--old) } .new { color: var(--new) } .gap { font-weight: 600 }
.old, .new, .gap { font-variant-numeric: tabular-nums }
.old.short, .new.short, .gap.short { white-space: nowrap }
.place { color: var(--soft); font: .8125rem/1.5 ui-monospace, monospace; overflow-wrap: anywhere }
@media (max-width: 45rem) {
  .wide { overflow: visible }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%) }
  body { overflow-wrap: anywhere }
  table, tbody, tr, td { display: block }
  tr { margin: 0 0 .75rem; padding: .5rem .75rem; background: var(--raised); border-radius: .25rem }
  td { padding: .1rem 0; border: 0 }
  td:empty { display: none }
  td::before { content: attr(data-head) " : "; color: var(--soft); font: .8125rem/1.5 system-ui }
}
@media print { body { max-width: none } nav { display: none } }
"""


def as_html(review: Review) -> str:
    """The page: the summary, the list of its parts, then a table for each kind."""
    story = tell(review)
    policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
    out = [
        "<!doctype html>",
        f'<html lang="{spoken()}">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="robots" content="noindex">',
        f"<title>{_said(story.title)}</title>",
        f"<style>{_STYLE}</style>",
        "</head>",
        "<body>",
        "<main>",
        f"<h1>{_said(story.summary)}</h1>",
        f"<p>{_said(story.title)}.</p>",
        *(f"<p>{_said(note)}</p>" for note in story.notes),
        *_contents(story),
        *(line for section in story.sections for line in _section(section)),
        "</main>",
        "</body>",
        "</html>",
    ]
    return "\n".join(out) + "\n"


def _contents(story: Story) -> Iterator[str]:
    if len(story.sections) > 1:
        links = (f'<li><a href="#{s.name}">{_said(s.title)}</a> ({s.total})</li>' for s in story.sections)
        yield f'<nav aria-label="{_said(say("Parties de cette page"))}"><ul>{"".join(links)}</ul></nav>'


def _section(section: Section) -> Iterator[str]:
    parts, lines = section.parts(), section.lines[:TOLD]
    yield "<section>"
    yield f'<h2 id="{section.name}">{_said(section.title)} ({section.total})</h2>'
    yield f'<div class="wide" role="region" tabindex="0" aria-labelledby="{section.name}">'
    yield "<table>"
    heads = (f'<th scope="col">{_said(say(HEADS[part]))}</th>' for part in parts)
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
        yield f"<p>{_said(say('… et {left}.', left=left))}</p>"
    yield "</section>"


def _cell(part: str, text: str) -> str:
    kind = f"{part} short" if len(text) <= _SHORT else part
    return f'<td class="{kind}" data-head="{_said(say(HEADS[part]))}">{_said(text)}</td>'


def _said(text: str) -> str:
    return escape(on_one_line(text))
