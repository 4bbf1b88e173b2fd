"""ZIP archives that are the same bytes wherever and whenever they are made: sorted, dated by their content, with one mode."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping as Map
from pathlib import Path
from typing import IO

PIECE = 1 << 20  # bytes of a file that are in memory together
LARGE, QUICK = (
    50_000_000,
    4,
)  # bytes from which a file is compressed at this level: half the time of the usual one, for 4 % more


def write(file: Path | IO[bytes], members: Map[str, bytes | Path], date: str) -> None:
    """Write an archive of files, by their paths in it, given by their bytes or by where they are; `date` (AAAA-MM-JJ) is that of
    each.
    """
    year, month, day = map(int, date.split("-"))
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(members):
            member = zipfile.ZipInfo(path, (year, month, day, 0, 0, 0))
            member.create_system, member.external_attr = 3, 0o100644 << 16
            member.compress_type = zipfile.ZIP_DEFLATED
            content = members[path]
            if isinstance(content, bytes):
                archive.writestr(member, content)
                continue
            member.file_size = content.stat().st_size
            if member.file_size >= LARGE:
                member._compresslevel = QUICK  # type: ignore[attr-defined]  # who dates a member has no other way
            with content.open("rb") as source, archive.open(member, "w") as target:
                while piece := source.read(PIECE):
                    target.write(piece)
