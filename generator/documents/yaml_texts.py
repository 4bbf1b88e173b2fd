"""Texts that YAML reads otherwise than they were meant: those that it cuts at a « # », those that begin like something else,
long dashes for a list; and the line to write instead, its text between quotes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

NEAR = 50  # lines that are looked at around one
DASHES = "–—―−‒•"
_DASHED = re.compile(rf"\s*[{DASHES}][ \t\u00a0\u202f]+\S")
# A line: its indent and its dashes, its key, its text.
_WRITTEN = re.compile(r"([ ]*(?:-[ ]+)*)((?:[\w.-]+|\"[^\"\n]*\"|'[^'\n]*')[ ]?:[ \t]+)?(\S.*)?")
_COMMENT = re.compile(r"(?<=\S)([ \t]+)#(.*)")  # on a line, after something
_PAIRS = ("()", "[]", "«»", "“”")


def is_dashed(line: str) -> bool:
    """Whether a line begins with a long dash, as the item of a list would with « - »."""
    return _DASHED.match(line) is not None


def first_dashed(text: str) -> str:
    """The first of the items that long dashes begin in a text whose lines were joined."""
    return re.split(rf"(?<=\S)\s+(?=[{DASHES}]\s)", text.strip())[0]


def parted(line: str) -> tuple[str, str, str]:
    """A line of YAML: its indent with its dashes, its key with its colon, its text; the last two may be empty."""
    found = _WRITTEN.match(line)
    return (found[1], found[2] or "", (found[3] or "").rstrip()) if found else ("", "", line.strip())


def quoted_line(lines: Sequence[str], number: int, text: str = "") -> str:
    """The line of that number (from 1) with its text, or another, between quotes; "" when it has none, or goes on below."""
    if not 0 < number <= len(lines):
        return ""
    indent, key, written = parted(lines[number - 1])
    if not key and not indent.strip() and not _follows_a_key(lines, number):
        return ""
    if " :" in key and indent.strip():
        return ""  # « - Voici : un texte » may have no key
    below = next(
        (line for line in lines[number : number + NEAR] if line.strip() and not line.lstrip().startswith("#")), ""
    )
    margin = len(indent) if key else len(indent) - len(indent.lstrip(" ")) - (not indent.strip())
    goes_on = bool(below) and len(below) - len(below.lstrip(" ")) > margin
    return f"{indent}{key}{quoted(text or written)}" if written and not goes_on else ""


def _follows_a_key(lines: Sequence[str], number: int) -> bool:
    """Whether the last line before a number holds nothing but a key."""
    above = next((line for line in reversed(lines[max(0, number - NEAR) : number - 1]) if line.strip()), "")
    return bool(re.fullmatch(r"[ ]*(?:-[ ]+)*[\w.-]+[ ]?:[ \t]*", above))


def quoted(text: str) -> str:
    """A text between quotes, those which it does not hold when there are some."""
    if '"' not in text and "\\" not in text:
        return f'"{text}"'
    if "'" not in text:
        return f"'{text}'"
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def watched(text: str) -> frozenset[int]:
    """The lines of a file (from 0) that a « # » may have cut, or that a long dash begins: few have any."""
    found: set[int] = set()
    if " #" in text or "\t#" in text:
        found.update(n for n, line in enumerate(text.split("\n")) if "#" in line and _COMMENT.search(line))
    if not text.isascii() and any(dash in text for dash in DASHES):
        found.update(n for n, line in enumerate(text.split("\n")) if is_dashed(line))
    return frozenset(found)


def cut_at(value: str, rest: str) -> int:
    """Where, in what follows a plain text on its line, stands the « # » that cut it; -1 when the comment is one. It is not when
    the « # » sticks to a word or only counts, after a text and a single space, or closes what the text opened.
    """
    found = re.match(r"([ \t]+)#(.*)", rest)
    if not found:
        return -1
    blanks, comment = found[1], found[2]
    follows = re.match(r"[^\s#!]|[ \t]*[0-9]+[ \t]*\Z", comment)
    sticks = follows and blanks == " " and (not value or re.search(r"[^\W\d_]", value))
    closes = any(end in comment and value.count(pair[0]) > value.count(end) for pair in _PAIRS for end in pair[1:])
    return len(blanks) if sticks or closes else -1
