"""`generator apply`: the answers of the form of an error → the value written where it stands, once checked; a report says what was
done or what is missing.
"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from generator.authoring.applying import Correction, correction
from generator.authoring.form import LONGEST, Refusal, answers, read_form
from generator.authoring.together import replace
from generator.catalogue.project import Project
from generator.changes.copies import new_ones, with_file
from generator.commands.check import checked_project, proven
from generator.commands.usage import Command, Misuse, Option
from generator.diagnostics.finding import Diagnostic
from generator.diagnostics.reports import as_markdown
from generator.documents.files import read_bytes
from generator.text.interface import say, sentence
from generator.text.quoting import code, plain, tamed
from generator.values.types import canonical

MOST = 60_000  # characters of a report: a comment has at most 65,536
_SHOWN, _QUOTED = 1_500, 800  # characters of a value, of a sentence


def run(root: Path, demande: str, oui: bool, a_completer: bool, rapport: str | None) -> int:
    """Read, try, write if asked, and tell."""
    told, code_ = _applied(root, _read(demande), oui, a_completer)
    if rapport:
        place = Path(rapport)
        replace(place.parent, place.name, told.encode())
    else:
        click.echo(told, nl=False)
    return code_


def _read(path: str) -> bytes:
    """The text of a request: a file, or what comes on the input."""
    if path == "-":
        return sys.stdin.buffer.read(4 * LONGEST + 1)
    data, found = read_bytes(Path(), path)
    if data is None:
        raise Misuse(sentence("{path} : {reason}", path=path, reason=found[0].message))
    return data


def _applied(root: Path, body: bytes, write: bool, unfinished: bool) -> tuple[str, int]:
    """The report, and the exit code."""
    form = read_form(root)
    told = form if isinstance(form, Refusal) else answers(form, body)
    if isinstance(told, Refusal):
        return _refused(told), 1
    project = checked_project(root)
    found = correction(project, told)
    if isinstance(found, Refusal):
        return _refused(found), 1
    faults = _tried(project, found)
    faulty = any(fault.severity == "erreur" for fault in faults)
    written = write and (unfinished or not faulty)
    if written:
        replace(root, found.path, found.data)
    return _report(_title(written, faulty), found, told["source"], faults, root), 1 if faulty else 0


def _title(written: bool, faulty: bool) -> str:
    if written:
        return say("La correction est faite, mais elle ne suffit pas") if faulty else say("La correction est faite")
    return say("Rien n’a été écrit : cette correction ne suffit pas") if faulty else say("La correction est prête")


def _tried(project: Project, found: Correction) -> list[Diagnostic]:
    """What the check says of the project once corrected, and did not say before."""
    with with_file(project.root, found.path, found.data) as folder:
        return new_ones(project.diagnostics, proven(checked_project(folder, lender=project.root)).diagnostics)


def _refused(refusal: Refusal) -> str:
    parts = [f"## {say('Rien n’a été écrit')}", plain(str(refusal.told), _QUOTED), plain(str(refusal.hint), _QUOTED)]
    if refusal.suggestion:
        parts.append(say("Écrivez : {text}", text=code(refusal.suggestion, _SHOWN)))
    return "\n\n".join(part for part in parts if part) + "\n"


def _report(title: str, found: Correction, source: str, faults: list[Diagnostic], root: Path) -> str:
    """What was asked for, the value before and after, the source that is given, and what the check then finds."""
    resource = found.record.resource
    places = (
        ("Jeu de données", resource.package),
        ("Table", resource.name),
        ("Ligne", "/".join(map(canonical, found.record.id))),
        ("Champ", found.column.name),
        ("Avant", found.old),
        ("Après", found.new),
        ("Source donnée", source),
        ("Fichier", str(found.record.at(found.column.name))),
    )
    rows = [f"| {say(name)} | {code(text, _SHOWN) or say('(vide)')} |" for name, text in places]
    parts = [f"## {title}", "\n".join(["| | |", "|---|---|", *rows])]
    if faults:
        parts += [
            say("Ce que le contrôle trouve ensuite, et ne trouvait pas :"),
            "#" + as_markdown(faults, root).strip(),
        ]
    return tamed("\n\n".join(parts), MOST) + "\n"


_YES = sentence("écrit la correction ; sans cette option, la montre seulement")
_UNFINISHED = sentence("écrit aussi quand le contrôle trouve ensuite de nouvelles fautes, à corriger avant de publier")
_REPORT = sentence("écrit le compte rendu dans ce fichier, au lieu de le montrer")
_OPTIONS = (
    click.Argument(["demande"], metavar="DEMANDE.md"),
    Option(["--oui"], is_flag=True, told=_YES),
    Option(["--a-completer"], is_flag=True, told=_UNFINISHED),
    Option(["--rapport"], metavar="FICHIER", told=_REPORT),
)
command = Command(
    "apply",
    run,
    "Applique une demande de correction, faite par le formulaire, et dit ce qu’elle change ou ce qui manque.",
    *_OPTIONS,
)
