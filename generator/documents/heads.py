"""The head of a Markdown file (« front matter »): YAML between two lines of dashes, read at its own lines of the file."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from generator.diagnostics.finding import Diagnostic, Position, fault
from generator.documents.manner import AS_USUAL, Manner
from generator.documents.nodes import Document
from generator.documents.yaml import read_yaml

# Three dashes open the head; three dashes or, as YAML ends a document, three dots close it.
_OPENING = re.compile(r"---[ \t]*(?:\n|\Z)")
_HEAD = re.compile(r"---[ \t]*\n(.*?\n)??(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Head:
    """The YAML of a head, after an empty line in the place of the one that opens it; the text below, and the line where it starts."""

    yaml: str
    text: str
    first_line: int


def head_of(text: str) -> Head | None:
    """The head of a clean text, None when it does not begin with one."""
    found = _HEAD.match(text)
    if found is None:
        return None
    return Head("\n" + (found[1] or ""), text[found.end() :], text.count("\n", 0, found.end()) + 1)


def read_head(path: str, head: Head, manner: Manner = AS_USUAL) -> tuple[Document, list[Diagnostic]]:
    """What a head says, as YAML says it; a head that goes on after a blank line with what is no YAML is not closed."""
    document, problems = read_yaml(path, head.yaml, replace(manner, documents=False))
    blank = head.yaml.find("\n\n", 1)
    line = head.yaml.count("\n", 0, blank + 1) + 1 if blank > 0 else 0
    if document.root is None and 0 < line < max(problem.position.line for problem in problems):
        message, hint = "L’en-tête de ce fichier n’est pas refermé.", "Écrivez « --- » ici, seul sur sa ligne."
        problems = [fault("en-tete", Position(path, line, 1), message, hint)]
    return document, problems


def misplaced_head(path: str, text: str) -> Diagnostic | None:
    """What is said of a text whose head is not closed, or follows something; None for a text that has none."""
    if _OPENING.match(text):
        message, hint = (
            "L’en-tête de ce fichier n’est pas refermé.",
            "Après ses clés, écrivez « --- », seul sur sa ligne.",
        )
    elif _OPENING.match(text.lstrip()):
        message, hint = "L’en-tête commence à la première ligne du fichier.", "Supprimez ce qui précède « --- »."
    else:
        return None
    return fault("en-tete", Position(path, 1, 1), message, hint)
