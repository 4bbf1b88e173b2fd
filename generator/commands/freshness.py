"""`generator freshness`: what is to be looked at again on a date, in Markdown; nothing when there is nothing."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from generator.catalogue.freshness import due, kept, state
from generator.catalogue.project import Project
from generator.catalogue.records import Record
from generator.commands.check import checked_project
from generator.commands.usage import Command, Date, Option
from generator.diagnostics.reports import summary
from generator.text.interface import count, say, sentence
from generator.text.quoting import code, plain
from generator.text.spoken import date as in_french

LONGEST = 60_000  # characters of the whole: an issue has at most 65,536
MOST = (200, 50, 10, 0)  # rows of a part, as many as fit
_NAME, _PLACE = 150, 300  # characters of the name of a row, of its place


def run(root: Path, date: str | None) -> int:
    """Look and tell."""
    project = checked_project(root)
    if project.faulty:  # what could not be read is not known
        click.echo(summary(project.diagnostics), err=True)
        return 1
    today = datetime.date.fromisoformat(date) if date else datetime.datetime.now(datetime.UTC).date()
    told = as_markdown(project, today)
    if told:
        click.echo(told, nl=False)
    else:
        click.echo(say("Rien n’est à revoir au {date}.", date=in_french(today)), err=True)
    return 0


def as_markdown(project: Project, today: datetime.date) -> str:
    """What is to be looked at again on a date, a part for each reason; "" when there is nothing. Texts of rows are only words."""
    found = due(project.catalogue, today)
    parts = (
        (
            say("Échéances passées"),
            found.unseen,
            say("Relisez ces lignes, puis donnez-leur la date du jour : une prévision reste ce qu’elle était."),
        ),
        (
            say("À revérifier"),
            found.overdue,
            say("Comparez ces lignes à leur source, puis donnez-leur la date du jour."),
        ),
        (say("Vérifications sans date"), found.undated, say("Comparez ces lignes à leur source, puis datez-les.")),
        (say("Adresses mortes"), found.dead, say("Cherchez la nouvelle adresse, ou une copie archivée.")),
    )
    opening = say("Au {date}, d’après ce que disent les contrats et le contenu :", date=in_french(today))
    wanted = [part for part in parts if part[1]]
    told = ("\n".join([opening, *(_part(*part, today, most) for part in wanted), ""]) for most in MOST)
    return next(text for text in told if len(text) <= LONGEST) if wanted else ""


def _part(title: str, rows: Sequence[Record], advice: str, today: datetime.date, most: int) -> str:
    lines = ["", f"## {title} ({len(rows)})", "", advice, "", *(_line(record, today) for record in rows[:most])]
    if len(rows) > most:
        lines.append("- " + say("… et {rest}", rest=count(len(rows) - most, "autre ligne", "autres lignes")))
    return "\n".join(lines)


def _line(record: Record, today: datetime.date) -> str:
    """`- **Effectifs : près de 12** : échéance 2025 (`content/x.yaml:3:1`)`."""
    said = ", ".join(_said(record, today))
    place = code(str(record.at()), _PLACE)
    return f"- **{plain(_named(record), _NAME)}**" + (f" : {said}" if said else "") + f" ({place})"


def _named(record: Record) -> str:
    return f"{record.parent.label} : {record.label}" if record.parent is not None else record.label


def _said(record: Record, today: datetime.date) -> Iterator[str]:
    """What is known of a row or of a source, in a few words."""
    found, place = state(record, today), kept(record)
    if found is not None and found.horizon:
        yield say("échéance : {date}", date=in_french(found.horizon))
    if found is not None and found.verified is not None:
        yield say("vérifié le {date}", date=in_french(found.verified))
    if place is not None and place.dead:
        yield code(place.address, _PLACE)
        if place.checked is not None:
            yield say("demandée le {date}", date=in_french(place.checked))
        yield say("copie archivée connue") if place.archive else say("aucune copie archivée connue")


_DATE = sentence("date de référence, AAAA-MM-JJ (par défaut : celle du jour)")
command = Command(
    "freshness",
    run,
    "Dit en Markdown ce qui est à revoir : échéances passées, lignes à revérifier, adresses mortes.",
    Option(["--date"], type=Date(), metavar="DATE", told=_DATE),
)
