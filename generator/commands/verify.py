"""`generator verify`: that a published site is what its manifest says, and what its commit makes again."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

import click

from generator.commands.usage import Argument, Command, Misuse, Option
from generator.layout import MACHINE, MANIFESTS, SETTINGS, SITE, words
from generator.site.manifest import Manifest, NoManifest, Origin, read, sums, tools
from generator.site.tools import run_tool
from generator.text.characters import on_one_line, visible
from generator.text.interface import count, say, sentence

OPTIONS = ("--sans-frictionless", "--apercu")  # of a build, that a manifest may name
SHOWN = 20  # files named, of those that differ


def run(root: Path, site: str | None, fichiers: bool) -> int:
    """Compare the files with the manifest, or make them again and compare; the exit code."""
    file = Path(site) if site else root / SITE
    if file.is_dir():
        file = next((file / name for name in MANIFESTS if (file / name).exists()), file / words().manifest)
    try:
        manifest = read(file)
    except OSError as error:
        raise Misuse(sentence("« {path} » ne peut pas être lu", path=file)) from error
    except NoManifest as error:
        raise Misuse(sentence("« {path} » n’est pas le manifeste d’un site", path=file)) from error
    if fichiers:
        return _told({**manifest.files, **manifest.placed}, _sums(file.parent))
    if not manifest.origin.commit:
        raise Misuse(sentence("ce site ne dit pas de quel commit il vient : « --fichiers » contrôle ses fichiers"))
    if manifest.origin.modified:
        _warn(say("Ce site a été fait de fichiers qui n’étaient pas tous enregistrés : il peut différer."))
    with tempfile.TemporaryDirectory() as folder:
        made = _made_again(root, manifest.origin, Path(folder).resolve())
        code = _told(manifest.files, _sums(made)) if made is not None else 1
    if code:
        _warn_of_tools(manifest)
    return code


def _made_again(root: Path, origin: Origin, folder: Path) -> Path | None:
    """The site that a commit makes, by its own generator when it has one, else by this one; None when it makes none, which is told."""
    from generator.changes.revision import UnknownRevision, whole_at_revision

    project = folder / "projet"
    try:
        whole_at_revision(root, origin.commit, project)
    except UnknownRevision as error:
        message = "le dépôt de ce projet n’a pas le commit {commit}"
        raise Misuse(sentence(message, commit=origin.commit)) from error
    if origin.hosted:
        with (project / SETTINGS).open("a", encoding="utf-8", newline="\n") as settings:
            settings.writelines(f"\n{key}: {json.dumps(address)}\n" for key, address in origin.hosted.items())
    _warn(say("Reconstruction du commit {commit}…", commit=origin.commit[:12]))
    options = ("--engine", origin.engine, "--date", origin.date, *(one for one in origin.options if one in OPTIONS))
    command = ("-m", "generator", "build", "-C", str(project), *options)
    done = run_tool(*command, folder=folder, environment=_environment(project))
    if done.returncode != 0:
        _warn(visible(done.stdout))
        _warn(say("Ce commit ne se construit pas."))
        return None
    return project / SITE


def _environment(project: Path) -> dict[str, str]:
    """That of the program that makes a project again: where its generator is, and nothing of the host where we are."""
    own = project / MACHINE.name
    machine = project if (own / "__main__.py").is_file() else MACHINE.parent
    path = os.pathsep.join(filter(None, (str(machine), os.environ.get("PYTHONPATH", ""))))
    kept = {name: text for name, text in os.environ.items() if name != "GITHUB_ACTIONS"}
    return kept | {"PYTHONPATH": path, "PYTHONSAFEPATH": "1"}


def _sums(site: Path) -> dict[str, str]:
    return {path: str(of["sha256"]) for path, of in sums(site).items()}


def _told(wanted: Mapping[str, str], found: Mapping[str, str]) -> int:
    """Say what differs; the exit code."""
    lacking = [path for path in wanted if path not in found]
    other = [path for path in wanted if path in found and found[path] != wanted[path]]
    more = [path for path in found if path not in wanted]
    for what, paths in ((say("manque"), lacking), (say("diffère"), other), (say("en plus"), more)):
        for path in paths[:SHOWN]:
            click.echo(say("{what} : {path}", what=what, path=on_one_line(path)))
        if len(paths) > SHOWN:
            click.echo(say("{what} : et {rest}", what=what, rest=count(len(paths) - SHOWN, "autre", "autres")))
    same = len(wanted) - len(lacking) - len(other)
    click.echo(say("Identiques : {same} sur {all}.", same=same, all=count(len(wanted), "fichier")))
    return 1 if lacking or other or more else 0


def _warn_of_tools(manifest: Manifest) -> None:
    """Say which libraries are not those that made the site: they may be why files differ."""
    here = tools()
    for name, version in manifest.tools.items():
        if here.get(name, "") != version:
            told = say(
                "{name} : {version} alors, {here} ici.", name=name, version=version, here=here.get(name) or say("aucun")
            )
            _warn(on_one_line(told))


def _warn(told: str) -> None:
    click.echo(told, err=True)


_FILES = sentence("contrôle les fichiers du dossier sans les refaire")
command = Command(
    "verify",
    run,
    "Refait un site publié depuis son commit et compare chaque fichier.",
    Argument("site", sentence("le dossier du site ou son manifeste.json (par défaut : site/)"), required=False),
    Option(["--fichiers"], is_flag=True, told=_FILES),
)
