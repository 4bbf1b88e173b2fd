"""What a prose holds that Markdown, as we read it, shows raw or not at all: HTML, images, the marks of other flavours."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace

from generator.prose.markdown import Reading, Span, blanked, read
from generator.text.characters import FORBIDDEN

# The elements of HTML: any other word between < and > is a text (« <votre nom> »).
_ELEMENTS = (
    "a|abbr|acronym|address|area|article|aside|audio|b|base|bdi|bdo|big|blockquote|body|br|button|canvas|caption|center"
    "|cite|code|col|colgroup|data|datalist|dd|del|details|dfn|dialog|div|dl|dt|em|embed|fieldset|figcaption|figure|font"
    "|footer|form|frame|frameset|h[1-6]|head|header|hgroup|hr|html|i|iframe|img|input|ins|kbd|label|legend|li|link|main"
    "|map|mark|math|menu|meta|meter|nav|noscript|object|ol|optgroup|option|output|p|param|picture|pre|progress|q|rp|rt"
    "|ruby|s|samp|script|section|select|slot|small|source|span|strike|strong|style|sub|summary|sup|svg|table|tbody|td"
    "|template|textarea|tfoot|th|thead|time|title|tr|track|tt|u|ul|var|video|wbr"
)
_ADDRESS = r"(?:https?://|mailto:|[\w./-]{1,80}\.md\b)"
# Each kind of oddity, looked for in what runs as text. Every one reads a flood of its own marks once.
_PATTERNS = {
    "html": rf"<!--|<[!?][A-Za-z]|</?(?:{_ELEMENTS})(?:[ \t\n]*/?>|[ \t\n/][^<>=]*=[^<>]*>)",
    "modele": r"\{\{[^{}\n]*\}\}|\{%[^{}\n]*%\}|\{#[^{}\n]*#\}",
    "attributs": r"\{[ \t]?(?:[#.:][A-Za-z .#]|[a-z-]{1,30}=\")[^{}\n]*\}",
    "note": r"\[\^[^\[\]\s]{1,50}\](?!\()",
    "double-crochet": r"\[\[[^\[\]\n]{1,200}\]\]",
    "definition-absente": r"\[[^\[\]\n]{1,200}\]\[[^\[\]\n…]{0,200}\]",
    "crochets": rf"\[[^\[\]\n]{{1,200}}\](?:\((?:[^()\n]{{0,100}}\))?|[ \t]\({_ADDRESS})|\([^()\n]{{1,200}}\)\[{_ADDRESS}",
    "encadre": r"^[ \t]{0,3}(?:(?:!!!|:::)[ \t]*[A-Za-z{]|\?\?\?\+?[ \t]+\w+[ \t]*\").*|\[!(?:NOTE|TIP|IMPORTANT|WARNING|CAUTION|DANGER|INFO)\]",
    "tache": r"^[ \t>]*(?:[-*+]|[0-9]{1,9}[.)])[ \t]+\[[ xX]\](?=[ \t])",
    "diese": r"^[ ]{0,3}#{2,6}(?=[^\W\d_])[^\n]*",
    "barre": r"~~[^~\s][^~\n]*~~|==[^=\s][^=\n]*==",
}
_ODD = re.compile(
    "|".join(f"(?P<{kind.replace('-', '_')}>{pattern})" for kind, pattern in _PATTERNS.items()),
    re.MULTILINE | re.IGNORECASE,
)
_EACH = {"caractere", "case-perdue"}  # the kinds of which each one is told
_ONCE = {"note"}  # those of which one is told for the whole prose
_MAY = re.compile(r"[<{&|~\[•]|==|!!!|\?\?\?|:::|##|```")  # without one of these nothing is odd, but for dashes
_ROW = re.compile(r"^[ \t>]*(?:\|[^\n]*\||:?-{3,}:?[ \t]*\|[^\n]*|\+[-=+]{3,}\+)[ \t]*$", re.MULTILINE)
_NUMBERS = re.compile(r"\[[0-9, –-]+\]\[[0-9, –-]+\]")  # of notes: « [3][4] »
_DASH = re.compile(r"[ \t>]*([–—―−‒•‣▪◦●■])[ \t\u00a0\u202f]+\S")
_CELL = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True, slots=True)
class Oddity:
    """Something odd: its kind, what is written, where it starts and how long it is (in characters); the character that it
    stands for, when it is written by its code.
    """

    kind: str
    text: str
    offset: int
    length: int
    meant: str = ""


def oddities(text: str) -> Iterator[Oddity]:
    """What is odd in a prose: of most kinds, the first in each of its paragraphs."""
    if not _MAY.search(text):
        return
    seen: set[tuple[str, int]] = set()
    starts = [found.end() for found in re.finditer(r"\n[ \t]*(?=\n)", text)]
    for odd in sorted(_found(text, read(text)), key=lambda odd: odd.offset):
        place = odd.offset if odd.kind in _EACH else 0 if odd.kind in _ONCE else bisect_right(starts, odd.offset)
        if (odd.kind, place) not in seen:
            seen.add((odd.kind, place))
            yield odd


def _found(text: str, reading: Reading) -> Iterator[Oddity]:
    for found in _ODD.finditer(reading.running) if _MAY.search(reading.running) else ():
        kind = (found.lastgroup or "").replace("_", "-")
        if kind != "definition-absente" or not _NUMBERS.fullmatch(found[0]):
            yield _oddity(kind, text, found.span())
    for kind, spans in (
        ("image", [(image.offset, image.offset + image.length) for image in reading.images]),
        ("definition-inutile", reading.unused),
        ("bloc-ouvert", reading.unclosed),
    ):
        for span in spans:
            yield _oddity(kind, text, span)
    for span, character in reading.entities:
        if FORBIDDEN.search(character):
            yield replace(_oddity("caractere", text, span), meant=character)
    if "|" in reading.running or "+-" in reading.running:
        for found in _ROW.finditer(blanked(reading.running, reading.tables)):
            yield _oddity("ligne-de-tableau", text, found.span())
    for span in reading.tables:
        yield from _lost_cells(text, span)


def _lost_cells(text: str, table: Span) -> Iterator[Oddity]:
    """The cells of a table beyond those of its header: Markdown drops them."""
    width, offset = 0, table[0]
    for line in text[table[0] : table[1]].split("\n"):
        row = line.strip(" \t>")
        marks = [found.start() for found in _CELL.finditer(row)]
        inner = [mark for mark in marks if 0 < mark < len(row) - 1]
        width = width or len(inner) + 1
        if len(inner) >= width and row:
            start = inner[width - 1] + 1
            lost = row[start:].strip(" \t|")
            if lost:
                yield _oddity(
                    "case-perdue", text, (place := offset + line.index(row) + row.index(lost, start), place + len(lost))
                )
        offset += len(line) + 1


def _oddity(kind: str, text: str, span: Span) -> Oddity:
    written = text[span[0] : span[1]]
    shown = written.strip().split("\n")[0]
    start = span[0] + written.index(shown) if shown else span[0]
    return Oddity(kind, shown, start, max(1, len(shown)))


def dashes(text: str) -> Iterator[Oddity]:
    """Lines that a long dash or a bullet opens, as a list would be typed: the first of each run. Such a dash in the middle of
    a paragraph, alone, is an aside.
    """
    if not re.search("[–—―−‒•‣▪◦●■]", text):
        return
    before, offset = "", 0
    lines = (read(text).running if _MAY.search(text) else text).split("\n")
    for line, after in zip(lines, [*lines[1:], ""], strict=True):
        found = _DASH.match(line)
        opens = not before.strip(" \t>") or before.rstrip().endswith(":")
        if found and not _DASH.match(before) and (opens or _DASH.match(after) or found[1] in "•‣▪◦●■"):
            yield _oddity("tiret", text, (offset + found.start(1), offset + len(line)))
        before, offset = line, offset + len(line) + 1
