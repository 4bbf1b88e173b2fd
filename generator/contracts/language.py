"""The language of the interface that a project asks for: `theme: language: en`, in mkdocs.yml."""

from __future__ import annotations

import re
from itertools import takewhile
from pathlib import Path

from generator.diagnostics.suggestions import nearest
from generator.diagnostics.wording import listed
from generator.documents.reader import Reader
from generator.layout import SETTINGS
from generator.text.language import FRENCH, LANGUAGES

_LOOKED = 100_000  # characters of a file that is not read yet
_THEME = "theme:"
_KEY = re.compile(r"(?:\A|[\s{,])language:[ \t]*+[\"']?(\w+)")


def language_of(root: Path) -> str:
    """The language that a project asks for, by a look at its settings: what is said before they are read is said in it."""
    try:
        text = (root / SETTINGS).read_text(encoding="utf-8", errors="replace")[:_LOOKED]
    except OSError:
        return FRENCH
    found = _KEY.search(_theme(text))
    return found[1] if found else FRENCH


def _theme(text: str) -> str:
    """What stands under « theme »: on its line, and on those that follow with a margin, comments apart."""
    lines = iter(text.splitlines())
    first = next((line for line in lines if line.startswith(_THEME)), "")
    below = takewhile(lambda line: line[:1] in ("", " ", "\t", "#"), lines)
    return "\n".join([first.removeprefix(_THEME), *(line for line in below if not line.lstrip().startswith("#"))])


def read_language(theme: Reader) -> str:
    """The code of the language of the interface."""
    code = theme.text("language") or FRENCH
    if code in LANGUAGES:
        return code
    message, hint = "L’interface n’est pas traduite dans la langue « {code} ».", "Langues possibles : {choices}."
    theme.fault("language", message, hint, nearest(code, LANGUAGES), code=code, choices=listed(LANGUAGES))
    return FRENCH
