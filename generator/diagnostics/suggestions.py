"""What a text was probably meant to be, among the words that are known."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from generator.text.french import fold


def nearest(text: str, candidates: Iterable[str], labels: Iterable[str] = ()) -> str:
    """The candidate that `text` was probably meant to be, or "": same once folded (itself or its label), else close in
    spelling. `labels`, when given, are in the order of `candidates`.
    """
    names = list(candidates)
    folded = fold(text)
    for name in names:
        if fold(name) == folded:
            return name
    for name, label in zip(names, labels, strict=False):
        if label and fold(label) == folded:
            return name
    if len(text) > 200 or len(names) > 20_000:
        return ""
    close = difflib.get_close_matches(folded, [fold(name) for name in names], n=1, cutoff=0.72)
    return next((name for name in names if fold(name) == close[0]), "") if close else ""
