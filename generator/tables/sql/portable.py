"""The pattern of a contract as RE2 (DuckDB) and Java (Spark) read it: one that matches no text that Python does not match. Where
they differ, there is none, and Python decides.
"""

from __future__ import annotations

import re

MAX_REPEAT = 100  # RE2 writes a repetition out: large ones cost it more than Python
MAX_LENGTH = 300  # of a pattern

# Pieces that mean the same, or less, for all: `\d`, `\w`, `\s` are those of ASCII for RE2 and Java, `.` leaves out more line ends
# for Java. What says « all but » (`\D`, `\W`, `\S`, `\b`, a set with `^` that holds a class) would mean more.
_ESCAPE = r"\\(?:[dws]|[nrtfv]|[\^$\\.*+?()\[\]{}|/-]|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4})"
_PLAIN = r"\\(?:[nrtfv]|[\^$\\.*+?()\[\]{}|/-]|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4})"
_SET = rf"\[(?:\^(?:{_PLAIN}|[^\\\[\]&~])+|(?:{_ESCAPE}|[^\\\[\]&~^])(?:{_ESCAPE}|[^\\\[\]&~])*)\]"
_PIECE = re.compile(
    rf"(?:{_SET}|{_ESCAPE}|\(\?:|\((?!\?)|\)|\||(?:[*+?]|\{{[0-9]{{1,3}}(?:,[0-9]{{0,3}})?\}})\??(?![*+?{{])|\.|[^\\\[\](){{}}*+?|^$])",
    re.DOTALL,
)


def portable(written: str) -> str:
    """The pattern for all engines; "" when there is none that is sure."""
    inner = written.removeprefix("^")
    inner = inner[:-1] if inner.endswith("$") and not inner.endswith(r"\$") else inner
    if inner != written and "|" in inner:
        return ""  # « ^a|b$ » anchors but one branch at each end
    if len(inner) > MAX_LENGTH or not re.fullmatch(f"(?:{_PIECE.pattern})*", inner, re.DOTALL):
        return ""
    if any(int(number) > MAX_REPEAT for number in re.findall(r"(?<=[{,])[0-9]+(?=[,}])", inner)):
        return ""
    return re.sub(r"\\u([0-9a-fA-F]{4})", r"\\x{\1}", inner).replace(r"\/", "/").replace(r"\v", r"\x0b")
