"""`generator comment`: what the verification of a request gave, from a folder or the archive of an artefact, as the text of one
comment. Nothing of it is run, nothing is unpacked: a few files are read, each within bounds.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import click

from generator.commands.usage import Command, Misuse, Option
from generator.diagnostics.comments import LONGEST_PART, PARTS, REPORT, composed
from generator.documents.files import read_bytes
from generator.text.interface import sentence

_RUN = r"https://[\w.-]+/[\w.-]+/[\w.-]+/actions/runs/[0-9]+"


def run(root: Path, source: str, lien: str | None, conclusion: str | None, numero: bool) -> int:
    """Compose, or tell the number of the request alone; the project has no say in it."""
    if lien and not re.fullmatch(_RUN, lien):
        raise Misuse(sentence("--lien : « {text} » n’est pas l’adresse d’une exécution", text=lien))
    parts = _folder(Path(source)) if Path(source).is_dir() else _archive(Path(source))
    if not numero:
        click.echo(composed(parts, lien or "", conclusion == "success" if conclusion else None), nl=False)
        return 0
    told = parts.get("numero.txt", "").strip()
    if not re.fullmatch("[1-9][0-9]{0,8}", told, re.ASCII):
        raise Misuse(sentence("{source} : le numéro de la demande manque, ou n’en est pas un", source=source))
    click.echo(told)
    return 0


def _folder(folder: Path) -> dict[str, str]:
    found = {name: read_bytes(folder, name)[0] for name in PARTS}
    return {name: _decoded(data) for name, data in found.items() if data is not None}


def _archive(path: Path) -> dict[str, str]:
    """The parts of the archive of a request, by their exact names: no report, which a request does not make. No more is read
    of each than what is permitted.
    """
    found = {}
    try:
        with zipfile.ZipFile(path) as archive:
            for name in set(archive.namelist()).intersection(PARTS) - {REPORT}:
                with archive.open(name) as stream:
                    found[name] = _decoded(stream.read(LONGEST_PART + 1))
    except (OSError, zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, ValueError) as error:
        message = "{source} : ce n’est ni un dossier ni une archive que l’on puisse lire"
        raise Misuse(sentence(message, source=path)) from error
    return found


def _decoded(data: bytes) -> str:
    return data[:LONGEST_PART].decode("utf-8", "replace")


_LINK = sentence("adresse de l’exécution, où l’aperçu se télécharge")
_ENDED = sentence("comment l’exécution a fini : success, ou autre chose")
_NUMBER = sentence("ne dit que le numéro de la demande, s’il en est un")
_OPTIONS = (
    click.Argument(["source"], metavar="MESSAGES"),
    Option(["--lien"], metavar="ADRESSE", told=_LINK),
    Option(["--conclusion"], metavar="MOT", told=_ENDED),
    Option(["--numero"], is_flag=True, told=_NUMBER),
)
command = Command("comment", run, "Fait, de ce qu’a donné une vérification, le texte d’un commentaire.", *_OPTIONS)
