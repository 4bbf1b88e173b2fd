"""The two folders of a project that a build replaces: which they are, where each is now, what may not be replaced."""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from pathlib import Path

from generator.layout import BUILD, SITE
from generator.site.failure import PublicationError

PUBLISHED = (BUILD, SITE)
MARKER = ".fait-par-le-generateur"  # in each: it is ours


def numbers(folder: Path, names: Sequence[str] = PUBLISHED) -> dict[str, int]:
    """The number that the file system gives to each folder: it stays the same wherever the folder is moved; 0 for none."""
    return {name: _number(folder / name) for name in names}


def _number(folder: Path) -> int:
    try:
        found = os.lstat(folder)
    except (FileNotFoundError, NotADirectoryError):
        return 0
    return found.st_ino if stat.S_ISDIR(found.st_mode) else 0


def refuse(project: Path, names: Sequence[str] = PUBLISHED) -> None:
    """Raise PublicationError if one of the folders of a project may not be replaced: asked before the work, and after."""
    for name in names:
        _refuse_foreign(project / name)


def _refuse_foreign(target: Path) -> None:
    """Raise PublicationError for what may not be replaced: a link, a file, or a folder with something in it that we did not
    put there.
    """
    try:
        mode = os.lstat(target).st_mode
    except FileNotFoundError:
        return
    if stat.S_ISLNK(mode):
        raise PublicationError("{path} est un lien symbolique : rien n’a été publié ; supprimez-le", path=target)
    if not stat.S_ISDIR(mode):
        raise PublicationError("{path} n’est pas un dossier : rien n’a été publié ; déplacez-le", path=target)
    marker = target / MARKER
    if any(target.iterdir()) and (marker.is_symlink() or not marker.is_file()):
        raise PublicationError(
            "{path} contient autre chose qu’une construction précédente (il y manque {marker}) : "
            "rien n’a été publié ; videz ou déplacez ce dossier",
            path=target,
            marker=MARKER,
        )
