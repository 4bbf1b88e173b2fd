"""Which language the interface speaks: that of the project that is read, French until one says otherwise. One at a time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

FRENCH, ENGLISH = "fr", "en"
LANGUAGES = (FRENCH, ENGLISH)  # by their codes (BCP 47), the first being the default

_spoken = [FRENCH]


def spoken() -> str:
    """The code of the language that is spoken."""
    return _spoken[0]


def speak(code: str) -> None:
    """Speak a language from now on; one that is not known is not heard."""
    _spoken[0] = code if code in LANGUAGES else FRENCH


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Speak a language for a while, then the former one again."""
    before = spoken()
    speak(code)
    try:
        yield
    finally:
        speak(before)
