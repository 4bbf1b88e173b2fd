"""The archive of a version of a package, which never changes: its ZIP, which holds the sums whose own is the fingerprint of the
version. It proves by itself that it is of that version, whatever made it.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
import zlib

from generator.packages.built import Built

SUMS = "data/SHA256SUMS"
SUFFIX = ".zip"
LARGEST = 500_000_000  # bytes of what an archive holds

_LINE = re.compile(r"([0-9a-f]{64})  ([\w.-]+)")


def archived(built: Built) -> bytes:
    """The archive of a written package, as the page of the package gives it."""
    whole = next(file for file in built.files if file.path.endswith(SUFFIX))
    return (built.folder / whole.path).read_bytes()


def fingerprint_of(data: bytes) -> str:
    """The fingerprint of the version of an archive; "" when it is none, or when a table is not what its sum says."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(member.file_size for member in archive.infolist()) > LARGEST:
                return ""
            sums = archive.read(SUMS)
            lines = [_LINE.fullmatch(line) for line in sums.decode("utf-8").splitlines()]
            folder = SUMS.rpartition("/")[0]
            same = all(
                line is not None and hashlib.sha256(archive.read(f"{folder}/{line[2]}")).hexdigest() == line[1]
                for line in lines
            )
            return hashlib.sha256(sums).hexdigest() if same else ""
    except (zipfile.BadZipFile, zlib.error, KeyError, UnicodeDecodeError, NotImplementedError, RuntimeError, EOFError):
        return ""
