"""Structure that is written in a text and lost in it: YAML joins the lines of a text, unless it is written after « | »."""

from __future__ import annotations

import re
from collections import Counter

from generator.diagnostics.finding import Diagnostic, fault
from generator.documents.articles import Article
from generator.prose.markdown import blocks
from generator.prose.oddities import dashes
from generator.prose.passages import BLANKS, Lines, Passage

# What is left of structure in a text whose lines were joined; few texts have any.
_MAY = re.compile(r"(?:^|[ \n])(?:[-+*–—―−‒•‣▪◦●■]|[0-9]{1,9}[.)]|#{1,6}|>|\|)(?=[ \u00a0\u202f])|```|~~~|[-=]{3}|\n")

# Each kind of block, the most telling first.
_TOLD = {
    "list_item": "Les lignes de ce texte se rejoignent : cette liste n’en serait plus une.",
    "tr": "Les lignes de ce texte se rejoignent : ce tableau n’en serait plus un.",
    "heading": "Les lignes de ce texte se rejoignent : ce titre n’en serait plus un.",
    "blockquote": "Les lignes de ce texte se rejoignent : cette citation n’en serait plus une.",
    "fence": "Les lignes de ce texte se rejoignent : ce bloc de code n’en serait plus un.",
    "paragraph": "Les lignes de ce texte se rejoignent : ce paragraphe suivrait le précédent sans en être séparé.",
}


def may_be_lost(text: str) -> bool:
    """Whether a text has something that is left of structure when lines are joined."""
    return _MAY.search(text) is not None


def lost(passage: Passage, lines: Lines) -> Diagnostic | None:
    """What is wrong with the text of a record whose lines, as they are written, say more than what is read of them."""
    if isinstance(passage.owner, Article) or not may_be_lost(passage.text):
        return None
    laid_out, firsts = passage.laid_out(lines)
    if laid_out == passage.text:
        return None
    written, read = blocks(laid_out), Counter(kind for kind, _ in blocks(passage.text))
    missing = Counter(kind for kind, _ in written) - read
    kind = next((kind for kind in _TOLD if missing[kind]), "")
    if kind:
        message, line = _TOLD[kind], [line for name, line in written if name == kind][read[kind]]
    else:
        runs, known = list(dashes(laid_out)), len(list(dashes(passage.text)))
        if len(runs) <= known:
            return None
        message = "Un tiret long n’ouvre pas un élément de liste, et les lignes de ce texte se rejoignent."
        line = laid_out.count("\n", 0, runs[known].offset)
    rows = laid_out.split("\n")
    rank = sum(1 for row in rows[:line] if row.strip(BLANKS))
    place = passage.at(firsts[rank], len(rows[line].strip(BLANKS)), lines)
    value = passage.at(-1, 1, lines)
    folded = lines(value.path)[value.line - 1][value.column - 1 :].startswith(">")
    hint = "Écrivez « |- » après la clé, puis le texte à la ligne, en retrait."
    if folded:
        hint = "Écrivez « |- » au lieu de « > », à la ligne {line}."
    if not kind:
        hint = "Écrivez « |- » après la clé, et commencez chaque élément par « - »."
    return fault("mise-en-page-perdue", place, message, hint, line=value.line)
