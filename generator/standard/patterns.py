"""Patterns of foreign packages: expressions of XML Schema (https://www.w3.org/TR/xmlschema-2/#regexs), and those of other languages that
people write there. One that could take a time without limit is not tried.
"""

from __future__ import annotations

import re
import sys
import unicodedata
import warnings
from functools import lru_cache

from generator.text.interface import Sentence, sentence
from generator.values.patterns import MAX_COMPARED, Pattern, read_pattern

_CATEGORY = re.compile(r"\\([pP])\{([A-Z][a-z]?)\}")
_NAMES = {r"\i": r"A-Za-z_:\u00c0-\ufffd", r"\c": r"A-Za-z0-9._:\-\u00b7-\ufffd"}  # the letters of names, broadly
_LOOPS = re.compile(r"[*+}]")
_GROUPS = re.compile(r"\(\?(?:[=!]|<[=!]|P?<[A-Za-z_]\w*>)")
_OPTIONS = re.compile(r"\(\?[aims]+\)")


def read_foreign(written: str) -> Pattern | Sentence | None:
    """The pattern that a text writes; what is wrong with it when it is no expression; None when it is one that cannot be tried in a bounded
    time.
    """
    found = read_pattern(written)
    if isinstance(found, Pattern):
        return found
    translated = _translated(written)
    options = _OPTIONS.match(translated)
    flags, body = (options[0], translated[options.end() :]) if options else ("", translated)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compiled = re.compile(rf"{flags}(?:{body})\Z")
    except (re.error, OverflowError, RecursionError):
        return sentence("« {pattern} » n’est pas une expression régulière.", pattern=written)
    loose = _translated(written, plain=True)
    return Pattern(written, compiled, MAX_COMPARED) if _is_bounded(loose[len(flags) :]) else None


def _is_bounded(body: str) -> bool:
    """Whether no text makes the time of an expression explode: it is judged with its looks around taken as plain groups, its categories
    as letters, its references left out. One with no loop is bounded.
    """
    if not _LOOPS.search(body):
        return True
    plain = _GROUPS.sub("(", body)
    return isinstance(read_pattern(plain.replace(r"\A", "^").replace(r"\Z", "$")), Pattern)


def _translated(written: str, plain: bool = False) -> str:
    """An expression of XML Schema in the words of Python: classes of Unicode as ranges, the signs of names; `plain`: as any letter."""
    out, place, inside = [], 0, False
    while place < len(written):
        category = _CATEGORY.match(written, place)
        pair = written[place : place + 2]
        if category:
            ranges = r"\w" if plain else _ranges(category[2], category[1] == "P")
            out.append(ranges if inside else f"[{ranges}]")
            place = category.end()
            continue
        if pair in _NAMES:
            letters = r"\w" if plain else _NAMES[pair]
            out.append(letters if inside else f"[{letters}]")
            place += 2
            continue
        if pair[0] == "\\":
            out.append(_escape(pair, inside) if plain else pair)
            place += 2
            continue
        if pair[0] in "[]":
            inside = pair[0] == "["
        out.append(pair[0])
        place += 1
    return "".join(out)


_KNOWN = frozenset(r"dDwWsSnrtfvbBxuAZ^$\.*+?()[]{}|/")


def _escape(pair: str, inside: bool) -> str:
    """An escape in the plainest words: a sign that needs none is itself, a reference to a group is left out."""
    sign = pair[1:]
    if sign in _KNOWN or (inside and sign == "-"):
        return pair
    return sign if inside else "" if sign.isdigit() else f"[{sign}]"


@lru_cache(maxsize=16)
def _ranges(category: str, turned: bool) -> str:
    """The characters of a category of Unicode, or all the others, as the inside of a class."""
    found: list[tuple[int, int]] = []
    for code in range(sys.maxunicode + 1):
        if unicodedata.category(chr(code)).startswith(category) is not turned:
            if found and found[-1][1] == code - 1:
                found[-1] = (found[-1][0], code)
            else:
                found.append((code, code))
    return "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in found) or r"\uffff"
