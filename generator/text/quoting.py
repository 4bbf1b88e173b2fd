"""Texts of others in Markdown that is posted where people are: nothing of them is a link, a picture, HTML, a formula, or calls
anybody. What makes GitHub act on a plain text (`@name`, `#12`, an address) is cut by an invisible sign that no content may hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from generator.text.characters import visible

LONGEST_LINE = 4_000  # characters of a line of somebody's Markdown
MARK = "…"

_CUT = "\u2060"
# After the first group, a sign that is cut: @name, #12, GH-12, https://, www.
_ACTING = re.compile(r"(@|#(?=\w)|GH-(?=[0-9])|:(?=\\?/\\?/)|www(?=\\?\.))", re.IGNORECASE)
_PUNCTUATION = r"\\`*_{}\[\]<>|#~$!&"
_RUN = re.compile("`++")
_ESCAPED = re.compile(rf"[{_PUNCTUATION}]")
_PIECE = re.compile(r"\\[!-/:-@\[-`{-~]|(`++)|[\\\[\]<>!&~$]|[^\\`\[\]<>!&~$]++")
_PIPE = re.compile(r"(?<!\\)\\\|")  # as it is written in a piece of code of a table
_QUOTE_LINE = re.compile(r"(?: {0,3}>)++")


def plain(text: str, most: int) -> str:
    """A text on one line of Markdown, to be read as it is: at most so many characters of it."""
    cut = text if len(text) <= most else text[:most] + MARK
    return _inert(_ESCAPED.sub(r"\\\g<0>", visible(cut).replace("\n", " ")))


def code(text: str, most: int) -> str:
    """The same as a piece of code, to be copied; in a cell of a table too. "" for a text that shows nothing."""
    cut = text if len(text) <= most else text[:most] + MARK
    written = visible(cut).replace("`", "'").replace("|", "\\|").replace("\n", " ").strip()
    return f"`{written}`" if written else ""


def tamed(markdown: str, most: int) -> str:
    """Somebody's Markdown, at most so many characters of it: headings, lists, tables, emphasis and code on a line stay; anything
    else is read as it is written. What is tamed already stays the same.
    """
    out: list[str] = []
    room = most
    for line in markdown.replace("\r\n", "\n").split("\n"):
        told = _line(_CUT.join(map(visible, line[:LONGEST_LINE].split(_CUT))).replace("\t", " "))
        room -= len(told) + 1
        if room < 0:
            out.append(MARK)
            break
        out.append(told)
    return "\n".join(out).strip("\n")


def _line(line: str) -> str:
    opened = _QUOTE_LINE.match(line)
    start = opened[0] if opened else ""
    return start + "".join(_pieces(line[len(start) :]))


def _pieces(line: str) -> Iterator[str]:
    """The line, its pieces of code as they are and the rest inert."""
    offset = 0
    pending = ""
    while found := _PIECE.match(line, offset):
        piece, offset = found[0], found.end()
        if found[1] is not None:
            end = _closed(line, offset, len(piece))
            inner = line[offset : end - len(piece)] if end else ""
            if end and "|" not in _PIPE.sub("", inner) and not pending.endswith("$"):
                yield _inert(pending) + line[found.start() : end]
                offset, pending = end, ""
                continue
            piece = "\\`" * len(piece)
        elif len(piece) == 1 and _ESCAPED.match(piece) and piece not in "*_{}|#`":
            piece = f"\\{piece}"
        pending += piece
    yield _inert(pending)


def _closed(line: str, start: int, length: int) -> int:
    """Where a piece of code that so many backquotes opened ends, 0 when it does not."""
    for run in _RUN.finditer(line, start):
        if len(run[0]) == length:
            return run.end()
    return 0


def _inert(text: str) -> str:
    return _ACTING.sub(rf"\1{_CUT}", text.replace(_CUT, "") if _CUT in text else text)
