"""The working folder of a project: its lock, and the journal of an exchange under way.

Something else in the place of one of its files (a link, a folder, a pipe) is told, never followed, emptied or waited for.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
import re
import stat
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.site.disk import flush_folder
from generator.site.failure import PublicationError
from generator.writing import SAFE, Writer

WORKSHOP = ".atelier"
STAGED = "construction-"  # how the names of the folders that we make in it start

_LOCK = "verrou"
_IGNORE = ".gitignore"
_JOURNAL = "echange"
_DRAFT = "echange.partiel"
_IGNORED = b"*\n"
_LONGEST = 4096  # bytes of a file of ours


@dataclass(frozen=True, slots=True)
class Journal:
    """An exchange under way: the folder (in the working folder) where the new ones were made, and the number that the file
    system gives to each, by its name: it tells where each is now.
    """

    folder: str
    numbers: Mapping[str, int]


def enter(workshop: Path) -> int:
    """Make the working folder if it is missing and take its lock, held until the descriptor given back is closed. Raises
    PublicationError when another process holds it, or when something else is in the place of a file of ours.
    """
    if workshop.is_symlink():
        message = "{path} est un lien symbolique : supprimez-le, le générateur le recréera"
        raise PublicationError(message, path=workshop)
    try:
        workshop.mkdir()
    except FileExistsError as error:
        if not workshop.is_dir():
            message = "{path} n’est pas un dossier : déplacez-le, le générateur y met son dossier de travail"
            raise PublicationError(message, path=workshop) from error
    lock = _open(workshop / _LOCK, os.O_RDWR | os.O_CREAT)
    try:
        _lock(lock)
        if _read(workshop / _IGNORE) != _IGNORED:
            _draft(workshop, _IGNORED).replace(workshop / _IGNORE)
    except BaseException:
        os.close(lock)
        raise
    return lock


def under_way(workshop: Path) -> bool:
    """Whether an exchange was begun and not ended."""
    try:
        os.lstat(workshop / _JOURNAL)
    except (FileNotFoundError, NotADirectoryError):
        return False
    return True


def read_journal(workshop: Path) -> Journal | None:
    """The exchange under way, if there is one. Raises PublicationError for a journal that is not ours."""
    data = _read(workshop / _JOURNAL)
    if data is None:
        return None
    try:
        told = json.loads(data)
        journal = Journal(told["dossier"], {name: int(number) for name, number in told["numeros"].items()})
        if re.fullmatch(rf"{STAGED}\w+", journal.folder):
            return journal
    except (ValueError, TypeError, LookupError, AttributeError):
        pass
    message = "{path} ne se lit pas : supprimez-le, puis construisez de nouveau"
    raise PublicationError(message, path=workshop / _JOURNAL)


def write_journal(workshop: Path, journal: Journal) -> None:
    """Have the journal on the disk: whatever comes next, the following run knows."""
    told = {"dossier": journal.folder, "numeros": dict(journal.numbers)}
    draft = _draft(workshop, json.dumps(told).encode())
    descriptor = _open(draft, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    draft.replace(workshop / _JOURNAL)
    flush_folder(workshop)


def erase_journal(workshop: Path) -> None:
    """The exchange is over."""
    (workshop / _JOURNAL).unlink()
    flush_folder(workshop)


def _open(path: Path, flags: int) -> int:
    """Open a file of ours. Raises PublicationError for anything else in its place."""
    with contextlib.suppress(FileNotFoundError):
        if not stat.S_ISREG(os.lstat(path).st_mode):  # a socket, or a link, would not even open
            raise _odd(path)
    descriptor = os.open(path, flags | SAFE, 0o644)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise _odd(path)
    return descriptor


def _odd(path: Path) -> PublicationError:
    return PublicationError("{path} n’est pas un fichier ordinaire : supprimez-le ou déplacez-le", path=path)


def _read(path: Path) -> bytes | None:
    """A file of ours, or None when it is missing."""
    try:
        descriptor = _open(path, os.O_RDONLY)
    except (FileNotFoundError, NotADirectoryError):
        return None
    try:
        return os.read(descriptor, _LONGEST)
    finally:
        os.close(descriptor)


def _draft(workshop: Path, data: bytes) -> Path:
    """A file of ours, whole, that has not its name yet: it takes it in one move."""
    draft = workshop / _DRAFT
    with contextlib.suppress(FileNotFoundError):
        os.close(_open(draft, os.O_RDONLY))  # left by a process that was killed
        draft.unlink()
    Writer(workshop).write(_DRAFT, data)
    return draft


def _lock(descriptor: int) -> None:
    """Take the lock of a file: the system frees it with the process. Raises PublicationError when another has it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno not in (errno.EWOULDBLOCK, errno.EACCES, errno.EDEADLK):
            raise
        message = (
            "une autre construction est en cours dans ce dossier : attendez qu’elle finisse, ou arrêtez-la "
            "(Ctrl-C dans son terminal)"
        )
        raise PublicationError(message) from error
