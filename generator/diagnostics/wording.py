"""Words that several sentences share: lists, and why the system refuses."""

from __future__ import annotations

import errno
from collections.abc import Iterable, Sequence
from itertools import islice

from generator.diagnostics.finding import kept
from generator.text.interface import say

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
    errno.EADDRINUSE: "il est déjà pris",
    errno.ENXIO: "ce n’est pas un fichier ordinaire",
    errno.EFBIG: "le système ne permet pas un fichier aussi gros",
    errno.EMFILE: "trop de fichiers sont ouverts",
    errno.ENFILE: "trop de fichiers sont ouverts sur cette machine",
    errno.ENOMEM: "la mémoire manque",
    errno.EBUSY: "il est occupé",
    errno.ESTALE: "le disque partagé ne répond plus",
    errno.ETIMEDOUT: "le disque ne répond pas à temps",
    errno.ENODEV: "le disque n’est plus là",
    errno.ENOLCK: "le disque ne permet pas de verrou",
    errno.EXDEV: "il est sur un autre disque",
}

# What is no fault of ours when writing fails: the machine, its disk, its rights. A path that is wrong (ENOENT, EEXIST,
# ENOTDIR, EINVAL…) is not there: it comes from our code.
MACHINE = frozenset(
    {
        *(errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EBUSY),
        *(errno.EMFILE, errno.ENFILE, errno.ENOMEM, errno.ESTALE, errno.ETIMEDOUT, errno.ENODEV, errno.ENOLCK),
        errno.EXDEV,  # a mount point, a frozen layer of a container
    }
)


def reason(error: OSError) -> str:
    """Why the system refuses, in French; its own words when we have none."""
    known = _REASONS.get(error.errno or 0, "")
    return say(known) if known else error.strerror or str(error)


def listed(words: Iterable[str], last: str = "ou") -> str:
    """« a », « b » ou « c », cut after eight; `last` is « ou », « et » or « avec »."""
    quoted = [say("« {word} »", word=kept(word)) for word in islice(words, MOST + 1)]
    if len(quoted) < 2:
        return "".join(quoted)
    ends = quoted[:-1], quoted[-1]
    if len(quoted) > MOST:
        ends = quoted[:MOST], say("d’autres")
    return say(_LAST[last], most=", ".join(ends[0]), last=ends[1])


def joined(words: Sequence[str]) -> str:
    """« a, b et c », as they are."""
    return say(_LAST["et"], most=", ".join(words[:-1]), last=words[-1]) if len(words) > 1 else "".join(words)


MOST = 8
_LAST = {"ou": "{most} ou {last}", "et": "{most} et {last}", "avec": "{most} avec {last}"}
