"""ZIP: a package in one file, as a person keeps it: what to read first, the licence, the descriptor, the tables as CSV and their
schemas; and all the packages of a site, a folder each.
"""

from __future__ import annotations

import json
from pathlib import Path

from generator.packages import zipping
from generator.packages.about import licence, readme
from generator.packages.archive import SUMS
from generator.packages.built import Built, Published
from generator.packages.descriptor import DESCRIPTOR
from generator.packages.fingerprint import sums_of, sums_text
from generator.packages.formats import CANONICAL
from generator.packages.table_schema import schema_file, standalone
from generator.text.interface import say

TITLE = "ZIP"
SCOPE = "package"
SUFFIX = ".zip"
MEDIATYPE = "application/zip"
FILE_TYPE = "ZIP"
DESCRIPTION = "Tout en un fichier : les tables en CSV, leur description, un mode d’emploi et la licence"
RANK = 2

LICENCE = "LICENCE.txt"


def write(path: Path, built: Built) -> None:
    """Write the archive of a package."""
    zipping.write(path, members(built), str(built.descriptor["created"])[:10])


def write_all(path: Path, published: Published) -> None:
    """Write the archive of all the packages."""
    held = {f"{each.package.name}/{name}": what for each in published.packages for name, what in members(each).items()}
    zipping.write(path, held, published.date)


def members(built: Built) -> dict[str, bytes | Path]:
    """What the archive of a package holds, by its paths there."""
    held: dict[str, bytes | Path] = {
        say("LISEZMOI.md"): readme(built).encode(),
        LICENCE: licence(built).encode(),
        DESCRIPTOR: built.folder / DESCRIPTOR,
        SUMS: sums_text(sums_of(built.package, built.tables)).encode(),
    }
    for table in built.tables:
        held |= {file.path: built.folder / file.path for file in table.files if file.format == CANONICAL}
        if table.sheet.resource.package == built.package.name:
            schema = json.dumps(standalone(table.sheet), ensure_ascii=False, indent=2) + "\n"
            held[schema_file(table.sheet)] = schema.encode()
    return held
