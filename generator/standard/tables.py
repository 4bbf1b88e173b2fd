"""The tables of a package → what is wrong with their rows, by whichever engine reads them."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from generator.diagnostics.finding import Diagnostic, fault
from generator.documents.encodings import recognised
from generator.documents.files import read_bytes
from generator.documents.json import parse_json
from generator.standard.columns import shape_of
from generator.standard.descriptors import MANNER
from generator.standard.inline import Rows, placed, read_inline
from generator.standard.model import Data, Package, Resource
from generator.standard.package import referred
from generator.standard.part import UNCHECKED
from generator.tables import source as tabular
from generator.tables.engines import checker
from generator.tables.shape import Reference, Shape
from generator.tables.source import Source, Table
from generator.tables.verdict import Verdict

_TEXTS, _STRUCTURED = ("csv", "tsv", "txt", "tab", "dat"), ("json",)
_LINE = 1 << 16  # bytes in which the first line of a file ends
_SAMPLE = 1 << 20  # bytes by which an encoding that nothing says is recognised


@dataclass
class Judged:
    """A table of a package: the resource, what is asked, where its rows are; those that JSON holds, and the file of these."""

    resource: Resource
    table: Table
    rows: Rows | None = None
    path: str = ""

    @property
    def columns(self) -> list[str]:
        """The columns of the rows, by their rank."""
        shape = self.table.shape
        if self.rows is None or not self.rows.header or shape.match == "exact":
            return [column.name for column in shape.columns]
        return [str(name) for name in self.rows.texts[0]] if self.rows.texts else []

    def placed(self, verdict: Verdict) -> Verdict:
        """A verdict whose places are in the files."""
        return verdict if self.rows is None else placed(verdict, self.rows, self.columns, self.path)


def gather(package: Package, files: dict[int, tuple[Path, ...]], folder: Path, said: list[Diagnostic]) -> list[Judged]:
    """The tables of a package that can be read. `files`: those of each resource, by its rank; one whose files are wrong is not there."""
    names = _names(package)
    found = []
    for rank, resource in enumerate(package.resources):
        if not resource.readable:
            continue
        shape = _shape(rank, package, names)
        one = _inline(resource, shape, said) if resource.data is not None else None
        if resource.data is None and rank in files:
            one = _of_files(resource, shape, files[rank], folder, said)
        if one is not None:
            found.append(one)
    return found


def _names(package: Package) -> list[str]:
    """A name for each resource, that no other has."""
    seen: set[str] = set()
    names = []
    for rank, resource in enumerate(package.resources):
        name = resource.name if resource.name and resource.name not in seen else f"{resource.name}#{rank + 1}"
        seen.add(name)
        names.append(name)
    return names


def _shape(rank: int, package: Package, names: list[str]) -> Shape:
    """What is asked of the resource of a rank."""
    resource = package.resources[rank]
    references, named = [], list[str]()
    for key in resource.schema.foreign_keys if resource.schema else ():
        target = referred(key, resource, package.resources)
        if target is None or not _has(target, key.named):
            continue
        table = "" if target is resource else names[package.resources.index(target)]
        references.append(Reference(key.fields, table, key.named))
    for other in package.resources:
        for key in other.schema.foreign_keys if other.schema else ():
            if referred(key, other, package.resources) is resource:
                named += key.named
    return shape_of(resource, names[rank], references, named)


def _has(target: Resource, columns: Iterable[str]) -> bool:
    return target.schema is None or {*columns} <= {column.name for column in target.schema.fields}


def _inline(resource: Resource, shape: Shape, said: list[Diagnostic]) -> Judged | None:
    assert resource.data is not None
    rows, told = read_inline(resource.data, resource.dialect, resource.schema, resource.form)
    said += told
    return None if rows is None else _held(resource, shape, rows, resource.data.document.path)


def _held(resource: Resource, shape: Shape, rows: Rows, path: str) -> Judged:
    dialect = replace(resource.dialect.rows, header_rows=(1,) if rows.header else ())
    return Judged(resource, Table(shape, Source(dialect=dialect, rows=rows.texts, name=path)), rows, path)


def _of_files(
    resource: Resource, shape: Shape, files: tuple[Path, ...], folder: Path, said: list[Diagnostic]
) -> Judged | None:
    place = resource.paths[0][1]
    form = resource.form
    packed = form == "gz" or all(file.name.lower().endswith(".gz") for file in files)
    if packed and form == "gz":
        form = files[0].name.lower().removesuffix(".gz").rpartition(".")[2]
    if form in _STRUCTURED and not packed:
        return _of_json(resource, shape, files, folder, said)
    if form not in _TEXTS and form:
        message = (
            "Ces données sont du format « {form} », que la commande ne lit pas : leurs lignes n’ont pas été vérifiées."
        )
        said.append(fault(UNCHECKED, place, message, "Publiez aussi la table en CSV.", form=form))
        return None
    encoding = resource.encoding or _shown(files)
    names = {column.header for column in shape.columns}
    heads = [rank == 0 or _repeats(path, resource.dialect.rows, encoding, names) for rank, path in enumerate(files)]
    pairs = zip(resource.paths, files, heads, strict=True)
    shown = tuple(tabular.File(text, path, head) for (text, _), path, head in pairs)
    table = Table(shape, Source(shown, resource.dialect.rows, encoding, "gz" if packed else ""))
    return Judged(resource, table)


def _of_json(
    resource: Resource, shape: Shape, files: tuple[Path, ...], folder: Path, said: list[Diagnostic]
) -> Judged | None:
    """The rows of a file of JSON; of several, each is read alone, and only the first is a table here."""
    name = resource.paths[0][0]
    if len(files) > 1:
        message = "Plusieurs fichiers de JSON ne font pas une table que la commande lise."
        said.append(fault(UNCHECKED, resource.paths[1][1], message, "Réunissez-les en un fichier."))
        return None
    data, told = read_bytes(folder, name, MANNER.limits.bytes)
    said += told
    document, wrong = parse_json(name, data, MANNER) if data is not None else (None, [])
    said += wrong
    if document is None or document.root is None:
        return None
    rows, told = read_inline(Data(document.root, document), resource.dialect, resource.schema, "json")
    said += told
    return None if rows is None else _held(resource, shape, rows, name)


def _repeats(path: Path, dialect: tabular.Dialect, encoding: str, names: set[str]) -> bool:
    """Whether a file that follows another begins with a header: the standard has both, files that are alike and files that follow on."""
    try:
        with (gzip.open if path.name.lower().endswith(".gz") else open)(path, "rb") as stream:
            line = stream.read(_LINE).decode(encoding, "replace").removeprefix("\ufeff").partition("\n")[0]
    except (OSError, EOFError, zlib.error):
        return True  # which the reading of the file says
    cells = line.rstrip("\r").split(dialect.delimiter)
    return any(cell.strip().strip(dialect.quote or " ") in names for cell in cells)


def _shown(files: tuple[Path, ...]) -> str:
    """The encoding that the first bytes show, when nothing says it."""
    try:
        with files[0].open("rb") as stream:
            data = stream.read(_SAMPLE)
    except OSError:
        return "utf-8"
    if len(data) == _SAMPLE:  # the last letter may be cut
        data = data[: data.rfind(b"\n") + 1] or data[:-4]
    return "utf-8" if data.startswith((b"\x1f\x8b", b"\xef\xbb\xbf")) else recognised(data)


def verdicts(judged: list[Judged], engine: str) -> Iterator[tuple[Judged, Verdict]]:
    """The verdict of each table, all being read by one engine."""
    tables = [each.table for each in judged]
    found = checker(engine, tables)(tables)
    yield from ((each, each.placed(verdict)) for each, verdict in zip(judged, found, strict=True))
