"""What a list of rows shows beside their names, and what two of them must share to be compared."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

from generator.documents.reader import Reader


@dataclass(frozen=True, slots=True)
class Listing:
    """`columns` stand beside the name of a row, in this order; two rows whose `same` columns differ are not compared."""

    columns: tuple[str, ...] = ()
    same: tuple[str, ...] = ()

    def among(self, known: Container[str]) -> Listing:
        """The same, without the columns that are not known, of which it is said elsewhere."""
        return Listing(*(tuple(name for name in names if name in known) for names in (self.columns, self.same)))


def read_listing(item: Reader) -> tuple[Listing, dict[str, tuple[str, ...]]]:
    """What a mapping says of lists, and the columns that it names, by its keys."""
    named = {word: item.texts(word, distinct=True) for word in ("columns", "same")}
    item.close("« listing »")
    return Listing(**named), named
