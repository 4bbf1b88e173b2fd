"""`generator diff`: what changes in the data from one state of a project to another; nothing is written."""

from __future__ import annotations

from pathlib import Path

import click

from generator.commands.usage import Choice, Command, Misuse, Option
from generator.text.interface import sentence

FORMS = ("text", "markdown", "json", "html")


def run(root: Path, old: str, new: str, format: str) -> int:
    """Compare and tell."""
    from generator.changes import told_html, told_json, told_markdown, told_text  # slow imports: not for the help
    from generator.changes.review import review
    from generator.changes.states import NoState, states

    forms = dict(
        zip(FORMS, (told_text.as_text, told_markdown.as_markdown, told_json.as_json, told_html.as_html), strict=True)
    )
    try:
        with states(root, old, new) as (one, other):
            click.echo(forms[format](review(one, other)), nl=False)
    except NoState as error:
        raise Misuse(error.told) from error
    return 0


_FORMS = sentence("forme de la réponse : {choices} (par défaut : text)", choices=", ".join(FORMS))
command = Command(
    "diff",
    run,
    "Dit ce qui change dans les données d’AVANT à APRÈS, et ce que cela entraîne. Chacun est une révision de git, un projet ou "
    "des jeux publiés ; par défaut, le dernier commit et le dossier de travail.",
    click.Argument(["old"], default="HEAD", metavar="AVANT"),
    click.Argument(["new"], default="", metavar="APRÈS"),
    Option(["--format"], type=Choice(FORMS), default="text", metavar="FORME", told=_FORMS),
)
