"""Patterns of foreign packages: expressions of XML Schema (https://www.w3.org/TR/xmlschema-2/#regexs), and those of other languages that
people write there. One that could take a time without limit is not tried.
"""

from __future__ import annotations

import re
import sys
import unicodedata
import warnings
from functools import lru_cache

from generator.standard.blocks import BLOCKS
from generator.text.interface import Sentence, sentence
from generator.values.patterns import MAX_COMPARED, Pattern, read_pattern

_CATEGORY = re.compile(r"\\([pP])\{([A-Z][a-z]?|Is[A-Za-z0-9-]+)\}")
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
    try:
        translated, loose = _translated(written), _translated(written, plain=True)
        options = _OPTIONS.match(translated)
        flags, body = (options[0], translated[options.end() :]) if options else ("", translated)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            compiled = re.compile(rf"{flags}(?:{body})\Z")
    except (re.error, OverflowError, RecursionError):
        return sentence("« {pattern} » n’est pas une expression régulière.", pattern=written)
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
    """An expression of XML Schema in the words of Python: classes of Unicode as ranges, the signs of names, classes less others; `plain`: as
    any letter.
    """
    out, place = [], 0
    while place < len(written):
        told, end = _sign(written, place, plain)
        if told is not None:
            out.append(f"[{told}]")
        elif written[place] == "[":
            inside, end = _class(written, place + 1, plain)
            out.append(inside)
        else:
            out.append(_kept(written[place:end], plain, False))
        place = end
    return "".join(out)


def _class(written: str, place: int, plain: bool) -> tuple[str, int]:
    """The class that begins there, after its bracket, and where it ends; `[a-z-[aeiou]]` is one less another."""
    out, less, start = [], "", place
    while place < len(written) and (written[place] != "]" or place == start):
        if written.startswith("-[", place):
            less, place = _class(written, place + 2, plain)
            break
        told, end = _sign(written, place, plain)
        out.append(_kept(written[place:end], plain, True) if told is None else told)
        place = end
    found = f"[{''.join(out)}]" if written[place : place + 1] == "]" else f"[{''.join(out)}"
    return (f"(?:(?!{less}){found})" if less else found), place + 1


def _sign(written: str, place: int, plain: bool) -> tuple[str | None, int]:
    """What a sign of XML Schema says, as the inside of a class, None for any other sign; and where it ends."""
    category, pair = _CATEGORY.match(written, place), written[place : place + 2]
    if category and (not category[2].startswith("Is") or category[2][2:] in BLOCKS):
        return r"\w" if plain else _ranges(category[2], category[1] == "P"), category.end()
    if pair in _NAMES:
        return r"\w" if plain else _NAMES[pair], place + 2
    return None, place + (2 if pair[0] == "\\" else 1)


_KNOWN = frozenset(r"dDwWsSnrtfvbBxuAZ^$\.*+?()[]{}|/")


def _kept(sign: str, plain: bool, inside: bool) -> str:
    """A sign that is of Python too."""
    return _escape(sign, inside) if plain and sign[0] == "\\" and len(sign) > 1 else sign


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
    if category.startswith("Is"):
        first, last = BLOCKS[category.removeprefix("Is")]
        pairs = [(0, first - 1), (last + 1, sys.maxunicode)] if turned else [(first, last)]
        return _spelled([pair for pair in pairs if pair[0] <= pair[1]])
    for code in range(sys.maxunicode + 1):
        if unicodedata.category(chr(code)).startswith(category) is not turned:
            if found and found[-1][1] == code - 1:
                found[-1] = (found[-1][0], code)
            else:
                found.append((code, code))
    return _spelled(found)


def _spelled(found: list[tuple[int, int]]) -> str:
    return "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in found) or r"\uffff"
