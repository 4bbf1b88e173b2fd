"""Characters that no text of the content may hold, and that nothing we write shows raw."""

from __future__ import annotations

import re

# Control, surrogate and noncharacters; what turns the order of a text; line separators that are not \n.
_COMMANDS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u206f\ud800-\udfff\ufdd0-\ufdef\ufff9-\ufffe\uffff"
# Where a word may be cut, or not; marks of direction that turn nothing but themselves.
_UNSEEN = "\xad\u061c\u200b\u200e\u200f\u2060-\u2064\ufeff"
COMMANDS, INVISIBLE, FORBIDDEN = (re.compile(f"[{signs}]") for signs in (_COMMANDS, _UNSEEN, _COMMANDS + _UNSEEN))

# What a reader does not see, alone: spaces, the letters and marks of Unicode that are blank or join others.
_BLANK = re.compile(
    r"(?:[\s\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200c\u200d\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0000-\U000e0fff]|"
    + FORBIDDEN.pattern
    + r")*\Z"
)


def blank(text: str) -> bool:
    """Whether a text shows nothing."""
    return _BLANK.match(text) is not None


def visible(text: str) -> str:
    """Text whose commanding and invisible characters are written out (U+202E as a backslash, u202e), but for line ends and tabs."""
    return FORBIDDEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text.replace("\r", "\\r"))


def on_one_line(text: str) -> str:
    """The same, with its line ends and its tabs written out too: it fills one line, and makes no other."""
    return visible(text).replace("\n", "\\n").replace("\t", "\\t")


_SPACES = re.compile(r"[ \t\r\n]{2,}|[\t\r\n]")  # French narrow spaces are not among them


def without_line_ends(text: str) -> str:
    """A text, or a name, with a space where its lines end, and none around it."""
    text = text.strip()
    return _SPACES.sub(" ", text) if "\n" in text or "  " in text or "\t" in text or "\r" in text else text


# Quotation marks that are none for a program.
OPENING, CLOSING = "\u201c\u201d\u201e\u00ab", "\u201c\u201d\u00bb"
