"""The files of a source, taken as those of a stranger: none through a link or outside its folder, none too big."""

from __future__ import annotations

from pathlib import Path

from generator.documents.files import read_bytes
from generator.documents.manner import Limits
from generator.importing.model import Refused
from generator.text.interface import sentence
from generator.writing import OutsideError, inside

LARGEST = Limits(bytes=50_000_000, values=5_000_000)  # of one file


def taken(folder: Path, place: str) -> bytes:
    """The bytes of a file under a folder. Raises Refused."""
    try:
        inside(folder, place)
    except OutsideError as error:
        message = "{path} : ce chemin sort du dossier de la source, ou passe par un lien : il n’est pas suivi."
        raise Refused(sentence(message, path=place)) from error
    data, _ = read_bytes(folder, place, LARGEST.bytes)
    if data is None:
        raise Refused(sentence("{path} : ce fichier n’est pas là, ou ne peut pas être lu.", path=place))
    if len(data) > LARGEST.bytes:
        raise Refused(sentence("Plus de {n} Mo. Coupez ce fichier.", n=LARGEST.bytes // 1_000_000))
    return data
