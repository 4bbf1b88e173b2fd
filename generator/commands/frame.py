"""`generator frame`: the blank spreadsheet of a table, and one that was filled, read back as YAML once the check has nothing against it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import click

from generator.authoring.naming import table_named
from generator.authoring.together import Change
from generator.catalogue.project import Project
from generator.changes.copies import new_ones
from generator.commands.check import checked_project, proven
from generator.commands.proposed import Proposal, agreed, written
from generator.commands.trial import tried
from generator.commands.usage import YES, Argument, Command, Misuse, Option
from generator.contracts.model import Resource
from generator.diagnostics.finding import MISSING, Diagnostic, fault
from generator.diagnostics.reports import as_text, summary
from generator.diagnostics.wording import listed
from generator.documents.files import read_whole
from generator.layout import CONTENT
from generator.packages.frames import book, yaml
from generator.packages.frames.filled import FAULT, Filled, Row, table_of
from generator.packages.frames.frame import Frame, frame
from generator.packages.frames.opening import FRAME, Opened, Unreadable, opened
from generator.packages.frames.reading import read
from generator.text.interface import Sentence, say, sentence
from generator.text.spoken import typeset
from generator.values.identifiers import short_identifier


def run(root: Path, table: str | None, sortie: str | None, lu: str | None, yes: bool) -> int:
    """Write a blank frame, or read one that was filled; the exit code."""
    if lu is not None:
        return _read(root, table, lu, yes)
    if table is None:
        raise Misuse(sentence("il manque : TABLE, dont écrire le cadre, ou --read FICHIER.xlsx, pour en relire un"))
    project = checked_project(root)
    found = _of(project, table)
    return (
        _refused(str(found))
        if isinstance(found, Sentence)
        else _write(found, Path(sortie or f"{found.resource.name}.xlsx"))
    )


def _refused(told: str) -> int:
    click.echo(told, err=True)
    return 1


def _of(project: Project, table: str) -> Frame | Sentence:
    """The frame of a table; why there is none."""
    contracts = project.catalogue.contracts
    resource = table_named(table, contracts)
    if isinstance(resource, Sentence):
        return resource
    if resource.frame is None:
        known = [each.name for each in contracts.resources.values() if each.frame is not None]
        message = "« {title} » n’a pas de cadre à remplir. Tables qui en ont un : {known}."
        return sentence(message, title=typeset(resource.title), known=listed(known) or say("aucune"))
    return frame(resource, project.catalogue, project.settings)


def _write(found: Frame, path: Path) -> int:
    try:
        with path.open("xb") as file:
            file.write(book.data(found))
    except FileExistsError:
        return _refused(say("{path} existe déjà : rien n’a été écrit. Donnez un autre nom avec --sortie.", path=path))
    click.echo(say("Écrit : {path}. Une fois rempli : generator frame --read {path}", path=path), err=True)
    return 0


# --- Reading -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Made:
    """A file of the content as a frame makes it, and the cell of each of its lines that comes from one."""

    change: Change
    text: str
    lines: dict[int, yaml.Line]


def _read(root: Path, table: str | None, name: str, yes: bool) -> int:
    try:
        sheets = opened(_bytes(name))
    except Unreadable as refusal:
        return _refused(f"{name}{say(' : ')}{refusal.told} {refusal.hint}")
    table = table or table_of(sheets)
    if not table:
        return _refused(
            say("{name} ne dit pas de quelle table il est : generator frame TABLE --read {name}", name=name)
        )
    project = proven(checked_project(root))
    found = _of(project, table)
    if isinstance(found, Sentence):
        return _refused(str(found))
    files, told = examined(project, found, sheets, Path(name))
    return _told(project.root, files, told, yes)


def examined(
    project: Project, found: Frame, sheets: Sequence[Opened], source: Path
) -> tuple[list[Made], list[Diagnostic]]:
    """The files that a filled frame makes, and all that is wrong with it, each at its cell; `source`: its own file."""
    filled = read(source.name, sheets, found)
    files, faults = _files(project, found.resource, filled, source)
    with tried(project.root, [file.change for file in files]) as after:
        said = [_at_cell(each, files) for each in new_ones(project.diagnostics, after.diagnostics)]
    blamed = {each.position for each in filled.diagnostics}  # of a cell that was not read, nothing more is said
    return files, [*filled.diagnostics, *faults, *(each for each in said if each.position not in blamed)]


def _told(root: Path, files: Sequence[Made], told: Sequence[Diagnostic], yes: bool) -> int:
    """Tell what is wrong with the rows that were read; print and write them when nothing is."""
    if told:
        click.echo(as_text(told, root), err=True)
    if not files or any(each.severity == "erreur" for each in told):
        click.echo(say("{summary} Rien n’a été écrit.", summary=summary(told)), err=True)
        return 1
    click.echo("\n".join(f"# {file.change.path}\n{file.text}" for file in files), nl=False)
    if not agreed(yes):
        return 0
    if not written(root, [Proposal(file.change) for file in files]):
        return 1
    click.echo(say("Écrit : {paths}.", paths=listed((file.change.path for file in files), "et")), err=True)
    return 0


def _bytes(name: str) -> bytes:
    """The bytes of a file that somebody names, one more than is read at the most."""
    try:
        with Path(name).open("rb") as file:
            return file.read(FRAME.bytes + 1)
    except OSError as error:
        raise Misuse(sentence("--read : « {path} » ne peut pas être lu", path=name)) from error


def _at_cell(diagnostic: Diagnostic, files: Sequence[Made]) -> Diagnostic:
    """What the check says of a line, at the cell from which it comes."""
    place = diagnostic.position
    line = next((file.lines.get(place.line) for file in files if file.change.path == place.path), None)
    if line is None:
        return diagnostic
    if diagnostic.code == MISSING:
        values = dict(diagnostic.message.values)
        empty = line.row.cells.get(str(values.get("inner") or values.get("key")), line.row.place)
        return replace(diagnostic, position=empty, hint=sentence("Remplissez cette cellule."), suggestion="", edits=())
    return replace(diagnostic, position=line.place, edits=())


def _files(project: Project, resource: Resource, filled: Filled, source: Path) -> tuple[list[Made], list[Diagnostic]]:
    """The files that the rows make, where the contract puts them; what is wrong when one would take the place of another."""
    word = short_identifier(source.stem) or resource.name
    if resource.rows.kind == "list":
        return _list(project, resource, filled.rows, word)
    files: dict[str, Made] = {}
    faults = []
    for rank, row in enumerate(filled.rows, 1):
        path = _path(resource, row, word, rank)
        if path in files or read_whole(project.root, path) is not None:
            key = row.texts.get(resource.primary_key[0])
            message, hint = "La fiche {path} existe déjà.", "Donnez à celle-ci un autre identifiant."
            faults.append(fault(FAULT, key.place if key is not None else row.place, message, hint, path=path))
            continue
        lines = list(yaml.record(row, resource, project.catalogue.contracts))
        files[path] = _file(path, None, lines)
    return list(files.values()), faults


def _path(resource: Resource, row: Row, word: str, rank: int) -> str:
    """The file of a row, named after its identifier; what is no identifier names no file, and the check says so."""
    folder, _, name = f"{CONTENT}/{resource.rows.pattern}".rpartition("/")
    key = row.texts.get(resource.primary_key[0])
    stem = key.text if key is not None and short_identifier(key.text) == key.text else f"{word}-{rank}"
    return f"{folder.replace('*', word)}/{stem}.{name.rpartition('.')[2]}"


def _list(project: Project, resource: Resource, rows: Sequence[Row], word: str) -> tuple[list[Made], list[Diagnostic]]:
    """The file of a table whose rows are the elements of a list, with these at its end."""
    path = f"{CONTENT}/{resource.rows.file_of(word)}"
    before = read_whole(project.root, path)
    lines = list(yaml.listed(rows, resource, project.catalogue.contracts))
    text = (before or b"").decode("utf-8", "replace")
    if text.strip() in ("", "[]"):
        return [_file(path, before, lines)] if lines else [], []
    if not any(line.startswith("- ") for line in text.split("\n")):
        message = "{path} n’est pas écrit d’une façon où l’on sait ajouter une ligne : ajoutez-la à la main."
        return [], [fault(FAULT, row.place, message, path=path) for row in rows[:1]]
    return [_file(path, before, lines, text if text.endswith("\n") else text + "\n")] if lines else [], []


def _file(path: str, before: bytes | None, lines: Sequence[yaml.Line], kept: str = "") -> Made:
    text = "".join(f"{line.text}\n" for line in lines)
    first = kept.count("\n") + 1
    return Made(Change(path, before, (kept + text).encode()), text, dict(enumerate(lines, first)))


_OUT = sentence("le fichier à écrire (par défaut : TABLE.xlsx)")
_IN = sentence("lit un cadre rempli : dit ce qui est à corriger, cellule par cellule, ou donne son YAML")
_PARAMETERS = (
    Argument("table", sentence("la table, par son nom ou son titre"), False),
    Option(["--sortie"], metavar="FICHIER", told=_OUT),
    Option(["--read", "lu"], metavar="FICHIER", told=_IN),
    YES,
)
command = Command("frame", run, "Écrit le cadre vierge d’une table, à remplir, ou relit un cadre rempli.", *_PARAMETERS)
