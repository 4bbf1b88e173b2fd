"""The engine that needs nothing: tables read in Python, as they come."""

from __future__ import annotations

from collections.abc import Sequence

from generator.tables.source import Table
from generator.tables.verdict import Verdict


def check(tables: Sequence[Table]) -> tuple[Verdict, ...]:
    """The verdict of each table, in their order; references are looked for among them."""
    raise NotImplementedError
