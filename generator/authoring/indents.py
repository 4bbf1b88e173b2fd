"""The lines of a YAML text, set out: two spaces a level, one after a colon and a dash, none at the end, one blank line at most.
Lines within a text on several lines, or within brackets, move with the line that begins them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from generator.documents.yaml_spans import Span, spans

STEP = 2
_DASH = re.compile(r"-[ \t]*(?= |\t|\Z)")
_GAP = re.compile(r"[ \t]{0,40}:[ \t]{1,200}(?=[^\s#])")
_INDICATED = re.compile(r"[|>][-+]?[1-9]")
_BLOCK = ("|", ">")


@dataclass(frozen=True, slots=True)
class _Level:
    """A list or a group without brackets: its column (from 0), and the one that it is given."""

    old: int
    new: int
    is_list: bool


_TOP = _Level(-STEP, -STEP, False)


@dataclass(frozen=True, slots=True)
class _Line:
    """Where a line that begins something stood and is given to stand, its level, and the levels that were open there."""

    old: int
    new: int
    level: _Level
    open: tuple[_Level, ...]


def reindented(text: str) -> str | None:
    """A text that is read without a fault, in LF, set out; None when a line of it is none of those that are known."""
    lines, found = ["", *text.split("\n")], spans(text)  # numbered from 1
    owners = _owners(found)
    keys = {span.start[0]: span for span in found if span.key}
    values = {span.start for span in found}
    known: dict[int, _Line] = {}
    stack: list[_Level] = []
    made = [""] * len(lines)
    for number, line in enumerate(lines):
        body = line.strip(" \t")
        if number in owners or not body or body.startswith("#"):
            continue
        if body in ("---", "..."):
            made[number], known[number] = body, _Line(0, 0, _TOP, ())
            continue
        laid = _laid(line, number, keys.get(number), values, stack)
        if laid is None:
            return None
        made[number], known[number] = laid
    for span in dict.fromkeys(owners.values()):
        at = known[span.start[0]]
        made[span.start[0] + 1 : span.last + 1] = (
            _block(lines, span, at) if span.style in _BLOCK else _moved(lines, span, at)
        )
    for number, indent in _comments(lines, owners, known):
        made[number] = " " * indent + lines[number].strip(" \t")
    return _joined(made[1:], {number - 1 for number in owners}, _ended(lines, owners.get(len(lines) - 1)))


def _ended(lines: list[str], last: Span | None) -> bool:
    """Whether the last line may be ended: a text in a block that goes as far says whether its own is, unless it strips it."""
    if last is None or last.style not in _BLOCK:
        return True
    return "-" in lines[last.start[0]][last.start[1] : last.start[1] + 2]


def _owners(found: list[Span]) -> dict[int, Span]:
    """Each line that goes on with what another began, and the outermost text or pair of brackets that it is in."""
    owners: dict[int, Span] = {}
    for span in found:
        if span.style not in ("-", ":"):
            for number in range(span.start[0] + 1, span.last + 1):
                owners.setdefault(number, span)
    return owners


def _laid(
    line: str, number: int, key: Span | None, values: set[tuple[int, int]], stack: list[_Level]
) -> tuple[str, _Line] | None:
    """A line that begins something, set out, and where it stands."""
    column = len(line) - len(line.lstrip(" "))
    old, rest, prefix, first = column, line[column:], "", -1
    while dash := _DASH.match(rest):
        level = _level(stack, column, True)
        first = level.new if first < 0 else first
        prefix += "- "
        column, rest = column + len(dash[0]), rest[len(dash[0]) :]
        space = len(rest) - len(rest.lstrip(" \t"))
        column, rest = column + space, rest[space:]
        if not rest or rest.startswith("#"):
            break
    inner = stack[-1] if stack else _TOP
    if key is not None and rest:
        if key.start[1] != column + 1:
            return None
        inner = _level(stack, column, False)
        first = inner.new if first < 0 else first
        after = key.end[1] - 1 - column
        if key.end[0] != number:
            return None
        rest = rest[:after] + _GAP.sub(": ", rest[after:], count=1) if _GAP.match(rest[after:]) else rest
    elif rest and not rest.startswith("#") and (number, column + 1) not in values:
        return None
    elif first < 0:
        while len(stack) > 1 and stack[-1].old >= column:
            stack.pop()
        inner = stack[-1] if stack else _TOP
        first = inner.new + STEP
    return " " * first + (prefix + rest).rstrip(" \t"), _Line(old, first, inner, tuple(stack))


def _level(stack: list[_Level], column: int, is_list: bool) -> _Level:
    """The level of a dash or a key at a column: one that is open, or a new one under it."""
    while stack and (stack[-1].old > column or (stack[-1].old == column and stack[-1].is_list and not is_list)):
        stack.pop()
    if stack and stack[-1].old == column and stack[-1].is_list == is_list:
        return stack[-1]
    stack.append(_Level(column, stack[-1].new + STEP if stack else 0, is_list))
    return stack[-1]


def _moved(lines: list[str], span: Span, at: _Line) -> list[str]:
    """The lines that go on with a text or with brackets, moved as the one that begins them."""
    made = []
    for line in lines[span.start[0] + 1 : span.last + 1]:
        words = line.lstrip(" \t")
        indent = max(len(line) - len(words) + at.new - at.old, at.level.new + 1)
        words = words if span.style in ("'", '"') else words.rstrip(" \t")
        made.append(" " * indent + words if words else "")
    return made


def _block(lines: list[str], span: Span, at: _Line) -> list[str]:
    """The lines of a text in a block, two spaces further than what holds it; where a figure says how far, as far as before."""
    row, column = span.start
    inside = lines[row + 1 : span.last + 1]
    old = next((len(line) - len(line.lstrip(" ")) for line in inside if line.strip(" ")), 0)
    new = at.level.new + STEP
    if figure := _INDICATED.match(lines[row], column - 1):
        old = max(0, at.level.old) + int(figure[0][-1])
        new = max(0, at.level.new) + int(figure[0][-1])
    return [" " * new + line[old:] if line[old:] else "" for line in inside]


def _comments(lines: list[str], owners: dict[int, Span], known: dict[int, _Line]) -> Iterator[tuple[int, int]]:
    """Each line of comment and its indent: that of the next line when it had the same, else that of a level that was open."""
    after: dict[int, int] = {}
    following = 0
    for number in range(len(lines) - 1, 0, -1):
        after[number] = following
        following = number if number in known else following
    last = 0
    for number, line in enumerate(lines):
        last = number if number in known else last
        if number in owners or not line.lstrip(" \t").startswith("#"):
            continue
        old = len(line) - len(line.lstrip(" \t"))
        next_one, before = known.get(after[number]), known.get(last)
        levels = {level.old: level.new for level in before.open} if before is not None else {}
        if next_one is not None and next_one.old == old:
            indent = next_one.new
        else:
            near = before or next_one
            indent = levels.get(old, max(0, old + near.new - near.old) if near is not None else old)
        ends_block = before is not None and owners.get(number - 1) is not None and owners[number - 1].style in _BLOCK
        yield number, min(indent, max(0, before.level.new)) if ends_block and before is not None else indent


def _joined(lines: list[str], kept: set[int], ended: bool) -> str:
    """Lines as a text: of several blank ones one stays, none at both ends, but for those that go on with something; the last is
    `ended`.
    """
    out: list[str] = []
    blank, end = True, len(lines)
    while end and not lines[end - 1] and end - 1 not in kept:
        end -= 1
    for number, line in enumerate(lines[:end]):
        if number in kept or line or not blank:
            out.append(line)
        blank = not line and number not in kept
    return "\n".join(out) + "\n" * (ended and bool(out))
