"""A few files of what was built replaced where they are, for an edit: the exchange of whole folders (publication.py) is for builds.

Each file is written whole beside its place, in which it is put in one move: who reads it has the old one or the new one. When one
cannot be put, those that were are put back. A process that is killed in between leaves old files and new ones, each whole: the next
build replaces both folders, as always. Nothing waits for the disk: what a power cut would lose, a build makes again.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from generator.diagnostics.wording import listed
from generator.site.failure import PublicationError
from generator.site.published import MARKER, PUBLISHED, numbers, refuse
from generator.site.workshop import WORKSHOP, enter, under_way
from generator.text.interface import count, say
from generator.writing import Change, OutsideError, inside, read, replace_together, segments


def patch(project: Path, made: Mapping[str, int], files: Mapping[str, bytes], removed: Collection[str] = ()) -> None:
    """Put files, by their paths in the project (`site/a/index.html`, `build/docs/a/index.md`), and remove some; the folders that are then
    empty go too. `made`: the numbers of both folders (`published.numbers`) when what is known of them was made.

    Raises PublicationError, before anything is replaced, for what only a whole build can replace: a folder that is not the one that was
    made, a link or another odd thing where a file should be. Raises OSError as the system does, with a note of what was replaced, if it
    is not nothing.
    """
    changes = list[Change]()
    with _told(project, changes), _locked(project):
        _refuse(project, made)
        changes += _changes(project, files, removed)
        replace_together(project, changes)
        for path in removed:
            _tidy(project / path)


@contextlib.contextmanager
def _locked(project: Path) -> Iterator[None]:
    """No other process builds meanwhile."""
    lock = enter(project / WORKSHOP)
    try:
        yield
    finally:
        os.close(lock)


def _refuse(project: Path, made: Mapping[str, int]) -> None:
    """Raise PublicationError when the folders are not those that were made."""
    refuse(project)
    if under_way(project / WORKSHOP) or numbers(project) != dict(made) or not all(made.get(name) for name in PUBLISHED):
        message = "{names} ne sont plus ceux de la dernière construction : il faut construire de nouveau"
        raise PublicationError(message, names=listed((f"{name}/" for name in PUBLISHED), "et"))


def _changes(project: Path, files: Mapping[str, bytes], removed: Collection[str]) -> Iterator[Change]:
    """What becomes of each file, and what is there now."""
    for path, after in (*files.items(), *((path, None) for path in removed)):
        folder, *names = segments(path)
        if folder not in PUBLISHED or not names or names == [MARKER]:
            raise OutsideError(f"{path!r} is not in what is built")
        try:
            before = read(inside(project, path))
        except (OutsideError, IsADirectoryError, NotADirectoryError) as error:
            message = "{path} n’est pas un fichier ordinaire : rien n’a été publié ; il faut construire de nouveau"
            raise PublicationError(message, path=project / path) from error
        if before != after:
            yield Change(path, before, after)


@contextlib.contextmanager
def _told(project: Path, changes: Collection[Change]) -> Iterator[None]:
    """What stops the replacement says what is replaced, as the disk shows it, in a note of the exception."""
    try:
        yield
    except BaseException as error:
        done = sum(_is(project, change) for change in changes)
        if done:
            message = "déjà à leur place : {done} sur {total}, chacun en entier ; la prochaine construction refera tout"
            error.add_note(say(message, done=count(done, "fichier"), total=len(changes)))
        raise


def _is(project: Path, change: Change) -> bool:
    """Whether a file is what it shall be."""
    try:
        return read(inside(project, change.path)) == change.after
    except (OSError, OutsideError):
        return False


def _tidy(place: Path) -> None:
    """Remove the folders of a file that is gone, as long as they are empty: the marker keeps the highest."""
    with contextlib.suppress(OSError):
        for folder in place.parents:
            folder.rmdir()
