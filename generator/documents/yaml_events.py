"""The events of a YAML text, as ruamel.yaml's C parser gives them, but for a colon inside braces or brackets, which that parser
refuses (YAML 1.1) and YAML 1.2 reads as a part of its text: `{v: https://exemple.fr/x}`, `[12:30]`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, TypeVar

from generator.text.interface import say

Next = Callable[[], Any]  # the next event of a text
Made = TypeVar("Made")

_REFUSED = "found unexpected ':'"
# A colon that no blank follows and no quote precedes; in a text or at its start, it is a part of it.
_COLON = re.compile(r"(?<=[^\s\"']):(?=[^\s,\[\]{}])")


def parser(text: str) -> Any:
    """The C parser on a text. RuntimeError when it is not installed."""
    try:
        from _ruamel_yaml import CParser
    except ImportError as error:  # never fall back on the pure parser: it reads some texts differently
        raise RuntimeError(say("Le lecteur C de ruamel.yaml manque : installez ruamel.yaml.clib.")) from error
    return CParser(text)


def events(text: str, use: Callable[[Next], Made]) -> Made:
    """What `use` makes of the events of a text, in which it starts anew if a colon inside braces stops the parser. Raises the
    YAMLError of a text that is not YAML.
    """
    from ruamel.yaml.error import YAMLError

    try:
        return use(parser(text).get_event)
    except YAMLError as error:
        if _REFUSED not in (getattr(error, "problem", None) or ""):
            raise
    return use(_veiled(text))


def _veiled(text: str) -> Next:
    """The events of a text whose colons stand behind another sign for the parser. A key that a colon without a space glues to its
    value (`{a:1}`) is refused as that parser does.
    """
    from ruamel.yaml.error import MarkedYAMLError
    from ruamel.yaml.events import ScalarEvent

    sign = next(chr(code) for code in range(0xE000, 0xF900) if chr(code) not in text)  # private use: nobody's letter
    get_event = parser(_COLON.sub(sign, text)).get_event
    glued: Any = None  # the mark of the text before, if it holds a colon

    def following() -> Any:
        nonlocal glued
        event = get_event()
        is_text = type(event) is ScalarEvent
        if glued is not None and is_text and not event.value and not event.style:
            raise MarkedYAMLError("while scanning a plain scalar", glued, _REFUSED, glued)
        glued = event.start_mark if is_text and not event.style and sign in event.value else None
        if is_text and sign in event.value:
            event.value = event.value.replace(sign, ":")
        return event

    return following
