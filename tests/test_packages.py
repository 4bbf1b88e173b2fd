"""Packages: a complete Data Package v2 descriptor, CSV by RFC 4180, and the same bytes whatever the machine."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from samples import BASE, DATE, ROOT, copy_base, replace, write

from generator.catalogue.records import Record
from generator.commands.check import checked_project
from generator.contracts.model import Field
from generator.packages import folder
from generator.text.links import without_links
from generator.values.types import canonical


def export(root: Path) -> dict[str, bytes]:
    """Every file of every package of a project."""
    project = checked_project(root)
    assert not project.faulty
    place = root / "packages"
    shutil.rmtree(place, ignore_errors=True)
    folder.write(project.catalogue, project.settings, DATE, place)
    return {
        path.relative_to(place).as_posix(): path.read_bytes() for path in sorted(place.rglob("*")) if path.is_file()
    }


def descriptor(files: dict[str, bytes], name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(files[f"{name}/datapackage.json"])
    return found


def resource(package: dict[str, Any], name: str) -> dict[str, Any]:
    return next(r for r in package["resources"] if r["name"] == name)


def field(package: dict[str, Any], table: str, name: str) -> dict[str, Any]:
    return next(f for f in resource(package, table)["schema"]["fields"] if f["name"] == name)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return export(copy_base(tmp_path_factory.mktemp("paquets")))


def test_the_descriptor_is_complete(files: dict[str, bytes]) -> None:
    package = descriptor(files, "botanique")
    assert package["$schema"] == "https://datapackage.org/profiles/2.0/datapackage.json"
    assert package["name"] == "botanique"
    assert package["id"] == package["homepage"] == "https://jardins.exemple.fr/donnees/botanique/"
    assert (package["version"], package["created"]) == ("1.1.0", "2026-05-01T00:00:00Z")
    assert package["licenses"][0]["name"] == "etalab-2.0"
    assert package["contributors"][0]["title"] == "Les jardiniers"
    assert package["keywords"] == ["botanique", "potager"]
    assert [source["title"] for source in package["sources"]] == [
        "Le manuel : semer, planter",
        "Petite flore <du> potager & d’ailleurs",
    ]
    assert descriptor(files, "jardins")["created"] == f"{DATE}T00:00:00Z", "without a version, the reference date"


def test_tables_say_their_size_and_hash(files: dict[str, bytes]) -> None:
    for name in ("botanique", "jardins"):
        for table in descriptor(files, name)["resources"]:
            data = files[f"{name}/{table['path']}"]
            assert table["bytes"] == len(data)
            assert table["hash"] == "sha256:" + hashlib.sha256(data).hexdigest()
            assert (table["encoding"], table["mediatype"], table["type"]) == ("utf-8", "text/csv", "table")
            assert re.fullmatch(r"data/[a-z_]+\.csv", table["path"])


def test_a_package_is_complete_by_itself(files: dict[str, bytes]) -> None:
    for name in ("botanique", "jardins"):
        package = descriptor(files, name)
        tables = {table["name"]: table for table in package["resources"]}
        for table in tables.values():
            columns = {f["name"] for f in table["schema"]["fields"]}
            for key in table["schema"].get("foreignKeys", []):
                target = tables[key["reference"].get("resource", table["name"])]
                assert set(key["fields"]) <= columns
                assert set(key["reference"]["fields"]) <= {f["name"] for f in target["schema"]["fields"]}
                assert "package" not in key["reference"]
    shared = [f"{name}/data/plantes.csv" for name in ("botanique", "jardins")]
    assert files[shared[0]] == files[shared[1]]


def test_the_schema_says_what_the_contract_says(files: dict[str, bytes]) -> None:
    package = descriptor(files, "jardins")
    plants = resource(package, "plantes")["schema"]
    assert plants["primaryKey"] == ["id"]
    assert field(package, "plantes", "id")["constraints"]["required"] is True
    self_key = next(key for key in plants["foreignKeys"] if key["fields"] == ["parente"])
    assert self_key["reference"] == {"fields": ["id"]}, "a key to its own table names none"
    hardiness = field(package, "plantes", "rusticite")
    assert hardiness["categories"][0] == {"value": "gelive", "label": "Gélive"}
    assert hardiness["constraints"]["enum"] == ["gelive", "rustique", "tres-rustique"]
    assert hardiness["categoriesOrdered"] is True
    assert field(package, "varietes", "code")["constraints"]["pattern"] == "^([A-Z]{2}[0-9]{3}|[A-Z]{3})$"
    assert field(package, "varietes", "nom")["constraints"] == {"required": True, "minLength": 3, "maxLength": 30}
    assert resource(package, "varietes")["schema"]["uniqueKeys"] == [["plante", "nom"]]
    surface = field(package, "jardins", "superficie_m2")["constraints"]
    assert (surface["exclusiveMinimum"], surface["exclusiveMaximum"]) == (0, 100000)
    assert field(package, "jardins", "ouverture")["constraints"] == {"minimum": "1900-01-01"}
    assert resource(package, "releves")["schema"]["missingValues"] == [""], "absent cells are empty, and nothing else"


def test_a_key_that_only_refines_is_left_out(files: dict[str, bytes]) -> None:
    plots = resource(descriptor(files, "jardins"), "parcelles")["schema"]
    assert [key["fields"] for key in plots["foreignKeys"]] == [
        ["avant_plante", "avant_variete"],
        ["jardin"],
        ["plante"],
    ]
    tables = {table["name"] for table in descriptor(files, "jardins")["resources"]}
    assert "varietes" in tables, "the table that it names comes along all the same"


def test_what_is_ours_alone_has_a_vocabulary(files: dict[str, bytes]) -> None:
    for name in ("botanique", "jardins"):
        package = descriptor(files, name)
        for table in package["resources"]:
            known = {
                "name",
                "type",
                "profile",
                "path",
                "title",
                "description",
                "format",
                "mediatype",
                "encoding",
                "bytes",
                "hash",
                "dialect",
                "alternatives",
                "sources",
                "schema",
            }
            assert {word for word in table if ":" not in word} <= known
            for column in table["schema"]["fields"]:
                assert {word for word in column if ":" not in word} <= {
                    "name",
                    "type",
                    "format",
                    "title",
                    "description",
                    "example",
                    "categories",
                    "categoriesOrdered",
                    "constraints",
                }


def test_csv_is_rfc_4180(files: dict[str, bytes]) -> None:
    for name, data in files.items():
        if name.endswith(".csv"):
            assert not data.startswith(b"\xef\xbb\xbf")
            assert data.endswith(b"\r\n")
            unquoted = re.sub(rb'"(?:[^"]|"")*"', b"", data)
            assert unquoted.count(b"\r\n") == unquoted.count(b"\n") == unquoted.count(b"\r")
            data.decode("utf-8")
    assert files["jardins/data/releves.csv"] == (
        b"id,jardin,jour,temperature,remarque\r\n"
        b'r1,clos-vert,2020-01-05,-2.5,"gel, puis ""redoux"""\r\n'
        b"r2,clos-vert,2020-01-06,,\r\n"
        b"r3,petit-pre,2020-01-06,7,\r\n"
    )


