"""A change told in a comment of a pull request: Markdown in which nothing of the content is more than words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.changes.lines import Section
from generator.changes.review import Review
from generator.changes.story import Story, tell
from generator.text.characters import on_one_line
from generator.text.interface import count, say

LONGEST = 60_000  # characters of the whole: GitHub takes 65 536
_TOLD = (100, 50, 25, 12, 6, 3, 1, 0)  # lines of a section, as many as fit
_CELL = 400  # characters

HEADS = {
    "table": "Où",
    "what": "Quoi",
    "column": "Colonne ou propriété",
    "old": "Avant",
    "new": "Après",
    "gap": "Écart",
    "note": "Remarque",
    "place": "Fichier",
}

# Words that Markdown, and what GitHub adds to it, leave as they are; all the rest is shown as code, where nothing is read.
_PLAIN = re.compile(
    r"(?!.*(?:www\.|\bGH-|\b[0-9a-f]{7,}\b))"
    r"(?:[\w .,;?!'()%€°+·/\u00a0\u202f\u2019\u00ab\u00bb\u2026\u2212\u2192\u2013\u2014-]|:(?=\s))*\Z",
    re.IGNORECASE,
)


def as_markdown(review: Review) -> str:
    """A heading, then a table for each kind, cut so that the whole fits in a comment; what is left out is counted."""
    story = tell(review)
    return next(text for told in _TOLD if len(text := _laid_out(story, told)) <= LONGEST or not told)


def _laid_out(story: Story, told: int) -> str:
    out = [f"## {story.summary}", "", f"{inert(story.title)}."]
    for note in story.notes:
        out += ["", inert(note)]
    for section in story.sections:
        out += ["", f"### {section.title} ({section.total})", *_table(section, told)]
    return "\n".join(out) + "\n"


def _table(section: Section, told: int) -> Iterator[str]:
    parts, lines = section.parts(), section.lines[:told]
    if lines:
        yield ""
        yield f"| {' | '.join(say(HEADS[part]) for part in parts)} |"
        yield "|" + "---|" * len(parts)
    for line in lines:
        yield f"| {' | '.join(inert(getattr(line, part)) for part in parts)} |"
    left = section.total - len(lines)
    if left:
        yield ""
        yield say("… et {left}.", left=count(left, "autre", "autres"))


def inert(text: str) -> str:
    """A text on one line in which Markdown reads nothing: no link, no HTML, no name that would be called, no cell that ends."""
    text = on_one_line(text.replace("\n", " "))
    text = text if len(text) <= _CELL else text[: _CELL - 1] + "…"
    if not text.strip() or ("_" not in text and _PLAIN.match(text)):
        return text
    fence = "`" * (max((len(run) for run in re.findall("`+", text)), default=0) + 1)
    space = " " if text[0] in "` " or text[-1] in "` " else ""
    bar = "¦" if "\\" in text else "\\|"  # after a backslash, « \| » would end the cell
    return f"{fence}{space}{text.replace('|', bar)}{space}{fence}"
