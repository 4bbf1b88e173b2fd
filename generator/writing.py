"""Writing inside a root and nowhere else: everything that a build makes goes through here, whatever its path was made from.

A path is relative, in POSIX form, and each of its segments is checked; no symbolic link is followed on the way, replaced or
copied; a new file is new, so that two outputs never take one place in silence. A path that breaks this is a fault of ours
(an exception): what a contributor wrote is refused before, with its place, by the checks. The root is the caller's, and comes
from the command. Nothing of ours is imported here.
"""

from __future__ import annotations

import os
import re
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path

# Never through a link, never waiting for the other end of a pipe.
SAFE = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | SAFE
_UNSAFE = re.compile(r"\A\.{0,2}\Z|[\0\\]|\A[A-Za-z]:")


class OutsideError(Exception):
    """A path that leaves its root, or could: by what it says, or by the link at `path`."""

    def __init__(self, told: str, path: str = "") -> None:
        super().__init__(told)
        self.path = path


class TwiceError(Exception):
    """Two outputs for one place."""


def segments(path: str) -> list[str]:
    """`a/b/index.md` → its segments; OutsideError for one that is empty, `.`, `..`, a drive, or holds NUL or a backslash."""
    parts = path.split("/")
    if any(map(_UNSAFE.search, parts)):
        raise OutsideError(f"{path!r} is not a path of segments")
    return parts


def inside(root: Path, path: str) -> Path:
    """The place of a path under a root, there or not. Raises OutsideError when it, or a folder on the way, is a link."""
    place, parts = os.fspath(root), segments(path)
    for at, segment in enumerate(parts):
        place = os.path.join(place, segment)  # noqa: PTH118  # ten times as fast: asked of each file of a site
        if os.path.islink(place):  # noqa: PTH114
            raise OutsideError(f"{place} is a symbolic link", "/".join(parts[: at + 1]))
    return Path(place)


def entries(folder: Path) -> Iterator[tuple[str, bool]]:
    """What is under a folder that is not itself a folder, in order: its path, and whether it is an ordinary file. Hidden
    entries are left out; a folder that cannot be listed stands as itself.
    """
    try:
        with os.scandir(folder) as found:
            listed = sorted((entry for entry in found if not entry.name.startswith(".")), key=lambda entry: entry.name)
    except OSError:
        yield "", False
        return
    for entry in listed:
        if entry.is_dir(follow_symlinks=False):
            for path, ordinary in entries(folder / entry.name):
                yield f"{entry.name}/{path}".rstrip("/"), ordinary
        else:
            yield entry.name, entry.is_file(follow_symlinks=False)


class Writer:
    """Writes under `root`, which is made if it is missing. Each method raises OutsideError or TwiceError for a wrong path,
    and OSError as the system does.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        root.mkdir(parents=True, exist_ok=True)
        self._base = os.fspath(root)

    def folder(self, path: str) -> Path:
        """A folder, made if it is missing, with those on the way."""
        return Path(self._folder(segments(path)))

    def new(self, path: str) -> Path:
        """The place of a new, empty file, for who writes it by its name."""
        place, descriptor = self._create(path)
        os.close(descriptor)
        return Path(place)

    def write(self, path: str, content: str | bytes) -> None:
        """Write a new file; a text is in UTF-8."""
        fill(self._create(path)[1], content)

    def rewrite(self, path: str, content: str | bytes) -> None:
        """Write anew a file that is already there. It is another file where something else has it too: that keeps the old one."""
        place, data = inside(self.root, path), content.encode() if isinstance(content, str) else content
        found = place.lstat()
        if not stat.S_ISREG(found.st_mode):
            raise OutsideError(f"{place} is not an ordinary file")
        if found.st_nlink > 1 or not found.st_mode & stat.S_IWUSR:
            place.unlink()
            self.write(path, data)
            return
        descriptor = os.open(place, os.O_WRONLY | SAFE)  # a new file costs a disk ten times as much
        os.ftruncate(descriptor, len(data))
        fill(descriptor, data)

    def copy(self, source: Path, path: str) -> None:
        """Copy the bytes of an ordinary file into a new one."""
        if not stat.S_ISREG(source.lstat().st_mode):
            raise OutsideError(f"{source} is not an ordinary file")
        read, written = os.open(source, os.O_RDONLY | SAFE), self._create(path)[1]
        with os.fdopen(read, "rb") as start, os.fdopen(written, "wb") as end:
            shutil.copyfileobj(start, end, 1 << 20)

    def link(self, source: Path, path: str) -> None:
        """Have an ordinary file at a new place too: the same file by another name, its copy where files have one name."""
        if not stat.S_ISREG(source.lstat().st_mode):
            raise OutsideError(f"{source} is not an ordinary file")
        place = self._place(path)
        try:
            os.link(source, place, follow_symlinks=False)
        except FileExistsError:
            raise _taken(place) from None
        except OSError:
            self.copy(source, path)

    def link_tree(self, source: Path, path: str) -> None:
        """Have every file under a folder at the same place under `path` too; hidden ones are left out."""
        for name, _ in entries(source):
            self.link(source / name, f"{path}/{name}")

    def _folder(self, parts: list[str]) -> str:
        place = self._base
        for part in parts:
            place = f"{place}/{part}"
            try:
                mode = os.lstat(place).st_mode
            except FileNotFoundError:
                Path(place).mkdir(exist_ok=True)  # another process may share the work
                mode = os.lstat(place).st_mode
            if stat.S_ISLNK(mode):
                raise OutsideError(f"{place} is a symbolic link")
            if not stat.S_ISDIR(mode):
                raise TwiceError(f"{place} is a file, and a folder is wanted there")
        return place

    def _place(self, path: str) -> str:
        """Where a file is to stand, in a folder that is there."""
        *folders, name = segments(path)
        return f"{self._folder(folders)}/{name}"

    def _create(self, path: str) -> tuple[str, int]:
        """A new file, and its descriptor."""
        place = self._place(path)
        try:
            return place, os.open(place, NEW, 0o666)
        except FileExistsError:
            raise _taken(place) from None


def _taken(place: str) -> Exception:
    """Why nothing can be written where something stands."""
    if Path(place).is_symlink():
        return OutsideError(f"{place} is a symbolic link")
    return TwiceError(f"{place} is already written")


def fill(descriptor: int, content: str | bytes) -> None:
    """Write all of a content, and close."""
    try:
        rest = memoryview(content.encode() if isinstance(content, str) else content)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
    finally:
        os.close(descriptor)
