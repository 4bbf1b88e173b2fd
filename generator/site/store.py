"""What one build makes that the next would make again: bytes, kept in a folder under the print of all that they depend on. A file
of it is never run, is believed by the print of its bytes alone, and can be taken away at any time.
"""

from __future__ import annotations

import hashlib
import os
import platform
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from importlib import metadata
from pathlib import Path

from generator.layout import MACHINE
from generator.site.failure import PublicationError
from generator.text.interface import count, say
from generator.text.language import spoken
from generator.writing import SAFE, entries

MARK = "cache-du-generateur.txt"  # says whose a folder is, and by which code it was filled
MOST = 500_000_000  # bytes kept: of what is over, the longest unused goes first
LARGEST = 20_000_000  # bytes of an entry
_PRINT = 64  # hexadecimal digits of a SHA-256: the name of an entry, and what it begins with
_LEFT_OUT = ("__pycache__", "documentation")  # of the machine: what no build runs


class StaleError(Exception):
    """What is kept of a kind is not what is made again of the same things."""


class Store:
    """Gives what was kept, keeps what is made. Without a folder, nothing is. One that is `proven` gives nothing: what is made is
    compared with what is kept.
    """

    def __init__(self, folder: Path | None = None, proven: bool = False) -> None:
        self.folder, self.proven = folder, proven
        self.told: list[str] = []  # what was wrong in the folder
        if folder is not None:
            self._open(folder)

    def __bool__(self) -> bool:
        return self.folder is not None

    def get(self, kind: str, source: bytes) -> bytes | None:
        """What was kept of a kind of work on these bytes; None when nothing that can be believed was."""
        if self.folder is None or self.proven:
            return None
        place = self.folder / self._name(kind, source)
        found = _believed(place)
        if found is not None:
            with suppress(OSError):
                os.utime(place)
        return found

    def put(self, kind: str, source: bytes, made: bytes) -> None:
        """Keep what was made; a folder that cannot be written keeps nothing. Raises StaleError when another thing was kept."""
        if self.folder is None or len(made) > LARGEST:
            return
        place = self.folder / self._name(kind, source)
        if self.proven and (kept := _believed(place)) is not None and kept != made:
            raise StaleError(kind)
        unfinished = place.with_name(f".{place.name}.{os.getpid()}")
        with suppress(OSError):
            descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL | SAFE, 0o644)
            with os.fdopen(descriptor, "wb") as stream:
                stream.write(hashlib.sha256(made).hexdigest().encode() + made)
            unfinished.replace(place)

    def close(self) -> None:
        """Bring the folder back to its size."""
        if self.folder is None:
            return
        found = sorted(_entries(self.folder), key=lambda entry: entry[2], reverse=True)
        total = 0
        for place, size, _ in found:
            total += size
            if total > MOST:
                place.unlink(missing_ok=True)

    def _name(self, kind: str, source: bytes) -> str:
        told = f"{code()}\n{spoken()}\n{kind}\n".encode()
        return hashlib.sha256(told + source).hexdigest()

    def _open(self, folder: Path) -> None:
        """Take a folder that is ours, or none yet; what cannot be believed in it goes. Raises PublicationError for any other."""
        mark = folder / MARK
        if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
            raise PublicationError("{path} n’est pas un dossier : un cache en est un, sans lien", path=folder)
        folder.mkdir(parents=True, exist_ok=True)
        if mark.is_symlink() or (not mark.is_file() and any(folder.iterdir())):
            message = "{path} n’est pas un cache du générateur : donnez un dossier vide, ou qui n’existe pas encore"
            raise PublicationError(message, path=folder)
        if not mark.is_file():
            mark.write_text(f"{code()}\n", encoding="ascii", newline="\n")
        elif mark.read_text(encoding="ascii", errors="replace").strip() != code():
            self.told.append(
                say("Le cache vient d’une autre version du générateur ou de ses bibliothèques : il est refait.")
            )
            mark.write_text(f"{code()}\n", encoding="ascii", newline="\n")
            for place, _, _ in _entries(folder):
                place.unlink(missing_ok=True)
        spoilt = [place for place, _, _ in _entries(folder) if _believed(place) is None]
        for place in spoilt:
            place.unlink(missing_ok=True)
        if spoilt:
            told = say(
                "Des octets du cache ont changé depuis qu’il a été fait : {count} à refaire.",
                count=count(len(spoilt), "fichier"),
            )
            self.told.append(told)


NONE = Store()


def _entries(folder: Path) -> Iterator[tuple[Path, int, float]]:
    """The entries of a folder: their places, their sizes in bytes, when they were last of use. Nothing else of it is ours."""
    with os.scandir(folder) as found:
        for entry in found:
            name = entry.name[1:].partition(".")[0] if entry.name.startswith(".") else entry.name
            if len(name) == _PRINT and set(name) <= set("0123456789abcdef") and entry.is_file(follow_symlinks=False):
                told = entry.stat(follow_symlinks=False)
                yield Path(entry.path), told.st_size, told.st_mtime


def _believed(place: Path) -> bytes | None:
    """The bytes of an entry, if they are those that were kept."""
    try:
        descriptor = os.open(place, os.O_RDONLY | SAFE)
    except OSError:
        return None
    with os.fdopen(descriptor, "rb") as stream:
        data = stream.read(LARGEST + _PRINT + 1)
    made = data[_PRINT:]
    return made if data[:_PRINT] == hashlib.sha256(made).hexdigest().encode() else None


@cache
def code() -> str:
    """The print of what makes things: this code, its libraries, Python."""
    found = hashlib.sha256(f"{platform.python_version()}\n{platform.machine()}\n".encode())
    for told in sorted(f"{each.metadata['Name']} {each.version}\n" for each in metadata.distributions()):
        found.update(told.encode())
    for path, ordinary in entries(MACHINE):
        if ordinary and not set(path.split("/")) & set(_LEFT_OUT):
            found.update(f"{path}\n".encode() + hashlib.sha256((MACHINE / path).read_bytes()).digest())
    return found.hexdigest()
