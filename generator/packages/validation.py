"""The built packages seen by a tool we did not write: Frictionless reads each distinct table once (the tables that keys reach
are copied in each package), and a package where anything is amiss is handed over to it whole. What it finds is mapped
back to the line of the content. The only module that knows frictionless (slow to import: inside the functions).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.catalogue.records import Catalogue
from generator.diagnostics.finding import Diagnostic
from generator.packages.built import Built
from generator.packages.descriptor import DESCRIPTOR
from generator.packages.refusals import mapped
from generator.packages.sheets import Sheet

if TYPE_CHECKING:
    from frictionless import Resource


@dataclass(frozen=True, slots=True)
class Verdict:
    """What Frictionless says of a package: rows and tables read, and what it found."""

    package: str
    valid: bool
    tables: int
    rows: int
    diagnostics: tuple[Diagnostic, ...]


FIRST = 10_000  # rows of a large table that Frictionless reads, with its description; our own checks read them all


def begun(built: Built) -> tuple[Sheet, ...]:
    """The tables of a package of which Frictionless reads the first rows alone."""
    return tuple(table.sheet for table in built.tables if table.sheet.large and table.sheet.count > FIRST)


def validate(built: tuple[Built, ...], catalogue: Catalogue) -> Iterator[Verdict]:
    """One report per package, the very one that `alone` gives. A package is sound when its descriptor is, when Frictionless read
    each of its tables (the same bytes under the same description, in whatever package) without an error, and when its keys lead
    to rows so read; of any other, Frictionless says what is wrong. A finding means that a check of ours is missing, or that
    Frictionless is mistaken.
    """
    import frictionless  # over a second

    with frictionless.system.use_context(trusted=True):
        opened = [_opened(package.folder) for package in built]
        wanted = _wanted(table for tables in opened for table in tables or ())
        readings: dict[str, _Reading] = {}
        for package, tables in zip(built, opened, strict=True):
            large = {table.sheet.name for table in package.tables if table.sheet.large}
            for table in tables or ():
                if table.identity not in readings:
                    readings[table.identity] = _read(table, wanted[table.name], FIRST if table.name in large else None)
            found = {table.name: readings[table.identity] for table in tables or ()}
            if tables is None or not _sound(tables, found):
                yield alone(package, catalogue)
            else:
                rows = sum(reading.rows for reading in found.values())
                yield Verdict(package.package.name, True, len(found), rows, ())


def alone(package: Built, catalogue: Catalogue) -> Verdict:
    """What Frictionless says of a package to which nothing is compared, all its tables read and its keys followed by itself."""
    import frictionless

    with frictionless.system.use_context(trusted=True):
        path = package.folder / DESCRIPTOR
        report = frictionless.validate(known(path), type="package", **_base(path))
    found = tuple(mapped(report.to_descriptor(), package, catalogue))
    rows = sum(task.stats.get("rows", 0) for task in report.tasks)
    return Verdict(package.package.name, report.valid, len(report.tasks), rows, found)


# Constraints of the standard (« Field Constraints ») that this version of Frictionless takes for a fault of the descriptor.
_UNKNOWN = {
    "duration": ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"),
    "list": ("enum",),
}


def known(path: Path) -> str | dict[str, object]:
    """A descriptor for Frictionless: its path, or, when it has constraints that Frictionless does not know, what it says without them:
    our own check has seen them.
    """
    try:
        package = json.loads(path.read_bytes())
        fields = [field for table in package["resources"] for field in table["schema"]["fields"]]
        taken = [
            field["constraints"].pop(word)
            for field in fields
            for word in _UNKNOWN.get(field["type"], ())
            if word in field.get("constraints", ())
        ]
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return str(path)  # which Frictionless refuses itself
    return package if taken else str(path)


def _base(path: Path) -> dict[str, Any]:
    """Where the files of a descriptor stand, which a path says by itself."""
    return {} if isinstance(known(path), str) else {"basepath": str(path.parent)}


def version() -> str:
    """The version of the validator."""
    from importlib.metadata import version as installed

    return installed("frictionless")


_Columns = tuple[str, ...]
_Cells = set[tuple[object, ...]]


@dataclass(frozen=True, slots=True)
class _Key:
    """A foreign key: its columns, the table of the same package that they lead to, the columns that they name there."""

    columns: _Columns
    target: str
    named: _Columns


@dataclass(frozen=True, slots=True)
class _Table:
    """A resource as Frictionless opened it. Two of the same identity are the same bytes, read in the same way."""

    name: str
    resource: Resource
    identity: str
    keys: tuple[_Key, ...]


@dataclass(frozen=True, slots=True)
class _Reading:
    """What Frictionless read of a table, its foreign keys left aside; `cells`: what columns that take part in keys hold. `whole`: it
    read all its rows.
    """

    valid: bool
    rows: int
    whole: bool
    cells: Mapping[_Columns, _Cells]


# Of a resource: what its rows are not read by, and a copy in another package does without. Checked in each descriptor.
_ABOUT = ("alternatives", "sources")


def _opened(folder: Path) -> tuple[_Table, ...] | None:
    """The tables of a package, once Frictionless has accepted its descriptor; None when it did not, when a file is missing, or
    when a resource is anything but one file described in one place.
    """
    import frictionless

    path = folder / DESCRIPTOR
    try:
        package = frictionless.Package.from_descriptor(known(path), **_base(path))
        package.to_descriptor(validate=True)  # what it made of it, in its turn, as `frictionless.validate` asks
        pairs = list(zip(package.resources, json.loads(path.read_bytes())["resources"], strict=True))
        if not all(_plain(resource, descriptor) for resource, descriptor in pairs):
            return None
        return tuple(_table(resource, descriptor) for resource, descriptor in pairs)
    except (frictionless.FrictionlessException, OSError):
        return None


def _plain(resource: Resource, descriptor: Mapping[str, object]) -> bool:
    """Whether a resource is at most one file, described in one place."""
    return not resource.extrapaths and not any(isinstance(descriptor.get(name), str) for name in ("schema", "dialect"))


def _table(resource: Resource, descriptor: Mapping[str, object]) -> _Table:
    with Path(resource.normpath or "").open("rb") as stream:  # without a path, no file: the folder does not open
        data = hashlib.file_digest(stream, "sha256").hexdigest()
    kept = {name: value for name, value in descriptor.items() if name not in _ABOUT}
    identity = json.dumps([kept, data], sort_keys=True)
    return _Table(resource.name, resource, identity, tuple(_keys(resource)))


def _keys(resource: Resource) -> Iterator[_Key]:
    for key in resource.schema.foreign_keys:
        reference = key["reference"]
        yield _Key(tuple(key["fields"]), reference["resource"] or resource.name, tuple(reference["fields"]))


def _wanted(tables: Iterable[_Table]) -> dict[str, set[_Columns]]:
    """The columns that take part in keys, by the name of their table."""
    found: dict[str, set[_Columns]] = {}
    for table in tables:
        found.setdefault(table.name, set()).update(key.columns for key in table.keys)
        for key in table.keys:
            found.setdefault(key.target, set()).add(key.named)
    return found


def _read(table: _Table, columns: Iterable[_Columns], most: int | None) -> _Reading:
    """Have a table read by Frictionless, once, or its first rows. Were its keys left in, it would read the tables that they name again for each."""
    cells: dict[_Columns, _Cells] = {names: set() for names in columns}

    def keep(row: Mapping[str, object]) -> None:
        for names, found in cells.items():
            values = tuple(row.get(name) for name in names)
            if set(values) != {None}:  # a key that is wholly empty leads nowhere, by the standard
                found.add(values)

    table.resource.schema.foreign_keys = []
    report = table.resource.validate(on_row=keep, limit_rows=most)
    rows = sum(task.stats.get("rows", 0) for task in report.tasks)
    return _Reading(report.valid, rows, most is None or rows < most, cells)


def _sound(tables: Iterable[_Table], found: Mapping[str, _Reading]) -> bool:
    """Whether the tables of a package were read without an error, and their keys lead to rows of tables that it holds."""
    return all(
        found[table.name].valid
        and all(
            key.target in found
            and (
                not found[key.target].whole
                or found[table.name].cells[key.columns] <= found[key.target].cells[key.named]
            )
            for key in table.keys
        )
        for table in tables
    )
