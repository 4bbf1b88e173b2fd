"""A project as git keeps it at a revision."""

from __future__ import annotations

import io
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from generator.layout import CONTENT, PACKAGES, SETTINGS


class UnknownRevision(Exception):
    """A revision that the repository of a project does not hold, or a project without repository."""


@contextmanager
def at_revision(root: Path, revision: str) -> Iterator[Path]:
    """The content, the contracts and the settings of a project as they were at a revision, in a folder that lasts as long as
    the context. Links are not followed. Raises UnknownRevision.
    """
    commit = (
        _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}").decode().strip()
    )
    listed = _git(root, "ls-tree", "--name-only", commit, "--", CONTENT, PACKAGES, SETTINGS).decode().split("\n")
    kept = [name for name in (CONTENT, PACKAGES, SETTINGS) if name in listed]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if kept:
            archive = _git(root, "archive", "--format=tar", commit, "--", *kept)
            with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
                for member in tar:
                    if member.isfile() or member.isdir():
                        tar.extract(member, folder, filter="data")
        yield folder


def _git(root: Path, *arguments: str) -> bytes:
    try:
        done = subprocess.run(("git", "-C", str(root), *arguments), capture_output=True, check=False)
    except OSError as error:
        raise UnknownRevision from error
    if done.returncode != 0:
        raise UnknownRevision
    return done.stdout
