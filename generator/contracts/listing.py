"""What lists show of the rows of a table, as its contract says: the columns beside the name of each, those that two compared rows must
share; and how the page that lists them all is laid out.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

from generator.documents.reader import Reader

NONE = "none"  # written for no facet at all


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


@dataclass(frozen=True, slots=True)
class Layout:
    """How an index lays out its rows: its `columns`, those by which it sorts (`-` before one that goes down), those that make `facets`
    (None: chosen from the contract), and the column that makes it a `tree`. What is not declared is empty.
    """

    columns: tuple[str, ...] = ()
    sort: tuple[str, ...] = ()
    facets: tuple[str, ...] | None = None
    tree: str = ""

    @property
    def named(self) -> tuple[str, ...]:
        """The columns that it names."""
        sorts = (name.removeprefix("-") for name in self.sort)
        return (*self.columns, *sorts, *(self.facets or ()), *([self.tree] if self.tree else ()))

    @property
    def declared(self) -> tuple[str, ...]:
        """The keys that are written."""
        own = {"columns": self.columns, "sort": self.sort, "facets": self.facets is not None, "tree": self.tree}
        return tuple(key for key, value in own.items() if value)


def read_layout(item: Reader) -> Layout:
    """What a page says of how it lists its rows."""
    facets = item.texts("facets", distinct=True)
    return Layout(
        columns=item.texts("columns", distinct=True),
        sort=item.texts("sort", distinct=True),
        facets=None if not item.has("facets") else () if facets == (NONE,) else facets,
        tree=item.text("tree"),
    )
