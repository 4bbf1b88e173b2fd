"""A data package as a folder: `datapackage.json`, and each of its tables in every format."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from generator.catalogue.records import Catalogue
from generator.contracts.settings import Settings
from generator.packages.descriptor import DESCRIPTOR, Built, File, Written, describe
from generator.packages.formats import formats
from generator.writing import Writer


def write(catalogue: Catalogue, settings: Settings, date: str, folder: Path) -> tuple[Built, ...]:
    """Write every package under `folder/<name>/`, and nothing elsewhere. `date` (AAAA-MM-JJ) dates the packages that declare
    no version.
    """
    writer = Writer(folder)
    written: dict[str, tuple[Path, Written]] = {}
    built = []
    for package in catalogue.contracts.packages.values():
        place = writer.folder(package.name)
        tables = []
        for name in catalogue.contracts.reached(package.name):
            if name in written:  # a shared table: the same bytes in every package
                first, table = written[name]
                for file in table.files:
                    writer.copy(first / file.path, f"{package.name}/{file.path}")
            else:
                table = _table(writer, package.name, name, catalogue)
                written[name] = (place, table)
            tables.append(table)
        text = json.dumps(describe(package, catalogue, settings, date, tables), ensure_ascii=False, indent=2) + "\n"
        writer.write(f"{package.name}/{DESCRIPTOR}", text)
        built.append(Built(package, place, tuple(tables)))
    return tuple(built)


def planned(catalogue: Catalogue) -> tuple[Built, ...]:
    """What `write` would write, nothing being written: the sizes and the prints of the files are unknown."""
    contracts = catalogue.contracts
    return tuple(
        Built(package, Path(), tuple(_planned(name, len(catalogue[name])) for name in contracts.reached(package.name)))
        for package in contracts.packages.values()
    )


def _planned(name: str, rows: int) -> Written:
    return Written(
        name, rows, tuple(File(form, _path(name, module.SUFFIX), 0, "") for form, module in formats().items())
    )


def _path(name: str, suffix: str) -> str:
    return f"data/{name}{suffix}"


def _table(writer: Writer, package: str, name: str, catalogue: Catalogue) -> Written:
    """Write a table in every format, in the folder of a package."""
    files = []
    for form, module in formats().items():
        path = _path(name, module.SUFFIX)
        place = writer.new(f"{package}/{path}")
        module.write(place, catalogue.contracts.resources[name], catalogue[name])
        with place.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        files.append(File(form, path, place.stat().st_size, digest))
    return Written(name, len(catalogue[name]), tuple(files))
