"""Words that several sentences share: lists, and why the system refuses."""

from __future__ import annotations

import errno
from collections.abc import Iterable

from generator.text.french import NARROW_SPACE

_REASONS = {
    errno.ENOENT: "il n’existe pas",
    errno.EACCES: "vous n’en avez pas le droit",
    errno.EPERM: "vous n’en avez pas le droit",
    errno.EISDIR: "c’est un dossier",
    errno.ENOSPC: "le disque est plein",
    errno.EDQUOT: "votre quota est atteint",
    errno.EROFS: "le disque est en lecture seule",
    errno.EIO: "le disque ne répond pas",
    errno.ENAMETOOLONG: "son nom est trop long",
    errno.ENXIO: "ce n’est pas un fichier ordinaire",
}


def reason(error: OSError) -> str:
    """Why the system refuses, in French; its own words when we have none."""
    return _REASONS.get(error.errno or 0) or error.strerror or str(error)


def listed(words: Iterable[str], last: str = "ou") -> str:
    """« a », « b » ou « c », cut after eight."""
    quoted = [f"«{NARROW_SPACE}{word}{NARROW_SPACE}»" for word in words]
    if len(quoted) > 8:
        return ", ".join(quoted[:8]) + f" {last} d’autres"
    return f" {last} ".join([", ".join(quoted[:-1]), quoted[-1]]) if len(quoted) > 1 else "".join(quoted)
