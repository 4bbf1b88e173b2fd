"""Old output or new output, never half: everything is built in a work directory, then both folders are exchanged.

A failure, Ctrl-C or a full disk happens in the work directory and leaves what was published as it was. The two exchanges are
two moves: a journal is written before the first, and what stops them in between is finished by the next run, which says so.
One build at a time: a lock held by the system, which dies with the process, says so; what a killed build left is removed by
the next.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import TracebackType

from generator.diagnostics.wording import listed
from generator.layout import BUILD
from generator.site.disk import flush_folder, swap, sync_disk
from generator.site.failure import PublicationError
from generator.site.published import MARKER, PUBLISHED, numbers, refuse
from generator.site.workshop import (
    STAGED,
    WORKSHOP,
    Journal,
    enter,
    erase_journal,
    read_journal,
    under_way,
    write_journal,
)
from generator.text.interface import say
from generator.writing import Writer

_MARKER_TEXT = "Ce dossier est remplacé en entier à chaque construction : n’y rangez rien.\n"

Tell = Callable[[str], None]


class Staging:
    """`with Staging(project) as folder:` gives an empty work directory on the disk of `project`, removed on leaving. An
    exchange that was stopped is finished first, and `tell` is given a sentence that says so.

    Raises PublicationError when another process is building, or when the working folder is not what it should be.
    """

    def __init__(self, project: Path, tell: Tell = lambda told: None) -> None:
        self.workshop = project / WORKSHOP
        self.tell = tell
        self._lock: int | None = None
        self._folder: Path | None = None

    def __enter__(self) -> Path:
        self._lock = enter(self.workshop)
        try:
            _resume(self.workshop, self.tell)
            for stale in sorted(self.workshop.glob(f"{STAGED}*")):
                if not stale.is_symlink():
                    shutil.rmtree(stale, ignore_errors=True)
            self._folder = Path(tempfile.mkdtemp(prefix=STAGED, dir=self.workshop))
            self._folder.chmod(0o755)
        except BaseException:
            self._leave()
            raise
        return self._folder

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        lost = isinstance(error, FileNotFoundError) and self._folder is not None and not self._folder.exists()
        self._leave()
        if lost:
            message = "{path} a été effacé pendant la construction : recommencez"
            raise PublicationError(message, path=self.workshop) from error

    def _leave(self) -> None:
        try:
            if self._folder is not None and not under_way(self.workshop):
                shutil.rmtree(self._folder, ignore_errors=True)
        finally:
            if self._lock is not None:
                os.close(self._lock)
            self._folder = self._lock = None


def publish(staging: Path, names: Sequence[str] = PUBLISHED) -> None:
    """Put the folders `names` of a work directory at their places in the project, and the old ones in the work directory.

    Refuses (PublicationError) before anything is replaced. An OSError may come at any point: `replaced` tells what was.
    """
    workshop, project = staging.parent, staging.parent.parent
    refuse(project, names)
    for name in names:
        Writer(staging / name).write(MARKER, say(_MARKER_TEXT))
    _flush(staging)
    before = numbers(project, names)
    journal = Journal(staging.name, numbers(staging, names))
    try:
        write_journal(workshop, journal)
        _complete(workshop, journal, names)
    except BaseException:
        if numbers(project, names) == before and under_way(workshop):  # there is nothing to finish
            erase_journal(workshop)
        raise


def refresh(staging: Path, part: str) -> None:
    """Put one folder of a work directory, `build/<part>`, at its place in what was built, which is begun if there is none.
    Raises PublicationError, before anything is replaced, for a place that is not ours.
    """
    project, target = staging.parent.parent, staging.parent.parent / BUILD / part
    refuse(project, [BUILD])
    if target.is_symlink() or (target.exists() and not target.is_dir()):
        raise PublicationError("{path} n’est pas un dossier : supprimez-le ou déplacez-le", path=target)
    if not (project / BUILD / MARKER).exists():
        Writer(project / BUILD).write(MARKER, say(_MARKER_TEXT))
    _put(staging / BUILD / part, target)


def finish(project: Path, tell: Tell) -> None:
    """Finish an exchange that was stopped between the two folders, if there is one."""
    if under_way(project / WORKSHOP):
        with Staging(project, tell):
            pass


def _resume(workshop: Path, tell: Tell) -> None:
    journal = read_journal(workshop)
    if journal is None:
        return
    done = _waiting(workshop, journal)
    _complete(workshop, journal, done)
    if done:
        message = "{names} remplacé, ce qu’un arrêt avait empêché"
        both = "{names} remplacés, ce qu’un arrêt avait empêché"
        tell(say(both if len(done) > 1 else message, names=_folders(done)))


def _waiting(workshop: Path, journal: Journal) -> list[str]:
    """What of an exchange under way is not yet at its place: it is still where it was made."""
    now = numbers(workshop / journal.folder)
    return [name for name in PUBLISHED if now[name] and now[name] == journal.numbers.get(name)]


def _complete(workshop: Path, journal: Journal, names: Sequence[str]) -> None:
    """Exchange folders, have their names on the disk, end the journal."""
    project, staging = workshop.parent, workshop / journal.folder
    for name in names:
        refuse(project, [name])
        _put(staging / name, project / name)
    for folder in (project, staging):
        if folder.is_dir():
            flush_folder(folder)
    erase_journal(workshop)


@contextlib.contextmanager
def replaced(project: Path) -> Iterator[None]:
    """Whatever stops what is done inside says what was replaced, as the disk shows it, in a note of the exception."""
    before = numbers(project)
    try:
        yield
    except BaseException as error:
        now = numbers(project)
        names = [name for name in PUBLISHED if now[name] not in (0, before[name])]
        journal = read_journal(project / WORKSHOP)
        for told in _told(names, _waiting(project / WORKSHOP, journal) if journal else ()):
            error.add_note(told)
        raise


def _told(names: Sequence[str], waiting: Sequence[str]) -> Iterator[str]:
    if names:
        message = "{names} sont remplacés, en entier" if len(names) > 1 else "{names} est remplacé, en entier"
        yield say(message, names=_folders(names))
    if waiting:
        yield say("la prochaine construction remplacera {names}", names=_folders(waiting))


def _folders(names: Sequence[str]) -> str:
    return listed((f"{name}/" for name in names), "et")


def _put(new: Path, target: Path) -> None:
    """Put a folder at `target`, and what was there at the place of `new`; readers see one or the other, whole."""
    if not target.exists():
        new.rename(target)
    elif not _exchange_at_once(new, target):
        _exchange_in_two_moves(new, target)


def _exchange_at_once(new: Path, target: Path) -> bool:
    """Linux: one system call swaps the two names. False where it is not to be had."""
    return sys.platform.startswith("linux") and swap(new, target)


def _exchange_in_two_moves(new: Path, target: Path) -> None:
    """Elsewhere: the old output steps aside and comes back if the new one cannot take its place."""
    aside = new.with_name(f"{new.name}-ancien")
    try:
        target.rename(aside)
        new.rename(target)
    except BaseException:
        if not target.exists():
            aside.rename(target)
        raise
    aside.rename(new)


def _flush(folder: Path) -> None:
    """Have every file of `folder` on the disk before its name changes: at once on Linux, file by file elsewhere."""
    if sys.platform.startswith("linux") and sync_disk(folder):
        return
    for root, _, names in os.walk(folder):
        for name in names:
            descriptor = os.open(Path(root, name), os.O_RDWR)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
        flush_folder(Path(root))
