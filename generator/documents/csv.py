"""CSV text → the same nodes as YAML, so that the same checks and places serve for both. What a file is, against what it should
be, is said once: its encoding, its separator, its header.
"""

from __future__ import annotations

import re

from generator.diagnostics.finding import Diagnostic
from generator.diagnostics.suggestions import nearest
from generator.documents import csv_refusals as refusals
from generator.documents.cells import Cells, Row, read_cells
from generator.documents.dialect import Dialect
from generator.documents.encodings import decode_as
from generator.documents.manner import AS_USUAL, Manner
from generator.documents.nodes import Broken, Document, Mapping, Sequence, mark_at
from generator.documents.recognition import header_of, known, named, recognised

_EXCEL = re.compile(r'"?sep=(.)"?(?:\n|\Z)', re.IGNORECASE)


def parse_csv(path: str, data: bytes, manner: Manner = AS_USUAL) -> tuple[Document, list[Diagnostic]]:
    """Text of a CSV file → a sequence of mappings, an empty cell being an absent key; no root when it is not written as its
    contract says, or names no column.
    """
    decoded = decode_as(path, data, manner)
    unread, found = Document(path, None), list(decoded.diagnostics)
    if decoded.text is None:
        return unread, found
    cells = read_cells(decoded.text, manner.dialect)
    excel = _EXCEL.match(decoded.text)
    if excel:
        return unread, [*found, refusals.for_excel(unread, excel[1], manner.dialect)]
    seen = recognised(decoded.text, cells, manner)
    if seen != manner.dialect:
        cells = read_cells(decoded.text, seen)
        found.append(refusals.another_dialect(unread, cells, seen, manner))
    elif cells.stuck is not None:
        return unread, [*found, refusals.misplaced_quote(unread, cells.stuck, cells.unclosed, seen)]
    if decoded.expected and seen == manner.dialect:
        oversized = refusals.too_many(unread, cells.filled, manner)
        if oversized is not None:
            return unread, [*found, oversized]
    header, rows, wrong = _header(unread, cells, manner)
    found += wrong
    if seen != manner.dialect or not decoded.expected or (wrong and not header):
        return unread, found
    document, said = _table(path, header, rows, seen, decoded.returns)
    return document, found + said


def _header(unread: Document, cells: Cells, manner: Manner) -> tuple[Row, list[Row], list[Diagnostic]]:
    """The row that names the columns, the rows that follow, and what is wrong with the first ones; no header when no row is."""
    declared = manner.dialect.header_row
    rows = [row for row in cells.rows[max(declared, 1) - 1 :] if row]
    if not rows or all(row[0].text.startswith("#") for row in rows):  # nothing, or nothing but comments
        return [], [], []
    names, place = known(manner.columns), header_of(rows, known(manner.columns))
    guessed = any(nearest(cell.text, manner.columns) for cell in rows[0][:100])
    if place or (names and not named(rows[0], names) and not guessed):
        line = cells.rows.index(rows[place]) + 1 if place else 0
        comment = rows[0][0].text[:1] if all(row[0].text.startswith("#") for row in rows[:place]) and place else ""
        return [], [], [refusals.not_the_header(unread, rows, place, line, comment, manner)]
    return rows[0], rows[1:], []


def _table(
    path: str, header: Row, rows: list[Row], dialect: Dialect, returns: frozenset[int]
) -> tuple[Document, list[Diagnostic]]:
    """The table of a header and rows, and what is wrong with them; `returns`: lines that a carriage return alone ends."""
    table = Sequence(mark_at(1, 1))
    if not header:
        return Document(path, table), []
    document = Document(path, table, _mapping(header, header))
    twice = refusals.twice(document, header)
    if twice is not None:
        return Document(path, None), [twice]
    diagnostics = refusals.nameless(document, header, rows)
    names, again = [cell.text for cell in header], list[int]()
    for row in rows:
        if len(row) != len(header):
            table.items.append(Broken(row[0].mark))
            cut = refusals.cut(document, row, returns, dialect)
            if cut is None or cut not in diagnostics[-1:]:  # said of both halves
                diagnostics.append(cut or refusals.uneven(document, row, len(header), dialect))
        elif row is rows[-1] and refusals.is_total(row):
            diagnostics.append(refusals.total(document, row))
        elif [cell.text for cell in row] == names:
            again.append(row[0].mark)
        else:
            table.items.append(_mapping(header, row))
    if again:
        diagnostics.append(refusals.repeated(document, again))
    return document, diagnostics


def _mapping(header: Row, row: Row) -> Mapping:
    mapping = Mapping(row[0].mark)
    for name, cell in zip(header, row, strict=True):
        if cell.text and name.text:
            mapping.nodes[name.text] = cell
            mapping.key_marks.append(name.mark)  # what is wrong with a column is wrong in the header, once
    return mapping
