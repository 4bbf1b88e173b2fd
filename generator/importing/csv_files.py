"""CSV files → tables, read as they are written: their encoding, their separator and their header are recognised and declared."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from generator.documents.cells import read_cells
from generator.documents.cleaning import normal
from generator.documents.dialect import Dialect
from generator.documents.encodings import recognised as encoding_of
from generator.documents.manner import Manner
from generator.documents.nodes import COLUMN_BITS
from generator.documents.recognition import recognised
from generator.importing import sheets
from generator.importing.model import Refused, Source, Table
from generator.importing.naming import slug
from generator.importing.taking import taken
from generator.text.characters import FORBIDDEN
from generator.text.interface import count, sentence

_WORDS = {"delimiter": "delimiter", "quote": "quoteChar", "skip_initial_space": "skipInitialSpace"}


def read_csv(folder: Path, place: str, source: Source) -> Table:
    """The table of a file, of which the bytes go to the content as they are."""
    data = taken(folder, place)
    table = parsed(data, place, source)
    table.name = sheets.table_name(Path(place).stem, source)
    kept = f"{slug(source.name)}/{place}"
    source.files[kept] = data
    table.content = {"csv": kept, **table.content}
    return table


def parsed(data: bytes, place: str, source: Source) -> Table:
    """The table that the bytes of a CSV hold, with how they are written; it has no name yet."""
    encoding = encoding_of(data)
    text = normal(data.decode(encoding, "replace"))
    dialect = recognised(text, read_cells(text, Dialect()), Manner())
    cells = read_cells(text, dialect)
    if cells.stuck is not None:
        line = cells.stuck >> COLUMN_BITS
        raise Refused(sentence("Ligne {line} : un guillemet n’est pas à sa place.", line=line))
    rows = [[cell.text for cell in row] for row in cells.rows if row]
    if not rows:
        raise Refused(sentence("Ce fichier est vide."))
    head = sheets.header_row(rows)
    _even(rows[head:])
    found = Table("", {}, sheets.columns_of(rows[head], rows[head + 1 :]))
    filled = [number for number, row in enumerate(cells.rows, 1) if row]
    for column in found.columns:
        column.between_commas = dialect.delimiter == ","
    if FORBIDDEN.search(text):
        found.content["allow"] = ["characters"]
    _written(found, dialect, encoding, filled[head] if head else 0, place, source)
    sheets.limit(found, len(data), len(rows) * len(rows[0]))
    return found


def _even(rows: Sequence[Sequence[str]]) -> None:
    """Every row is as long as the header."""
    for number, row in enumerate(rows, 1):
        if len(row) != len(rows[0]):
            told = "La ligne {n} après l’en-tête a {own}, l’en-tête en a {all}. Complétez-la."
            raise Refused(sentence(told, n=number - 1, own=count(len(row), "cellule"), all=len(rows[0])))


def _written(table: Table, dialect: Dialect, encoding: str, header: int, place: str, source: Source) -> None:
    """Declare what is not usual in the way a file is written."""
    usual = Dialect()
    said: dict[str, object] = {
        word: getattr(dialect, name) for name, word in _WORDS.items() if getattr(dialect, name) != getattr(usual, name)
    }
    if header:
        said["headerRows"] = [header]
        source.note(
            "left", place, sentence("Au-dessus de l’en-tête, laissé de côté : {rows}.", rows=count(header - 1, "ligne"))
        )
    if said:
        table.more["dialect"] = {key: "true" if value is True else value for key, value in said.items()}
        shown = {"\t": "tabulation"}.get(dialect.delimiter, dialect.delimiter)
        source.note("decided", place, sentence("Séparateur : « {delimiter} ».", delimiter=shown))
    if encoding != "utf-8":
        table.more["encoding"] = encoding
        source.note("decided", place, sentence("Encodage : {encoding}.", encoding=encoding))
