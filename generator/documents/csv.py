"""CSV text → the same nodes as YAML, so that the same checks and places serve for both."""

from __future__ import annotations

import re

from generator.diagnostics.finding import Diagnostic, fault
from generator.documents.files import MAX_NODES, decode
from generator.documents.nodes import Broken, Document, Mapping, Scalar, Sequence, mark_at

_CELL = re.compile(r'(?:"((?:[^"]|"")*)"|([^,"\n]*))(,|\n|\Z)')


def parse_csv(path: str, data: bytes) -> tuple[Document, list[Diagnostic]]:
    """Text of a CSV file (RFC 4180, comma, header) → a sequence of mappings, an empty cell being an absent key."""
    text, diagnostics = decode(path, data)
    if text is None:
        return Document(path, None), diagnostics
    rows, fault_at = _rows(text)
    if fault_at is not None:
        message = "Un guillemet mal placé empêche de lire cette cellule."
        hint = "Un texte qui contient une virgule ou un guillemet s’écrit entre guillemets, les guillemets intérieurs doublés."
        return Document(path, None), [
            *diagnostics,
            fault("csv-mal-forme", Document(path, None).at(fault_at), message, hint),
        ]
    rows = [row for row in rows if any(cell.text or cell.quoted for cell in row)]
    table = Sequence(mark_at(1, 1))
    if not rows:
        return Document(path, table), diagnostics
    document = Document(path, table, tuple(cell.text for cell in rows[0]))
    refused = _refused(document, rows)
    if refused is not None:
        return Document(path, None), [*diagnostics, refused]
    for row in rows[1:]:
        if len(row) == len(rows[0]):
            table.items.append(_mapping(rows[0], row))
        else:
            table.items.append(Broken(row[0].mark))
            diagnostics.append(_uneven(document, row))
    return document, diagnostics


def _rows(text: str) -> tuple[list[list[Scalar]], int | None]:
    """The cells of a text, row by row, and the place of the one that cannot be read, if any."""
    rows: list[list[Scalar]] = [[]]
    offset, line, line_start = 0, 1, 0
    while offset < len(text) or rows[-1]:
        mark = mark_at(line, offset - line_start + 1)
        found = _CELL.match(text, offset)
        if found is None:
            return rows, mark
        quoted = found.group(1) is not None
        value = found.group(1).replace('""', '"') if quoted else found.group(2)
        rows[-1].append(Scalar(value, mark, quoted))
        ends = found.group().count("\n")
        if ends:
            line += ends
            line_start = offset + found.group().rfind("\n") + 1
        offset = found.end()
        if found.group(3) == "\n":
            rows.append([])
        elif not found.group(3):
            break
    return rows, None


def _refused(document: Document, rows: list[list[Scalar]]) -> Diagnostic | None:
    """What keeps a table from being read at all: another separator, too many values, two columns of one name."""
    header = rows[0]
    if len(header) == 1 and ";" in header[0].text:
        message = "Les colonnes de ce fichier sont séparées par des points-virgules."
        hint = "Enregistrez-le de nouveau en choisissant la virgule comme séparateur."
        return fault("csv-mal-forme", document.at(header[0].mark + header[0].text.index(";")), message, hint)
    if len(rows) * len(header) > MAX_NODES:
        message, hint = "Ce fichier contient plus de {limit} valeurs.", "Partagez son contenu entre plusieurs fichiers."
        place = document.at(rows[MAX_NODES // len(header)][0].mark)
        return fault("fichier-trop-gros", place, message, hint, limit=MAX_NODES)
    seen: set[str] = set()
    for cell in header:
        if cell.text in seen:
            message, hint = "La colonne « {key} » est donnée deux fois.", "Gardez une seule des deux."
            return fault("cle-en-double", document.at(cell.mark), message, hint, key=cell.text)
        seen.add(cell.text)
    return None


def _mapping(header: list[Scalar], row: list[Scalar]) -> Mapping:
    mapping = Mapping(row[0].mark)
    for name, cell in zip(header, row, strict=True):
        if cell.text:
            mapping.nodes[name.text] = cell
            mapping.key_marks.append(name.mark)  # what is wrong with a column is wrong in the header, once
    return mapping


def _uneven(document: Document, row: list[Scalar]) -> Diagnostic:
    """A row that has not the cells of the header."""
    message = "Il y a {found} cellule{s} dans cette ligne, {expected} dans l’en-tête."
    hint = "Ajoutez ou retirez des virgules ; un texte qui contient une virgule s’écrit entre guillemets."
    place, s = document.at(row[0].mark), "s" if len(row) > 1 else ""
    return fault("csv-mal-forme", place, message, hint, found=len(row), s=s, expected=len(document.header))
