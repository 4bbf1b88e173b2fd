"""`generator init`: a small site that builds at once, in a new folder, to be filled with one's own data."""

from __future__ import annotations

from pathlib import Path

import click

from generator.authoring import starting
from generator.authoring.beginning import begin, vacant
from generator.commands.usage import Argument, Choice, Command, Misuse, Option
from generator.text.characters import on_one_line
from generator.text.interface import count, say, sentence
from generator.text.language import speaking


def run(root: Path, dossier: str, titre: str | None, langue: str, generateur: str | None) -> int:
    """Write the files, all of them or none, and say what comes next."""
    folder = root / dossier
    name = folder.resolve().name
    wish = starting.Wish(starting.named(name) if titre is None else titre.strip(), langue, generateur or "")
    refused = starting.refusal(wish)
    if refused is not None:
        raise Misuse(refused)
    if not vacant(folder):
        message = "« {path} » n’est pas un dossier vide : un nouveau site se fait dans un dossier neuf ou vide"
        raise Misuse(sentence(message, path=dossier))
    made = starting.files(wish)
    begin(folder, made)
    with speaking(langue):
        _tell(dossier, len(made), wish)
    return 0


def _tell(dossier: str, files: int, wish: starting.Wish) -> None:
    place = on_one_line(dossier)
    click.echo(say("{files} écrits dans {place}.", files=count(files, "fichier"), place=place))
    click.echo(say("À remplir : « site_name » et les lignes « À remplir » de mkdocs.yml."))
    if not wish.generator:
        message = (
            "À remplir aussi, pour publier : requirements-generator.txt, l’adresse du générateur et son empreinte."
        )
        click.echo(say(message))
    click.echo(say("Pour voir le site : generator serve -C {place}", place=place))


_TITLE = sentence("nom du site (par défaut : d’après celui du dossier)")
_LANGUAGE = sentence(
    "langue des fichiers : {choices} (par défaut : {first})", choices=", ".join(starting.LANGUAGES), first="fr"
)
_GENERATOR = sentence(
    "adresse de l’archive du générateur (.whl) et son empreinte, #sha256=…, que les automatismes installent"
)
LANGUAGE = Option(["--langue"], type=Choice(starting.LANGUAGES), default="fr", metavar="LANGUE", told=_LANGUAGE)
GENERATOR = Option(["--generateur"], metavar="ADRESSE", told=_GENERATOR)
_OPTIONS = (Option(["--titre"], metavar="TEXTE", told=_TITLE), LANGUAGE, GENERATOR)
command = Command(
    "init",
    run,
    "Fait, dans un dossier neuf, un petit site qui se construit aussitôt, à remplir.",
    Argument("dossier", sentence("le dossier du site : neuf, ou vide")),
    *_OPTIONS,
)
