"""`generator rename`: an identifier changes with all that names it, and stays among the former ones of its row."""

from __future__ import annotations

from pathlib import Path

import click

from generator.authoring.naming import key_of, row_named, table_named
from generator.authoring.together import Change
from generator.catalogue.plan import make_plan
from generator.catalogue.project import Project
from generator.catalogue.records import Record
from generator.changes.copies import new_ones
from generator.changes.renaming import Renaming, own_column, renaming
from generator.commands.check import checked_project, proven
from generator.commands.proposed import Proposal, agreed, shown, written
from generator.commands.trial import tried
from generator.commands.usage import YES, Argument, Command
from generator.diagnostics.reports import as_text
from generator.diagnostics.reports import summary as summed
from generator.documents.files import read_whole
from generator.documents.kinds import end_of
from generator.documents.places import Files
from generator.text.interface import NOTHING, Sentence, count, say, sentence
from generator.text.patching import patched
from generator.text.spoken import typeset
from generator.values.types import canonical


def run(root: Path, table: str, ancien: str, nouveau: str, yes: bool) -> int:
    """Rename and tell; the exit code."""
    project = proven(checked_project(root))
    if project.faulty:
        message = "Corrigez d’abord les fautes que dit « generator check » : {summary}"
        return _refused(sentence(message, summary=summed(project.diagnostics)))
    found = _asked(project, table, ancien, nouveau)
    if isinstance(found, Sentence):
        return _refused(found)
    record, new = found
    files = Files(root, project.catalogue.contracts.manner)
    made = renaming(project, record, new, files)
    try:
        proposals = _proposals(root, made, files)
    except UnicodeEncodeError:
        return _refused(sentence("« {new} » ne peut pas s’écrire dans l’encodage de l’un des fichiers.", new=new))
    click.echo(shown(proposals))
    for note in made.notes:
        click.echo(str(note), err=True)
    with tried(root, [change for proposal in proposals for change in proposal.changes()]) as after:
        wrong = new_ones(project.diagnostics, after.diagnostics)
        if wrong:
            click.echo(as_text(wrong, after.root), err=True)
        if any(each.severity == "erreur" for each in wrong):
            return _refused(sentence("Le contrôle dirait ces fautes : rien n’a été écrit."))
    if not agreed(yes):
        return 0
    if not written(root, proposals):
        return 1
    click.echo(_told(record, made, new), err=True)
    return 0


def _refused(said: Sentence) -> int:
    click.echo(str(said), err=True)
    return 1


def _asked(project: Project, table: str, old: str, new: str) -> tuple[Record, str] | Sentence:
    """The row and its new identifier; or why it cannot be."""
    catalogue = project.catalogue
    resource = table_named(table, catalogue.contracts)
    if isinstance(resource, Sentence):
        return resource
    record = row_named(old, resource, catalogue)
    if isinstance(record, Sentence):
        return record
    column = own_column(resource)
    if not column:
        message = "Les lignes de « {title} » n’ont pas d’identifiant à elles : il n’y a rien à renommer."
        return sentence(message, title=typeset(resource.title))
    holder, slash, last = new.rpartition("/")
    if slash and holder != "/".join(canonical(part) for part in record.id[:-1]):
        message = "« {new} » est sous une autre fiche : renommer ne déplace pas. Écrivez « {name} » seulement."
        return sentence(message, new=new, name=last)
    plan = make_plan(resource, catalogue.contracts)
    convert = plan.readers[column] if column in plan.readers else plan.received["file"][2]
    value, problem = convert(last)
    if problem is not None:
        near = sentence(" (peut-être {meant})", meant=problem.suggestion) if problem.suggestion else NOTHING
        return sentence("{problem} {hint}{near}", problem=problem.message, hint=problem.hint, near=near)
    wanted = (*record.id[:-1], value)
    other = catalogue.tables[resource.name].by_key.get(wanted)
    if other is record:
        return sentence("« {new} » est déjà son identifiant.", new=last)
    if other is not None:
        return sentence("« {new} » est déjà l’identifiant de « {label} ».", new=last, label=other.label)
    return _placed(project, record, last)


def _placed(project: Project, record: Record, new: str) -> tuple[Record, str] | Sentence:
    """The same, when the file that would bear the new name can."""
    rows = record.resource.rows
    before = record.document.path
    path = f"{before.rpartition('/')[0]}/{new}{end_of(before)}"
    if rows.kind == "records" and not rows.paths.match(path):
        message = "{path} : aucune table ne lirait ce fichier, qui doit être de la forme « {pattern} »."
        return sentence(message, path=path, pattern=rows.pattern)
    if rows.kind == "records" and (project.root / path).exists():
        return sentence("{path} existe déjà.", path=path)
    return record, new


def _proposals(root: Path, made: Renaming, files: Files) -> list[Proposal]:
    """The files that the edits change. Raises UnicodeEncodeError for one whose encoding cannot write them."""
    found = []
    moving = {made.moved[0]} if made.moved is not None else set()
    for path in sorted({edit.path for edit in made.edits} | moving):
        before = read_whole(root, path) or b""
        encoding = files(path).manner.encoding if files(path).is_csv else "utf-8"
        after = patched(before, [edit for edit in made.edits if edit.path == path], encoding)
        moved = made.moved[1] if made.moved is not None and made.moved[0] == path else ""
        found.append(Proposal(Change(path, before, after), moved, encoding))
    return found


def _told(record: Record, made: Renaming, new: str) -> str:
    message = "« {old} » s’appelle maintenant « {new} » : {references}, {links}."
    references = count(made.references, "renvoi suivi", "renvois suivis")
    links = count(made.links, "lien suivi", "liens suivis")
    return say(message, old=key_of(record), new=new, references=references, links=links)


_PARAMETERS = (
    Argument("table", sentence("la table, par son nom ou son titre")),
    Argument("ancien", sentence("l’identifiant actuel ; pour une ligne d’une fiche, fiche/ligne")),
    Argument("nouveau", sentence("l’identifiant à lui donner")),
    YES,
)
command = Command("rename", run, "Donne un autre identifiant à une ligne, partout où elle est nommée.", *_PARAMETERS)
