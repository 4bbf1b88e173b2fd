"""The sums of all files of a site as its manifest writes them, kept from one writing to the next: what did not change is not read again."""

from __future__ import annotations

import hashlib
import json
import os
from bisect import bisect_left, insort
from collections.abc import Collection, Iterable, Mapping
from functools import partial
from pathlib import Path

from generator.layout import words
from generator.writing import entries

Sum = dict[str, object]

_READING = os.O_RDONLY | getattr(os, "O_BINARY", 0)
_MOST = 1 << 16  # bytes that are read at once: most files are less


class Listing:
    """The SHA-256 and the size of each file of a site but its manifest, by its path; hidden files are left out."""

    def __init__(self, sums: Mapping[str, Sum]) -> None:
        self._written = {path: _written(path, of) for path, of in sums.items()}
        self._order = sorted(self._written)

    def __len__(self) -> int:
        return len(self._order)

    def change(self, changed: Mapping[str, bytes], removed: Collection[str] = ()) -> None:
        """Some files are new or others, whose bytes are given, and some are gone."""
        for path in removed:
            if self._written.pop(path, None) is not None:
                del self._order[bisect_left(self._order, path)]
        for path, data in changed.items():
            if _listed(path):
                if path not in self._written:
                    insort(self._order, path)
                self._written[path] = _written(path, _of([data]))

    def text(self) -> str:
        """As JSON, under the key of an object that is indented by one space."""
        lines = ",\n".join(map(self._written.__getitem__, self._order))
        return f"{{\n{lines}\n }}" if lines else "{}"


def sums(site: Path, paths: Iterable[str] | None = None) -> dict[str, Sum]:
    """The SHA-256 and the size of each file of a site but its manifest, by its path; of some, if they are named."""
    named = (path for path, _ in sorted(entries(site)) if _listed(path)) if paths is None else paths
    return {path: _sum(f"{site}/{path}") for path in named}


def _listed(path: str) -> bool:
    return path != words().manifest and not path.startswith(".") and "/." not in path


def _sum(file: str) -> Sum:
    descriptor = os.open(file, _READING)  # `open` takes twice as long, which is what small files cost
    try:
        return _of(iter(partial(os.read, descriptor, _MOST), b""))
    finally:
        os.close(descriptor)


def _of(pieces: Iterable[bytes]) -> Sum:
    digest, size = hashlib.sha256(), 0
    for piece in pieces:
        digest.update(piece)
        size += len(piece)
    return {"sha256": digest.hexdigest(), "size": size}


_quoted = json.JSONEncoder(ensure_ascii=False).encode


def _written(path: str, of: Sum) -> str:
    return f'  {_quoted(path)}: {{\n   "sha256": "{of["sha256"]}",\n   "size": {of["size"]}\n  }}'
