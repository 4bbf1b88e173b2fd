"""`generator check`: read a project and check it; every fault is told in one run, and nothing is written."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import click

from generator.catalogue.project import Done, Project, read_project
from generator.checks import check
from generator.commands.usage import Choice, Command, Misuse, Option
from generator.contracts.hosting import hosted
from generator.contracts.settings import NOWHERE
from generator.diagnostics.finding import Diagnostic, one_by_line, sort
from generator.diagnostics.reports import RENDERERS, summary
from generator.documents.garbled import legible
from generator.documents.keeping import Keep, anew
from generator.pages.figures.kinds import figure_kinds
from generator.pages.kinds import page_kinds
from generator.text.interface import count, say, sentence


def checked_project(
    root: Path,
    done: Done = lambda stage, counts: None,
    hosted: Mapping[str, str] = NOWHERE,
    keep: Keep = anew,
    lender: Path | None = None,
) -> Project:
    """A project whose diagnostics are all that can be said of its content before its pages are rendered. `hosted`: the addresses
    to take when mkdocs.yml leaves them out; `keep` may know the files that have not changed; `lender`: the project of which it is a copy.
    """
    project = read_project(root, done, hosted, keep, lender)
    found = sort(legible(one_by_line([*project.diagnostics, *check(project, page_kinds(), figure_kinds())])))
    done(say("contrôle"), count(len(found), "message"))
    return replace(project, diagnostics=tuple(found))


def proven(project: Project) -> Project:
    """The same project, with what is wrong in its templates; and in the pages that they make, when nothing else is faulty."""
    from generator.commands.making.proving import proof  # slow imports: not for the help
    from generator.pages.templates import misread

    found = tuple(misread(project.root, project.templates)) or (() if project.faulty else proof(project))
    return replace(project, diagnostics=tuple(sort([*project.diagnostics, *found])))


def tell(diagnostics: Sequence[Diagnostic], form: str, root: Path) -> None:
    """Print diagnostics in one of the forms; the count goes with text alone."""
    text = RENDERERS[form](diagnostics, root)
    if text:
        click.echo(text)
    if form == "text":
        click.echo(summary(diagnostics), err=True)


def since(project: Project, revision: str) -> Project:
    """The same project, with the addresses that it had at a revision and has lost."""
    from generator.changes.lost import lost
    from generator.changes.revision import UnknownRevision, at_revision

    try:
        with at_revision(project.root, revision) as folder:
            found = tuple(lost(read_project(folder, lender=project.root).catalogue, project.catalogue, revision))
    except UnknownRevision as error:
        message = "--since : « {revision} » n’est pas une révision du dépôt de ce projet"
        raise Misuse(sentence(message, revision=revision)) from error
    return replace(project, diagnostics=tuple(sort([*project.diagnostics, *found])))


def run(root: Path, format: str, since_revision: str | None) -> int:
    """Check and tell."""
    project = proven(checked_project(root, hosted=hosted(os.environ)))
    project = since(project, since_revision) if since_revision else project
    tell(project.diagnostics, format, root)
    return 1 if project.faulty else 0


_FORMS = sentence("forme des messages : {choices} (par défaut : text)", choices=", ".join(RENDERERS))
_SINCE = sentence("dit aussi les adresses publiées à cette révision de git et perdues depuis")
command = Command(
    "check",
    run,
    "Contrôle le contenu et dit chaque faute, avec sa place et sa correction.",
    Option(["--format"], type=Choice(RENDERERS), default="text", metavar="FORME", told=_FORMS),
    Option(["--since", "since_revision"], metavar="REVISION", told=_SINCE),
)
