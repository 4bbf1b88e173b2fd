"""Style sheets of others (CSS), published as they are: what they load, and what would run, read as a browser does: without comments,
escapes undone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_ESCAPE = re.compile(r"\\(?:([0-9a-f]{1,6})[ \t\n]?|([^\n]))", re.IGNORECASE)
_HIDDEN = re.compile(r"[^\n]")
_TOLD = 60  # characters shown of what is refused
_OF_FILE = re.compile(r"\s*+[\"']?\s*+#")
_NAMESPACE = re.compile(r"@namespace\b[^;]*;?", re.IGNORECASE)
# Each with what it would load, when it is that of url().
_LOADS = re.compile(
    r"@import\b|\bexpression\s*\(|-moz-binding\b|(?<![\w-])behavior\s*:|javascript:|"
    r"\burl\s*\(\s*(?P<url>\"[^\"]*\"?|'[^']*'?|[^)]*)\s*\)?|\b(?:src|image|image-set|-webkit-image-set)\s*\(\s*(?P<other>[\"'][^\"']*)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Load:
    """What a style sheet loads or runs: its words, their place from 1, and the address; None for what has none."""

    words: str
    line: int
    column: int
    address: str | None


def plain(css: str) -> str:
    """A style sheet as a browser reads its words, each on the line where it was written."""
    bare = _COMMENT.sub(lambda found: _HIDDEN.sub(" ", found[0]), css)
    return _ESCAPE.sub(_character, bare)


def _character(found: re.Match[str]) -> str:
    code = int(found[1], 16) if found[1] else ord(found[2])
    return chr(code) if 0x20 <= code <= 0x10FFFF else " "


def loads(css: str) -> Iterator[Load]:
    """What a style sheet loads or runs, save what is a part of its own file."""
    text = _NAMESPACE.sub(lambda found: _HIDDEN.sub(" ", found[0]), plain(css))
    for found in _LOADS.finditer(text):
        address = found["url"] if found["url"] is not None else found["other"]
        if address is None or not _OF_FILE.match(address):
            shown = " ".join(found[0].split())[:_TOLD]
            line, column = text.count("\n", 0, found.start()) + 1, found.start() - text.rfind("\n", 0, found.start())
            yield Load(shown, line, column, None if address is None else address.strip(" \t\n\"'"))
