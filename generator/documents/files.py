"""Files of the content → clean text: listed without following a link, read within a stated size, in UTF-8, or refused with a
sentence and a position.
"""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path

from generator.diagnostics.finding import Diagnostic, Position, fault
from generator.diagnostics.wording import reason
from generator.documents.cleaning import bad_indents, clean, normal, position_at
from generator.documents.kinds import DATA
from generator.documents.manner import AS_USUAL, MOST, Manner


def walk(root: Path, folder: str) -> list[tuple[str, bool]]:
    """The files under a folder, sorted, and whether each is a symbolic link; hidden ones are left out. A folder that
    cannot be listed stands in the list as itself.
    """
    pending, found = [folder], []
    while pending:
        current = pending.pop()
        if (root / current).is_symlink():
            found.append((current, True))
            continue
        try:
            with os.scandir(root / current) as entries:
                for entry in entries:
                    path = f"{current}/{entry.name}"
                    if entry.name.startswith("."):
                        continue
                    if entry.is_dir(follow_symlinks=False) and not path.endswith(DATA):
                        pending.append(path)
                    else:
                        found.append((path, entry.is_symlink()))
        except OSError:
            found.append((current, False))
    return sorted(found)


def read_text(root: Path, path: str) -> tuple[str | None, list[Diagnostic]]:
    """Read one text file as clean NFC text; None when it cannot be read."""
    data, diagnostics = read_bytes(root, path)
    return (None, diagnostics) if data is None else decode(path, data)


def read_bytes(root: Path, path: str, most: int = AS_USUAL.limits.bytes) -> tuple[bytes | None, list[Diagnostic]]:
    """The bytes of an ordinary file, at most one more than permitted; None when it cannot be read."""
    try:
        descriptor = os.open(root / path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
        with os.fdopen(descriptor, "rb") as stream:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise OSError(errno.ENXIO, "")
            return stream.read(most + 1), []
    except OSError as error:
        if error.errno == errno.ELOOP:
            message, hint = "Ceci est un lien symbolique : il n’est pas suivi.", "Remplacez-le par le fichier lui-même."
            return None, [fault("lien-symbolique", Position(path), message, hint)]
        message = "Ce fichier ne peut pas être lu ({reason})."
        hint = "Vérifiez qu’il existe et que vous avez le droit de le lire."
        return None, [fault("fichier-illisible", Position(path), message, hint, reason=reason(error))]


def read_whole(root: Path, path: str) -> bytes | None:
    """All the bytes of an ordinary file that a contract may permit, to change some of them; None when it cannot be read."""
    return read_bytes(root, path, MOST)[0]


def decode(path: str, data: bytes, manner: Manner = AS_USUAL) -> tuple[str | None, list[Diagnostic]]:
    """Bytes of a YAML file or of a page → clean text, or None when its indents cannot be read either."""
    text, diagnostics = decode_text(path, data, manner)
    indents = bad_indents(path, text or "")
    return (None if indents else text), diagnostics + indents


def decode_text(path: str, data: bytes, manner: Manner) -> tuple[str | None, list[Diagnostic]]:
    """Bytes of a text in UTF-8 → clean text, or None."""
    oversized = too_big(path, data, manner)
    if oversized is not None:
        return None, [oversized]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = normal(data[: error.start].decode("utf-8"))
        message = "Ce fichier n’est pas en UTF-8 (octet {byte} ici)."
        hint = "Enregistrez-le de nouveau en choisissant l’encodage UTF-8."
        place = position_at(path, before, len(before))
        return None, [fault("pas-en-utf8", place, message, hint, byte=f"{data[error.start]:02X}")]
    return clean(path, text, manner)


def too_big(path: str, data: bytes, manner: Manner) -> Diagnostic | None:
    """What is said of a file that passes the permitted size."""
    limit = manner.limits.bytes
    if len(data) <= limit:
        return None
    message, hint = "Ce fichier dépasse {limit} octets, la taille permise.", _SHARE
    if manner.taken:
        hint = "Partagez son contenu entre plusieurs fichiers, ou permettez-le dans le contrat de la table : content: {{…, limits: {{bytes: …}}}}"
    return fault("fichier-trop-gros", Position(path), message, hint, limit=limit)


_SHARE = "Partagez son contenu entre plusieurs fichiers."


def too_many(place: Position, manner: Manner) -> Diagnostic:
    """What is said of a file with more values than permitted, where they pass the limit."""
    message, hint = "Ce fichier contient plus de {limit} valeurs.", _SHARE
    if manner.taken:
        hint = "Partagez son contenu entre plusieurs fichiers, ou permettez-le dans le contrat de la table : content: {{…, limits: {{values: …}}}}"
    return fault("fichier-trop-gros", place, message, hint, limit=manner.limits.values)
