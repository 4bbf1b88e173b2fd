"""What reads the rows of tables: engines that give the same verdicts, by their names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generator.tables.source import Table
    from generator.tables.verdict import Verdict

Check = Callable[["Sequence[Table]"], "tuple[Verdict, ...]"]


def _python() -> Check:
    from generator.tables.rows import check

    return check


ENGINES: dict[str, Callable[[], Check]] = {"auto": _python, "python": _python}


def checked(tables: Sequence[Table], engine: str) -> tuple[Verdict, ...]:
    """The verdict of each table, all being read by one engine."""
    return ENGINES[engine]()(tables)
