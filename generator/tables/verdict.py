"""What an engine finds wrong with a table: its causes, each with an exact count and its first places, the same whatever the engine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from generator.diagnostics.finding import Diagnostic

# The kinds of causes that no text alone has: codes of diagnostics/codes.py.
RAGGED, PRIMARY, UNIQUE, UNKNOWN = (
    "csv-mal-forme",
    "cle-primaire-en-double",
    "cle-unique-en-double",
    "reference-introuvable",
)
PLACES = 20  # kept of each cause, in the order of the files and of their records


@dataclass(frozen=True, slots=True)
class Place:
    """Where a cause stands: the file as its source names it ("" for inline rows), the record from 1 (its header apart, in its own
    file), its line and column as editors show them (0 when the whole file is meant), and how many signs are underlined; the texts
    of the columns of the cause, in their order, as the file writes them. `other`: for a key twice, where it is first.
    """

    file: str
    record: int = 0
    line: int = 0
    column: int = 0
    length: int = 1
    texts: tuple[str, ...] = ()
    other: Place | None = None


class Check(NamedTuple):
    """What is asked, as a cause says it."""

    kind: str
    columns: tuple[str, ...] = ()
    table: str = ""
    named: tuple[str, ...] = ()
    rule: int = 0
    blamed: str = ""


@dataclass(frozen=True, slots=True)
class Cause:
    """One cause: `kind`, a code of diagnostics/codes.py; the names of the columns of the check, none for the shape of a row; for a
    reference, `table` and `named`; for a rule, its rank among those of the table, from 1, and the column to mend, "" for the row.
    `count`: of rows, exact; `places`: the first ones.

    Kinds: RAGGED (a row that has not the cells of the header, of no column; its texts are how many it has, and how many the
    header), MISSING and any code of `Column.convert` (one column), PRIMARY and UNIQUE (the columns of the key), UNKNOWN (those of the
    reference), any code of a rule (those that it reads).
    """

    kind: str
    columns: tuple[str, ...]
    count: int
    places: tuple[Place, ...] = ()
    table: str = ""
    named: tuple[str, ...] = ()
    rule: int = 0
    blamed: str = ""

    @classmethod
    def of(cls, check: Check, count: int, places: tuple[Place, ...]) -> Cause:
        """The cause of what a check found."""
        kind, columns, table, named, rule, blamed = check
        return cls(kind, columns, count, places, table=table, named=named, rule=rule, blamed=blamed)

    @property
    def check(self) -> Check:
        """What tells it from the others of its table, in the order in which they are told."""
        return Check(self.kind, self.columns, self.table, self.named, self.rule, self.blamed)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is wrong with a table: `rows` read, causes sorted by kind and columns. `stopped`: why the reading went no further, or could
    not begin (a file that is missing, cut, not in its encoding, whose header does not fit): the counts are then those of what was read.
    """

    rows: int
    causes: tuple[Cause, ...] = ()
    stopped: tuple[Diagnostic, ...] = ()

    @property
    def partial(self) -> bool:
        """Whether not all was read."""
        return bool(self.stopped)

    @property
    def faulty(self) -> bool:
        """Whether anything is wrong."""
        return bool(self.causes or self.stopped)
