"""The SHA-256 of files, as `sha256sum -c` reads them."""

from __future__ import annotations

import hashlib
from pathlib import Path

from generator.writing import entries

NAME = "SHA256SUMS"


def digest(file: Path) -> str:
    """The SHA-256 of a file, 64 digits."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def of_folder(folder: Path) -> str:
    """Those of all the files under a folder, by their paths there, in order."""
    return "".join(f"{digest(folder / path)}  {path}\n" for path, _ in sorted(entries(folder)))
