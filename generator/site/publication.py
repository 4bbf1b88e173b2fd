"""Old output or new output, never half: everything is built in a work directory, then exchanged in one move.

A failure, Ctrl-C or a full disk happens in the work directory and leaves what was published as it was. One build at a
time: a lock held by the system, which dies with the process, says so; what a killed build left is removed by the next.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import shutil
import sys
import tempfile
from pathlib import Path
from types import TracebackType
from typing import IO

from generator.site.failure import Failure
from generator.text.interface import say

WORKSHOP = ".atelier"
MARKER = ".fait-par-le-generateur"

_LOCK = "verrou"
_MARKER_TEXT = "Ce dossier est remplacé en entier à chaque construction : n’y rangez rien.\n"
_AT_FDCWD = -100
_RENAME_EXCHANGE = 2
# What renameat2 answers where the kernel or the file system cannot exchange.
_CANNOT_EXCHANGE = frozenset({errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP, errno.EPERM})


class PublicationError(Failure):
    """Nothing was published; the sentence says what to do."""


class Staging:
    """`with Staging(project) as folder:` gives an empty work directory on the disk of `project`, removed on leaving.

    Raises PublicationError when another process is building.
    """

    def __init__(self, project: Path) -> None:
        self.workshop = project / WORKSHOP
        self._lock: IO[str] | None = None
        self._folder: Path | None = None

    def __enter__(self) -> Path:
        if self.workshop.is_symlink():
            message = "{path} est un lien symbolique : supprimez-le, le générateur le recréera"
            raise PublicationError(message, path=self.workshop)
        self.workshop.mkdir(exist_ok=True)
        self._lock = _acquire(self.workshop / _LOCK)
        try:
            (self.workshop / ".gitignore").write_text("*\n", encoding="utf-8", newline="")
            for stale in sorted(self.workshop.iterdir()):
                if stale.is_dir() and not stale.is_symlink():
                    shutil.rmtree(stale, ignore_errors=True)
            self._folder = Path(tempfile.mkdtemp(dir=self.workshop))
            self._folder.chmod(0o755)
        except BaseException:
            self._leave()
            raise
        return self._folder

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._leave()

    def _leave(self) -> None:
        try:
            if self._folder is not None:
                shutil.rmtree(self._folder, ignore_errors=True)
        finally:
            if self._lock is not None:
                self._lock.close()
            self._folder = self._lock = None


def exchange(new: Path, target: Path) -> None:
    """Put the folder `new` at `target`, and what was there at the place of `new`; readers see one or the other, whole.

    Both must be on one disk. Refuses (PublicationError) a `target` that is a link, a file, or a folder with something
    in it that this function did not put there.
    """
    refuse_foreign(target)
    (new / MARKER).write_text(say(_MARKER_TEXT), encoding="utf-8", newline="")
    target.parent.mkdir(parents=True, exist_ok=True)
    _flush(new)
    if not target.exists():
        new.rename(target)
    elif not _exchange_at_once(new, target):
        _exchange_in_two_moves(new, target)
    for folder in {target.parent, new.parent}:
        _flush_folder(folder)


def refuse_foreign(target: Path) -> None:
    """Raise PublicationError for a target that `exchange` would not replace."""
    if target.is_symlink():
        raise PublicationError("{path} est un lien symbolique : rien n’a été publié ; supprimez-le", path=target)
    if not target.exists():
        return
    if not target.is_dir():
        raise PublicationError("{path} est un fichier : rien n’a été publié ; déplacez-le", path=target)
    if any(target.iterdir()) and not (target / MARKER).is_file():
        raise PublicationError(
            "{path} contient autre chose qu’une construction précédente (il y manque {marker}) : "
            "rien n’a été publié ; videz ou déplacez ce dossier",
            path=target,
            marker=MARKER,
        )


def _exchange_at_once(new: Path, target: Path) -> bool:
    """Linux: one system call swaps the two names. False where it is not to be had."""
    if not sys.platform.startswith("linux"):
        return False
    call = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if call is None:
        return False
    if call(_AT_FDCWD, os.fsencode(new), _AT_FDCWD, os.fsencode(target), ctypes.c_uint(_RENAME_EXCHANGE)) == 0:
        return True
    code = ctypes.get_errno()
    if code in _CANNOT_EXCHANGE:
        return False
    raise OSError(code, os.strerror(code), str(target))


def _exchange_in_two_moves(new: Path, target: Path) -> None:
    """Elsewhere: the old output steps aside and comes back if the new one cannot take its place."""
    aside = new.with_name(f"{new.name}-ancien")
    target.rename(aside)
    try:
        new.rename(target)
    except BaseException:
        aside.rename(target)
        raise
    aside.rename(new)


def _acquire(path: Path) -> IO[str]:
    """Open the lock file and hold its lock until it is closed."""
    file = path.open("a+", encoding="utf-8", newline="")
    try:
        if sys.platform == "win32":
            import msvcrt

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        file.close()
        raise PublicationError(
            "une autre construction est en cours dans ce dossier : attendez qu’elle finisse, "
            "ou arrêtez-la (Ctrl-C dans son terminal)"
        ) from error
    return file


def _flush(folder: Path) -> None:
    """Have every file of `folder` on the disk before its name changes: at once on Linux, file by file elsewhere."""
    if sys.platform.startswith("linux"):
        syncfs = getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None)
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            if syncfs is not None:
                if syncfs(descriptor) == 0:
                    return
                code = ctypes.get_errno()
                if code in {errno.ENOSPC, errno.EIO, errno.EDQUOT}:
                    raise OSError(code, os.strerror(code), str(folder))
        finally:
            os.close(descriptor)
    for root, _, names in os.walk(folder):
        for name in names:
            with Path(root, name).open("rb+") as file:
                os.fsync(file.fileno())
        _flush_folder(Path(root))


def _flush_folder(folder: Path) -> None:
    """A folder's names on the disk; where folders cannot be opened (Windows), the system sees to it."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
