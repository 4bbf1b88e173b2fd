"""A table that several packages hold is read once by Frictionless, and all is told that it says of each package by itself."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import frictionless
import pytest
from frictionless.resources import TableResource
from samples import DATE, copy_base, series

from generator.catalogue.project import Project
from generator.commands.check import checked_project
from generator.diagnostics.finding import kept
from generator.packages import folder
from generator.packages.built import Built
from generator.packages.descriptor import DESCRIPTOR
from generator.packages.validation import Verdict, alone, validate

Paths = tuple[Path, ...]
Json = dict  # of a descriptor
Told = tuple[bool, int, int, list[tuple[object, object]]]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return checked_project(copy_base(tmp_path_factory.mktemp("projet")))


@pytest.fixture(scope="module")
def packages(project: Project) -> tuple[Built, ...]:
    made = folder.write(project.catalogue, project.settings, DATE, project.root / "packages")
    shutil.copytree(project.root / "packages", project.root / "whole")
    return made


@pytest.fixture
def built(project: Project, packages: tuple[Built, ...]) -> tuple[Built, ...]:
    """The packages as they were written, whatever the test before broke."""
    shutil.rmtree(project.root / "packages")
    shutil.copytree(project.root / "whole", project.root / "packages")
    return packages


_VERDICTS: dict[str, Verdict] = {}


def known(package: Built, project: Project) -> Verdict:
    """What is said of a package alone; of the same bytes, only once."""
    content = hashlib.sha256(package.package.name.encode())
    for path in sorted(path for path in package.folder.rglob("*") if path.is_file()):
        content.update(f"\n{path.relative_to(package.folder)} {hashlib.sha256(path.read_bytes()).hexdigest()}".encode())
    mark = content.hexdigest()
    if mark not in _VERDICTS:
        _VERDICTS[mark] = alone(package, project.catalogue)
    return _VERDICTS[mark]


def by_itself(package: Built) -> Told:
    """What Frictionless says of a package, asked without us: as it was before tables were read once."""
    with frictionless.system.use_context(trusted=True):
        report = frictionless.validate(str(package.folder / DESCRIPTOR), type="package")
    errors = [*report.errors, *(error for task in report.tasks for error in task.errors)]
    said = [(error.type, kept(error.message)) for error in errors]
    return report.valid, len(report.tasks), sum(task.stats.get("rows", 0) for task in report.tasks), said


def told(verdict: Verdict) -> Told:
    said = [dict(d.message.values) for d in verdict.diagnostics]
    return verdict.valid, verdict.tables, verdict.rows, [(values["type"], values["text"]) for values in said]


def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the tables that Frictionless opens from now on."""
    names: list[str] = []
    once = TableResource.open

    def count(self: TableResource) -> TableResource:
        names.append(self.name)
        return once(self)

    monkeypatch.setattr(TableResource, "open", count)
    return names


