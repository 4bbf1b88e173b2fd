"""The Table Schema of each table, alone, for whoever checks a file by itself."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import partial

from generator import layout
from generator.packages.built import Published
from generator.packages.sheets import Sheet
from generator.packages.table_schema import schema_file, standalone

TITLE = "Table Schema"
DESCRIPTION = "Le schéma de chaque table, seul, pour contrôler un fichier ou le déclarer sur un portail"


def files(published: Published) -> Iterator[tuple[str, Callable[[], str]]]:
    """A schema for each table that a package declares, and for its flat forms."""
    for built in published.packages:
        for table in (*built.own, *built.flat):
            yield layout.download(built.package.name, schema_file(table.sheet)), partial(_schema, table.sheet)


def _schema(sheet: Sheet) -> str:
    return json.dumps(standalone(sheet), ensure_ascii=False, indent=2) + "\n"
