"""`generator coverage`: what is drawn from each source, and how much of the prose is bound to data."""

from __future__ import annotations

from pathlib import Path

import click

from generator.commands.check import checked_project
from generator.commands.usage import Command
from generator.diagnostics.reports import summary


def run(root: Path) -> int:
    """Count and tell."""
    from generator.prose.coverage import as_text, coverage

    project = checked_project(root)
    click.echo(as_text(coverage(project.catalogue, project.articles, project.settings.vocabulary)))
    if project.faulty:  # what could not be read is not counted
        click.echo(summary(project.diagnostics), err=True)
    return 1 if project.faulty else 0


command = Command(
    "coverage",
    run,
    "Compte ce qui est tiré de chaque source, et la part des chiffres situés et des nombres liés.",
)
