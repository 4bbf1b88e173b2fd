"""The SHA-256 of files, as `sha256sum -c` reads them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping as Map
from pathlib import Path
from types import MappingProxyType

from generator.writing import entries

NAME = "SHA256SUMS"


def digest(file: Path) -> str:
    """The SHA-256 of a file, 64 digits."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def of_folder(folder: Path, known: Map[str, str] = MappingProxyType({})) -> str:
    """Those of all the files under a folder, by their paths there, in order; `known`: those that need not be read."""
    return "".join(f"{known.get(path) or digest(folder / path)}  {path}\n" for path, _ in sorted(entries(folder)))
