"""What reads the rows of tables: engines that give the same verdicts, by their names."""

from __future__ import annotations

from collections.abc import Sequence

from generator.tables.engines import ENGINES, checker, lacking
from generator.tables.source import Table
from generator.tables.verdict import Verdict

__all__ = ["ENGINES", "checked", "lacking"]


def checked(tables: Sequence[Table], engine: str) -> tuple[Verdict, ...]:
    """The verdict of each table, all being read by one engine, whose libraries are there (`lacking`)."""
    return checker(engine, tables)(tables)
