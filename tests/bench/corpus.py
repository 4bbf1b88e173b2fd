"""A synthetic project: the real one with its records copied. Every table grows alike, every reference of a copy names a
record of the same copy, and the YAML keeps the style in which people wrote it.
"""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from generator.catalogue.records import Catalogue, Record
from generator.commands.check import checked_project
from generator.contracts.contract import CONTRACT
from generator.documents.manner import LIMITS
from generator.documents.nodes import Mapping, Scalar
from generator.layout import CONTENT
from generator.prose.targets import COUNT

CONTRACTS = "datapackages"
KEPT = ("mkdocs.yml", CONTRACTS, CONTENT, "generator/theme")
CHUNK = LIMITS.bytes // 2  # of a list: below the limits of the reader, in bytes as in nodes

Place = tuple[str, int, int]  # file, line, column


def make(root: Path, target: Path, times: int) -> None:
    """Write at `target` the project of `root` with each record `times` times. Raises ValueError if it is faulty."""
    project = checked_project(root)
    for name in KEPT:
        copy = shutil.copytree if (root / name).is_dir() else shutil.copyfile
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        copy(root / name, target / name)
    catalogue = project.catalogue
    places: dict[str, set[tuple[int, int]]] = {}
    for file, line, column in _identifiers(catalogue):
        places.setdefault(file, set()).add((line, column))
    tops = {r.document.path: r.resource for r in _written(catalogue) if r.parent is None}
    for file, resource in tops.items():
        pieces = _cut((root / file).read_text(encoding="utf-8"), places.get(file, set()))
        if resource.rows.kind == "records":
            for number in range(1, times):
                copied = target / file
                suffix = _suffix(number)
                copied.with_stem(copied.stem + suffix).write_text(suffix.join(pieces), encoding="utf-8", newline="")
        else:
            files = _write_list(target / file, pieces, times, resource.rows.kind == "csv")
            if files > 1:
                _widen(target / CONTRACTS / resource.package / CONTRACT, resource.rows.pattern)
    alike = _alike(catalogue)
    for package in catalogue.contracts.packages:
        _loosen(target / CONTRACTS / package / CONTRACT, alike, times)
    for path in (target / CONTENT).rglob("*.*"):  # what counts the records of a table no longer does
        text = path.read_text(encoding="utf-8")
        if f"]({COUNT}" in text:
            path.write_text(re.sub(rf"\]\({COUNT}[a-z_]+\)", f"]({COUNT})", text), encoding="utf-8", newline="")
    faults = [d for d in checked_project(target).diagnostics if d.severity == "erreur"]
    if faults:
        raise ValueError(f"the synthetic project is faulty: {faults[0]}")


def _written(catalogue: Catalogue) -> Iterator[Record]:
    """The records that somebody wrote: those of a derived table follow."""
    return (record for record in catalogue.records() if record.resource.rows.kind != "derived")


def _suffix(number: int) -> str:
    return f"-x{number}" if number else ""


def _identifiers(catalogue: Catalogue) -> Iterator[Place]:
    """Where the identifiers end that a copy must change."""
    renamed = _renamed(catalogue)
    for record in _written(catalogue):
        for name in record.resource.index:
            if (record.resource.name, name) in renamed:
                yield from _end(record, name)


def _renamed(catalogue: Catalogue) -> set[tuple[str, str]]:
    """The columns that a copy must change, each with its table: keys written as free text, and all that names them."""
    renamed = {
        (resource.name, name)
        for resource in catalogue.contracts.resources.values()
        for name in resource.primary_key
        if resource.field(name).type == "string"
        and all(key.fields[0] != name for key in resource.foreign_keys)
        and resource.field(name).constraints.pattern is None
        and not resource.field(name).categories
    }
    grown = True
    while grown:  # keys of keys: until nothing is added
        names = {
            (resource.name, name)
            for resource in catalogue.contracts.resources.values()
            for key in resource.foreign_keys
            for name, there in zip(key.fields, key.reference, strict=True)
            if (key.resource, there) in renamed
        }
        grown = not names <= renamed
        renamed |= names
    return renamed


def _end(record: Record, name: str) -> Iterator[Place]:
    node: object = record.node
    for step in record.resource.field(name).key:
        node = node.nodes.get(step) if isinstance(node, Mapping) else None
    if isinstance(node, Scalar):
        start = record.document.at(node.mark)
        yield start.path, start.line, start.column + len(node.text) + (1 if node.quoted else 0)


def _cut(text: str, places: set[tuple[int, int]]) -> list[str]:
    """A text cut at places (1-based line and column): joined by a suffix, it is a copy."""
    lines = text.splitlines(keepends=True)
    offsets = [0]
    for line in lines:
        offsets.append(offsets[-1] + len(line))
    ends = [offsets[line - 1] + column - 1 for line, column in sorted(places)]
    return [text[start:end] for start, end in zip([0, *ends], [*ends, len(text)], strict=True)]


def _write_list(path: Path, pieces: list[str], times: int, headed: bool) -> int:
    """A list repeated, in as many files as the limits of the reader ask for, and how many; `headed`: its first line is a header."""
    copies = [_suffix(number).join(pieces).removesuffix("\n") + "\n" for number in range(times)]
    header = copies[0].partition("\n")[0] + "\n" if headed else ""
    per_file = max(1, CHUNK // len(copies[0].encode()))
    for number, first in enumerate(range(0, times, per_file)):
        bodies = (
            copy.removeprefix(copy.partition("\n")[0] + "\n") if headed else copy
            for copy in copies[first : first + per_file]
        )
        path.with_stem(path.stem + _suffix(number)).write_text(header + "".join(bodies), encoding="utf-8", newline="")
    return -(-times // per_file)


def _widen(contract: Path, pattern: str) -> None:
    """Let a table whose list is one file take the files that follow it."""
    if "*" not in pattern:
        stem, dot, ending = pattern.rpartition(".")
        text = contract.read_text(encoding="utf-8")
        contract.write_text(text.replace(pattern, f"{stem}*{dot}{ending}", 1), encoding="utf-8", newline="")


def _alike(catalogue: Catalogue) -> set[tuple[str, ...]]:
    """The unique keys that would be the same in all copies."""
    renamed = _renamed(catalogue)
    return {
        key
        for resource in catalogue.contracts.resources.values()
        for key in resource.unique_keys
        if not any((resource.name, name) in renamed for name in key)
    }


def _loosen(contract: Path, alike: set[tuple[str, ...]], times: int) -> None:
    """Let copies have what was of one row alone: a key of numbers is no longer unique, a drawing takes the units of each copy."""
    text = contract.read_text(encoding="utf-8")
    for key in alike:
        text = re.sub(rf" +uniqueKeys:\n +- \[{', '.join(key)}\]\n", "", text)

    def units(found: re.Match[str]) -> str:
        names = found[1].split(", ")
        return f"units: [{', '.join(name + _suffix(number) for number in range(times) for name in names)}]"

    contract.write_text(re.sub(r"units: \[([^\]]+)\]", units, text), encoding="utf-8", newline="")


if __name__ == "__main__":
    make(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
