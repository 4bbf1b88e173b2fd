"""A data package as a folder: `datapackage.json` and its tables in CSV."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from generator.catalogue.records import Catalogue
from generator.contracts.settings import Settings
from generator.packages.descriptor import DESCRIPTOR, Built, Table, describe
from generator.packages.formats import csv


def write(catalogue: Catalogue, settings: Settings, date: str, folder: Path) -> tuple[Built, ...]:
    """Write every package under `folder/<name>/`. `date` (AAAA-MM-JJ) dates the packages that declare no version."""
    written: dict[str, tuple[Path, Table]] = {}
    built = []
    for package in catalogue.contracts.packages.values():
        place = folder / package.name
        (place / "data").mkdir(parents=True)
        tables = []
        for name in catalogue.contracts.reached(package.name):
            path = f"data/{name}.csv"
            if name in written:  # a shared table: the same bytes in every package
                shutil.copyfile(written[name][0], place / path)
            else:
                size, digest = csv.write(place / path, catalogue.contracts.resources[name], catalogue[name])
                written[name] = (place / path, Table(name, path, size, digest, len(catalogue[name])))
            tables.append(written[name][1])
        text = json.dumps(describe(package, catalogue, settings, date, tables), ensure_ascii=False, indent=2) + "\n"
        (place / DESCRIPTOR).write_text(text, encoding="utf-8", newline="")
        built.append(Built(package, place, tuple(tables)))
    return tuple(built)
