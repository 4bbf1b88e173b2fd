"""The archive of a version of a package, which never changes: its ZIP, which holds the sums whose own is the fingerprint of the
version. It proves by itself that it is of that version, whatever made it.
"""

from __future__ import annotations

import hashlib
import re
import zipfile
import zlib
from functools import partial
from pathlib import Path

from generator.packages.built import Built

SUMS = "data/SHA256SUMS"
SUFFIX = ".zip"
LARGEST = 100_000_000_000  # bytes of what an archive holds, which is read without being kept

_PIECE = 1 << 20  # bytes that are read together
_SUMS = 1_000_000  # bytes of its sums
_UNREAD = (
    *(OSError, zipfile.BadZipFile, zlib.error, KeyError, UnicodeDecodeError),
    *(NotImplementedError, RuntimeError, EOFError),
)
_LINE = re.compile(r"([0-9a-f]{64})  ([\w.-]+)")


def archived(built: Built) -> Path:
    """The archive of a written package, as the page of the package gives it."""
    whole = next(file for file in built.files if file.path.endswith(SUFFIX))
    return built.folder / whole.path


def fingerprint_of(place: Path) -> str:
    """The fingerprint of the version of an archive; "" when it is none, or when a table is not what its sum says."""
    try:
        with zipfile.ZipFile(place) as archive:
            if (
                sum(member.file_size for member in archive.infolist()) > LARGEST
                or archive.getinfo(SUMS).file_size > _SUMS
            ):
                return ""
            sums = archive.read(SUMS)
            lines = [_LINE.fullmatch(line) for line in sums.decode("utf-8").splitlines()]
            folder = SUMS.rpartition("/")[0]
            same = all(line is not None and _digest(archive, f"{folder}/{line[2]}") == line[1] for line in lines)
            return hashlib.sha256(sums).hexdigest() if same else ""
    except _UNREAD:
        return ""


def _digest(archive: zipfile.ZipFile, name: str) -> str:
    found = hashlib.sha256()
    with archive.open(name) as stream:
        for piece in iter(partial(stream.read, _PIECE), b""):
            found.update(piece)
    return found.hexdigest()
