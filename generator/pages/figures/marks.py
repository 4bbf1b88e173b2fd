"""The marks of a drawing: SVG made by hand, each mark with a class that says its colour, in a page by its style, and in a file by
itself by the attributes that stand here. All texts are escaped here and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from html import escape

from generator.text.memory import TEXTS
from generator.text.spoken import typeset

WIDTH = 340  # of a drawing, in its own units: pixels on a phone
BASE, SMALL = 13, 11  # sizes of letters, in the same units
LEADING = 16  # from a line of text to the next
SERIES = 6  # colours that are told apart

# The colours of each class in a file by itself: those of the light theme (theme/assets/site.css).
INK, INK_2, LINE, EDGE, PAPER, PAPER_2 = "#20282a", "#515a5c", "#dcd7cc", "#7c7a73", "#ffffff", "#f5f3ee"
COLOURS = ("#17545e", "#c05f2c", "#6a5a9c", "#8f7418", "#3f8f6b", "#a33b66")
DEGREES = (0.15, 0.3, 0.45, 0.8, 1)  # of a colour, the stronger the more
LITERAL = {
    "d-0": f'fill="{PAPER}"',
    "d-x": f'fill="{PAPER_2}" stroke="{EDGE}"',
    "d-2": f'fill="{INK_2}"',
    "d-t": f'stroke="{LINE}" fill="none"',
    "d-b": f'stroke="{EDGE}" fill="none"',
    "d-k": f'stroke="{INK}" fill="none"',
    "d-h": f'stroke="{EDGE}"',
    "d-s": f'stroke="{COLOURS[0]}" fill="none"',
    **{f"d-o{rank + 1}": f'fill="{PAPER}" stroke="{colour}"' for rank, colour in enumerate(COLOURS)},
    **{f"d-c{rank + 1}": f'fill="{colour}"' for rank, colour in enumerate(COLOURS)},
    **{f"d-g{rank}": f'fill="{COLOURS[0]}" fill-opacity="{degree}"' for rank, degree in enumerate(DEGREES, 1)},
}
_CLASS = re.compile(r'class="(d-\w+)"')


def literal(svg: str) -> str:
    """A drawing whose classes are the attributes that they stand for."""
    return _CLASS.sub(lambda found: LITERAL[found[1]], svg)


def at(value: float) -> str:
    """A coordinate, to the tenth."""
    return f"{value:.1f}".removesuffix(".0")


# Widths of letters, in parts of their size: those of wide fonts, so that what fits here fits elsewhere.
_NARROW = {
    **dict.fromkeys("iljI.,;:'’|!()[]· \u202f\u00a0", 0.34),
    **dict.fromkeys("ftr/-", 0.42),
    **dict.fromkeys("mwMW%—…", 0.95),
}


_BOLD = 1.1  # how much wider bold letters are


def width(text: str, size: float = BASE, weight: bool = False) -> float:
    """About how wide a text is."""
    wide = size * _width(text)
    return wide * _BOLD if weight else wide


@lru_cache(maxsize=TEXTS)
def _width(text: str) -> float:
    return sum(_NARROW.get(letter, 0.7 if letter.isupper() else 0.615) for letter in text)


_DIGITS = re.compile(r"(?<=[0-9]) (?=[0-9]|%|€|M)")


def lines(text: str, room: float, size: float = BASE, most: int = 3) -> list[str]:
    """A text cut into lines that fit in so much room; what is more than `most` lines is left out, and « … » says so."""
    found = [""]
    for word in _DIGITS.sub("\u202f", typeset(text)).split(" "):
        for rank, piece in enumerate(_cut(word, room, size)):
            longer = f"{found[-1]} {piece}".strip(" ")
            if rank or (found[-1] and width(longer, size) > room):
                found.append(piece)
            else:
                found[-1] = longer
    found = [line for line in found if line]
    if len(found) > most:
        last = found[most - 1]
        while last and width(f"{last}…", size) > room:
            last = last.rpartition(" ")[0] if " " in last else ""
        found = [*found[: most - 1], f"{last}…"]
    return found


def _cut(word: str, room: float, size: float) -> list[str]:
    """A word, in pieces when it is longer than a line: at its own hyphen, else before a syllable; one with digits is never cut."""
    if width(word, size) <= room or any(letter.isdigit() for letter in word):
        return [word]
    ways = [place for place in range(3, len(word) - 2) if word[place - 1] == "-" and width(word[:place], size) <= room]
    if not ways:
        fitting = (place for place in range(3, len(word) - 2) if width(f"{word[:place]}-", size) <= room)
        ways = [place for place in fitting if _SYLLABLE.match(word, place)]
    if not ways:
        return [word]
    first, rest = word[: ways[-1]], word[ways[-1] :]
    return [first if first.endswith("-") else f"{first}-", *_cut(rest, room, size)]


# Before a syllable: a consonant and then a vowel; « r » and « l » go with the consonant before them.
_CONSONANT = "bcdfghjklmnpqrstvwxz"
_SYLLABLE = re.compile(rf"(?:[bcdfgjkmnpqstvz]|(?<![bcdfgptv])[rl])(?![{_CONSONANT}\W\d_])")


def text(
    x: float, y: float, said: str, *, size: float = BASE, colour: str = "", anchor: str = "", weight: bool = False
) -> str:
    """A line of text; `anchor` is the point of it that stands at x: "" its start, « middle », « end »."""
    more = f' class="{colour}"' if colour else ""
    more += f' font-size="{at(size)}"' if size != BASE else ""
    more += f' text-anchor="{anchor}"' if anchor else ""
    more += ' font-weight="700"' if weight else ""
    return f'<text x="{at(x)}" y="{at(y)}"{more}>{escape(said)}</text>'


def texts(
    x: float,
    y: float,
    said: Sequence[str],
    *,
    size: float = BASE,
    colour: str = "",
    anchor: str = "",
    weight: bool = False,
) -> str:
    """Lines of text, one under the other."""
    step = LEADING * size / BASE
    return "".join(
        text(x, y + rank * step, line, size=size, colour=colour, anchor=anchor, weight=weight)
        for rank, line in enumerate(said)
    )


def rect(x: float, y: float, wide: float, high: float, colour: str = "d-c1", fill: str = "") -> str:
    """A rectangle, of a colour or filled with a pattern."""
    paint = f'fill="{fill}" class="d-h"' if fill else f'class="{colour}"'
    return f'<rect x="{at(x)}" y="{at(y)}" width="{at(max(wide, 0))}" height="{at(high)}" {paint}/>'


def path(way: str, colour: str = "d-k", more: str = "") -> str:
    """A line, or a shape, along a way."""
    return f'<path d="{way}" class="{colour}"{more}/>'


def shape(rank: int, x: float, y: float, hollow: bool = False, size: float = 5) -> str:
    """A mark at a point: a disc, a square, a diamond or a triangle; hollow for what is not dated."""
    colour = f"d-{'o' if hollow else 'c'}{rank % SERIES + 1}"
    stroke = ' stroke-width="2"' if hollow else ""
    if rank % 4 == 0:
        return f'<circle cx="{at(x)}" cy="{at(y)}" r="{at(size)}" class="{colour}"{stroke}/>'
    ways = (
        f"M{at(x - size)} {at(y - size)}h{at(2 * size)}v{at(2 * size)}h{at(-2 * size)}z",
        f"M{at(x)} {at(y - size - 1)}l{at(size + 1)} {at(size + 1)}l{at(-size - 1)} {at(size + 1)}l{at(-size - 1)} {at(-size - 1)}z",
        f"M{at(x)} {at(y - size)}l{at(size)} {at(2 * size)}h{at(-2 * size)}z",
    )
    return f'<path d="{ways[rank % 4 - 1]}" class="{colour}"{stroke}/>'


def hatching(name: str) -> str:
    """The pattern of what is not printed, or is computed; `name` is its id in the page."""
    return (
        f'<pattern id="{name}" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        '<path d="M0 0V6" stroke="currentColor" stroke-opacity=".55" stroke-width="2"/></pattern>'
    )
