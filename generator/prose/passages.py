"""Every prose of a project, in pages and in records, and the place in its file of any of its characters."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from generator import layout
from generator.catalogue.records import Catalogue, Record
from generator.contracts.model import Contracts
from generator.diagnostics.finding import Position
from generator.documents.articles import Article
from generator.documents.cleaning import normal
from generator.documents.files import read_whole
from generator.documents.heads import head_of
from generator.documents.kinds import kind_of
from generator.text.links import without_links
from generator.text.names import BRACED

Place = tuple[int, int]  # line and column, from 1

NOWHERE = Position("")
LAID_OUT = 1 << 12  # values of which it is remembered how their files lay them out, with the texts of these files
BLANKS = " \t\n\r"  # those of YAML: a no-break space is a character
_ESCAPE = re.compile(r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")


class Lines:
    """The texts of the files of a project, read again only for what is wrong in them, each once."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._whole: dict[str, str] = {}
        self._texts: dict[str, list[str]] = {}
        self._last: tuple[Position, str, list[Place]] | None = None
        self._starts: tuple[str, list[int]] = "", [0]

    def __call__(self, path: str) -> list[str]:
        """The lines of a file, as its positions count them."""
        if path not in self._texts:
            self._texts[path] = self.whole(path).split("\n")
        return self._texts[path]

    def whole(self, path: str) -> str:
        """The text of a file, as its positions count it."""
        if path not in self._whole:
            self._whole[path] = normal((read_whole(self.root, path) or b"").decode("utf-8", "replace"))
        return self._whole[path]

    def starts(self, text: str) -> list[int]:
        """Where each line of a page starts in its text."""
        if self._starts[0] is not text:
            self._starts = text, [0, *(found.end() for found in re.finditer("\n", text))]
        return self._starts[1]

    def places(self, value: Position, text: str) -> list[Place]:
        """The line and the column of each character of a value, however its file cuts, indents and quotes it; as many of
        the first ones as are found.
        """
        if self._last is None or self._last[:2] != (value, text):
            self._last = value, text, _places(self(value.path), value, text)
        return self._last[2]


def _places(lines: list[str], value: Position, text: str) -> list[Place]:
    """Blanks apart, a value and what is written of it are the same characters in the same order."""
    found: list[Place] = []
    written = _written(lines, value)
    for character in text:
        if character in BLANKS:
            found.append(found[-1] if found else (value.line, value.column))
            continue
        other, place = next((w for w in written if w[0] not in BLANKS), ("", (0, 0)))
        if other != character:
            break
        found.append(place)
    return found


def _written(lines: list[str], value: Position) -> Iterator[tuple[str, Place]]:
    """The characters of a file from a value on, without its quotes and its escapes, each with its place."""
    first = lines[value.line - 1][value.column - 1 : value.column] if value.line <= len(lines) else ""
    is_csv = kind_of(value.path) == "csv"
    bare = kind_of(value.path) == "markdown" and value.line >= _first_line(lines)  # the text below a head is as it is
    quote = first if not bare and first in ('"', "'" if not is_csv else '"') else ""
    block = first in ("|", ">") and not is_csv and not bare
    row, column = (value.line, 0) if block else (value.line - 1, value.column - 1)
    column += len(quote)
    for number in range(row + 1, len(lines) + 1):
        said = lines[number - 1]
        while column < len(said):
            character, width = said[column], 1
            if quote and character == quote:
                if said[column : column + 2] != quote * 2 or (quote == '"' and not is_csv):
                    return
                width = 2
            elif character == "\\" and quote == '"' and not is_csv:
                escape = _ESCAPE.match(said, column)
                character, width = (_meant(escape), len(escape[0])) if escape else (" ", 1)
            yield character, (number, column + 1)
            column += width
        column = 0


def _first_line(lines: list[str]) -> int:
    """The line where the text of a Markdown file begins, below its head."""
    head = head_of("\n".join(lines))
    return 1 if head is None else head.first_line


def _meant(escape: re.Match[str]) -> str:
    """The character that an escape of a text between double quotes stands for; those that no content holds are blank."""
    code = escape[1] or escape[2] or escape[3]
    return chr(int(code, 16)) if code else {"_": "\u00a0"}.get(escape[4], escape[4] if escape[4] in '"\\/' else " ")


