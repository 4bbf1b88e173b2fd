"""The picture of a page, as those who share it see it (Open Graph, https://ogp.me): what it shows, and the drawing, in SVG. It is drawn
by our hand, in the font of images, 1200 × 630 pixels: the size that social networks take whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from html import escape

from generator.site.letters import FAMILY, Letters, bold, regular

WIDTH, HEIGHT = 1200, 630
_MARGIN = 72
_ROOM = WIDTH - 2 * _MARGIN
_FOOT = HEIGHT - 108  # where what is said of the source begins
_SIZES = ((104, 1), (88, 1), (72, 1), (56, 2), (40, 3))  # of a figure, in pixels, and on how many lines at most
_MOST = 2  # lines of what a page says: a tenth of a millisecond a letter, and nobody reads more

# The colours of the site in its light dress (site.css).
_PAPER, _INK, _INK_2, _LINE, _MAIN = "#ffffff", "#20282a", "#515a5c", "#dcd7cc", "#17545e"

_SPACES = re.compile(r"[\s\u200b-\u200d\u2060]+")
_KEPT = re.compile("[\u00a0\u2007\u202f]")  # spaces at which no line is cut


@dataclass(frozen=True, slots=True)
class Card:
    """What a picture shows, in plain texts, "" for what there is not: the site, the part of it, the title of the page, the figure as
    printed and what is said beside it, what the page says, its source, its version and its date.
    """

    site: str
    section: str = ""
    title: str = ""
    figure: str = ""
    beside: str = ""
    text: str = ""
    source: str = ""
    version: str = ""

    @property
    def words(self) -> str:
        """What it says, for those who do not see it."""
        said = (self.title, f"{self.figure} {self.beside}".strip(), self.text, self.source)
        return " – ".join(part for part in said if part)


_Part = tuple[int, int, Letters, str, str]  # place from the top, size, letters, colour, text


def drawing(card: Card) -> str:
    """The drawing of a card; "" when the font lacks a sign of what it says, or when its figure is too long, so that no picture says
    something else than its page."""
    even = Card(*(_even(getattr(card, field.name)) for field in fields(card)))
    if even.figure and not _figure(even.figure)[0]:
        return ""
    if not bold().draws("".join(getattr(even, field.name) for field in fields(even))):
        return ""
    texts = "".join(
        f'<text x="{_MARGIN}" y="{y}" font-size="{size}" font-weight="{700 if letters is bold() else 400}" '
        f'fill="{colour}">{escape(text)}</text>'
        for y, size, letters, colour, text in _parts(even)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'font-family="{FAMILY}"><rect width="{WIDTH}" height="{HEIGHT}" fill="{_PAPER}"/>'
        f'<rect width="{WIDTH}" height="14" fill="{_MAIN}"/>'
        f'<rect x="{_MARGIN}" y="{_FOOT - 38}" width="{_ROOM}" height="2" fill="{_LINE}"/>{texts}</svg>'
    )


def _even(text: str) -> str:
    """A text on one line, whose spaces are ordinary ones and those at which no line is cut."""
    return _SPACES.sub(" ", _KEPT.sub("\x00", text)).strip(" \x00").replace("\x00", "\u00a0")


def _parts(card: Card) -> Iterator[_Part]:
    """Every line of text, from the top."""
    above = (card.site, card.section if not card.figure else "")
    yield from _line(82, 30, bold(), _MAIN, " · ".join(part for part in above if part))
    y = 108
    if card.figure:
        size, lines = _figure(card.figure)
        for line in lines:
            y += size + 2
            yield y, size, bold(), _MAIN, line
        y += 44 if card.beside else 0
        yield from _line(y, 28, regular(), _INK_2, card.beside)
        y += 18
    yield from _told(card, y)
    yield from _line(_FOOT + 12, 27, regular(), _INK_2, _dated(card.source) or card.version)
    yield from _line(_FOOT + 52, 27, regular(), _INK_2, card.version if card.source else "")


def _figure(figure: str) -> tuple[int, list[str]]:
    """The size of a figure, and its lines: it is printed whole; nothing for one that is a text."""
    cut = ((size, bold().lines(figure, size, _ROOM, most + 1), most) for size, most in _SIZES)
    return next(((size, lines) for size, lines, most in cut if len(lines) <= most), (0, []))


def _told(card: Card, y: int) -> Iterator[_Part]:
    """The title, then what the page says, down to the foot."""
    size = 40 if card.figure else 56
    for line in bold().lines(card.title, size, _ROOM, 1 if card.figure else 2):
        y += round(size * 1.2)
        yield y, size, bold(), _INK, line
    room = min((_FOOT - 66 - y) // 43, _MOST)
    for line in regular().lines(card.text, 33, _ROOM, room) if room > 0 else ():
        y += 43
        yield y + 14, 33, regular(), _INK_2, line


def _dated(source: str) -> str:
    """A source on one line: where it is long, its date stays, which it ends with in parentheses."""
    named, opening, when = source.rpartition(" (")
    letters, end = regular(), f"{opening}{when}"
    return "".join(letters.lines(named, 27, _ROOM - letters.width(end, 27), 1)) + end


def _line(y: int, size: int, letters: Letters, colour: str, text: str) -> Iterator[_Part]:
    """The beginning of a text, on one line; nothing for an empty one."""
    yield from ((y, size, letters, colour, line) for line in letters.lines(text, size, _ROOM, 1))
