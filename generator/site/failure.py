"""What stops the making of a site, in a sentence: nothing was published."""

from __future__ import annotations

from generator.text.interface import sentence


class Failure(Exception):
    """`told` is the sentence, `log` what a tool said in its own words."""

    def __init__(self, key: str, /, *, log: str = "", **values: object) -> None:
        self.told = sentence(key, **values)
        self.log = log
        super().__init__(f"{self.told}\n{log}" if log else str(self.told))


class PublicationError(Failure):
    """Nothing was published; the sentence says what to do."""