def _within(value: Position, text: str, offset: int, length: int, lines: Lines) -> Position:
    """The position of `length` characters of a value, from an offset; its own when they are not found in its file."""
    places = lines.places(value, text)
    if not 0 <= offset < len(places):
        return value
    line, first = places[offset]
    last = max(column for row, column in places[offset : offset + length] if row == line)
    return Position(value.path, line, first, last - first + 1)


@dataclass(frozen=True, slots=True)
class Passage:
    """A prose: its text and where it is written, a page or a column of a record."""

    text: str
    owner: Record | Article
    column: str = ""

    @property
    def is_page(self) -> bool:
        """Whether it is that of a page: there, images are shown."""
        return isinstance(self.owner, Article)

    def at(self, offset: int, length: int, lines: Lines) -> Position:
        """The position of `length` characters of the text, from an offset; what stands on several lines is shown on the
        first. The place of the whole value when it is not found in its file.
        """
        if isinstance(self.owner, Article):
            starts = lines.starts(self.text)
            number = bisect_right(starts, offset) - 1
            return Position(self.owner.file, self.owner.first_line + number, offset - starts[number] + 1, length)
        return _within(self.owner.at(self.column), self.text, offset, length, lines)

    def laid_out(self, lines: Lines) -> tuple[str, tuple[int, ...]]:
        """The text of a column with the lines and the indents of its file, as if none were joined, and where each of its lines
        begins in the text; the text itself when it is not found in its file.
        """
        if not isinstance(self.owner, Record):
            return self.text, (0,)
        value = self.owner.at(self.column)
        return _laid_out(lines.whole(value.path), value, self.text)


@lru_cache(maxsize=LAID_OUT)
def _laid_out(file: str, value: Position, text: str) -> tuple[str, tuple[int, ...]]:
    """A value as its file, whose whole text is given, lays it out."""
    places = _places(file.split("\n"), value, text)
    if len(places) < len(text) or not places:
        return text, (0,)
    firsts = (0, *(n for n in range(1, len(places)) if text[n] not in BLANKS and places[n][0] > places[n - 1][0]))
    margin = min((places[first][1] for first in firsts[1:]), default=0)
    pieces = list[str]()
    for first, after in zip(firsts, [*firsts[1:], len(text)], strict=True):
        line, column = places[first]
        above = places[firsts[len(pieces) - 1]][0] if pieces else line
        pieces.append("\n" * (line - above) + " " * (max(0, column - margin) if pieces else 0))
        pieces[-1] += text[first:after].rstrip(BLANKS)
    return "".join(pieces), firsts


@dataclass(frozen=True, slots=True)
class Told(Passage):
    """A sentence that a contract says of a drawing; its owner is the page of the drawing, or that of all drawings."""

    value: Position = NOWHERE
    written: str = ""  # what the contract writes, columns and counts between braces

    def at(self, offset: int, length: int, lines: Lines) -> Position:
        """The position of `length` characters of the text, from an offset, as for a column of a record."""
        return _within(self.value, self.written, offset, length, lines)


def _told(contracts: Contracts) -> Iterator[Told]:
    """The sentences of the drawings that contracts declare."""
    for package in contracts.packages.values():
        for figure in package.figures:
            own = layout.drawing(package.name, figure.name)
            page = (layout.words().drawings if figure.each else own).removesuffix("/") + ".md"
            owner = Article(figure.position.path, page, without_links(figure.title), "", "", figure.position.line)
            for text, place in figure.told():
                yield Told(BRACED.sub(_blank, text), owner, value=place, written=text)


def _blank(found: re.Match[str]) -> str:
    """What a drawing says in its sentence is no text of the contract."""
    return "x" * len(found[0])


def passages(catalogue: Catalogue, articles: Sequence[Article]) -> Iterator[Passage]:
    """The proses of a project: its pages, the sentences of its drawings, then its records, in the order of the contracts."""
    yield from (Passage(article.text, article) for article in articles)
    yield from catalogue.once(_of_tables)


def _of_tables(catalogue: Catalogue) -> tuple[Passage, ...]:
    """The proses that do not stand in pages."""
    return (*_told(catalogue.contracts), *_of_records(catalogue))


def _of_records(catalogue: Catalogue) -> Iterator[Passage]:
    for resource in catalogue.contracts.resources.values():
        for place in [place for place, field in enumerate(resource.fields) if field.prose]:
            name = resource.fields[place].name
            for record in catalogue[resource.name]:
                text = record.values[place]
                if isinstance(text, str):
                    yield Passage(text, record, name)
