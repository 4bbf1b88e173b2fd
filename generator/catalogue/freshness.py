"""How sure rows still are on a date, which is an argument: when each was last compared with its source, whether what it foretold
should have come; and where sources are read, as far as their rows say.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass

from generator.catalogue.records import Catalogue, Record
from generator.contracts.model import Resource
from generator.contracts.origins import sourced
from generator.contracts.terms import Horizon
from generator.values.periods import last_day, later
from generator.values.types import canonical


@dataclass(frozen=True, slots=True)
class State:
    """A row on a date. `dated`: its table says when rows are verified; `verified`: when this one was, `due`: from when it is to be
    verified again, `overdue`: it is that day, or later. `ahead`: it looks ahead (without a period, a row does only if a condition
    says so), until the end of `horizon` (AAAA, AAAA-MM or AAAA-MM-JJ; "" when that has no date); `passed`: that day is over,
    `unseen`: and the row was not verified since.
    """

    dated: bool
    verified: datetime.date | None
    due: datetime.date | None
    overdue: bool
    ahead: bool
    horizon: str
    passed: bool
    unseen: bool


@dataclass(frozen=True, slots=True)
class Kept:
    """Where a source is read; "" and None for what is not known. `dead`: its address did not answer any more when it was `checked`."""

    address: str
    archive: str
    consulted: datetime.date | None
    digest: str
    checked: datetime.date | None
    dead: bool


@dataclass(frozen=True, slots=True)
class Due:
    """What there is to know: rows whose horizon has passed, of which those that were not verified since are `unseen`; and what is to
    be looked at again: rows that are overdue, whose verification has no date; sources whose address is dead.
    """

    passed: tuple[Record, ...]
    unseen: tuple[Record, ...]
    overdue: tuple[Record, ...]
    undated: tuple[Record, ...]
    dead: tuple[Record, ...]


def state(record: Record, today: datetime.date) -> State | None:
    """How sure a row still is on a date; None when its table does not say."""
    declared = record.resource.freshness
    if declared is None:
        return None
    verified = _day(record, declared.verified)
    due = later(verified, declared.every) if verified is not None and declared.every else None
    horizon = _horizon(record)
    period = _text(record, horizon.column) if horizon is not None else ""
    ends = last_day(period)
    return State(
        dated=bool(declared.verified),
        verified=verified,
        due=due,
        overdue=due is not None and due <= today,
        ahead=horizon is not None and bool(period or horizon.when.wanted),
        horizon=period.rpartition("/")[2] if ends is not None else "",
        passed=ends is not None and ends < today,
        unseen=ends is not None and ends < today and (verified is None or verified <= ends),
    )


def _horizon(record: Record) -> Horizon | None:
    declared = record.resource.freshness
    return next((each for each in declared.horizons if each.when(record)), None) if declared is not None else None


def kept(record: Record) -> Kept | None:
    """Where a source is read; None when its table does not say."""
    vault = record.resource.vault
    if vault is None:
        return None
    return Kept(
        address=_text(record, vault.address),
        archive=_text(record, vault.archive),
        consulted=_day(record, vault.consulted),
        digest=_text(record, vault.digest),
        checked=_day(record, vault.checked),
        dead=bool(vault.answers) and record[vault.answers] is False,
    )


def reachable(record: Record, column: str) -> str:
    """The address of a source that its column gives, to be followed: that of its kept copy when it is dead, "" when there is none."""
    place = kept(record)
    if place is None or not place.dead or record.resource.vault is None or column != record.resource.vault.address:
        return _text(record, column)
    return place.archive


def origins(record: Record, catalogue: Catalogue) -> Iterator[Record]:
    """The sources that a row names, each once."""
    found = (catalogue.target(record, key) for key, _ in sourced(record.resource, catalogue.contracts))
    return iter(dict.fromkeys(source for source in found if source is not None))


def due(catalogue: Catalogue, today: datetime.date) -> Due:
    """All that is to be looked at again on a date, in the order of the tables."""
    rows = [(record, said) for record in followed(catalogue) if (said := state(record, today)) is not None]
    vaults = (record for table in _tables(catalogue) if table.vault is not None for record in catalogue[table.name])
    return Due(
        passed=tuple(record for record, said in rows if said.passed),
        unseen=tuple(record for record, said in rows if said.unseen),
        overdue=tuple(record for record, said in rows if said.overdue),
        undated=tuple(record for record, said in rows if said.dated and said.verified is None),
        dead=tuple(record for record in vaults if (place := kept(record)) is not None and place.dead),
    )


def followed(catalogue: Catalogue) -> Iterator[Record]:
    """The rows of the tables that say how long they stay sure."""
    return (record for table in _tables(catalogue) if table.freshness is not None for record in catalogue[table.name])


def _tables(catalogue: Catalogue) -> Iterator[Resource]:
    return iter(catalogue.contracts.resources.values())


def _day(record: Record, column: str) -> datetime.date | None:
    value = record[column] if column else None
    return value if isinstance(value, datetime.date) else None


def _text(record: Record, column: str) -> str:
    value = record[column] if column else None
    return "" if value is None else canonical(value)
