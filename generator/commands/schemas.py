"""`generator schemas`: what an editor needs to help who writes, one JSON Schema for each table, and the settings of VS Code."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.commands.check import tell
from generator.commands.usage import Command, Option
from generator.contracts.hosting import hosted
from generator.diagnostics.reports import shown
from generator.layout import PACKAGES, SCHEMAS_MADE, SETTINGS, words
from generator.text.interface import count, say, sentence

if TYPE_CHECKING:
    from generator.catalogue.project import Project


def run(root: Path, vscode: bool) -> int:
    """Write and tell. A content with faults has schemas all the same: it is then that they help."""
    from generator.catalogue.project import read_project
    from generator.site.failure import PublicationError

    project = read_project(root, hosted=hosted(os.environ))
    declared = (f"{PACKAGES}/", SETTINGS)
    faults = [d for d in project.diagnostics if d.severity == "erreur" and d.position.path.startswith(declared)]
    if faults:
        tell(faults, "text", root)
        click.echo(say("Rien n’a été écrit : corrigez d’abord les contrats et les réglages."), err=True)
        return 1
    try:
        written = _write(project)
    except PublicationError as error:
        click.echo(shown(error), err=True)
        return 1
    click.echo(say("{schemas} dans build/schemas/.", schemas=count(written, "schéma")))
    return _vscode(project) if vscode else 0


def _write(project: Project) -> int:
    """Write the schemas anew, at once; how many."""
    from generator.authoring.editors import write_schemas
    from generator.site import publication

    with publication.Staging(project.root) as staging:
        written = write_schemas(project.catalogue, project.settings.absolute(words().schemas), staging / SCHEMAS_MADE)
        publication.refresh(staging, SCHEMAS_MADE.rpartition("/")[2])
    return written


def _vscode(project: Project) -> int:
    """Write the settings of the workspace, and what it recommends; what they say besides is kept."""
    from generator.authoring import editors

    contracts = project.catalogue.contracts
    done = (
        _rewritten(project.root, editors.SETTINGS, lambda before: editors.settings(contracts, before)),
        _rewritten(project.root, editors.EXTENSIONS, editors.extensions),
    )
    return 0 if all(done) else 1


def _rewritten(root: Path, path: str, made: Callable[[str], str]) -> bool:
    """Write a file of settings from what it says, unless it says it already; whether it could be read, and is ours to write."""
    from generator.documents.files import read_text
    from generator.writing import OutsideError, TwiceError, Writer, inside

    try:
        there = inside(root, path).exists()
        before, faults = read_text(root, path) if there else ("", [])
        text = "" if faults or before is None else made(before)
        if text and text != before:
            (Writer(root).rewrite if there else Writer(root).write)(path, text)
    except (OutsideError, TwiceError, ValueError, RecursionError):
        text = ""
    if not text:
        message = "{path} n’est pas un fichier JSON sans commentaire : ajoutez-y vous-même ce qui suit."
        click.echo(say(message, path=path), err=True)
        click.echo(made(""), nl=False)
        return False
    click.echo(say("{path} est à jour.", path=path))
    return True


_VSCODE = sentence("règle aussi VS Code pour ce projet (.vscode/settings.json et extensions.json)")
command = Command(
    "schemas",
    run,
    "Écrit les schémas JSON qui aident à écrire les fiches dans un éditeur (build/schemas/).",
    Option(["--vscode"], is_flag=True, told=_VSCODE),
)
