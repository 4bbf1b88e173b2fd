"""Beginning a folder: all its first files or none, in a place that holds nothing yet."""

from __future__ import annotations

import os
from collections.abc import Mapping as Map
from contextlib import suppress
from pathlib import Path

from generator.authoring.together import Change, replace_together


def vacant(folder: Path) -> bool:
    """Whether a folder can be begun: not there yet, or empty but for the history that git has just begun."""
    try:
        return {entry.name for entry in os.scandir(folder)} <= {".git"}
    except FileNotFoundError:
        return not folder.is_symlink()
    except NotADirectoryError:
        return False


def begin(root: Path, files: Map[str, bytes]) -> None:
    """Write the first files of a folder, all of them or none: what was made, folders included, is taken away when one cannot be
    written. Raises as replace_together does.
    """
    missing = [folder for folder in (root, *root.parents) if not folder.exists()]
    try:
        replace_together(root, [Change(path, None, content) for path, content in files.items()])
    except BaseException:
        inner = {place for path in files for place in (root / path).parents if root in place.parents}
        for place in (*sorted(inner, reverse=True), *missing):
            with suppress(OSError):  # it holds something else, or was not made
                place.rmdir()
        raise
