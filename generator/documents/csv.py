"""CSV text → the same nodes as YAML, so that the same checks and places serve for both."""

from __future__ import annotations

import re

from generator.diagnostics.finding import Diagnostic, Position, fault
from generator.documents.files import MAX_NODES, decode
from generator.documents.nodes import Broken, Document, Mapping, Scalar, Sequence, mark_at

_CELL = re.compile(r'(?:"((?:[^"]|"")*)"|([^,"\n]*))(,|\n|\Z)')


def parse_csv(path: str, data: bytes) -> tuple[Document, list[Diagnostic]]:
    """Text of a CSV file (RFC 4180, comma, header) → a sequence of mappings, an empty cell being an absent key."""
    text, diagnostics = decode(path, data)
    if text is None:
        return Document(path, None), diagnostics
    rows: list[list[Scalar]] = [[]]
    offset, line, line_start = 0, 1, 0
    while offset < len(text) or rows[-1]:
        found = _CELL.match(text, offset)
        if found is None:
            diagnostics.append(
                fault(
                    "csv-mal-forme",
                    Position(path, line, offset - line_start + 1),
                    "Un guillemet mal placé empêche de lire cette cellule.",
                    "Un texte qui contient une virgule ou un guillemet s’écrit entre guillemets, les guillemets intérieurs doublés.",
                )
            )
            return Document(path, None), diagnostics
        quoted = found.group(1) is not None
        value = found.group(1).replace('""', '"') if quoted else found.group(2)
        rows[-1].append(Scalar(value, mark_at(line, offset - line_start + 1), quoted))
        line += found.group().count("\n")
        if found.group().count("\n"):
            line_start = offset + found.group().rfind("\n") + 1
        offset = found.end()
        if found.group(3) == "\n":
            rows.append([])
        elif not found.group(3):
            break
    return _table(path, [row for row in rows if any(cell.text or cell.quoted for cell in row)], diagnostics)


def _table(path: str, rows: list[list[Scalar]], diagnostics: list[Diagnostic]) -> tuple[Document, list[Diagnostic]]:
    table = Sequence(mark_at(1, 1))
    if not rows:
        return Document(path, table), diagnostics
    header = rows[0]
    document = Document(path, table, tuple(cell.text for cell in header))
    if len(header) == 1 and ";" in header[0].text:
        message = "Les colonnes de ce fichier sont séparées par des points-virgules."
        hint = "Enregistrez-le de nouveau en choisissant la virgule comme séparateur."
        place = document.at(header[0].mark + header[0].text.index(";"))
        return Document(path, None), [*diagnostics, fault("csv-mal-forme", place, message, hint)]
    if len(rows) * len(header) > MAX_NODES:
        message, hint = "Ce fichier contient plus de {limit} valeurs.", "Partagez son contenu entre plusieurs fichiers."
        row = rows[MAX_NODES // len(header)]
        place = document.at(row[0].mark)
        return Document(path, None), [*diagnostics, fault("fichier-trop-gros", place, message, hint, limit=MAX_NODES)]
    for number, cell in enumerate(header):
        if cell.text in [other.text for other in header[:number]]:
            diagnostics.append(
                fault(
                    "cle-en-double",
                    document.at(cell.mark),
                    "La colonne « {key} » est donnée deux fois.",
                    "Gardez une seule des deux.",
                    key=cell.text,
                )
            )
            return Document(path, None), diagnostics
    for row in rows[1:]:
        if len(row) != len(header):
            diagnostics.append(
                fault(
                    "csv-mal-forme",
                    document.at(row[0].mark),
                    "Il y a {found} cellule{s} dans cette ligne, {expected} dans l’en-tête.",
                    "Ajoutez ou retirez des virgules ; un texte qui contient une virgule s’écrit entre guillemets.",
                    found=len(row),
                    s="s" if len(row) > 1 else "",
                    expected=len(header),
                )
            )
            table.items.append(Broken(row[0].mark))
            continue
        mapping = Mapping(row[0].mark)
        for name, cell in zip(header, row, strict=True):
            if cell.text:
                mapping.nodes[name.text] = cell
                mapping.key_marks.append(name.mark)  # what is wrong with a column is wrong in the header, once
        table.items.append(mapping)
    return document, diagnostics
