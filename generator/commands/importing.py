"""`generator import`: a project made of what somebody has; what was decided, left alone and refused is told, then what the check says."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from generator.authoring import starting
from generator.authoring.beginning import begin, vacant
from generator.commands.check import checked_project, proven, tell
from generator.commands.init import GENERATOR, LANGUAGE
from generator.commands.usage import Argument, Command, Misuse, Option
from generator.importing.model import Refused
from generator.text.characters import on_one_line
from generator.text.interface import say, sentence
from generator.text.language import speaking


def run(root: Path, source: str, dossier: str, titre: str | None, langue: str, generateur: str | None) -> int:
    """Read a source, make a project of it, check it, all in the language of its files; the exit code."""
    with speaking(langue):
        return _made(root, source, dossier, titre, starting.Wish("", langue, generateur or ""))


def _made(root: Path, source: str, dossier: str, titre: str | None, wish: starting.Wish) -> int:
    from generator.importing import report, site
    from generator.importing.reading import read_source

    target = root / dossier
    if not vacant(target):
        message = "« {path} » n’est pas un dossier vide : un nouveau site se fait dans un dossier neuf ou vide"
        raise Misuse(sentence(message, path=dossier))
    try:
        found = read_source(Path(source))
    except Refused as refusal:
        click.echo(on_one_line(say("{told} Rien n’a été écrit.", told=refusal.told)), err=True)
        return 1
    wish = replace(wish, title=(titre or found.title).strip())
    refused = starting.refusal(wish)
    if refused is not None:
        raise Misuse(refused)
    begin(target, site.files(found, wish))
    for line in report.lines(found):
        click.echo(on_one_line(line))
    return _checked(target)


def _checked(target: Path) -> int:
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


_PARAMETERS = (
    Argument("source", sentence("un fichier ou un dossier")),
    Argument("dossier", sentence("le dossier à faire, absent ou vide")),
    Option(["--titre"], metavar="TEXTE", told=sentence("nom du site (par défaut : le titre de la source)")),
    LANGUAGE,
    GENERATOR,
)
_TEXT = "Fait un projet de ce que l’on a : paquet de données, CSV, classeur, YAML, JSON ou Markdown."
command = Command("import", run, _TEXT, *_PARAMETERS)
