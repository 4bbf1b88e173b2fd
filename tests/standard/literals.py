"""Values written in programs, read as data and never run: literals of JavaScript, TypeScript and Python.

What is no plain value (a call, a name, a template with holes) is `OPAQUE`, and so is no example of ours.
"""

from __future__ import annotations

import ast
import re
from typing import Any

OPAQUE: Any = object()
ABSENT: Any = object()
WORDS = {"true": True, "false": False, "null": None, "undefined": ABSENT}
_BLANK = re.compile(r"(?:\s|//[^\n]*|/\*.*?\*/)+", re.DOTALL)
_STRING = re.compile(r'"((?:[^"\\\n]|\\.)*)"|' r"'((?:[^'\\\n]|\\.)*)'|`((?:[^`\\$]|\\.)*)`", re.DOTALL)
_NUMBER = re.compile(r"[-+]?(?:\d[\d_]*(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?")
_WORD = re.compile(r"[\w$]+")
_AS = re.compile(r"\s*as\s+(?:const|any|\w+(?:\[\])?)\b")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "0": "\0", "b": "\b", "f": "\f", "v": "\v"}
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(.))", re.DOTALL)
_PAIRS = {"{": "}", "[": "]", "(": ")"}


class NotRead(ValueError):
    """The text is no literal that is understood here."""


def script(text: str, start: int = 0) -> tuple[Any, int]:
    """The literal of JavaScript that begins at `start`, and where it ends."""
    at = _blank(text, start)
    sign = text[at : at + 1]
    if sign == "[":
        return _array(text, at + 1)
    if sign == "{":
        return _object(text, at + 1)
    value, end = _scalar(text, at)
    return _tail(text, value, end)


def is_plain(value: Any) -> bool:
    """True when nothing in it is opaque."""
    if isinstance(value, dict):
        return all(is_plain(one) for one in value.values())
    return all(is_plain(one) for one in value) if isinstance(value, list) else value is not OPAQUE


def _blank(text: str, at: int) -> int:
    found = _BLANK.match(text, at)
    return found.end() if found else at


def _scalar(text: str, at: int) -> tuple[Any, int]:
    if found := _STRING.match(text, at):
        return _ESCAPE.sub(_unescaped, next(one for one in found.groups() if one is not None)), found.end()
    if found := _NUMBER.match(text, at):
        digits = found[0].replace("_", "")
        return (float(digits) if set(digits) & set(".eE") else int(digits)), found.end()
    if (found := _WORD.match(text, at)) and found[0] in WORDS:
        return WORDS[found[0]], found.end()
    return OPAQUE, _skipped(text, at)


def _unescaped(found: re.Match[str]) -> str:
    if digits := found[1] or found[2]:
        return chr(int(digits, 16))
    return _ESCAPES.get(found[3], found[3])


def _tail(text: str, value: Any, end: int) -> tuple[Any, int]:
    """What follows a value up to the comma: nothing, `as const`, or an operation, which makes it opaque."""
    if found := _AS.match(text, end):
        end = found.end()
    after = _blank(text, end)
    if text[after : after + 1] in ("", ",", "]", "}", ")", ";", ":") or "\n" in text[end:after]:
        return value, end
    return OPAQUE, _skipped(text, after)


def _skipped(text: str, at: int) -> int:
    """Where an expression ends: the comma or the bracket that closes what holds it."""
    waiting: list[str] = []
    while at < len(text):
        if found := _STRING.match(text, at):
            at = found.end()
            continue
        sign = text[at]
        if not waiting and sign in ",]});":
            return at
        if sign in _PAIRS:
            waiting.append(_PAIRS[sign])
        elif waiting and sign == waiting[-1]:
            waiting.pop()
        at += 1
    raise NotRead(text[:40])


def _array(text: str, at: int) -> tuple[list[Any], int]:
    found: list[Any] = []
    while True:
        at = _blank(text, at)
        if text[at : at + 1] == "]":
            return found, _after(text, at + 1)
        value, at = script(text, at)
        found.append(None if value is ABSENT else value)
        at = _comma(text, at, "]")


def _object(text: str, at: int) -> tuple[Any, int]:
    found: dict[str, Any] = {}
    while True:
        at = _blank(text, at)
        if text[at : at + 1] == "}":
            return found, _after(text, at + 1)
        key, at = _key(text, at)
        at = _blank(text, at)
        if text[at : at + 1] == ":":
            value, at = script(text, at + 1)
        else:
            value, at = OPAQUE, _skipped(text, at)
        if value is not ABSENT:
            found[key] = value
        at = _comma(text, at, "}")


def _key(text: str, at: int) -> tuple[str, int]:
    if text.startswith("...", at):
        return "...", _skipped(text, at)
    if found := _STRING.match(text, at):
        return found[1] if found[1] is not None else found[2] or "", found.end()
    if found := _WORD.match(text, at):
        return found[0], found.end()
    raise NotRead(text[at : at + 40])


def _comma(text: str, at: int, end: str) -> int:
    at = _blank(text, at)
    if text[at : at + 1] == ",":
        return at + 1
    if text[at : at + 1] == end:
        return at
    raise NotRead(text[at : at + 40])


def _after(text: str, at: int) -> int:
    found = _AS.match(text, at)
    return found.end() if found else at


def python(node: ast.AST) -> Any:
    """The value of a node of Python, as `script` gives them: tuples are lists, and what is no plain value is `OPAQUE`."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str | int | float | bool | None) else OPAQUE
    if isinstance(node, ast.List | ast.Tuple):
        return [python(one) for one in node.elts]
    if isinstance(node, ast.Dict):
        keys = [one.value if isinstance(one, ast.Constant) else "..." for one in node.keys]
        return dict(zip(map(str, keys), map(python, node.values), strict=True)) if "..." not in keys else OPAQUE
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        value = python(node.operand)
        return -value if isinstance(value, int | float) else OPAQUE
    return OPAQUE
