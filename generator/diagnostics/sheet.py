"""A page of its own: one file that asks for nothing else, runs nothing, and opens from a disk."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from generator.text.characters import on_one_line
from generator.text.language import spoken

STYLE = """
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


def page(title: str, body: Iterable[str]) -> str:
    """The page of a title and of lines of HTML."""
    policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"
    out = [
        "<!doctype html>",
        f'<html lang="{spoken()}">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="robots" content="noindex">',
        f"<title>{escaped(title)}</title>",
        f"<style>{STYLE}</style>",
        "</head>",
        "<body>",
        "<main>",
        *body,
        "</main>",
        "</body>",
        "</html>",
    ]
    return "\n".join(out) + "\n"


def escaped(text: str) -> str:
    """A text within HTML, on one line, nothing of it being HTML."""
    return escape(on_one_line(text))
