"""`generator validate`: judge a data package of anybody, on a disk, by the standard; nothing is written."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.commands.usage import Argument, Choice, Command, Misuse, Option
from generator.diagnostics.finding import Diagnostic
from generator.tables.engines import ENGINES, lacking
from generator.text.interface import sentence
from generator.text.language import LANGUAGES, speak

if TYPE_CHECKING:
    from generator.standard.validating import Validation

FORMS = ("text", "github", "json", "markdown", "html")


def run(root: Path, chemin: str, strict: bool, format: str, engine: str, language: str | None) -> int:
    """Judge and tell; the exit code."""
    from generator.standard.reports import REPORTS  # slow imports: not for the help
    from generator.standard.validating import validate

    if language:
        speak(language)
    path = Path(chemin)
    if not path.exists():
        raise Misuse(sentence("« {path} » n’existe pas", path=chemin))
    absent = lacking(engine)
    if absent is not None:
        raise Misuse(absent)
    found = validate(path, strict=strict, engine=engine)
    text = REPORTS[format](*from_here(found, root))
    click.echo(text)
    return 1 if found.faulty else 0


def from_here(found: Validation, root: Path) -> tuple[Validation, Path]:
    """A validation whose places are told from the root of the project when the package is under it, else from its own folder: an
    annotation of GitHub names a file of the repository.
    """
    try:
        below = found.folder.resolve().relative_to(root.resolve()).as_posix()
    except (ValueError, OSError):
        return found, found.folder
    if below == ".":
        return found, root
    return replace(found, diagnostics=tuple(_below(each, below) for each in found.diagnostics)), root


def _below(diagnostic: Diagnostic, folder: str) -> Diagnostic:
    place = diagnostic.position
    return replace(diagnostic, position=replace(place, path=f"{folder}/{place.path}"))


_FORMS = sentence("forme du rapport : {choices} (par défaut : text)", choices=", ".join(FORMS))
_STRICT = sentence("demande aussi ce que la norme ne fait que recommander")
_ENGINE = sentence("ce qui lit les lignes : {choices} (par défaut : auto)", choices=", ".join(ENGINES))
_LANGUAGE = sentence("langue du rapport : {choices}", choices=", ".join(LANGUAGES))
_OPTIONS = (
    Option(["--strict"], is_flag=True, told=_STRICT),
    Option(["--format"], type=Choice(FORMS), default="text", metavar="FORME", told=_FORMS),
    Option(["--moteur", "engine"], type=Choice(ENGINES), default="auto", metavar="MOTEUR", told=_ENGINE),
    Option(["--langue", "language"], type=Choice(LANGUAGES), metavar="LANGUE", told=_LANGUAGE),
)
command = Command(
    "validate",
    run,
    "Juge un paquet de données, de n’importe qui, d’après la norme Data Package.",
    Argument("chemin", sentence("un datapackage.json, ou le dossier qui le contient")),
    *_OPTIONS,
)
