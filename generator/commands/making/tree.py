"""A tree of files that lasts, and changes by parts: what a stage makes anew takes its place there when its bytes differ, and what it no
longer makes is removed. Its files stand, by links of the same files, in the folders that are published.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from pathlib import Path

from generator.writing import Writer, entries, inside


class Tree:
    """A tree under `root`; `parts` are the paths that each stage made last."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.parts: dict[str, frozenset[str]] = {}

    def put(self, path: str, content: str | bytes) -> bool:
        """Write a file, unless it is there with these bytes; whether it was written."""
        data = content.encode() if isinstance(content, str) else content
        place = inside(self.root, path)
        if place.is_file():
            if place.read_bytes() == data:
                return False
            place.unlink()  # another file: what is published keeps the old one until it is replaced
        Writer(self.root).write(path, data)
        return True

    def remove(self, paths: Collection[str]) -> None:
        """Remove files that are there, and the folders that then hold nothing."""
        for path in paths:
            place = inside(self.root, path)
            place.unlink(missing_ok=True)
            with suppress(OSError):  # one that holds something, or that is not there
                for folder in place.parents[: path.count("/")]:
                    folder.rmdir()

    def remake(self, part: str, make: Callable[[Path], object]) -> frozenset[str]:
        """What a stage makes in an empty folder takes the place of what it made before; the paths of what changed."""
        with tempfile.TemporaryDirectory(dir=self.root.parent) as name:
            make(Path(name))
            made = frozenset(path for path, _ in entries(Path(name)))
            changed = self.take(Path(name))
        gone = self.parts.get(part, frozenset()) - made
        self.remove(gone)
        self.parts[part] = made
        return changed | gone

    def take(self, folder: Path) -> frozenset[str]:
        """Have the files of a folder as well; the paths of those that were not so."""
        return frozenset(path for path, _ in entries(folder) if self.put(path, (folder / path).read_bytes()))


def linked(source: Path, target: Path) -> None:
    """The same files at another place, which is made."""
    writer = Writer(target)
    for path, _ in entries(source):
        writer.link(source / path, path)


def publish(source: Path, target: Path, names: Collection[str] | None = None) -> tuple[str, ...]:
    """Have the files of a folder at another place, each in one move, and nothing else there; or only those of these names. The paths of
    those that are no more.
    """
    gone, writer = tuple[str, ...](), Writer(target)
    for path in names if names is not None else [path for path, _ in entries(source)]:
        own, place = source / path, inside(target, path)
        if not place.exists() or not os.path.samestat(own.lstat(), place.lstat()):
            temporary = place.with_name(f".{place.name[:100]}.nouveau")
            temporary.unlink(missing_ok=True)
            writer.link(own, temporary.relative_to(target).as_posix())
            temporary.replace(place)
    if names is None:
        gone = tuple(path for path, _ in entries(target) if not (source / path).exists())
        for path in gone:
            inside(target, path).unlink()
        _prune(target)
    return gone


def _prune(folder: Path) -> None:
    """Remove the folders that hold nothing."""
    for path in sorted(_folders(folder), reverse=True):
        if not any(path.iterdir()):
            path.rmdir()


def _folders(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_dir() and not path.is_symlink())
