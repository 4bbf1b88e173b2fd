"""What reads tables: engines that give the same verdicts, by their names, each with the library that it needs; and which one is taken
when nobody says.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import import_module, metadata
from importlib.util import find_spec
from typing import TYPE_CHECKING

from generator.layout import DISTRIBUTION
from generator.text.interface import Sentence, sentence

if TYPE_CHECKING:  # what reads tables is not for the help
    from generator.tables.source import Source, Table
    from generator.tables.verdict import Verdict

    Check = Callable[[Sequence[Table]], tuple[Verdict, ...]]

PYTHON, DUCKDB, SPARK, AUTO = "python", "duckdb", "spark", "auto"
# What each needs besides us: the libraries, and the extra of pyproject.toml that brings them.
_NEEDED = {PYTHON: ((), ""), DUCKDB: (("duckdb", "sqlglot"), "tables"), SPARK: (("pyspark", "sqlglot"), "spark")}
_MODULES = {PYTHON: "python.rows", DUCKDB: "duck.engine", SPARK: "spark.engine"}
ENGINES = (AUTO, *_NEEDED)
LARGE = 50_000_000  # bytes of files from which DuckDB, if it is there, costs less than to read in Python, its start included
HELD = 5_000_000  # the same, of the table of a project, which is read several times and whose guards Python asks text by text
_COMPRESSED = 5  # times that a compressed file is smaller


def checker(name: str, tables: Sequence[Table] = ()) -> Check:
    """The engine of a name; of `auto`, the one that suits these tables. Its libraries are there (`lacking`)."""
    check: Check = import_module(f"generator.tables.{_MODULES[chosen(name, tables)]}").check
    return check


def chosen(name: str, tables: Sequence[Table]) -> str:
    """The name of an engine that is not `auto`."""
    if name != AUTO:
        return name
    if any(table.source.typed or table.held for table in tables):
        return DUCKDB  # which reads it for all
    return DUCKDB if sum(_size(table.source) for table in tables) >= LARGE and not lacking(DUCKDB) else PYTHON


def worth_holding(table: Table) -> bool:
    """Whether DuckDB, which is there, holds a table of a project for less than it costs to read in Python."""
    return (table.source.typed or _size(table.source) >= HELD) and not lacking(DUCKDB)


def lacking(name: str) -> Sentence | None:
    """What is said when the libraries of an engine are not installed; None when they are."""
    libraries, _ = _NEEDED.get(name, ((), ""))
    absent = [library for library in libraries if find_spec(library) is None]
    if not absent:
        return None
    told = "Le moteur « {name} » demande une bibliothèque qui n’est pas installée ({library}) : pip install {asked}"
    return sentence(told, name=name, library=absent[0], asked=needed(name))


def needed(name: str) -> str:
    """The libraries of an engine as pip is asked for them, with the versions that were declared."""
    libraries, extra = _NEEDED[name]
    return " ".join(_pinned(extra) or libraries)


def _pinned(extra: str) -> list[str]:
    """What an extra brings, with its versions, as it was declared when the generator was installed; nothing when that is not known."""
    try:
        declared = metadata.requires(DISTRIBUTION) or []
    except metadata.PackageNotFoundError:
        return []
    return [each.partition(";")[0].strip() for each in declared if each.endswith(f'extra == "{extra}"')]


def _size(source: Source) -> int:
    """The bytes of the files of a source; those that are not there count for nothing."""
    size = sum(file.path.stat().st_size for file in source.files if file.path.is_file())
    return size * _COMPRESSED if source.compression else size
