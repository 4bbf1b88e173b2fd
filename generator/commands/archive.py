"""`generator archive`: the archives of the versions that were released, at their places on a built site."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.authoring.together import replace
from generator.catalogue.elsewhere import digest
from generator.catalogue.project import read_project
from generator.commands.usage import Command, Folder, Option
from generator.contracts.hosting import hosted
from generator.site import manifest
from generator.text.characters import on_one_line
from generator.text.interface import Sentence, count, say, sentence
from generator.writing import Writer

if TYPE_CHECKING:
    from generator.changes.archives import Archive

SUMS = "SHA256SUMS"


def run(root: Path, vers: Path, deja: Path | None, liste: str | None) -> int:
    """Build the archives, check them all, then place them."""
    with tempfile.TemporaryDirectory() as folder:
        return _run(root, vers, deja, liste, Path(folder))


def _run(root: Path, vers: Path, deja: Path | None, liste: str | None, folder: Path) -> int:
    from generator.changes.archives import NoArchive, archives, rebuilt  # slow imports: not for the help

    project = read_project(root, hosted=hosted(os.environ))
    if project.faulty:
        return _refused(sentence("Corrigez d’abord les fautes que dit « generator check »."))
    try:
        found = archives(project, deja, folder)
    except NoArchive as error:
        return _refused(error.told)
    for archive in found:
        place = vers / archive.path
        if place.exists() and digest(place) != digest(archive.file):
            message = "{path} est déjà là et dit autre chose : une archive publiée ne change pas."
            return _refused(sentence(message, path=archive.path))
    writer = Writer(vers)
    for archive in found:
        if not (vers / archive.path).exists():
            writer.copy(archive.file, archive.path)
            writer.write(_sums_file(archive.path), _sums(archive))
    places = [archive.path for archive in found]
    manifest.place(vers, [*places, *map(_sums_file, places)])
    new = tuple(rebuilt(found))
    if liste is not None:
        told = "".join(f"{archive.tag}\t{archive.commit}\t{archive.path}\n" for archive in new)
        replace(Path(liste).parent, Path(liste).name, told.encode())
    placed = count(len(found), "archive placée", "archives placées")
    click.echo(say("{placed} ; à publier : {new}.", placed=placed, new=len(new)), err=True)
    return 0


def _sums(archive: Archive) -> str:
    return f"{digest(archive.file)}  {archive.path.rpartition('/')[2]}\n"


def _sums_file(path: str) -> str:
    """Where the sums of an archive are."""
    return f"{path.rpartition('/')[0]}/{SUMS}"


def _refused(said: Sentence) -> int:
    click.echo(on_one_line(str(said)), err=True)
    click.echo(say("Aucune archive n’a été placée."), err=True)
    return 1


_TO = sentence("le site construit, où elles vont")
_ALREADY = sentence("un dossier d’archives déjà publiées, qui sont reprises telles quelles")
_LIST = sentence("un fichier où noter celles qui ne sont pas encore publiées : étiquette, commit, chemin dans le site")
command = Command(
    "archive",
    run,
    "Place dans un site construit l’archive de chaque version, refaite d’après git et comparée à son empreinte.",
    Option(["--vers"], type=Folder(), default=Path("site"), metavar="DOSSIER", told=_TO),
    Option(["--deja"], type=Folder(), metavar="DOSSIER", told=_ALREADY),
    Option(["--liste"], metavar="FICHIER", told=_LIST),
)
