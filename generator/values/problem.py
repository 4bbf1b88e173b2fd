"""What is wrong with a text, before its place is known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from generator.text.interface import NOTHING, Sentence, sentence

RESERVED_WORD = "mot-reserve"  # the code of a word that software takes for an absence, and that a contract may permit


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a text: a diagnostic without its place. Its hint may tell how an absence is written ({absent})."""

    code: str
    message: Sentence
    hint: Sentence = NOTHING
    suggestion: str = ""


Read = Callable[[str], tuple[Any, Problem | None]]  # a text → its value, or None and what is wrong


def wrong(message: str, text: str, hint: str, suggestion: str = "", /, **values: object) -> tuple[None, Problem]:
    """No value, and the problem of a text that is not of its type."""
    shown = shorten(text)
    todo = sentence(hint, text=shown, **values) if hint else NOTHING
    return None, Problem("valeur-du-mauvais-type", sentence(message, text=shown, **values), todo, suggestion)


def shorten(text: str) -> str:
    """A text as a message shows it."""
    text = text.replace("\n", "⏎")
    return text if len(text) <= 60 else text[:57] + "…"
