"""Markdown with a head → the same nodes as YAML: the keys of the head, and the text below it under the key of its column."""

from __future__ import annotations

from generator.diagnostics.finding import Diagnostic, Position, fault
from generator.documents.files import bad_indents, decode_text
from generator.documents.heads import head_of, misplaced_head, read_head
from generator.documents.manner import Manner
from generator.documents.nodes import COLUMN_BITS, Document, Mapping, Scalar, mark_at
from generator.text.characters import blank


def parse_markdown(path: str, data: bytes, manner: Manner) -> tuple[Document, list[Diagnostic]]:
    """Text of a Markdown file → document, the blank lines around the text below the head left out. A file without a head says only
    its text.
    """
    text, diagnostics = decode_text(path, data, manner)
    if text is None:
        return Document(path, None), diagnostics
    head = head_of(text)
    if head is not None and (indents := bad_indents(path, head.yaml)):
        return Document(path, None), diagnostics + indents
    if head is not None:
        document, found = read_head(path, head, manner)
        below, line = head.text, head.first_line
    else:
        document, found = _headless(path, text, manner)
        below, line = text, 1
    root = document.root
    if isinstance(root, Scalar) and not root.text:
        root = Mapping(mark_at(1, 1))
        document = Document(path, root)
    if isinstance(root, Mapping) and not blank(below):
        found = [*found, *_add_text(document, root, below, line, manner)]
    return document, diagnostics + found


def _headless(path: str, text: str, manner: Manner) -> tuple[Document, list[Diagnostic]]:
    """A file that does not begin with a head."""
    misplaced = misplaced_head(path, text)
    if misplaced is None and (manner.body or blank(text)):
        return Document(path, Scalar("", mark_at(1, 1))), []
    message = "Ce fichier n’a pas d’en-tête."
    hint = "Écrivez ses clés « cle: valeur » en haut du fichier, entre deux lignes « --- »."
    return Document(path, None), [misplaced or fault("en-tete", Position(path, 1, 1), message, hint)]


def _add_text(document: Document, root: Mapping, below: str, line: int, manner: Manner) -> list[Diagnostic]:
    """Put the text below a head under its key, or say why it has no place."""
    shown = below.lstrip("\n \t")
    before = below[: len(below) - len(shown)]
    line += before.count("\n")
    first = before.rpartition("\n")[2]  # the margin of the first line is its own
    mark = mark_at(line, 1)
    if not manner.body:
        message = "Le texte qui suit l’en-tête n’a pas de colonne qui le reçoive : il ne serait publié nulle part."
        hint = "Nommez cette colonne dans le contrat de la table : content: {{records: …, body: texte}} ; ou supprimez ce texte."
        return [fault("texte-sans-colonne", document.at(mark), message, hint)]
    if manner.body in root.nodes:
        message = "« {key} » est donnée dans l’en-tête (ligne {line}) et par le texte qui le suit."
        values = {"key": manner.body, "line": root.key_mark(manner.body) >> COLUMN_BITS}
        return [fault("cle-en-double", document.at(mark), message, "Gardez l’un des deux.", **values)]
    root.nodes[manner.body] = Scalar((first + shown).rstrip(), mark, True)
    root.key_marks.append(mark)
    return []
