"""Files that are there, replaced by others: each in one move, several all together or not at all. As in writing.py, a path leads inside its
root, and no link is followed.
"""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from generator.writing import NEW, SAFE, OutsideError, Writer, fill, inside


class ChangedError(Exception):
    """A file that is no longer what it was when it was read, at `path`."""

    def __init__(self, path: str) -> None:
        super().__init__(path)
        self.path = path


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of a file: its bytes as they were read and as they shall be; None where there is no file."""

    path: str
    before: bytes | None
    after: bytes | None


def replace(root: Path, path: str, content: bytes) -> None:
    """Put other bytes in an ordinary file that is there, or in a new one, in one move. Raises as replace_together does."""
    replace_together(root, [Change(path, _read(inside(root, path)), content)])


def replace_together(root: Path, changes: Sequence[Change]) -> None:
    """Replace, add and remove files, all of them or none: each is written whole beside its place, then all take their places; what
    was replaced is put back when one cannot. A file keeps its mode; no link is followed. Raises ChangedError for a file that
    is not what it was, OutsideError for a wrong path, OSError as the system does.
    """
    staged, done = dict[str, Path](), list[Change]()
    try:
        for change in changes:
            place = inside(root, change.path)
            if _read(place) != change.before:
                raise ChangedError(change.path)
            if change.after is not None:
                writer = Writer(root)
                if folder := change.path.rpartition("/")[0]:
                    writer.folder(folder)
                _beside(place, change.after, staged, change.path)
        for change in changes:
            done.append(change)
            _put(inside(root, change.path), staged.get(change.path))
    except BaseException:
        for change in reversed(done):
            place = inside(root, change.path)
            if _read(place) != change.before:
                if change.before is not None:
                    _beside(place, change.before, staged, change.path)
                _put(place, staged[change.path] if change.before is not None else None)
        raise
    finally:
        for temporary in staged.values():
            with suppress(FileNotFoundError):
                temporary.unlink()


def _read(place: Path) -> bytes | None:
    """The bytes of an ordinary file, None when nothing is there."""
    try:
        descriptor = os.open(place, os.O_RDONLY | SAFE)
    except FileNotFoundError:
        return None
    with os.fdopen(descriptor, "rb") as stream:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OutsideError(f"{place} is not an ordinary file")
        return stream.read()


def _beside(place: Path, content: bytes, staged: dict[str, Path], path: str) -> None:
    """Write a content whole in a hidden file of the same folder, noted as staged, with the mode of the one that is there."""
    temporary = place.with_name(f".{place.name[:100]}.{secrets.token_hex(6)}")
    descriptor = os.open(temporary, NEW, 0o666)
    staged[path] = temporary
    if place.exists():
        temporary.chmod(stat.S_IMODE(place.lstat().st_mode))
    fill(descriptor, content)


def _put(place: Path, temporary: Path | None) -> None:
    """Give its place to a staged file, or remove what is there."""
    if temporary is not None:
        temporary.replace(place)
    else:
        place.unlink(missing_ok=True)