def test_csv_reads_back_as_it_was_written(tmp_path: Path, files: dict[str, bytes]) -> None:
    catalogue = checked_project(BASE).catalogue
    for name, table in catalogue.tables.items():
        data = next(data for path, data in files.items() if path.endswith(f"/{name}.csv"))
        rows = list(csv.DictReader(io.StringIO(data.decode("utf-8"), newline="")))
        assert rows == [{f.name: cell(record, f) for f in table.resource.fields} for record in table.records]


def cell(record: Record, column: Field) -> str:
    """What a cell holds: a value as it is, a prose with nothing but the words of its links."""
    text = canonical(record[column.name])
    return without_links(text) if column.prose else text


def test_a_prose_keeps_the_words_of_its_links_alone(tmp_path: Path) -> None:
    root = copy_base(tmp_path)
    text = (
        "Voir [le manuel](ouvrage:manuel), [12](nombre:) fois *au moins*, `[a](b)` "
        "et [la page [bis]](https://exemple.fr/a_(b)?c=1)."
    )
    replace(
        root, "content/bilans/bilans.yaml", "La moitié du clos, que [le manuel](ouvrage:manuel) laisse au repos", text
    )
    replace(root, "content/jardins/clos-vert.yaml", "note: sans objet", "note: un [lien](ouvrage:manuel)")
    files = export(root)
    rows = list(csv.DictReader(io.StringIO(files["jardins/data/bilans.csv"].decode("utf-8"), newline="")))
    assert rows[0]["titre"] == "Voir le manuel, 12 fois *au moins*, `a` et la page [bis]."
    assert "un [lien](ouvrage:manuel)" in files["jardins/data/jardins.csv"].decode("utf-8"), (
        "what is no prose is a text"
    )


def test_frictionless_reads_the_same_values(tmp_path: Path) -> None:
    import frictionless

    root = copy_base(tmp_path)
    export(root)
    catalogue = checked_project(root).catalogue
    with frictionless.system.use_context(trusted=True):
        package = frictionless.Package(str(root / "packages/jardins/datapackage.json"))
        for table in package.resources:
            if table.name not in catalogue.tables:  # a flat one
                continue
            for row, record in zip(table.read_rows(), catalogue[table.name], strict=True):
                for column in record.resource.fields:
                    wanted, found = record[column.name], row[column.name]
                    wanted = cell(record, column) if column.prose and wanted is not None else wanted
                    if column.type == "yearmonth" and found is not None:
                        found = f"{found.year}-{found.month:02}"
                    assert found == wanted, (table.name, column.name)


# --- the same bytes ---

