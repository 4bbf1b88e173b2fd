"""A drawing, made: its marks, and all that goes with them in an image that is taken elsewhere (title, how to read it, source, date),
in a page (the same data as a table) and in a file (CSV).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

from generator.catalogue.drawn_rows import VALUES, Cell, Item
from generator.catalogue.figures import Picture
from generator.catalogue.records import Record
from generator.pages.figures.marks import (
    INK,
    LEADING,
    PAPER,
    SMALL,
    WIDTH,
    hatching,
    lines,
    literal,
    rect,
    text,
    texts,
    width,
)
from generator.text.interface import say
from generator.text.names import steps
from generator.values.types import canonical

HEADING = 16  # size of the letters of the title, in an image by itself
FONT = "sans-serif"  # of an image by itself, wherever it is shown
NOTES = 15  # from a line of notes to the next
MARGIN = 12  # around an image by itself


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table of a drawing: its name in files, its title, whether it holds numbers."""

    name: str
    title: str
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """The data of a drawing: its columns and, for each row, what a page says (`rows`) and what a file holds (`codes`)."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    codes: tuple[tuple[str, ...], ...]
    records: tuple[Record | None, ...] = ()  # to which rows lead, when they do


@dataclass(frozen=True, slots=True)
class Body:
    """What a kind of drawing makes: its marks, their height, its table, and what must be said to read it."""

    marks: str
    height: float
    table: Table
    said: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing with all that is said of it, in plain text. `name` is an id of its own; `made` is who made it, and from which data."""

    name: str
    title: str
    description: str
    body: Body
    notes: tuple[str, ...]
    source: str
    made: str

    def inline(self) -> str:
        """The SVG of a page, whose style gives its colours; the title is beside it."""
        inside, height = self._below(self.body.height)
        ids, hatch = f"{self.name}-titre {self.name}-texte", f"{self.name}-{HATCH}"  # a page may have several drawings
        marks = self.body.marks.replace(f"url(#{HATCH})", f"url(#{hatch})")
        return (
            f'<svg class="dessin__svg" viewBox="0 0 {WIDTH} {round(height)}" width="{WIDTH}" height="{round(height)}" role="img" '
            f'aria-labelledby="{ids}" font-size="13"><title id="{self.name}-titre">{escape(self.title)}</title>'
            f'<desc id="{self.name}-texte">{escape(self.description)}</desc>{self._defined(hatch)}{marks}{inside}</svg>'
        )

    def alone(self) -> str:
        """The SVG of a file: with its title, and colours that depend on no page."""
        heading = lines(self.title, WIDTH / 1.1, HEADING, most=6)
        top = len(heading) * LEADING * HEADING / 13 + 6
        inside, height = self._below(self.body.height)
        whole = round(top + height + 2 * MARGIN)
        scale = _scale(whole)
        return literal(
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{-MARGIN} {-MARGIN} {WIDTH + 2 * MARGIN} {whole}" '
            f'width="{round((WIDTH + 2 * MARGIN) * scale)}" height="{round(whole * scale)}" role="img" color="{INK}" fill="{INK}" font-size="13" '
            f'font-family="{FONT}"><title>{escape(self.title)}</title>'
            f"<desc>{escape(self.description)}</desc>{self._defined(HATCH)}"
            f'<rect x="{-MARGIN}" y="{-MARGIN}" width="{WIDTH + 2 * MARGIN}" height="{whole}" fill="{PAPER}"/>'
            f"{texts(0, HEADING - 2, heading, size=HEADING, weight=True)}"
            f'<g transform="translate(0 {top:.0f})">{self.body.marks}{inside}</g></svg>\n'
        )

    def _defined(self, name: str) -> str:
        return f"<defs>{hatching(name)}</defs>" if f"url(#{HATCH})" in self.body.marks else ""

    def _below(self, top: float) -> tuple[str, float]:
        """The lines under the marks, in small letters, and the height of the whole."""
        marks, y = list[str](), top + NOTES
        for said in (*self.body.said, *self.notes, self.source, self.made):
            for line in lines(said, WIDTH, SMALL, most=8) if said else ():
                marks.append(text(0, y, line, size=SMALL, colour="d-2"))
                y += NOTES
        return "".join(marks), y - NOTES + 5


