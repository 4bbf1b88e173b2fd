"""The sentences of the interface in a language: `locale/en.po`, a catalogue of gettext, which translators' tools open. The French
texts are its keys.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "locale"

_STRING = re.compile(r'^(msgid|msgstr)?\s*"((?:[^"\\]|\\.)*)"\s*$')
_ESCAPES = {"n": "\n", "t": "\t", '"': '"', "\\": "\\"}


def entries(text: str) -> Iterator[tuple[str, str]]:
    """(key, text) of the entries of a catalogue, in its order, the header (whose key is empty) left out."""
    found = {"msgid": "", "msgstr": ""}
    word = "msgid"
    for line in [*text.splitlines(), 'msgid ""']:
        string = _STRING.match(line)
        if string is None:
            continue
        if string[1] == "msgid":
            if found["msgid"]:
                yield found["msgid"], found["msgstr"]
            found = {"msgid": "", "msgstr": ""}
        word = string[1] or word
        found[word] += re.sub(r"\\(.)", lambda escape: _ESCAPES.get(escape[1], escape[1]), string[2])


@cache
def phrasebook(code: str) -> Mapping[str, str]:
    """The texts of a language by their keys; those that are not translated yet are absent."""
    text = (FOLDER / f"{code}.po").read_text(encoding="utf-8")
    return {key: told for key, told in entries(text) if told}