SCRIPT = """
import sys
from pathlib import Path
from generator.commands.making.pipeline import write_pages
from generator.commands.check import checked_project
from generator.packages import extracts, folder, metadata
from generator.packages.built import Published
project = checked_project(Path("."))
built = folder.write(project.catalogue, project.settings, "2026-01-02", Path("build/packages"))
published = Published(project.catalogue, project.settings, "2026-01-02", built)
folder.write_all(published, Path("build/packages"))
metadata.write(published, Path("build/site"))
extracts.write(published, extracts.extracts(published.catalogue).values(), Path("build/site"))
write_pages(project, built, (), Path("build/docs"))
"""
PLACES = {
    "plain": {},
    "elsewhere": {
        "PYTHONHASHSEED": "1",
        "TZ": "Pacific/Auckland",
        "LC_ALL": "C",
        "LANG": "C",
        "PYTHONUTF8": "0",
        "COLUMNS": "20",
    },
    "other seed": {"PYTHONHASHSEED": "4242", "TZ": "America/Nome", "LC_ALL": "fr_FR.ISO-8859-1"},
}


def pages_and_packages(root: Path, environment: dict[str, str]) -> dict[str, bytes]:
    command = [sys.executable, "-X", "warn_default_encoding", "-W", "error::EncodingWarning:generator", "-c", SCRIPT]
    done = subprocess.run(
        command, cwd=root, env={**os.environ, "PYTHONPATH": str(ROOT), **environment}, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in (root / "build").rglob("*") if p.is_file()}


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return pages_and_packages(copy_base(tmp_path_factory.mktemp("ici")), PLACES["plain"])


@pytest.mark.parametrize("name", ["elsewhere", "other seed"])
def test_the_same_bytes_on_another_machine(tmp_path: Path, reference: dict[str, bytes], name: str) -> None:
    """Another hash seed, zone, locale, folder; files made in the opposite order, with other dates."""
    root = tmp_path / "un autre dossier" / "é"
    for path in sorted((p for p in BASE.rglob("*") if p.is_file()), reverse=True):
        target = root / path.relative_to(BASE)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
        os.utime(target, (10**9, 10**9))
    assert {Path(path).suffix for path in reference} >= {".csv", ".json", ".parquet", ".sqlite", ".xlsx", ".zip", ".md"}
    found = pages_and_packages(root, PLACES[name])
    assert [path for path in reference.keys() | found.keys() if reference.get(path) != found.get(path)] == []


REWRITTEN = {
    "quotes": ("nom: Tomate\n", 'nom: "Tomate"\n'),
    "apostrophes": ("nom: Tomate\n", "nom: 'Tomate'\n"),
    "folded": ("nom: Tomate\n", "nom: >-\n  Tomate\n"),
    "flow": ("source: {ouvrage: manuel, page: 12}\n", "source:\n  page: 12\n  ouvrage: manuel\n"),
    "comments": ("nom: Tomate\n", "# le nom\nnom: Tomate # solanacée\n\n"),
    "order of keys": ("nom: Tomate\nfamille: solanacees\n", "famille: solanacees\nnom: Tomate\n"),
    "escape": ("Cœur de bœuf", '"C\\u0153ur de bœuf"'),
    "document mark": ("id: tomate\n", "---\nid: tomate\n"),
}


@pytest.mark.parametrize("name", REWRITTEN)
def test_how_yaml_is_written_changes_nothing(tmp_path: Path, files: dict[str, bytes], name: str) -> None:
    root = copy_base(tmp_path)
    replace(root, "content/botanique/plantes/tomate.yaml", *REWRITTEN[name])
    assert export(root) == files


def test_line_ends_and_marks_change_nothing(tmp_path: Path, files: dict[str, bytes]) -> None:
    root = copy_base(tmp_path)
    for path in [*root.rglob("*.yaml"), *root.rglob("*.csv"), *root.rglob("*.yml"), *root.rglob("*.md")]:
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert export(root) == files


def test_decomposed_letters_change_nothing(tmp_path: Path, files: dict[str, bytes]) -> None:
    import unicodedata

    root = copy_base(tmp_path)
    for path in root.rglob("*.yaml"):
        path.write_bytes(unicodedata.normalize("NFD", path.read_text(encoding="utf-8")).encode())
    assert export(root) == files


def test_one_record_more_changes_its_tables_alone(tmp_path: Path, files: dict[str, bytes]) -> None:
    root = write(copy_base(tmp_path), {"content/jardins/neuf.yaml": 'id: neuf\nnom: Neuf\ndepartement: "01"\n'})
    after = export(root)
    changed = {name for name in after if after[name] != files.get(name)}
    assert {name for name in changed if name.endswith((".csv", "datapackage.json"))} == {
        "jardins/data/jardins.csv",
        "jardins/datapackage.json",
    }
    assert all(name.startswith("jardins/") for name in changed), "nothing of the other package"


def test_what_is_unset_is_left_out(tmp_path: Path) -> None:
    root = write(copy_base(tmp_path), {"mkdocs.yml": "site_name: Jardins\n"})
    package = descriptor(export(root), "jardins")
    assert not {"id", "homepage", "licenses", "contributors", "version"} & set(package)
