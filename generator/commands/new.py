"""`generator new`: the questions of a contract, then the row that they make, checked before it is written."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import click

from generator.authoring.choices import Choice
from generator.authoring.draft import Draft
from generator.authoring.kinds import as_kind
from generator.authoring.naming import key_of, row_named, table_named, unwritable
from generator.authoring.rows import added_to, new_file, sibling, style_of
from generator.authoring.together import Change
from generator.catalogue.project import Project
from generator.catalogue.records import Record
from generator.changes.copies import new_ones
from generator.commands.check import checked_project, proven
from generator.commands.proposed import Proposal, agreed, shown, written
from generator.commands.questions import NoAnswer, fill, pick
from generator.commands.trial import tried
from generator.commands.usage import YES, Argument, Command, Misuse, Option
from generator.contracts.model import Resource
from generator.diagnostics.finding import Diagnostic
from generator.diagnostics.reports import as_text, summary
from generator.diagnostics.suggestions import Words
from generator.documents.files import read_whole, walk
from generator.documents.kinds import DATA, end_of
from generator.documents.places import Files
from generator.layout import CONTENT
from generator.text.interface import Sentence, say, sentence
from generator.text.patching import patched
from generator.text.spoken import typeset


def run(
    root: Path,
    table: str,
    fiche: str | None,
    *,
    valeurs: tuple[str, ...],
    fichier: str | None,
    complet: bool,
    yes: bool,
) -> int:
    """Ask, show, check and write; the exit code."""
    project = proven(checked_project(root))
    resource = table_named(table, project.catalogue.contracts)
    if isinstance(resource, Sentence):
        return _refused(str(resource))
    refused = unwritable(resource, project.catalogue.contracts)
    if refused:
        return _refused(refused)
    given = _given(resource, valeurs)
    try:
        parent = _parent(project, resource, fiche)
        path = parent.document.path if parent is not None else _file(root, resource, fichier)
        draft = Draft(project.catalogue, resource, parent, complet, frozenset(given))
        made = _made(project, draft, path, given)
    except NoAnswer as missing:
        return _refused(say("{told} Rien n’a été écrit.", told=missing.told))
    if made is None:
        return _refused(say("Rien n’a été écrit."))
    if not agreed(yes):
        return 0
    if not written(root, [made.proposal]):
        return 1
    _tell(draft, made)
    return 0


@dataclass(frozen=True, slots=True)
class _Made:
    """What would be written, and what the check says once it is."""

    proposal: Proposal
    diagnostics: tuple[Diagnostic, ...]


def _made(project: Project, draft: Draft, path: str, given: dict[str, str]) -> _Made | None:
    """Ask, then try, until the check has nothing against it; None when it has and there is nobody to ask again. Raises
    NoAnswer.
    """
    while True:
        fill(draft, given)
        proposal = _proposal(project, draft, path)
        click.echo("\n" + shown([proposal]))
        with tried(project.root, proposal.changes()) as after:
            found = new_ones(project.diagnostics, after.diagnostics)
            if found:
                click.echo(as_text(found, after.root), err=True)
            faults = [each for each in found if each.severity == "erreur"]
            if not faults:
                return _Made(proposal, after.diagnostics)
            again = _columns(project, after, draft, faults)
        if not again or not sys.stdin.isatty():
            return None
        given = {}
        for name in again:
            draft.again(name)


def _refused(told: str) -> int:
    click.echo(told, err=True)
    return 1


def _given(resource: Resource, values: tuple[str, ...]) -> dict[str, str]:
    """The answers that options give, by column; a column of a group may be named by its two keys."""
    names = {f.name: f.name for f in resource.fields if not f.filled}
    names |= {".".join(f.key): f.name for f in resource.fields if not f.filled}
    found = {}
    for text in values:
        name, equals, value = _parted(text, names)
        if not equals or name not in names:
            near = Words(names, [f.title for f in resource.fields if not f.filled]).nearest(name)
            message = "--valeur : « {text} » n’est pas de la forme champ=texte"
            if equals:
                message = "--valeur : « {name} » n’est pas une colonne de « {table} »"
                if near:
                    message = "--valeur : « {name} » n’est pas une colonne de « {table} » (peut-être {near})"
            raise Misuse(sentence(message, text=text, name=name, table=resource.title, near=near))
        found[names[name]] = value
    return found


def _parted(text: str, names: Iterable[str]) -> tuple[str, str, str]:
    """A name, « = » and a value: after the longest of the known names that are there, which may hold a « = »."""
    known = [name for name in names if text.startswith(f"{name}=")]
    name = max(known, key=len, default="")
    return (name, "=", text[len(name) + 1 :]) if known else text.partition("=")


# --- Where it goes -----------------------------------------------------------------------------------------------


def _parent(project: Project, resource: Resource, named: str | None) -> Record | None:
    """The row that holds the new one, named or chosen; None for a table that has its own files."""
    catalogue = project.catalogue
    if not resource.parent:
        if named is not None:
            message = "Les lignes de « {title} » ne sont pas dans une fiche : n’en nommez pas."
            raise NoAnswer(say(message, title=typeset(resource.title)))
        return None
    holder = catalogue.contracts.resources[resource.parent]
    if named is None:
        known = [Choice(key_of(row), row.label) for row in catalogue[holder.name]]
        title = say("Dans quelle ligne de « {title} » ?", title=typeset(holder.title))
        named = pick(title, known).value
    row = row_named(named, holder, catalogue)
    if isinstance(row, Sentence):
        raise NoAnswer(str(row))
    return row


def _file(root: Path, resource: Resource, named: str | None) -> str:
    """The file that takes the row, or the folder that takes its file, ended by « / »."""
    rows = resource.rows
    pattern = f"{CONTENT}/{rows.pattern}"
    if named is not None:
        wanted = named.replace("\\", "/")
        found = next((path for path in (wanted, f"{CONTENT}/{wanted}") if rows.paths.match(path)), None)
        if found is None or "/." in f"/{found}":  # a hidden file is not read
            message = "--fichier : « {path} » n’est pas de la forme « {pattern} »"
            raise Misuse(sentence(message, path=named, pattern=pattern))
        return found
    folder = pattern.rpartition("/")[0]
    if "*" not in pattern:
        return pattern
    if rows.kind == "records" and "*" not in folder:
        return f"{folder}/"
    paths = [
        path for path, is_link in walk(root, CONTENT) if not is_link and path.endswith(DATA) and rows.paths.match(path)
    ]
    if rows.kind == "records":
        paths = sorted({path.rpartition("/")[0] + "/" for path in paths})
    if not paths:
        message = "Dites quel fichier avec --fichier (de la forme « {pattern} »)."
        raise NoAnswer(say(message, pattern=pattern))
    return pick(say("Dans quel fichier ?"), [Choice(path) for path in paths]).value


# --- What is written ---------------------------------------------------------------------------------------------


def _proposal(project: Project, draft: Draft, path: str) -> Proposal:
    """The file that holds the new row. Raises NoAnswer when it cannot."""
    root, resource = project.root, draft.resource
    files = Files(root, project.catalogue.contracts.manner)
    style = style_of(sibling(draft, path), files)
    if resource.rows.kind == "records":
        path = path if not path.endswith("/") else f"{path}{_stem(draft)}{end_of(resource.rows.pattern)}"
        return Proposal(Change(path, None, as_kind(path, new_file(draft, style, False)).encode()))
    before = read_whole(root, path)
    if before is None:
        if resource.rows.kind != "list":
            raise NoAnswer(say("{path} ne peut pas être lu.", path=path))
        return Proposal(Change(path, None, as_kind(path, new_file(draft, style, True)).encode()))
    edit, file = added_to(draft, path, style, files), files(path)
    if edit is None:
        message = "{path} n’est pas écrit d’une façon où l’on sait ajouter une ligne : ajoutez-la à la main."
        raise NoAnswer(say(message, path=path))
    encoding = file.manner.encoding if file.is_csv else "utf-8"
    try:
        after = patched(before, [edit], encoding)
    except UnicodeEncodeError as error:
        message = "{path} est en {encoding}, qui ne peut pas écrire ces lettres."
        raise NoAnswer(say(message, path=path, encoding=encoding)) from error
    return Proposal(Change(path, before, after), encoding=encoding)


def _stem(draft: Draft) -> str:
    return draft.answers.get(draft.own) or draft.proposal()


def _columns(project: Project, after: Project, draft: Draft, faults: list[Diagnostic]) -> list[str]:
    """The columns of the new row that faults are about."""
    known = {row.id for row in project.catalogue[draft.resource.name]}
    rows = [row for row in after.catalogue[draft.resource.name] if row.id not in known]
    places = {str(row.at(name)): name for row in rows for name in draft.answers}
    found = (places.get(str(each.position), "") for each in faults)
    return list(dict.fromkeys(filter(None, found)))


def _tell(draft: Draft, made: _Made) -> None:
    """What was written, what the check says of it, and what can be added to it."""
    path = made.proposal.change.path
    click.echo(say("Écrit : {path}. {summary}", path=path, summary=summary(made.diagnostics)), err=True)
    key = "/".join(draft.held.get(name, "") for name in draft.resource.primary_key)
    for child in draft.catalogue.contracts.children(draft.resource.name):
        message = "Pour y ajouter « {title} » : generator new {table} {key}"
        click.echo(say(message, title=typeset(child.title), table=child.name, key=key), err=True)


_VALUES = sentence("une réponse donnée d’avance, champ=texte ; autant de fois qu’il le faut")
_FILE = sentence("le fichier où écrire, quand la table en a plusieurs")
_ALL = sentence("demande aussi les colonnes facultatives")
_PARAMETERS = (
    Argument("table", sentence("la table, par son nom ou son titre")),
    Argument("fiche", sentence("la fiche qui contient la ligne, quand la table est une liste de fiches"), False),
    Option(["--valeur", "valeurs"], multiple=True, metavar="CHAMP=TEXTE", told=_VALUES),
    Option(["--fichier"], metavar="FICHIER", told=_FILE),
    Option(["--complet"], is_flag=True, told=_ALL),
    YES,
)
command = Command("new", run, "Demande ce qu’il faut pour une nouvelle ligne, la contrôle et l’écrit.", *_PARAMETERS)
