"""The names of files made from identifiers: each its own, on any disk, whatever the identifiers are."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Sequence

_PLAIN = re.compile(r"[A-Za-z0-9-]")
# Names that Windows keeps for its devices, with any extension (https://learn.microsoft.com/windows/win32/fileio/naming-a-file).
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])\Z", re.IGNORECASE)
LONGEST = 120  # characters of a name
_PRINT = 16  # digits that tell apart two long names, or two that differ by their case only


def portable(keys: Iterable[Sequence[str]]) -> dict[tuple[str, ...], str]:
    """A name for each key: its parts, with a dot between them; a sign that some disk refuses is written by its bytes (`é` → `_c3_a9`).
    What is too long, or differs from another by the case alone, ends with a print of the whole key.
    """
    plain = {key: ".".join(map(_part, key)) for key in map(tuple, keys)}
    alike = Counter(name.lower() for name in plain.values())
    return {key: _told_apart(key, name, alike[name.lower()] > 1) for key, name in plain.items()}


def _part(text: str) -> str:
    signs = (sign if _PLAIN.match(sign) else "".join(f"_{byte:02x}" for byte in sign.encode()) for sign in text)
    return "".join(signs) or "_"


def _told_apart(key: tuple[str, ...], name: str, twin: bool) -> str:
    if not twin and len(name) <= LONGEST and not _DEVICE.match(name.partition(".")[0]) and name.lower() != "index":
        return name
    digest = hashlib.sha256("\0".join(key).encode()).hexdigest()[:_PRINT]
    return f"{name[: LONGEST - _PRINT - 1]}~{digest}"
