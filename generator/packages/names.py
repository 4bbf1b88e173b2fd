"""The names of files made from identifiers: each its own, on any disk, whatever the identifiers are. A name depends on its identifier
alone: a row that comes later changes no address.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence

from generator import layout

_OTHER = re.compile(r"[^a-z0-9-]")  # a capital is one: some disks do not tell it from the small letter
# Names that Windows keeps for its devices, with any extension (https://learn.microsoft.com/windows/win32/fileio/naming-a-file).
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|\Z)")
_INDEX = "index"  # of a folder, which is no row
LONGEST = 95  # characters of a name: with « .json », what a tar archive holds (POSIX ustar)
_PRINT = 32  # digits of the print that ends the names that are cut or kept


def portable(key: Sequence[str]) -> str:
    """A name for a key: its parts, with a dot between them; a sign that some disk refuses or confuses is written by its bytes
    (`é` → `_c3_a9`, `A` → `_41`). What is too long, or has a name that is kept, ends with a print of the whole name.
    """
    name = ".".join(map(_part, key))
    if len(name) <= LONGEST and not _DEVICE.match(name) and name != _INDEX:
        return name
    digest = hashlib.sha256(name.encode()).hexdigest()[:_PRINT]
    return f"{name[: LONGEST - _PRINT - 1].rstrip('.')}~{digest}"


def record_file(table: str, key: Sequence[str]) -> str:
    """Where the JSON of a record stands on the site, by its table and its key."""
    return f"{layout.API}{table}/{portable(key)}.json"


def _part(text: str) -> str:
    return _OTHER.sub(lambda sign: "".join(f"_{byte:02x}" for byte in sign[0].encode()), text) or "_"
