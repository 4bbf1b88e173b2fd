"""A project as git keeps it at a revision."""

from __future__ import annotations

import tarfile
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from generator.layout import BUILD, CONTENT, PACKAGES, SETTINGS, SITE
from generator.site.tools import run
from generator.text.language import speaking, spoken


class UnknownRevision(Exception):
    """A revision that the repository of a project does not hold, or a project without repository."""


@contextmanager
def at_revision(root: Path, revision: str) -> Iterator[Path]:
    """The content, the contracts and the settings of a project as they were at a revision, in a folder that lasts as long as
    the context. Links are left out. Raises UnknownRevision.
    """
    commit = commit_of(root, revision)
    listed = _git(root, ("ls-tree", "--name-only", commit, "--", CONTENT, PACKAGES, SETTINGS)).split("\n")
    kept = [name for name in (CONTENT, PACKAGES, SETTINGS) if name in listed]
    with tempfile.TemporaryDirectory() as name:
        folder, archive = Path(name, "projet"), Path(name, "archive.tar")
        if kept:
            _extract(root, commit, kept, archive, folder)
        else:
            folder.mkdir()
        with speaking(spoken()):  # whatever that of the project was then
            yield folder


def whole_at_revision(root: Path, revision: str, folder: Path) -> None:
    """Write in a new folder all that git keeps of a project at a revision; links are left out. Raises UnknownRevision."""
    commit = commit_of(root, revision)
    with tempfile.TemporaryDirectory() as name:
        _extract(root, commit, (), Path(name, "archive.tar"), folder)


def standing(root: Path) -> tuple[str, bool]:
    """The commit of a project as it is, and whether what a build reads differs from it; "" without a repository."""
    others = [f":(exclude){folder}" for folder in (BUILD, SITE)]
    told = ("status", "--porcelain", "--untracked-files=normal", "--ignore-submodules=none", "--", ".", *others)
    ignored = ("ls-files", "-z", "--others", "--ignored", "--exclude-standard", "--", CONTENT, PACKAGES, SETTINGS)
    try:
        commit = commit_of(root, "HEAD")
        return commit, bool(_git(root, told).strip()) or any(map(_read, _git(root, ignored).split("\0")))
    except UnknownRevision:
        return "", False


def _read(path: str) -> bool:
    """Whether a build reads a file of the content: none that is hidden."""
    return bool(path) and not any(name.startswith(".") for name in path.split("/"))


def _extract(root: Path, commit: str, kept: Sequence[str], archive: Path, folder: Path) -> None:
    folder.mkdir()
    _git(root, ("archive", "--format=tar", f"--output={archive}", commit, *(("--", *kept) if kept else ())))
    with tarfile.open(archive) as tar:
        for member in tar:
            if member.isfile() or member.isdir():
                tar.extract(member, folder, filter="data")


def commit_of(root: Path, revision: str) -> str:
    """The commit of a revision. Raises UnknownRevision."""
    return _git(root, ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")).strip()


def commits(root: Path, revisions: str, *paths: str) -> list[str]:
    """The commits of a range that touched these paths of a project, the newest first. Raises UnknownRevision."""
    told = ("log", "--no-show-signature", "--format=%H", "--end-of-options", revisions, "--", *paths)
    return _git(root, told).split()


def text_at(root: Path, commit: str, path: str) -> str:
    """A file of a project as it was at a commit, "" when it was not there. Raises UnknownRevision."""
    if not _git(root, ("ls-tree", "--name-only", commit, "--", path)).strip():
        return ""
    return _git(root, ("show", "--no-show-signature", "--end-of-options", f"{commit}:./{path}"))


def _git(root: Path, arguments: Sequence[str]) -> str:
    """What git says. `--output` of archive is a path of ours, absolute."""
    try:
        done = run(("git", "-C", str(root), *arguments))
    except OSError as error:
        raise UnknownRevision from error
    if done.returncode != 0:
        raise UnknownRevision
    return done.stdout
