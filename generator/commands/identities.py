"""`generator identities`: how many of the differences that contracts declare are within their tolerance, and how many are not."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import click

from generator.commands.check import checked_project
from generator.commands.usage import Command
from generator.diagnostics.reports import summary
from generator.rules.gap import Gap
from generator.text.interface import say


def run(root: Path) -> int:
    """Count and tell."""
    project = checked_project(root)
    rules = project.catalogue.contracts.rules
    columns = {name: rule.conclusion.column for name, own in rules.items() for rule in own if isinstance(rule, Gap)}
    for table, column in columns.items():
        resource = project.catalogue.contracts.resources[table]
        found = Counter(record[column] for record in project.catalogue[table])
        click.echo(say("{title} : {total}", title=resource.title, total=sum(found.values())))
        for value, label in resource.field(column).categories:
            click.echo(say("  {label} : {total}", label=label, total=found[value]))
    if project.faulty:  # what could not be read is not counted
        click.echo(summary(project.diagnostics), err=True)
    return 1 if project.faulty else 0


command = Command("identities", run, "Compte les égalités vérifiées, celles qui laissent un écart, et les autres.")
