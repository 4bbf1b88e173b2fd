"""What is decided: a package in bytes, where it was found, and what the text of the standard says of it."""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

VALID, INVALID, REFUSED, SILENT, PICTURE = "valide", "invalide", "refusé", "silencieux", "illustration"
VERDICTS = (VALID, INVALID, REFUSED, SILENT, PICTURE)
LISTS = Path(__file__).parent / "lists"
DESCRIPTOR = "datapackage.json"


@dataclass(frozen=True)
class Example:
    """`files`: the package, path to bytes, its descriptor included; `source`: the text it was taken from; `shown`: in short."""

    name: str
    files: Mapping[str, bytes] = field(repr=False)
    source: bytes = field(repr=False, default=b"")
    shown: str = ""

    @property
    def print(self) -> str:
        """Eight digits that change when the text it was taken from does."""
        return hashlib.sha256(self.source).hexdigest()[:8]

    def write(self, folder: Path) -> Path:
        """Write the package below `folder`, and give its descriptor; no path of it leads out of the folder."""
        for path, content in self.files.items():
            place = (folder / path).resolve()
            assert place.is_relative_to(folder.resolve()), path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)
        return folder / DESCRIPTOR


@dataclass(frozen=True)
class Awaited:
    """What the standard says of an example: one of `VERDICTS`, the print of the text that was read, and the rule."""

    verdict: str
    print: str = ""
    why: str = ""


def awaited(name: str) -> dict[str, Awaited]:
    """The list `lists/<name>.csv`: example to what is awaited."""
    path = LISTS / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        rows = {
            row["exemple"]: Awaited(row["attendu"], row["empreinte"], row["pourquoi"]) for row in csv.DictReader(stream)
        }
    assert all(row.verdict in VERDICTS for row in rows.values()), path
    return rows
