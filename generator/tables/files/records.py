"""The text of a file → its records by batches, with what it takes to say at which line and column each cell stands."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice

from generator.tables.files.decoding import Cut, halt, pieces
from generator.tables.files.signs import Signs
from generator.tables.source import Dialect, File, Source

LONGEST = 5_000_000  # signs of a cell, and of a line: beyond, a quote is not closed, or the file is no table
_BLOCK, _WIDE = 256, 2_048  # records read at a time; signs of a line beyond which they are read one by one

_NUL = "Un caractère nul (U+0000) se trouve ici : ce fichier n’est pas du texte, ou pas dans l’encodage déclaré."
_NUL_HINT = "Corrigez « encoding », ou reprenez le fichier à sa source."
_LONG = (
    "Une cellule passe {n} caractères : un guillemet n’est sans doute pas refermé, ou ce fichier n’est pas une table."
)
_LONG_HINT = "Refermez le guillemet, ou corrigez « dialect »."
_QUOTE = "Le guillemet ouvert ici n’est pas refermé à la fin de la cellule."
_QUOTE_HINT = (
    "Un texte qui contient le séparateur ou un guillemet s’écrit entre guillemets, les guillemets intérieurs doublés."
)


@dataclass(frozen=True, slots=True)
class Batch:
    """Records that follow each other, comments and blank lines (no cell) among them. `lines`: those from which they were read, and
    maybe some after; `line`: the number of the first, from 1; `place`: where it begins, when rows end otherwise than lines do.
    """

    rows: list[list[str]]
    lines: list[str]
    line: int
    place: tuple[int, int] = (1, 1)


@dataclass(frozen=True, slots=True)
class Stop:
    """Why the reading of a file stops before its end; the line where it does, and its text up to there."""

    cut: Cut
    line: int
    text: str


class _Lines:
    """The lines of a file, read when they are asked for; those of the batch that is being read are kept."""

    def __init__(self, file: File, source: Source, signs: Signs) -> None:
        self.kept: list[str] = []
        self.line = 1  # of the first that is kept
        self.wide = True  # until they are known
        self.stop: Cut | None = None
        self.left = ""  # what follows the last whole line when the text is cut
        self._pieces = signs.plain(pieces(file, source))

    def feed(self) -> Iterator[str]:
        """All the lines, one after the other."""
        return chain.from_iterable(self._parts())

    @property
    def last(self) -> int:
        """The number of the last line that is kept."""
        return self.line + len(self.kept) - 1

    def _parts(self) -> Iterator[list[str]]:
        rest: list[str] = []  # of a line that has not ended
        size = 0
        for piece in self._pieces:
            if isinstance(piece, Cut):
                self.stop, self.left = piece, "".join(rest)
                return
            nul = piece.find("\0")
            whole, end, after = (piece if nul < 0 else piece[:nul]).rpartition("\n")
            if end:
                yield self._keep("".join((*rest, whole, end)))
                rest, size = [], 0
            rest.append(after)
            size += len(after)
            if nul >= 0:
                self.stop, self.left = halt("caractere-interdit", _NUL, _NUL_HINT), "".join(rest)
                return
            if size > LONGEST:
                self.stop = halt("csv-mal-forme", _LONG, _LONG_HINT, n=LONGEST)
                return
        if size:
            yield self._keep("".join(rest))

    def _keep(self, text: str) -> list[str]:
        lines = list(io.StringIO(text, newline="\n"))
        self.wide = len(text) > _WIDE * len(lines)
        self.kept += lines
        return lines

    def drop(self, line: int) -> list[str]:
        """Forget the lines before one."""
        dropped = self.kept[: line - self.line]
        del self.kept[: line - self.line]
        self.line = line
        return dropped


class Records:
    """Records of lines, and the line that each ends (`line_num`, from 1). A comment counts as a blank line."""

    def __init__(self, lines: Iterator[str], dialect: Dialect, signs: Signs) -> None:
        csv.field_size_limit(LONGEST)
        self._comment = dialect.comment
        self._begins = True
        self.reader = csv.reader(
            self._marked(lines) if self._comment else lines,
            delimiter=signs.delimiter,
            quotechar=dialect.quote or None,
            quoting=csv.QUOTE_MINIMAL if dialect.quote else csv.QUOTE_NONE,
            doublequote=dialect.double,
            escapechar=dialect.escape or None,
            skipinitialspace=dialect.skip_initial_space,
            strict=True,
        )

    def _marked(self, lines: Iterator[str]) -> Iterator[str]:
        for line in lines:
            begins, self._begins = self._begins, False
            yield "\n" if begins and line.startswith(self._comment) else line

    @property
    def line(self) -> int:
        """How many lines were taken."""
        return self.reader.line_num

    def take(self, rows: list[list[str]], most: int) -> bool:
        """Add so many records at most; False when there are no more. Raises csv.Error, after those before."""
        before = len(rows)
        if not self._comment:
            rows.extend(islice(self.reader, most))
            return len(rows) - before == most
        for _ in range(most):
            self._begins = True
            rows.extend(islice(self.reader, 1))
        return len(rows) - before == most


def batches(file: File, source: Source) -> Iterator[Batch | Stop]:
    """All the records of a file; at the end, why it stops if that is not its end."""
    signs = Signs(source.dialect)
    lines = _Lines(file, source, signs)
    records = Records(lines.feed(), source.dialect, signs)
    place, failed, more = (1, 1), "", True
    while more and not failed:
        start = records.line + 1
        dropped = lines.drop(start)
        if signs.odd:
            place = after(place, signs.raw("".join(dropped)))
        rows: list[list[str]] = []
        more, failed = _fill(rows, records, lines)
        if rows:
            yield Batch(signs.restored(rows), lines.kept, start, place)
    if lines.stop is not None:
        nothing = lines.last < 1 and not lines.left
        yield Stop(lines.stop, 0 if nothing else lines.last + 1, lines.left)
    elif failed:
        line = ends(Batch(rows, lines.kept, start), source.dialect)[-1] + 1 if rows else start
        text = "".join(lines.kept[line - start :])
        why = halt("csv-mal-forme", _LONG, _LONG_HINT, n=LONGEST) if "limit" in failed else None
        yield Stop(why or halt("csv-mal-forme", _QUOTE, _QUOTE_HINT), line, text)


def _fill(rows: list[list[str]], records: Records, lines: _Lines) -> tuple[bool, str]:
    """Read the records of about one piece of a file: whether there may be more, and what keeps from reading on."""
    try:
        more = records.take(rows, 1)
        target = lines.last
        while more and records.line < target:
            more = records.take(rows, 1 if lines.wide else _BLOCK)
    except csv.Error as error:
        return False, str(error)
    return more, ""


def ends(batch: Batch, dialect: Dialect) -> list[int]:
    """The last line of each record of a batch."""
    records = Records(iter(batch.lines), dialect, Signs(dialect))
    found: list[int] = []
    for _ in batch.rows:
        records.take([], 1)
        found.append(batch.line - 1 + records.line)
    return found


def after(place: tuple[int, int], text: str) -> tuple[int, int]:
    """The line and the column that follow a text which begins at a place."""
    down = text.count("\n")
    return place[0] + down, len(text) - text.rfind("\n") if down else place[1] + len(text)
