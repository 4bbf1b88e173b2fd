"""What a contract says of the flat form of a table (read by tables.py), of the freshness of rows and of the vault of sources (read by
freshness.py), as values.
"""

from __future__ import annotations

from dataclasses import dataclass

from generator.diagnostics.finding import Position
from generator.rules.rule import Condition


@dataclass(frozen=True, slots=True)
class Horizon:
    """The column that holds the period until which the rows that fulfil a condition look ahead."""

    column: str
    when: Condition


@dataclass(frozen=True, slots=True)
class Freshness:
    """`verified`: the column of the day on which a row was last compared with its source, "" when none says it; `every`: in how many
    months it is to be done again, 0 when that is not said; the first horizon whose condition holds counts.
    """

    verified: str = ""
    every: int = 0
    horizons: tuple[Horizon, ...] = ()


@dataclass(frozen=True, slots=True)
class Vault:
    """The columns of a table of sources that say where one is read, "" for what none says: its address, that of a kept copy
    (`archive`), the day it was consulted, the SHA-256 of what was read (`digest`), the day its address was last asked (`checked`), whether
    it then answered (`answers`).
    """

    address: str
    archive: str
    consulted: str
    digest: str
    checked: str
    answers: str


@dataclass(frozen=True, slots=True)
class Flat:
    """That a table is also published with its labels beside its codes, and the columns `brought` there from the rows that it names
    (`jardin.commune`) or holds (`parcelles.plante`), as paths.
    """

    brought: tuple[tuple[str, ...], ...]
    description: str
    position: Position
