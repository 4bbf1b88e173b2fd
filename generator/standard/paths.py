"""What a descriptor may point to: an address of the web, which nothing here opens, or a file beside it, never above, hidden or through a
link (https://datapackage.org/standard/glossary/#url-or-path).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from generator.diagnostics.finding import Diagnostic, Position, fault
from generator.diagnostics.wording import reason
from generator.text.interface import Sentence, sentence
from generator.writing import OutsideError, inside

PATH = "paquet-chemin"
LONGEST = 4_000  # characters of a path
_REMOTE = re.compile(r"(?:https?|ftps?)://[^\s/?#]\S*+\Z", re.IGNORECASE)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")
_DRIVE = re.compile(r"[A-Za-z]:[\\/]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def is_remote(text: str) -> bool:
    """Whether a path is an address of the web."""
    return _REMOTE.match(text) is not None


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a path is refused, what to do, and what is to be written when that is clear."""

    why: Sentence
    hint: Sentence
    meant: str = ""


def refusal(text: str) -> Refusal | None:
    """What is wrong with a path that a descriptor writes; None for a relative one that stays below, and for an address."""
    if is_remote(text):
        return None
    below = sentence("Les données d’un paquet se trouvent dans son dossier : écrivez leur chemin à partir de là.")
    if not text or _CONTROL.search(text) or len(text) > LONGEST:
        return Refusal(sentence("ce n’est pas un chemin"), below)
    if "\\" in text and not _DRIVE.match(text):
        hint = sentence("Un chemin s’écrit avec des barres « / », sous tous les systèmes.")
        return Refusal(sentence("il contient une barre oblique inverse"), hint, text.replace("\\", "/"))
    if text.startswith(("/", "~")) or _DRIVE.match(text):
        return Refusal(sentence("c’est un chemin absolu, propre à une machine"), below)
    if _SCHEME.match(text):
        hint = sentence(
            "Une adresse commence par http://, https://, ftp:// ou ftps:// ; un chemin n’a pas de deux-points au début."
        )
        return Refusal(sentence("ce n’est ni un chemin ni une adresse que permet la norme"), hint)
    return _steps(text, below)


def _steps(text: str, below: Sentence) -> Refusal | None:
    """What is wrong with one of the folders of a relative path."""
    steps = text.split("/")
    if ".." in steps:
        return Refusal(sentence("il sort du dossier du paquet"), below)
    if "." in steps:
        plain = "/".join(step for step in steps if step != ".")
        return Refusal(sentence("il passe par « . »"), sentence("Écrivez-le sans."), plain)
    if any(step.startswith(".") for step in steps):
        hint = sentence(
            "Renommez ce fichier ou ce dossier : ce qui commence par un point est caché et se perd à la copie."
        )
        return Refusal(sentence("il désigne un fichier ou un dossier caché"), hint)
    return None


def refused(text: str, place: Position) -> Diagnostic | None:
    """The fault of a path, as it is written."""
    found = refusal(text)
    if found is None:
        return None
    message = "« {path} » n’est pas permis : {why}." if text else "Ce chemin est vide."
    return fault(PATH, place, message, "{todo}", found.meant, path=text, why=found.why, todo=found.hint)


def located(folder: Path, text: str, place: Position) -> Path | Diagnostic:
    """The ordinary file that a path names below a folder, or the fault of the path: nothing is opened. The path is relative and permitted."""
    try:
        path = inside(folder, re.sub("/+", "/", text))
        if path.is_file():
            path.stat()
            return path
    except OutsideError as error:
        if not error.path:
            return fault(PATH, place, "« {path} » ne désigne pas un fichier.", "Corrigez ce chemin.", path=text)
        message = "« {path} » passe par un lien symbolique, qui peut mener hors du paquet : il n’est pas suivi."
        return fault(PATH, place, message, "Remplacez le lien par le fichier lui-même.", path=text)
    except (OSError, ValueError) as error:
        why = reason(error) if isinstance(error, OSError) else sentence("ce n’est pas un chemin")
        return fault(PATH, place, "« {path} » ne peut pas être lu ({why}).", "Vérifiez vos droits.", path=text, why=why)
    message, hint = "Le fichier « {path} » n’est pas dans le paquet.", "Ajoutez-le, ou corrigez son chemin."
    if path.is_dir():
        message, hint = "« {path} » est un dossier.", "Nommez ses fichiers, dans une liste s’il y en a plusieurs."
    elif path.exists():
        message, hint = "« {path} » n’est pas un fichier ordinaire.", "Mettez-y le fichier lui-même."
    return fault(PATH, place, message, hint, _sibling(folder, text), path=text)


def _sibling(folder: Path, text: str) -> str:
    """A file of the same folder whose name differs by the case of its letters only, or ""."""
    before, _, name = text.rpartition("/")
    try:
        alike = [each.name for each in (folder / before).iterdir() if each.name.casefold() == name.casefold()]
    except (OSError, ValueError):
        return ""
    return "/".join(filter(None, (before, alike[0]))) if alike and alike[0] != name else ""
