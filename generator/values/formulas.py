"""What a spreadsheet may execute in a text. The rule is told once to those who write: guide « Écrire une fiche », « Ce qu’un
tableur exécuterait ». Sources: OWASP, CSV Injection; LibreOffice evaluates a leading « = », Excel « = + - @ » as well.

A text is read as a spreadsheet would cut it: its start, and what follows a semicolon, a tabulation or a line break, spaces and
quotes apart. Nothing is escaped on the way out: what is refused here is in no export.
"""

from __future__ import annotations

import re
from functools import lru_cache

from generator.text.links import without_links
from generator.text.memory import TEXTS

_SEPARATORS = ";\t\r\n"
_CUT = re.compile(f"[{_SEPARATORS}]")
_SPACES = "[ \u00a0\u202f]"
_FIRST = "=@＝＋－＠"  # with their twins of full width, which a change of form would bring back
_STARTS = f"{_FIRST}|%+-"

# A number with its unit (`+ 141 %`, `-1,5 point`, `+33 1 23 45 67 89`), and nothing to compute. No part gives back what it took.
_FIGURE = re.compile(
    rf"[+-]{_SPACES}?[0-9]++(?:[ \u00a0\u202f.,][0-9]++)*+(?:{_SPACES}?[%€‰])?+"
    r"(?:\Z|[ \u00a0\u202f.,;:)]++(?:\Z|[^\W\d_]++(?![\w(!|]))|[^\W\d_]{2,}+(?![\w(!|]))"
)
_ITEM = re.compile(rf"[+-]{_SPACES}+\S")  # of a list in Markdown
_CALL = re.compile(r"(?<![\w.])[^\W\d_][\w.]*+\((?![^\W\d_]{1,5}\))")  # `SOMME(A1)`; « mot(s) » is none
_SHEET = re.compile(r"!\$?[A-Za-z]{1,3}\$?[0-9]")
_ARITHMETIC = re.compile(r'[+-](?:[\s()$:.,%*/^&=<>+-]|[0-9]++|(?<![0-9])[A-Za-z]{1,3}\$?[0-9]++|"[^"]*+")++\Z')
_BLANK = re.compile(r"[\s\"']*+")
_WORD = re.compile(r"[^\W_]")


@lru_cache(maxsize=TEXTS)
def executed(text: str, prose: bool = False) -> tuple[str, bool]:
    """The sign by which a spreadsheet would execute a part of a text, and whether that part is its start; "" when none would
    be. A prose is published with the words of its links alone, and may start with a list or a table.
    """
    words = without_links(text) if "](" in text else text
    for shown in (words,) if prose or words == text else (text, words):
        first = shown[:1]
        if first and (first in _STARTS or first in "\"'[" or first.isspace()):
            sign = _sign(_CUT.split(_bare(shown), maxsplit=1)[0], strict=not prose)
            if sign:
                return sign, True
        if any(separator in shown for separator in _SEPARATORS):
            sign = next(filter(None, map(_sign, _CUT.split(_bare(shown))[1:])), "")
            if sign:
                return sign, False
    return "", False


def _bare(text: str) -> str:
    """A text without the spaces and quotes that it starts with."""
    start = _BLANK.match(text)
    return text[start.end() :] if start else text


def _sign(part: str, strict: bool = False) -> str:
    """The sign that makes a spreadsheet compute a part of a text. Where the text starts (`strict`), all but a figure; elsewhere
    lists, tables and rules of Markdown compute nothing.
    """
    part = _bare(part)
    first = part[:1]
    if not first or first not in _STARTS or part == "%":
        return ""
    if not strict and (first == "|" or first == "%"):
        harmless = part.count("|") > 1 if first == "|" else part[1:2].isspace()
    elif not strict and not _WORD.search(part):
        harmless = True
    elif first in "+-":
        harmless = bool(_FIGURE.match(part)) or (not strict and bool(_ITEM.match(part)) and not _computes(part))
        harmless = harmless and "!" not in part.partition("|")[2]
    else:
        harmless = False
    return "" if harmless else first


def _computes(part: str) -> bool:
    """Whether what follows a sign calls a function, names cells of another sheet, or is made of numbers and cells alone."""
    return bool(_CALL.search(part) or _SHEET.search(part) or _ARITHMETIC.match(part))
