"""The archive of a version of a package, which never changes: a ZIP of its descriptor and its tables, with the sums whose own is the
fingerprint of the version. It proves by itself that it is of that version, whatever made it.
"""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
import zlib
from pathlib import Path

from generator.packages import zipping
from generator.packages.built import Built
from generator.packages.fingerprint import sums_of, sums_text
from generator.writing import entries

SUMS = "data/SHA256SUMS"
LARGEST = 500_000_000  # bytes of what an archive holds

_LINE = re.compile(r"([0-9a-f]{64})  ([\w.-]+)")


def archived(built: Built, date: str) -> bytes:
    """The archive of a written package: all of its files but those that hold all of it. `date` (AAAA-MM-JJ) is that of each file."""
    whole = {file.path for file in built.files}
    held: dict[str, bytes | Path] = {
        path: (built.folder / path).read_bytes() for path, _ in entries(built.folder) if path not in whole
    }
    held[SUMS] = sums_text(sums_of(built.package, built.tables)).encode()
    made = io.BytesIO()
    zipping.write(made, held, date)
    return made.getvalue()


def fingerprint_of(data: bytes) -> str:
    """The fingerprint of the version of an archive; "" when it is none, or when a table is not what its sum says."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(member.file_size for member in archive.infolist()) > LARGEST:
                return ""
            sums = archive.read(SUMS)
            lines = [_LINE.fullmatch(line) for line in sums.decode("ascii").splitlines()]
            folder = SUMS.rpartition("/")[0]
            same = all(
                line is not None and hashlib.sha256(archive.read(f"{folder}/{line[2]}")).hexdigest() == line[1]
                for line in lines
            )
            return hashlib.sha256(sums).hexdigest() if same else ""
    except (zipfile.BadZipFile, zlib.error, KeyError, UnicodeDecodeError, NotImplementedError, RuntimeError, EOFError):
        return ""
