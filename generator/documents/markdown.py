"""Markdown with a head → the same nodes as YAML for the keys of the head, and the text below it."""

from __future__ import annotations

from dataclasses import replace

from generator.diagnostics.finding import Diagnostic, Position, fault
from generator.documents.cleaning import bad_indents
from generator.documents.files import decode_text
from generator.documents.heads import head_of, misplaced_head, read_head
from generator.documents.manner import Manner
from generator.documents.nodes import Document, Mapping, Scalar, mark_at
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
        document = replace(document, root=Mapping(mark_at(1, 1)))
    if root is None or blank(below):
        return document, diagnostics + found
    body = _body(below, line)
    if manner.body:
        return replace(document, body=body), diagnostics + found
    message = "Le texte qui suit l’en-tête n’a pas de colonne qui le reçoive : il ne serait publié nulle part."
    hint = "Nommez cette colonne dans le contrat de la table : content: {{records: …, body: texte}} ; ou supprimez ce texte."
    return document, [*diagnostics, *found, fault("texte-sans-colonne", document.at(body.mark), message, hint)]


def _headless(path: str, text: str, manner: Manner) -> tuple[Document, list[Diagnostic]]:
    """A file that does not begin with a head."""
    misplaced = misplaced_head(path, text)
    if misplaced is None and (manner.body or blank(text)):
        return Document(path, Scalar("", mark_at(1, 1))), []
    message = "Ce fichier n’a pas d’en-tête."
    hint = "Écrivez ses clés « cle: valeur » en haut du fichier, entre deux lignes « --- »."
    return Document(path, None), [misplaced or fault("en-tete", Position(path, 1, 1), message, hint)]


def _body(below: str, line: int) -> Scalar:
    """The text below a head whose first line has a number, without the blank lines around it: the margin of its first line stays."""
    shown = below.lstrip()
    before = below[: len(below) - len(shown)]
    margin = before.rpartition("\n")[2]
    return Scalar((margin + shown).rstrip(), mark_at(line + before.count("\n"), 1), True)
