"""What a text was probably meant to be, among the words that are known."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher
from functools import cached_property

from generator.text.french import fold

LONGEST = 200  # characters of a text that is compared
ALIKE = 0.72  # from 0, nothing in common, to 1
EFFORT = 3_000_000  # letters compared: some hundreds of texts among a thousand words, a dozen among twenty thousand


class Effort:
    """What may still be spent on comparing spellings: the first mistakes have their suggestions, the others only those that cost
    nothing. It belongs to one table or one check, so that what is said never depends on what was checked before.
    """

    def __init__(self) -> None:
        self.left = EFFORT


class Words:
    """The words that are known somewhere, each with its label when `labels` are given in the same order; folded once."""

    def __init__(self, names: Iterable[str], labels: Iterable[str] = (), effort: Effort | None = None) -> None:
        self._names = names
        self._labels = labels
        self._effort = effort or Effort()

    @cached_property
    def _folded(self) -> tuple[dict[str, str], dict[str, str], dict[int, list[str]]]:
        """Each word by its folded text, then by its folded label; the folded texts by their length."""
        names = list(self._names)
        own, labelled, lengths = dict[str, str](), dict[str, str](), dict[int, list[str]]()
        for name in names:
            own.setdefault(fold(name), name)
        for name, label in zip(names, self._labels, strict=False):
            if label:
                labelled.setdefault(fold(label), name)
        for text in own:
            lengths.setdefault(len(text), []).append(text)
        return own, labelled, lengths

    def nearest(self, text: str) -> str:
        """The word that `text` was probably meant to be, or "": same once folded (itself or its label), else close in spelling."""
        own, labelled, _ = self._folded
        folded = fold(text)
        found = own.get(folded) or labelled.get(folded)
        return found or (own.get(self._close(folded), "") if len(text) <= LONGEST else "")

    def _close(self, folded: str) -> str:
        """The folded word of the closest spelling, "" when none is close or when too much was compared already."""
        match, best = SequenceMatcher(), (ALIKE, "")
        match.set_seq2(folded)
        for length, words in self._folded[2].items():
            if 2 * min(length, len(folded)) < ALIKE * (length + len(folded)):
                continue
            for word in words:
                if self._effort.left <= 0:
                    return ""
                self._effort.left -= length + len(folded)
                match.set_seq1(word)
                if match.quick_ratio() >= best[0]:
                    self._effort.left -= length * len(folded)
                    best = max(best, (match.ratio(), word))
        return best[1]


def nearest(text: str, candidates: Iterable[str], labels: Iterable[str] = ()) -> str:
    """The same, among words that are looked up once."""
    return Words(candidates, labels).nearest(text)
