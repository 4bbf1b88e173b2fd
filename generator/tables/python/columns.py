"""The checks of a column, batch after batch: each distinct text is read once, as long as what is known of them is not too much."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from generator.diagnostics.finding import MISSING
from generator.tables.python.quick import all_digits, quick
from generator.tables.shape import Column

KNOWN = 50_000  # texts of a column that are remembered
_ENOUGH = 5_000  # those that tell whether they come again
_SHORT = 200  # signs of one
Texts = Sequence[str | None]
Values = Sequence[Any]  # what keys compare: None for what is null, or is no value


class Checked:
    """A column whose texts are checked."""

    def __init__(self, column: Column, required: bool) -> None:
        self.column = column
        self.missing: frozenset[str | None] = frozenset((*column.missing, None))
        self.required = required
        self._quick = quick(column)
        bare = column.plain and column.constraints.pattern is None
        lengths = (column.constraints.min_length, column.constraints.max_length)
        self._free = bare and self._quick is not None and lengths == (None, None)
        self._good: set[str | None] = set() if required else set(self.missing)
        self._wrong: dict[str, str] = {}
        self._keeps = True

    def wrong(self, texts: Texts) -> dict[str | None, str]:
        """The texts of a batch that are wrong, each with the code of what is."""
        if self._free:
            return {text: MISSING for text in self.missing if text in texts} if self.required else {}
        if not self._keeps and self._quick is not None and self.missing.isdisjoint(texts) and self._quick(texts):  # type: ignore[arg-type]
            return {}
        fresh = set(texts)
        distinct = len(fresh)
        fresh -= self._good
        if not fresh:
            return {}
        found: dict[str | None, str] = {}
        if self.required:
            found = dict.fromkeys(fresh & self.missing, MISSING)
            fresh -= self.missing
        if not fresh:
            return found
        named: set[str] = fresh  # type: ignore[assignment]  # None is among the missing ones
        if self._quick is None or not self._quick(named):
            found |= self._refused(named)
        self._remember(named, found, 2 * len(fresh) > distinct > 100)
        return found

    def _refused(self, texts: set[str]) -> dict[str | None, str]:
        found: dict[str | None, str] = {}
        for text in texts:
            code = self._wrong.get(text)
            if code is None:
                problem = self.column.convert(text)[1]
                if problem is None:
                    continue
                code = problem.code
                if len(self._wrong) < KNOWN and len(text) <= _SHORT:
                    self._wrong[text] = code
            found[text] = code
        return found

    def _remember(self, texts: set[str], wrong: dict[str | None, str], mostly_new: bool) -> None:
        """Note the texts that are values; not those of a column where they are all different, when a test of all costs less."""
        if mostly_new and self._quick is not None and len(self._good) > _ENOUGH:
            self._keeps = False
        if not self._keeps:
            return
        if len(self._good) + len(texts) <= KNOWN and max(map(len, texts)) <= _SHORT:
            self._good |= texts - wrong.keys() if wrong else texts

    def values(self, texts: Texts, wrong: dict[str | None, str]) -> Values:
        """What keys compare of the texts of a batch, of which some are wrong."""
        none = self.missing.union(wrong)
        if self.column.plain:
            return texts if none.isdisjoint(texts) else [None if text in none else text for text in texts]
        if self._quick is not None and self.column.type == "integer" and none.isdisjoint(texts):
            plain: Sequence[str] = texts  # type: ignore[assignment]
            if all_digits(plain):
                return list(map(int, plain))
        read = {text: None if text in none or text is None else self.column.convert(text)[0] for text in set(texts)}
        return [read[text] for text in texts]
