"""`generator links`: the address of each source is asked of its server; what is sure is written beside it, with the date, if the
person agrees.
"""

from __future__ import annotations

import datetime
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.authoring.replacing import replaced
from generator.authoring.together import Change, replace
from generator.catalogue.freshness import kept
from generator.catalogue.project import Project
from generator.catalogue.records import Record
from generator.changes.copies import copied
from generator.commands.check import checked_project
from generator.commands.proposed import Proposal, agreed, shown, written
from generator.commands.usage import YES, Command, Date, Option
from generator.diagnostics.reports import summary
from generator.documents.files import read_whole
from generator.documents.manner import AS_USUAL
from generator.text.interface import count, say, sentence
from generator.text.quoting import code, plain
from generator.values.types import canonical
from generator.writing import Writer

if TYPE_CHECKING:
    from generator.commands.making.fetching import Answer

BUDGET = 480.0  # seconds for all the addresses: the others wait for the next time
_NAME, _ADDRESS, _WHY = 150, 300, 200  # characters of what is told

Key = tuple[str, tuple[object, ...]]  # a table, and the key of a row


@dataclass(frozen=True, slots=True)
class Asked:
    """A source and what asking for its address gave; None when there was no time left."""

    record: Record
    address: str
    answer: Answer | None


def run(root: Path, date: str | None, rapport: str | None, yes: bool) -> int:
    """Ask, tell, write if the person agrees."""
    project = checked_project(root)
    if project.faulty:
        click.echo(summary(project.diagnostics), err=True)
        return 1
    asked = list(_asked(project))
    if not asked:
        click.echo(say("Aucune source n’a d’adresse à vérifier."), err=True)
        return 0
    _tell(as_markdown(asked), rapport)
    day = date or datetime.datetime.now(datetime.UTC).date().isoformat()
    proposals = _proposed(root, _values(asked, day))
    if not proposals:
        click.echo(say("Il n’y a rien à écrire."), err=True)
        return 0
    click.echo(shown(proposals))
    if not agreed(yes):
        return 0
    if not written(root, proposals):
        return 1
    click.echo(count(len(proposals), "fichier écrit.", "fichiers écrits."), err=True)
    return 0


def _asked(project: Project) -> Iterator[Asked]:
    """Every source that has an address and columns where to say what it gave, asked one after the other."""
    from generator.commands.making.fetching import ask  # slow imports: not for the help

    agent = f"generator links ({project.settings.site_url or project.settings.repo_url or 'https://example.org/'})"
    end = time.monotonic() + BUDGET
    known: dict[str, Answer] = {}
    for record in project.catalogue.records():
        vault, place = record.resource.vault, kept(record)
        if vault is None or place is None or not vault.checked or not place.address:
            continue
        if place.address not in known and time.monotonic() < end:
            known[place.address] = ask(place.address, agent)
        yield Asked(record, place.address, known.get(place.address))


def _tell(text: str, path: str | None) -> None:
    if path:
        place = Path(path)
        replace(place.parent, place.name, text.encode())
    else:
        click.echo(text, nl=False)


def as_markdown(asked: Sequence[Asked]) -> str:
    """What each address gave, a line each; texts of rows are only words."""
    lines = [f"## {say('Adresses des sources')} ({len(asked)})", ""]
    return "\n".join([*lines, *map(_line, asked)]) + "\n"


def _line(asked: Asked) -> str:
    answer = asked.answer
    if answer is None:
        told = say("pas demandée, faute de temps")
    elif answer.state == "alive":
        told = say("répond")
    else:
        words = say("morte") if answer.state == "dead" else say("on ne sait pas")
        told = f"{words}, {plain(str(answer.why), _WHY)}"
    return f"- {plain(asked.record.label, _NAME)} : {code(asked.address, _ADDRESS)} : {told}"


# --- What is written ---


def _values(asked: Sequence[Asked], day: str) -> list[Mapping[Key, tuple[str, str]]]:
    """What is sure, column by column: the row, the column, the text. An address of which nothing is sure keeps what it has."""
    sure = [each for each in asked if each.answer is not None and each.answer.state != "unknown"]
    dates: dict[Key, tuple[str, str]] = {}
    answers: dict[Key, tuple[str, str]] = {}
    for each in sure:
        vault, key = each.record.resource.vault, _key(each.record)
        if vault is not None and each.answer is not None:
            dates[key] = vault.checked, day
            answers[key] = vault.answers, "true" if each.answer.state == "alive" else "false"
    return [dates, answers]


def _key(record: Record) -> Key:
    return record.resource.name, record.id


def _proposed(root: Path, columns: Sequence[Mapping[Key, tuple[str, str]]]) -> list[Proposal]:
    """The files that change: in a copy, one column after the other, so that each is written in the file as it then is."""
    with copied(root) as writer:
        touched = [path for values in columns for path in _written(root, writer, values)]
        pairs = [(path, read_whole(root, path), read_whole(writer.root, path)) for path in sorted(set(touched))]
    return [
        Proposal(Change(path, before, after)) for path, before, after in pairs if before and after and before != after
    ]


def _written(root: Path, writer: Writer, values: Mapping[Key, tuple[str, str]]) -> Iterator[str]:
    """Write a column of some rows, the last of a file first, so that the places of the others are right; the files."""
    project = checked_project(writer.root, lender=root)
    records = [record for record in project.catalogue.records() if _key(record) in values]
    for record in sorted(records, key=lambda record: (record.document.path, record.node.mark), reverse=True):
        column, text = values[_key(record)]
        if record[column] is not None and canonical(record[column]) == text:
            continue
        path = record.document.path
        data = read_whole(writer.root, path) or b""
        manner = project.catalogue.contracts.manner(path) or AS_USUAL
        found = replaced(data, record, record.resource.field(column), text, manner)
        if found is not None:
            writer.rewrite(path, found)
            yield path


_DATE = sentence("date des vérifications, AAAA-MM-JJ (par défaut : celle du jour)")
_REPORT = sentence("écrit le compte rendu dans ce fichier, au lieu de le montrer")
command = Command(
    "links",
    run,
    "Demande l’adresse de chaque source à son serveur, et note dans le contenu si elle répond.",
    Option(["--date"], type=Date(), metavar="DATE", told=_DATE),
    Option(["--rapport"], metavar="FICHIER", told=_REPORT),
    YES,
)
