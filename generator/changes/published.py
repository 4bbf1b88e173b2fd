"""Published packages laid out as a project, so that they are read as strictly as one: each `datapackage.json` becomes a contract,
each CSV file of a table some files of content, none of which is too big to be read.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import Any

from generator.contracts.contract import CONTRACT, VERSIONS
from generator.contracts.model import Contracts, Field
from generator.contracts.naming import WRITTEN
from generator.contracts.writings import suited
from generator.documents.manner import LIMITS
from generator.layout import CONTENT, PACKAGES, SETTINGS
from generator.packages.descriptor import DESCRIPTOR, FLAT_OF
from generator.packages.table_schema import FORMULAS, REFINING
from generator.text.interface import Sentence, say, sentence
from generator.values.writing import GUARDS
from generator.writing import OutsideError, TwiceError, Writer, inside

LARGEST = 500_000_000  # bytes of a file of a package, or of all those of an archive

UNZONED = "%Y-%m-%dT%H:%M:%S"  # a date with an hour that says no zone, as it is published
_COLUMN = (
    *("name", "type", "format", "title", "description", "example", "categories", "categoriesOrdered"),
    *("delimiter", "itemType"),
)
_TABLE = ("title", "description")
_PACKAGE = ("title", "description", "keywords")
_Read = Callable[[str], bytes]  # a file of what is published, by its path there; KeyError when it is not there


class NotPublished(Exception):
    """What cannot be read as packages that a project published; the sentence says why."""

    def __init__(self, told: Sentence) -> None:
        super().__init__(str(told))
        self.told = told


def has_packages(place: Path) -> bool:
    """Whether a path is that of published packages: a `datapackage.json`, its folder, a folder of such folders, or a ZIP."""
    if place.is_dir():
        return bool(list(_descriptors_of(place)))
    return place.is_file() and (place.name == DESCRIPTOR or zipfile.is_zipfile(place))


def lay_out(place: Path, writer: Writer, known: Contracts) -> None:
    """Write the packages at a place as a project. What a contract does not publish (labels, units, identifiers that rows had) is
    that of the `known` contracts, where they have the same columns. Raises NotPublished.
    """
    try:
        if place.is_file() and place.name != DESCRIPTOR:
            with zipfile.ZipFile(place) as archive:
                if sum(member.file_size for member in archive.infolist()) > LARGEST:
                    raise NotPublished(sentence("cette archive est trop grosse"))
                names = [name for name in archive.namelist() if PurePosixPath(name).name == DESCRIPTOR]
                _lay_out(sorted(names), lambda path: _member(archive, path), writer, known)
        else:
            folder = place if place.is_dir() else place.parent
            names = list(_descriptors_of(folder)) if place.is_dir() else [DESCRIPTOR]
            _lay_out(names, lambda path: _file(folder, path), writer, known)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, zlib.error) as error:
        raise NotPublished(sentence("cette archive est abîmée ou chiffrée")) from error
    except csv.Error as error:
        raise NotPublished(sentence("un de ses fichiers CSV ne se lit pas")) from error
    except TwiceError as error:
        raise NotPublished(sentence("deux de ses paquets ont le même nom")) from error
    except KeyError as error:
        raise NotPublished(sentence("il y manque le fichier « {path} »", path=error.args[0])) from error
    except OutsideError as error:
        raise NotPublished(sentence("un de ses noms sort du paquet")) from error


def _descriptors_of(folder: Path) -> Iterator[str]:
    if (folder / DESCRIPTOR).is_file():
        yield DESCRIPTOR
    else:
        yield from (f"{path.parent.name}/{DESCRIPTOR}" for path in sorted(folder.glob(f"*/{DESCRIPTOR}")))


def _file(folder: Path, path: str) -> bytes:
    place = inside(folder, path)
    try:
        if place.is_file() and place.stat().st_size <= LARGEST:
            return place.read_bytes()
    except OSError:
        pass
    raise KeyError(path)


def _member(archive: zipfile.ZipFile, path: str) -> bytes:
    try:
        member = archive.getinfo(path)
    except KeyError:
        raise KeyError(path) from None
    return archive.read(member)


def _lay_out(names: list[str], read: _Read, writer: Writer, known: Contracts) -> None:
    found = [(name.removesuffix(DESCRIPTOR), _descriptor(read(name))) for name in names]
    if not found:
        raise NotPublished(sentence("il n’y a aucun « {name} »", name=DESCRIPTOR))
    owners = _owners([package for _, package in found])
    writer.write(SETTINGS, "site_name: Paquets\n")
    writer.folder(CONTENT)
    for folder, package in found:
        tables = [table for table in package["resources"] if not table.get(FLAT_OF)]
        own = [table for table in tables if owners[table["name"]] == package["name"]]
        if own:
            _contract(package, own, writer, known)
            for table in own:
                _rows(table["name"], read(f"{folder}{table['path']}"), writer)


def _descriptor(data: bytes) -> dict[str, Any]:
    """A descriptor that has what every one of ours has."""
    try:
        package = json.loads(data.decode("utf-8"))
        tables = package["resources"]
        said = [package["name"], *(table[word] for table in tables for word in ("name", "path"))]
        said += [column[word] for table in tables for column in table["schema"]["fields"] for word in ("name", "type")]
        if all(isinstance(text, str) for text in said):
            return dict(package)
    except (ValueError, KeyError, TypeError, RecursionError):
        pass
    raise NotPublished(sentence("ce « {name} » n’est pas celui d’un paquet de tables", name=DESCRIPTOR))


def _owners(packages: list[dict[str, Any]]) -> dict[str, str]:
    """The package that declares each table: it comes before those that its own reach, so where it stands first."""
    places: dict[str, tuple[int, str]] = {}
    for package in packages:
        for rank, table in enumerate(package["resources"]):
            place = rank, package["name"]
            places[table["name"]] = min(place, places.get(table["name"], place))
    return {name: owner for name, (_, owner) in places.items()}


def _contract(package: dict[str, Any], tables: list[dict[str, Any]], writer: Writer, known: Contracts) -> None:
    """The contract that a descriptor comes from, as far as it tells."""
    name = package["name"]
    contract = {"description": name, "title": name, **_kept(package, _PACKAGE), "name": name, "names": WRITTEN}
    contract["resources"] = [
        {
            "title": table["name"],
            **_kept(table, _TABLE),
            "name": table["name"],
            "content": {"csv": f"{table['name']}/*.csv"},
            **_unpublished(table, known),
        }
        for table in tables
    ]
    writer.write(f"{PACKAGES}/{name}/{CONTRACT}", json.dumps(contract, ensure_ascii=False, indent=1))
    if package.get("version"):
        version = {
            "version": package["version"],
            "date": str(package.get("created", ""))[:10],
            "resume": say("Publiée."),
        }
        writer.write(f"{PACKAGES}/{name}/{VERSIONS}", json.dumps([version], ensure_ascii=False))


def _unpublished(table: dict[str, Any], known: Contracts) -> dict[str, Any]:
    """The schema of a table, and what the known contract of the same table says besides."""
    described, resource = table["schema"], known.resources.get(table["name"])
    keys = {word: described[word] for word in ("primaryKey", "uniqueKeys") if described.get(word)}
    foreign = [*described.get("foreignKeys", ()), *described.get(REFINING, ())]
    keys |= {"foreignKeys": foreign} if foreign else {}
    columns = {column["name"]: _column(column) for column in described["fields"]}
    found: dict[str, Any] = {"schema": {"fields": list(columns.values()), **keys}}
    if resource is None:
        return found
    for field in resource.fields:
        if field.name in columns and columns[field.name]["type"] == "datetime" and _unzoned(field):
            columns[field.name]["format"] = UNZONED
        if field.name in columns and field.unit in columns and columns[field.name]["type"] in ("number", "integer"):
            columns[field.name]["unit"] = field.unit
    former = columns.get(resource.former_ids, {}).get("type") == "string"
    found |= {"former_ids": resource.former_ids} if former and resource.former_ids not in resource.primary_key else {}
    found |= {"label": resource.label} if resource.label in columns else {}
    quoted = [name for name in resource.quoted if name in columns]
    return found | ({"quoted": quoted} if quoted else {})


def _unzoned(field: Field) -> bool:
    """Whether the hours of a column are published without a zone."""
    return "%" in field.format and "%z" not in field.format


def _column(described: dict[str, Any]) -> dict[str, Any]:
    """A column as a contract declares it: its list and its pattern as they were before being published."""
    column = {"title": described["name"], **_kept(described, _COLUMN)}
    lifted = suited(GUARDS, described["type"])  # what is published was permitted
    allow = sorted(lifted if described.get(FORMULAS) else lifted - {"formulas"})
    column |= {"allow": allow} if allow else {}
    column |= {word: value for word, value in described.items() if ":" in word and word != FORMULAS}
    constraints = dict(described.get("constraints") or {})
    if column.get("categories"):
        constraints.pop("enum", None)
    pattern = constraints.get("pattern")
    if isinstance(pattern, str):
        constraints["pattern"] = pattern.removeprefix("^(").removesuffix(")$")
    return column | ({"constraints": constraints} if constraints else {})


def _kept(described: dict[str, Any], words: tuple[str, ...]) -> dict[str, Any]:
    return {word: described[word] for word in words if described.get(word)}


def _rows(name: str, data: bytes, writer: Writer) -> None:
    """The rows of a table, in files that are read: each starts with the header."""
    lines = csv.reader(io.StringIO(data.decode("utf-8", errors="replace"), newline=""))
    header = next(lines, [])
    part, size, number = [header], 0, 0
    for row in lines:
        size += sum(map(len, row)) * 2 + len(row)
        part.append(row)
        if size > LIMITS.bytes // 4 or len(part) * max(1, len(header)) > LIMITS.values // 2:
            _write(f"{CONTENT}/{name}/{number:06}.csv", part, writer)
            part, size, number = [header], 0, number + 1
    if len(part) > 1:
        _write(f"{CONTENT}/{name}/{number:06}.csv", part, writer)


def _write(path: str, rows: list[list[str]], writer: Writer) -> None:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    writer.write(path, text.getvalue())
