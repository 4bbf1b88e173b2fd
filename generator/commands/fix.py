"""`generator fix`: the corrections that leave nothing to choose are shown, then written, with what follows from them: a changed
figure is changed in all the sentences and all the calculations that quote it.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from generator.authoring.fixing import fixed, sure_edits
from generator.authoring.together import Change
from generator.catalogue.project import Project
from generator.changes.copies import copied
from generator.commands.check import checked_project
from generator.commands.proposed import Proposal, agreed, shown, written
from generator.commands.usage import YES, Command
from generator.diagnostics.causes import causes
from generator.diagnostics.finding import Diagnostic
from generator.documents.files import read_whole
from generator.text.interface import count, say
from generator.writing import Writer

# A correction may show another one: a value, then the calculations that start from it, then what quotes these; and of the slips of one
# file, twenty are told at a time (`MOST_MENDED` of documents/yaml.py): four thousand are corrected.
ROUNDS = 200


def run(root: Path, yes: bool) -> int:
    """Look for what can be corrected, show it, write it if the person agrees; 1 when faults are left."""
    project, proposals = _proposed(root)
    if not proposals:
        click.echo(say("Rien ne se corrige de soi-même."), err=True)
        return _left(project.diagnostics)
    click.echo(shown(proposals))
    if not agreed(yes):
        return 0
    if not written(root, proposals):
        return 1
    click.echo(count(len(proposals), "fichier corrigé.", "fichiers corrigés."), err=True)
    return _left(project.diagnostics)


def _proposed(root: Path) -> tuple[Project, list[Proposal]]:
    """The project once corrected, in a copy, and the files that change."""
    with copied(root) as writer:
        project, touched = _corrected(root, writer)
        proposals = [_proposal(root, writer.root, path) for path in sorted(touched)]
    return project, [proposal for proposal in proposals if proposal is not None]


def _corrected(root: Path, writer: Writer) -> tuple[Project, set[str]]:
    """Correct a copy until nothing is left to correct; the files that changed."""
    touched, seen, folder = set[str](), set[int](), writer.root
    project = checked_project(folder, lender=root)
    for _ in range(ROUNDS):
        changes = fixed(folder, sure_edits(project.diagnostics, folder))
        made = hash(frozenset(changes.items()))
        if not changes or made in seen:  # two corrections may undo each other
            break
        seen.add(made)
        for path, data in changes.items():
            writer.rewrite(path, data)
        touched.update(changes)
        project = checked_project(folder, lender=root)
    return project, touched


def _proposal(root: Path, folder: Path, path: str) -> Proposal | None:
    before, after = (read_whole(place, path) for place in (root, folder))
    return Proposal(Change(path, before, after)) if before is not None and before != after else None


def _left(diagnostics: Sequence[Diagnostic]) -> int:
    """Say what is left for somebody to decide."""
    errors = [d for d in diagnostics if d.severity == "erreur"]
    if errors:
        amount = count(len(causes(errors)), "faute reste à corriger", "fautes restent à corriger")
        click.echo(say("{amount} à la main : lancez « generator check ».", amount=amount), err=True)
    return 1 if errors else 0


command = Command(
    "fix",
    run,
    "Corrige ce qui se corrige sans choix, et reprend un chiffre changé partout où il est cité.",
    YES,
)
