"""Rows of cells → a table: the row that names the columns, the columns, and what was left aside; the same for CSV and workbooks."""

from __future__ import annotations

from collections.abc import Sequence

from generator.documents.manner import LIMITS
from generator.importing.model import Column, Refused, Source, Table
from generator.importing.naming import unique
from generator.text.interface import count, sentence

ABOVE = 15  # rows among which the header is looked for


def header_row(rows: Sequence[Sequence[str]]) -> int:
    """The place of the row that names the columns: the first whose cells are all filled and different, as wide as most rows below."""
    widths = [sum(bool(cell) for cell in row) for row in rows[: ABOVE * 4]]
    usual = max(set(widths), key=lambda width: (widths.count(width) * width, width), default=0)
    for place, row in enumerate(rows[:ABOVE]):
        names = [cell for cell in row if cell]
        if len(names) >= max(1, usual - 1) and len(set(names)) == len(names) and not any(map(_is_number, names)):
            return place
    return 0


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).replace(",", "", 1).lstrip("-+").isdigit()


def columns_of(header: Sequence[str], rows: Sequence[Sequence[str]]) -> list[Column]:
    """The columns that a header names and what rows hold of each; a column without a name that holds nothing is left aside."""
    found: list[Column] = []
    taken: set[str] = set()
    for number, written in enumerate(header):
        texts = [row[number] if number < len(row) else "" for row in rows]
        name = written.strip()
        if not name and not any(texts):
            continue
        if not name:
            raise Refused(sentence("La colonne {n} a des valeurs et pas de nom. Donnez-lui un nom.", n=number + 1))
        if name in taken:
            told = "Deux colonnes s’appellent « {name} ». Donnez-leur deux noms."
            raise Refused(sentence(told, name=name))
        taken.add(name)
        found.append(Column(name, texts, (written,) if written != name else ()))
    if not found:
        raise Refused(sentence("Aucune colonne."))
    return found


def table_name(name: str, source: Source) -> str:
    """A name for a table, which no other of the source has."""
    return unique(name, {table.name for table in source.tables})


def add(source: Source, table: Table, place: str) -> None:
    """Add a table to those of a source, and say so."""
    source.tables.append(table)
    told = "{rows}, {columns} → table « {table} »."
    rows, columns = count(table.rows, "ligne"), count(len(table.columns), "colonne")
    source.note("decided", place, sentence(told, rows=rows, columns=columns, table=table.name))


def limit(table: Table, size: int, cells: int) -> None:
    """Declare the size of a file that passes, or nearly, what is usual for one."""
    limits = {
        word: most * 2
        for word, most, usual in (("bytes", size, LIMITS.bytes), ("values", cells, LIMITS.values))
        if most * 10 > usual * 9
    }
    if limits:
        table.content["limits"] = limits
