"""`generator import`: a project made of what somebody has; what was decided, left alone and refused is told, then what the check says."""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import click

from generator.commands.check import checked_project, proven, tell
from generator.commands.usage import Argument, Command, Misuse
from generator.importing.model import Refused, Source
from generator.text.characters import on_one_line
from generator.text.interface import say, sentence
from generator.writing import Writer


def run(root: Path, source: str, dossier: str, titre: str | None) -> int:
    """Read a source, make a project of it, check it; the exit code."""
    from generator.importing import report, site
    from generator.importing.reading import read_source

    target = root / dossier
    _free(target)
    try:
        found = read_source(Path(source))
    except Refused as refusal:
        click.echo(say("{told} Rien n’a été écrit.", told=refusal.told), err=True)
        return 1
    found.title = titre or found.title
    _make(target, site.files(found))
    for line in report.lines(found):
        click.echo(on_one_line(line))
    return _checked(target, found)


def _free(target: Path) -> None:
    """The folder to make is not there, or is empty."""
    if target.is_symlink() or (target.exists() and (not target.is_dir() or any(target.iterdir()))):
        raise Misuse(sentence("« {path} » existe déjà et n’est pas un dossier vide", path=target))
    if not target.parent.is_dir():
        raise Misuse(sentence("le dossier « {path} » n’existe pas", path=target.parent))


def _make(target: Path, files: Mapping[str, bytes]) -> None:
    """Write the files of a project in a folder of its own, all or none."""
    with staged(target) as folder:
        writer = Writer(folder)
        for path, data in files.items():
            writer.write(path, data)


@contextmanager
def staged(target: Path) -> Iterator[Path]:
    """A folder beside the one to make, which takes its place when all went well and is removed when it did not."""
    folder = target.parent / f".{target.name}.{secrets.token_hex(6)}"
    folder.mkdir()
    try:
        yield folder
        if target.is_dir():
            target.rmdir()
        folder.rename(target)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


def _checked(target: Path, source: Source) -> int:
    """What the check says of what was made; the exit code."""
    project = proven(checked_project(target))
    click.echo("")
    tell(project.diagnostics, "text", target)
    if project.faulty:
        told = "Le projet est dans {path}. Le contrôle y trouve les fautes ci-dessus, qui sont dans les données : corrigez-les, ou le contrat."
        click.echo(say(told, path=target), err=True)
        return 1
    click.echo(say("Le projet est dans {path}. Pour le voir : generator serve -C {path}", path=target), err=True)
    return 0


command = Command(
    "import",
    run,
    "Fait un projet de ce que l’on a : paquet de données, CSV, classeur, YAML, JSON ou Markdown.",
    Argument("source", say("un fichier ou un dossier")),
    Argument("dossier", say("le dossier à faire, absent ou vide")),
    click.Option(["--titre"], metavar="TITRE", help=say("le titre du site (par défaut : celui de la source)")),
)