def _scale(height: float) -> float:
    """How many pixels of a file stand for one of a drawing: what makes its image costs with them, so that a tall one has fewer."""
    return next((scale for scale, most in SCALES if height <= most), 1)


# How many pixels a file has for one of a drawing, up to which height; a taller one has one. The image of most then takes less than 60 ms, of
# the tallest 80 (tests.bench --images): with fewer, its letters could not be read.
SCALES = ((2, 330), (1.5, 550))
HATCH = "hachures"  # the id of the pattern in a file; in a page, the name of the drawing comes before


def table(picture: Picture, roles: Iterable[str]) -> Table:
    """The rows of a drawing as a table: a column for each of these roles that a row fills."""
    kept = [role for role in roles if any(item.cells.get(role) for item in picture.items)]
    columns = [_column(picture, role) for role in kept]
    rows = [tuple(_said(item, role) for role in kept) for item in picture.items]
    codes = [tuple(_code(item, role) for role in kept) for item in picture.items]
    units = [item.unit_name for item in picture.items]
    if any(units):
        columns.append(Column(say("unite_libelle"), say("Unité")))
        rows = [(*row, unit) for row, unit in zip(rows, units, strict=True)]
        codes = [(*row, unit) for row, unit in zip(codes, units, strict=True)]
    return Table(_distinct(columns), tuple(rows), tuple(codes))


def _distinct(columns: Sequence[Column]) -> tuple[Column, ...]:
    """Columns whose names differ."""
    seen: dict[str, int] = {}
    found = []
    for column in columns:
        seen[column.name] = rank = seen.get(column.name, 0) + 1
        found.append(column if rank == 1 else Column(f"{column.name}_{rank}", column.title, column.numeric))
    return tuple(found)


def _column(picture: Picture, role: str) -> Column:
    drawn = next(drawn for drawn in picture.figure.rows if role in drawn.roles)
    cell = next(cell for item in picture.items for cell in item.cells.get(role, ()))
    name = "_".join(steps(drawn.roles[role][0]))
    return Column(name, cell.title, cell.field.type in ("number", "integer"))


def _said(item: Item, role: str) -> str:
    said = item.text(role)
    if not said and role in ("value", "printed") and not any(item.cells.get(number) for number in VALUES):
        return say("non imprimé")
    return say("{value} (calculé)", value=said) if item.computed and role in ("value", "printed") else said


def _code(item: Item, role: str) -> str:
    return " ; ".join(_raw(cell) for cell in item.cells.get(role, ()))


def _raw(cell: Cell) -> str:
    """What a file holds of a cell: numbers and dates as CSV has them, words as a page says them."""
    dated = isinstance(cell.value, str) and cell.text != cell.value and cell.value[:1].isdigit()
    return canonical(cell.value) if cell.field.type != "string" or dated else cell.text


def unsaid(amount: int) -> tuple[str, ...]:
    """That some rows are not drawn, as what would place them is not written; nothing for none."""
    one = "Une ligne n’est pas dessinée : ce qui la placerait n’est pas écrit."
    many = "{count} lignes ne sont pas dessinées : ce qui les placerait n’est pas écrit."
    return () if not amount else (say(one),) if amount == 1 else (say(many, count=amount),)


def legend(y: float, entries: Sequence[tuple[str, str]]) -> tuple[str, float]:
    """A legend under a drawing: marks at (0, 0), each with its words; and where it ends."""
    found, x = list[str](), 0.0
    for mark, words in entries:
        wide = 22 + width(words, SMALL)
        if x and x + wide > WIDTH:
            x, y = 0.0, y + NOTES
        found.append(f'<g transform="translate({x + 6:.0f} {y - 4:.0f})">{mark}</g>')
        found.append(text(x + 16, y, words, size=SMALL, colour="d-2"))
        x += wide
    return "".join(found), y + (NOTES if entries else 0)


def swatch(colour: str, fill: str = "") -> str:
    """A square of a colour, for a legend."""
    return rect(-5, -5, 10, 10, colour, fill)


def distinct(values: Iterable[str]) -> Iterator[str]:
    """Values, each once, in the order in which they are met."""
    return iter(dict.fromkeys(value for value in values if value))
