"""Fixtures of other projects: descriptors and data files of a local copy, each completed into a package.

A list `lists/<project>.csv` names the file, and how it is read: `paquet`, `ressource`, `schéma`, `dialecte`, `table`, or a file
with another beside it (`table + schema.json`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from tests.standard.completing import PROFILE, Files, dumped, mentioned, package, table
from tests.standard.example import DESCRIPTOR, Example


def examples(folder: Path, names: list[str]) -> Iterator[Example]:
    """Those of `names` (`path (how)` or `path (how other)`) whose files are there."""
    for name in names:
        path, how, other = parsed(name)
        if (folder / path).is_file():
            files = KINDS[how](folder / path, folder / other if other else None)
            source = (folder / path).read_bytes() + ((folder / other).read_bytes() if other else b"")
            yield Example(name, files, source, path)


def parsed(name: str) -> tuple[str, str, str]:
    """`data/t.csv (table data/s.json)`: the path, how it is read, and what stands beside."""
    path, _, how = name.removesuffix(")").rpartition(" (")
    kind, _, other = how.partition(" ")
    return path, kind, other


def _read(path: Path) -> Any:
    """A descriptor, of JSON or YAML; its text when it is neither."""
    text = path.read_text(encoding="utf-8")
    try:
        return json.loads(text) if path.suffix == ".json" else YAML(typ="safe", pure=True).load(text)
    except (ValueError, YAMLError):
        return text


def _package(path: Path, other: Path | None) -> Files:
    descriptor = _read(path)
    raw = path.read_bytes() if path.suffix == ".json" else dumped(descriptor)
    return {**beside(descriptor, path.parent), DESCRIPTOR: raw}


def _resource(path: Path, other: Path | None) -> Files:
    wrapped = {"$schema": PROFILE, "resources": [_read(path)]}
    return {**beside(wrapped, path.parent), DESCRIPTOR: dumped(wrapped)}


def beside(descriptor: object, folder: Path) -> Files:
    """The files that a descriptor points at in its folder, and no other."""
    found: Files = {}
    for name in mentioned(descriptor):
        place = (folder / name).resolve() if "://" not in name else folder
        if place.is_relative_to(folder.resolve()) and place.is_file() and ".." not in name:
            found[name] = place.read_bytes()
    return found


def _schema(path: Path, other: Path | None) -> Files:
    return table(_read(path))


def _dialect(path: Path, other: Path | None) -> Files:
    return table(dialect=_read(path), content=other.read_bytes() if other else None)


def _table(path: Path, other: Path | None) -> Files:
    name = "t" + path.suffix
    return table(_read(other) if other else None, content=path.read_bytes(), path=name)


def _file(path: Path, other: Path | None) -> Files:
    return {**package([{"name": "f", "path": "f" + path.suffix}]), "f" + path.suffix: path.read_bytes()}


KINDS: dict[str, Callable[[Path, Path | None], Files]] = {
    "paquet": _package,
    "ressource": _resource,
    "schéma": _schema,
    "dialecte": _dialect,
    "table": _table,
    "fichier": _file,
}
