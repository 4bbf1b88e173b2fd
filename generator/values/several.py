"""The values of a cell that holds several: what separates them is written with any spaces around, and published with those that its
contract declares.
"""

from __future__ import annotations

from generator.text.interface import say, sentence
from generator.values.problem import Problem, shorten


def parts(text: str, separator: str) -> list[str]:
    """The values of a text, without the spaces around them; a separator that is a space stands for any."""
    mark = separator.strip()
    return [part.strip() for part in text.split(mark)] if mark else text.split()


def rejoined(text: str, separator: str) -> str:
    """A text as it is published: its values, separated as its contract says."""
    return separator.join(parts(text, separator))


def separated(separator: str) -> str:
    """What a reader is told of a column whose cells hold several values."""
    mark = separator.strip()
    told = "plusieurs valeurs, séparées par « {separator} »" if mark else "plusieurs valeurs, séparées par une espace"
    return say(told, separator=mark)


def empty_part(text: str, separator: str) -> Problem | None:
    """What is wrong with a text in which two separators follow each other, or that begins or ends with one."""
    found = parts(text, separator)
    if all(found):
        return None
    told = sentence(
        "« {text} » a une valeur vide avant ou après « {mark} ».", text=shorten(text), mark=separator.strip()
    )
    hint = sentence("Retirez « {mark} » là où rien ne le précède ou ne le suit.", mark=separator.strip())
    return Problem("forme", told, hint, separator.join(filter(None, found)))