def test_each_distinct_table_is_read_once(
    project: Project, built: tuple[Built, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    names = opened(monkeypatch)
    verdicts = list(validate(built, project.catalogue))
    every = [each["name"] for package in built for each in described(package.folder)["resources"]]
    assert sorted(names) == sorted(set(every))
    assert len(every) > len(names), "some are shared"
    assert [told(verdict) for verdict in verdicts] == [by_itself(package) for package in built]


def test_tables_of_one_name_that_are_not_one_table_are_each_read(
    project: Project, built: tuple[Built, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    def retitle(descriptor: Json) -> None:
        resource(descriptor, "familles")["schema"]["fields"][1]["title"] = "Nom latin"

    describe(built[1].folder, retitle)
    rewrite(built[1].folder, "varietes", lambda data: data.replace(b"Roma", b"Rome"))
    names = opened(monkeypatch)
    assert all(verdict.valid for verdict in validate(built, project.catalogue))
    assert [name for name in sorted(names) if names.count(name) > 1] == ["familles", "familles", "varietes", "varietes"]


# What breaks the packages: a gesture on the folders of botanique and jardins, in this order.


def resource(descriptor: Json, name: str) -> Json:
    return next(resource for resource in descriptor["resources"] if resource["name"] == name)


def described(place: Path) -> Json:
    descriptor: Json = json.loads((place / DESCRIPTOR).read_bytes())
    return descriptor


def describe(place: Path, change: Callable[[Json], object]) -> None:
    """Change a descriptor."""
    descriptor = described(place)
    change(descriptor)
    (place / DESCRIPTOR).write_text(json.dumps(descriptor, ensure_ascii=False), encoding="utf-8")


def rewrite(place: Path, name: str, change: Callable[[bytes], bytes]) -> None:
    """Change the file of a table and what its descriptor says of its bytes, as an export that is mistaken would."""
    path = place / "data" / f"{name}.csv"
    before = path.read_bytes()
    data = change(before)
    assert data != before
    path.write_bytes(data)

    def measure(descriptor: Json) -> None:
        resource(descriptor, name).update(bytes=len(data), hash=f"sha256:{hashlib.sha256(data).hexdigest()}")

    describe(place, measure)


def replaced(name: str, old: bytes, new: bytes, *which: int) -> Callable[[Paths], None]:
    def gesture(folders: Paths) -> None:
        for number in which:
            rewrite(folders[number], name, lambda data: data.replace(old, new, 1))

    return gesture


def said(which: int, change: Callable[[Json], object]) -> Callable[[Paths], None]:
    return lambda folders: describe(folders[which], change)


def of(name: str, /, **properties: object) -> Callable[[Json], object]:
    """Properties written over those of a resource."""
    return lambda descriptor: resource(descriptor, name).update(properties)


def without(name: str) -> Callable[[Json], object]:
    def change(descriptor: Json) -> None:
        descriptor["resources"] = [each for each in descriptor["resources"] if each["name"] != name]

    return change


def first_field(name: str, /, **properties: object) -> Callable[[Json], object]:
    return lambda descriptor: resource(descriptor, name)["schema"]["fields"][0].update(properties)


def key(name: str, number: int, /, **properties: object) -> Callable[[Json], object]:
    return lambda descriptor: resource(descriptor, name)["schema"]["foreignKeys"][number].update(properties)


def schema_apart(folders: Paths) -> None:
    """A schema in a file of its own, of the same name in both packages: it lacks a column in the second."""
    for number, place in enumerate(folders):
        schema = resource(described(place), "familles")["schema"]
        schema["fields"] = schema["fields"][: 2 - number]
        (place / "familles.json").write_text(json.dumps(schema), encoding="utf-8")
        describe(place, of("familles", schema="familles.json"))


def without_works(folders: Paths) -> None:
    for place in folders:
        describe(place, without("ouvrages"))


def inline(folders: Paths) -> None:
    """A table that is no file, without the rows that others name."""

    def change(descriptor: Json) -> None:
        table = resource(descriptor, "familles")
        for name in ("path", "format", "mediatype", "encoding", "bytes", "hash", "dialect"):
            del table[name]
        table["data"] = [["id", "nom"], ["rosacees", "Rosacées"]]

    describe(folders[1], change)


def cut(folders: Paths) -> None:
    (folders[0] / DESCRIPTOR).write_bytes((folders[0] / DESCRIPTOR).read_bytes()[:-20])


def one_byte(folders: Paths) -> None:
    path = folders[1] / "data/familles.csv"
    path.write_bytes(path.read_bytes().replace(b"Solan", b"Colan"))


BOTH = (0, 1)
NAVET = (b"Tomate cerise,solanacees,tomate", b"Tomate cerise,solanacees,navet")
# Each with the kind of error that each of the two packages gets first; empty: none.
BROKEN: dict[str, tuple[Callable[[Paths], None], str, str]] = {
    "a key of a shared table": (
        replaced("plantes", b",cucurbitacees,", b",choux,", *BOTH),
        "foreign-key",
        "foreign-key",
    ),
    "a key of one copy": (replaced("plantes", b",cucurbitacees,", b",choux,", 1), "", "foreign-key"),
    "a key to its own table": (replaced("plantes", *NAVET, *BOTH), "foreign-key", "foreign-key"),
    "a key of two columns": (replaced("parcelles", b",tomate,roma\r", b",tomate,rome\r", 1), "", "foreign-key"),
    "half a key": (replaced("parcelles", b",tomate,roma\r", b",tomate,\r", 1), "", "foreign-key"),
    "a row that others name": (replaced("familles", b"solanacees,", b"solanees,", *BOTH), "foreign-key", "foreign-key"),
    "a row that others name, in one copy": (replaced("familles", b"solanacees,", b"solanees,", 1), "", "foreign-key"),
    "no target": (said(1, without("familles")), "", "resource-error"),
    "no target for anyone": (without_works, "resource-error", "resource-error"),
    "a target of another name": (
        said(1, key("releves", 0, reference={"resource": "nord", "fields": ["id"]})),
        "",
        "resource-error",
    ),
    "a column that the target has not": (
        said(1, key("releves", 0, reference={"resource": "jardins", "fields": ["nord"]})),
        "",
        "foreign-key",
    ),
    "another column of the target": (
        said(1, key("releves", 0, reference={"resource": "jardins", "fields": ["nom"]})),
        "",
        "foreign-key",
    ),
    "a key of a column that is not there": (said(1, key("releves", 0, fields=["nord"])), "", "schema-error"),
    "a target of another type": (said(1, first_field("ouvrages", type="integer")), "", "type-error"),
    "a title that is a number": (said(0, lambda descriptor: descriptor.update(title=3)), "package-error", ""),
    "a date that is none": (said(1, lambda descriptor: descriptor.update(created="hier")), "", "package-error"),
    "a source of the owner": (
        said(0, of("plantes", sources=[{"title": "Flore", "email": "flore"}])),
        "resource-error",
        "",
    ),
    "a source of a copy": (said(1, of("plantes", sources="Flore")), "", "resource-error"),
    "a type that is none": (said(1, first_field("familles", type="mot")), "", "field-error"),
    "a constraint of one copy": (
        said(1, first_field("familles", constraints={"maxLength": 3})),
        "",
        "constraint-error",
    ),
    "two tables of one name": (said(0, of("ouvrages", name="familles")), "package-error", ""),
    "a missing name": (said(1, lambda descriptor: resource(descriptor, "familles").pop("name")), "", "resource-error"),
    "a standard that is not said": (said(1, lambda descriptor: descriptor.pop("$schema")), "", "field-error"),
    "a descriptor cut short": (cut, "package-error", ""),
    "no descriptor": (lambda folders: (folders[0] / DESCRIPTOR).unlink(), "package-error", ""),
    "a hash": (said(1, of("familles", hash="sha256:" + 64 * "0")), "", "hash-count"),
    "a size": (said(0, of("familles", bytes=12)), "byte-count", ""),
    "one byte": (one_byte, "", "hash-count"),
    "a path": (said(1, of("familles", path="data/famille.csv")), "", "scheme-error"),
    "the path of another table": (said(1, of("familles", path="data/ouvrages.csv")), "", "extra-label"),
    "a file that is not there": (lambda folders: (folders[1] / "data/familles.csv").unlink(), "", "scheme-error"),
    "a schema in two files": (schema_apart, "", "extra-label"),
    "a table in two files": (said(1, of("familles", path=2 * ["data/familles.csv"])), "", "unique-error"),
    "rows in the descriptor": (inline, "", "foreign-key"),
    "a primary key": (replaced("familles", b"solanacees,", b"cucurbitacees,", *BOTH), "primary-key", "primary-key"),
    "a unique column": (replaced("familles", "Solanacées".encode(), "Cucurbitacées".encode(), 1), "", "unique-error"),
    "a header": (replaced("familles", b"id,nom", b"nom,id", *BOTH), "incorrect-label", "incorrect-label"),
    "a cell too many": (replaced("familles", b"cees,", b"cees,,", 0), "constraint-error", ""),
    "bytes that are no text": (replaced("familles", "é".encode(), b"\xe9", *BOTH), "encoding-error", "encoding-error"),
    "an empty file": (lambda folders: rewrite(folders[1], "familles", lambda data: b""), "", "source-error"),
    "a flat table": (replaced("parcelles_a_plat", b"clos-vert", b"", 1), "", "constraint-error"),
}


@pytest.mark.parametrize("name", series(3, BROKEN))
def test_what_is_broken_is_told_as_frictionless_tells_it_of_each_package(
    project: Project, built: tuple[Built, ...], name: str
) -> None:
    gesture, *first = BROKEN[name]
    gesture(tuple(package.folder for package in built))
    verdicts = list(validate(built, project.catalogue))
    assert verdicts == [known(package, project) for package in built]
    assert [str(told(verdict)[3][0][0]) if verdict.diagnostics else "" for verdict in verdicts] == first


@pytest.mark.parametrize("name", ["a key of a shared table", "no target", "a title that is a number", "a hash"])
def test_a_package_by_itself_is_left_to_frictionless(project: Project, built: tuple[Built, ...], name: str) -> None:
    BROKEN[name][0](tuple(package.folder for package in built))
    assert [told(alone(package, project.catalogue)) for package in built] == [by_itself(package) for package in built]


def test_what_is_found_in_a_flat_table_is_told_at_its_contract(project: Project, built: tuple[Built, ...]) -> None:
    replaced("parcelles_a_plat", b"clos-vert", b"", 1)(tuple(package.folder for package in built))
    places = {str(d.position) for verdict in validate(built, project.catalogue) for d in verdict.diagnostics}
    assert places == {"datapackages/jardins/datapackage.yaml:1:1"}
