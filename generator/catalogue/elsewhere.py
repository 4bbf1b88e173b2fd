"""Large tables of a project: rows that are never records.

How one flows, from its contract to what is published:

contract    `content: {table: glob, files: […]}` (contracts/large.py): rows of the kind « table ». What would ask for one of its rows (a page
            for each, a rule that reads other rows, a column that is computed, links in prose, a flat form) is refused where it is
            written (largeness.py).
files       they stand in the folder that mkdocs.yml names (`grandes_tables`) and that git ignores. Each is listed in the contract with its
            size and its SHA-256: what is built is decided by the repository all the same. `find_large`, here, looks for them: one that is
            absent, another, or not listed is a fault at its line of the contract, with where it is to be had, or what to write. Nothing is
            ever fetched.
catalogue   its Table has no record, and `elsewhere` says where its rows are. It holds any key, as far as the catalogue knows
            (`Table.may_hold`): whoever looks a row up there finds none and blames nobody. A table whose files are not all there is
            `incomplete`, and whoever depends on it says nothing, as for any table that could not be read.
checks      checks/elsewhere.py hands the engine (`tables/engines.py`) the large tables and, as inline rows, the key columns of the small
            ones that name them or are named by them: types, constraints, keys, rules and references both ways are decided there, in one run,
            and told in the words of any table (`tables/telling.py`); a place in a small table is that of its record.
aggregates  `derive: {grouped: {of: a large table}}` counts its rows, and adds their values, without making them records: what comes out
            is a derived table like others, of records, for pages, drawings, prose, diff. `derive: {selected: …}` takes those of its
            rows that have some values, as many as a derived table may have: these are records, and may have pages.
packages    a Sheet reads rows as often as one wants and keeps none: that of a large table reads them from the files, each text as its
            column says. Formats write it as they write any other, row after row; or, when DuckDB holds the table (tables/duck/held.py), all
            at once (tables/duck/publishing.py), to the same bytes.
versions    the fingerprint of a package is that of its canonical files: it changes with the files that the contract lists, and only then.

Who asks a Table for its records and may meet a large one: references (checks) and `Catalogue.target` find nothing and blame nobody;
what is derived counts; sheets, statistics and fingerprints read the rows from here; pages, drawings, prose and search never meet one, as
the contract refuses it; a diff has an engine compare the rows of two states by their key (changes/largely.py),
the files of the former one being known by their prints wherever the folder of large tables keeps them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Map
from functools import cached_property
from importlib import import_module
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from generator.catalogue.contracted import large_source, shape_of
from generator.contracts.derive import Where
from generator.contracts.large import as_written
from generator.contracts.largeness import large_tables
from generator.contracts.model import Contracts, Resource
from generator.contracts.places import Listed
from generator.diagnostics.finding import Diagnostic, Position, fault
from generator.diagnostics.wording import reason
from generator.documents.files import walk
from generator.layout import SETTINGS
from generator.tables import engines
from generator.tables.grouping import Group, grouped
from generator.tables.selecting import selected
from generator.tables.source import Table
from generator.tables.values import Row, counted, values
from generator.text.spoken import number

if TYPE_CHECKING:
    from generator.tables.duck.publishing import Publishing

CODE = "grande-table"
_MOST = 20  # files of a table that are not in its contract, and are told one by one


class Elsewhere:
    """Where the rows of a large table are, and what is asked of them; `there`: all its files are, as its contract says; `lacking`: those
    that are not.
    """

    def __init__(self, table: Table, there: bool, lacking: tuple[Listed, ...] = ()) -> None:
        self._table, self.there, self.lacking = table, there, lacking

    @cached_property
    def table(self) -> Table:
        """What is asked of it, and where its rows are: held by DuckDB for the time of the command, when they are many."""
        if not self.there or not engines.worth_holding(self._table):
            return self._table
        found: Table = import_module("generator.tables.duck.held").holding(self._table)  # its library is an extra
        return found

    @cached_property
    def publishing(self) -> Publishing | None:
        """What publishes its rows all at once; None when they are read one after the other."""
        if self.table.held is None:
            return None
        found: Publishing | None = import_module("generator.tables.duck.publishing").publishing(self.table)
        return found

    @cached_property
    def size(self) -> int:
        """How many rows there are; the check of the table, which counts them, says it."""
        if self.table.held is not None:
            return self.table.held.rows
        return counted(self.table) if self.there else 0

    def rows(self) -> Iterator[Row]:
        """The rows, from the first, as the contract reads them: a value for each column that somebody writes."""
        return values(self.table) if self.there else iter(())

    def groups(self, by: Sequence[str], filled: Sequence[str], measured: Sequence[str] = ()) -> Iterator[Group]:
        """The combinations of values of columns, in the order in which they come, each with how many rows have it, how many of these
        fill each of some columns, and what the values of others come to.
        """
        return grouped(self.table, by, filled, measured) if self.there else iter(())

    def selected(self, names: Sequence[str], where: Where, most: int) -> Iterator[Row]:
        """The first rows whose columns have some values, the texts that are published: those of other columns."""
        return selected(self.table, names, where, most) if self.there else iter(())


NONE: Map[str, Elsewhere] = MappingProxyType({})


def find_large(
    root: Path, folder: str, contracts: Contracts, lender: Path | None = None
) -> tuple[dict[str, Elsewhere], list[Diagnostic]]:
    """The large tables of a project by their names, their files compared with what contracts say; and what is wrong with these.
    `lender`: the project that has the files, when this one is a copy of it, or a former state: it may have others too.
    """
    root, lent = lender or root, lender is not None
    resources = [resource for resource in large_tables(contracts) if resource.name not in contracts.faulty]
    said = [] if folder or not resources else [_nowhere(resources[0])]
    here = dict(walk(root, folder)) if folder and (root / folder).is_dir() else {}
    found: dict[str, Elsewhere] = {}
    for resource in resources:
        others = _under_other_names(root, folder, resource, here) if lent else {}
        wrong = list(_wrong(root, folder, resource, here, lent, others)) if folder else []
        said += wrong
        table = Table(shape_of(resource, contracts), large_source(resource, root, folder, others))
        places = {each.position for each in wrong}
        lacking = tuple(each for each in resource.rows.files if each.position in places or not folder)
        found[resource.name] = Elsewhere(table, bool(folder and resource.rows.files) and not wrong, lacking)
    return found, said


def _under_other_names(root: Path, folder: str, resource: Resource, here: Map[str, bool]) -> dict[str, str]:
    """The files of a former state that are not at their places, and that the folder holds at others, where somebody kept them."""
    sizes = {path: (root / path).stat().st_size for path, link in here.items() if not link}
    found: dict[str, str] = {}
    for each in resource.rows.files:
        own = f"{folder}/{each.path}"
        alike = sorted((path for path, size in sizes.items() if size == each.bytes), key=lambda path: path != own)
        kept = next((path for path in alike if digest(root / path) == each.sha256), own)
        if kept != own:
            found[own] = kept
    return found


def _nowhere(resource: Resource) -> Diagnostic:
    message = "« {title} » est une grande table, et mkdocs.yml ne dit pas dans quel dossier sont ses fichiers."
    hint = (
        "Ajoutez « grandes_tables: donnees » sous « extra: publication: » de {settings}, et « /donnees/ » à .gitignore."
    )
    return fault(CODE, resource.rows.position, message, hint, title=resource.title, settings=SETTINGS)


def _wrong(
    root: Path, folder: str, resource: Resource, here: Map[str, bool], lent: bool, others: Map[str, str]
) -> Iterator[Diagnostic]:
    """What is wrong with the files of a table: those that are listed, those that are not, or that there is none at all."""
    listed = {f"{folder}/{each.path}": each for each in resource.rows.files}
    for path, each in listed.items():
        if path in others:
            continue
        yield from _compared(root, path, each, here)
    more = [] if lent else [path for path in here if path not in listed and resource.rows.paths.match(path)]
    for path in more[:_MOST]:
        yield from _unlisted(root, path, folder, resource)
    if not listed and not more:
        message = "« {title} » n’a aucun fichier : ni dans son contrat, ni dans le dossier « {folder} »."
        hint = "Mettez-y {pattern} : check dira ce qu’il faut écrire dans le contrat."
        values = {"title": resource.title, "folder": folder, "pattern": resource.rows.pattern}
        yield fault(CODE, resource.rows.position, message, hint, **values)


def _compared(root: Path, path: str, listed: Listed, here: Map[str, bool]) -> Iterator[Diagnostic]:
    """What is wrong with a file that a contract lists."""
    if path not in here:
        message = "Le fichier « {path} » n’est pas là : il est hors de git, et rien ne va le chercher."
        hint = "Copiez-le à cette place ; on le trouve ici : {source}" if listed.source else _SOURCE
        yield fault(CODE, listed.position, message, hint, path=path, source=listed.source)
        return
    if here[path]:
        message, hint = "Ceci est un lien symbolique : il n’est pas suivi.", "Remplacez-le par le fichier lui-même."
        yield fault("lien-symbolique", Position(path), message, hint)
        return
    try:
        size = (root / path).stat().st_size
        found = listed.sha256 if size != listed.bytes else digest(root / path)
    except OSError as error:
        message = "Ce fichier ne peut pas être lu ({reason})."
        hint = "Vérifiez qu’il existe et que vous avez le droit de le lire."
        yield fault("fichier-illisible", Position(path), message, hint, reason=reason(error))
        return
    if size != listed.bytes:
        message = "Le contrat dit que « {path} » a {said} octets ; celui qui est là en a {found}."
        values = {"said": number(listed.bytes), "found": number(size)}
        yield fault(CODE, listed.position, message, _OTHER, path=path, written=_written(root, path, listed), **values)
    elif found != listed.sha256:
        message = "« {path} » a la taille que dit le contrat, et pas son empreinte : c’est un autre fichier."
        yield fault(CODE, listed.position, message, _OTHER, path=path, written=_written(root, path, listed))


_SOURCE = "Copiez-le à cette place, et dites dans le contrat où on le trouve : « source: https://… »."
_OTHER = "Reprenez celui que dit le contrat ; ou, si les données ont changé, écrivez-y {written}"


def _written(root: Path, path: str, listed: Listed) -> str:
    return as_written(listed.path, (root / path).stat().st_size, digest(root / path))


def _unlisted(root: Path, path: str, folder: str, resource: Resource) -> Iterator[Diagnostic]:
    """A file of a table that its contract does not know."""
    message = "« {path} » est un fichier de « {title} », et son contrat ne le connaît pas."
    hint = "Ajoutez-le sous « files » : {written} ; ou retirez-le du dossier."
    try:
        own = as_written(path.removeprefix(f"{folder}/"), (root / path).stat().st_size, digest(root / path))
    except OSError:
        return
    yield fault(CODE, resource.rows.position, message, hint, path=path, title=resource.title, written=own)


def digest(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
