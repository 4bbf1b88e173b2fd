"""A Data Package on a disk → what is wrong with it, by the standard alone: its descriptor, its files, its rows."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from generator.diagnostics.finding import Diagnostic, Position, fault, sort
from generator.standard.descriptors import NAMES, Descriptors
from generator.standard.files import files_of, marked, measured
from generator.standard.model import Package
from generator.standard.package import read
from generator.standard.tables import gather, verdicts
from generator.tables.telling import diagnostics


@dataclass(frozen=True, slots=True)
class TableRead:
    """A table that was read: how many rows, how many faults they have, how many messages tell them, whether the reading stopped before
    the end.
    """

    name: str
    rows: int
    faults: int
    told: int = 0
    partial: bool = False


@dataclass(frozen=True, slots=True)
class Validation:
    """What is said of a package: its faults, placed in its files by their paths from `folder`; its tables that were read."""

    folder: Path
    name: str
    diagnostics: tuple[Diagnostic, ...]
    tables: tuple[TableRead, ...] = ()

    @property
    def errors(self) -> int:
        """How many faults there are: those of the rows are counted, be they told one by one or not."""
        told = sum(each.severity == "erreur" for each in self.diagnostics)
        return told + sum(table.faults - table.told for table in self.tables)

    @property
    def faulty(self) -> bool:
        """Whether something is wrong; what could not be checked is not."""
        return any(each.severity == "erreur" for each in self.diagnostics)


def validate(path: Path, *, strict: bool = False, engine: str = "auto") -> Validation:
    """Judge the package of a descriptor, or of the folder that holds one. `strict`: what is recommended is asked too; `engine`: what reads the
    rows (python, duckdb, spark, or auto). Whatever the files hold, what is wrong is said and nothing is raised.
    """
    folder, name = _found(path)
    if not name:
        message, hint = (
            "Aucun « datapackage.json » n’est dans ce dossier.",
            "Nommez le dossier d’un paquet, ou son descripteur.",
        )
        return Validation(folder, folder.name, (fault("fichier-illisible", Position(NAMES[0]), message, hint),))
    descriptors = Descriptors(folder)
    package = read(descriptors, name, strict)
    said: list[Diagnostic] = []
    tables: tuple[TableRead, ...] = ()
    if package is not None:
        tables = _judge(folder, package, said, engine, strict)
    return Validation(folder, package.name if package else "", tuple(sort([*descriptors.said, *said])), tables)


def _found(path: Path) -> tuple[Path, str]:
    """The folder of a package and the name of its descriptor, "" when it has none."""
    if path.is_dir():
        return path, next((name for name in NAMES if (path / name).exists()), "")
    return path.parent, path.name


def _judge(folder: Path, package: Package, said: list[Diagnostic], engine: str, strict: bool) -> tuple[TableRead, ...]:
    """Say what is wrong with the files and the rows of a package; its tables, each with how many rows were read."""
    files: dict[int, tuple[Path, ...]] = {}
    for rank, resource in enumerate(package.resources):
        paths = files_of(folder, resource, said)
        if paths:
            files[rank] = paths
            said += measured(resource, paths)
            said += marked(resource, paths) if strict else ()
    judged = gather(package, files, folder, said)
    shapes = {each.table.shape.name: each.table.shape for each in judged}
    tables = []
    for each, verdict in verdicts(judged, engine):
        found = diagnostics(each.table.shape, verdict, shapes)
        said += found
        faults = sum(cause.count for cause in verdict.causes) + len(verdict.stopped)
        tables.append(TableRead(each.resource.name, verdict.rows, faults, len(found), verdict.partial))
    return tuple(tables)
