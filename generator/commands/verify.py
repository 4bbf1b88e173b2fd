"""`generator verify`: that a published site is what its manifest says, and what its commit makes again."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path

import click

from generator.commands.usage import Command, Misuse
from generator.layout import MANIFEST, SETTINGS, SITE
from generator.site.manifest import NoManifest, Origin, read, sums
from generator.site.tools import run_tool
from generator.text.interface import count, say, sentence

OPTIONS = ("--sans-frictionless", "--apercu")  # of a build, that a manifest may name
SHOWN = 20  # files named, of those that differ


def run(root: Path, place: str, fichiers: bool) -> int:
    """Compare the files with the manifest, or make them again and compare."""
    file = Path(place) if place else root / SITE
    file = file / MANIFEST if file.is_dir() else file
    try:
        origin, wanted = read(file)
    except OSError as error:
        raise Misuse(sentence("« {path} » ne peut pas être lu", path=file)) from error
    except NoManifest as error:
        raise Misuse(sentence("« {path} » n’est pas le manifeste d’un site", path=file)) from error
    if fichiers:
        return _told(wanted, _sums(file.parent))
    if not origin.commit:
        raise Misuse(sentence("ce site ne dit pas de quel commit il vient : « --fichiers » contrôle ses fichiers"))
    if origin.modified:
        click.echo(
            say("Ce site a été fait de fichiers qui n’étaient pas tous enregistrés : il peut différer."), err=True
        )
    with tempfile.TemporaryDirectory() as folder:
        return _told(wanted, _sums(_made_again(root, origin, Path(folder))))


def _made_again(root: Path, origin: Origin, folder: Path) -> Path:
    """The site that a commit makes, by its own generator when it has one."""
    from generator.changes.revision import UnknownRevision, whole_at_revision

    project = folder / "projet"
    try:
        whole_at_revision(root, origin.commit, project)
    except UnknownRevision as error:
        message = "le dépôt de ce projet n’a pas le commit {commit}"
        raise Misuse(sentence(message, commit=origin.commit)) from error
    if origin.hosted:
        with (project / SETTINGS).open("a", encoding="utf-8", newline="\n") as settings:
            settings.writelines(f"\n{key}: {address}\n" for key, address in origin.hosted.items())
    click.echo(say("Reconstruction du commit {commit}…", commit=origin.commit[:12]), err=True)
    options = (
        "--engine",
        origin.engine,
        "--date",
        origin.date,
        *(option for option in origin.options if option in OPTIONS),
    )
    done = run_tool("-m", "generator", "build", "-C", str(project), *options, folder=project)
    if done.returncode != 0:
        raise Misuse(sentence("ce commit ne se construit pas :\n{log}", log=done.stdout))
    return project / SITE


def _sums(site: Path) -> dict[str, str]:
    return {path: str(of["sha256"]) for path, of in sums(site)}


def _told(wanted: Mapping[str, str], found: Mapping[str, str]) -> int:
    """Say what differs; the exit code."""
    lacking = [path for path in wanted if path not in found]
    other = [path for path in wanted if path in found and found[path] != wanted[path]]
    more = [path for path in found if path not in wanted]
    for what, paths in ((say("manque"), lacking), (say("diffère"), other), (say("en plus"), more)):
        for path in paths[:SHOWN]:
            click.echo(f"{what} : {path}")
        if len(paths) > SHOWN:
            click.echo(say("{what} : et {rest}", what=what, rest=count(len(paths) - SHOWN, "autre", "autres")))
    same = len(wanted) - len(lacking) - len(other)
    click.echo(say("{same} sur {all} identiques.", same=same, all=count(len(wanted), "fichier")))
    return 1 if lacking or other or more else 0


_PLACE = click.Argument(["place"], default="", metavar=say("SITE"))
_FILES = say("contrôle les fichiers sans les refaire")
command = Command(
    "verify",
    run,
    "Refait un site publié depuis son commit et compare chaque fichier ; SITE est un dossier ou son manifeste.json.",
    _PLACE,
    click.Option(["--fichiers"], is_flag=True, help=_FILES),
)
