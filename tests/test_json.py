"""The JSON of tables, records and their indexes: what the guide says of it is what is written; identifiers of any shape; a number has
the decimals that it is written with.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from clients.published import Site, publish
from guides import BOTH, ENGLISH
from guides import read as guide
from samples import DATE, checked, copy_base, replace, write

from generator.commands.check import checked_project
from generator.commands.making import pipeline
from generator.packages import folder, sums
from generator.text.interface import say
from generator.text.language import speaking
from generator.text.portable import LONGEST as LONGEST_NAME

FAMILIES = "datapackages/botanique/datapackage.yaml"


def read(path: Path) -> Any:
    """A file as the guide says to read it; no object has a key twice."""

    def once(pairs: list[tuple[str, object]]) -> dict[str, object]:
        assert len(dict(pairs)) == len(pairs), path
        return dict(pairs)

    return json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal, object_pairs_hook=once)


def place(site: Site, address: object) -> Path:
    """The file that an address names."""
    return site.folder / str(address).removeprefix(site.project.settings.site_url)


# --- What the guide says -----------------------------------------------------------------------------------------

WHOLE, DATASETS, RECORDS, RECORD = 2, 3, 4, 5  # parts of the guide, in both languages


def keys(folder: str, part: int) -> list[list[str]]:
    """The first words of the rows of each table of a part of the guide, the first part being 1."""
    part = guide(f"{folder}json.md").split("\n## ")[part]
    return [
        re.findall(r"^\| `([^`]+)`", table, re.MULTILINE)
        for table in part.split("\n\n")
        if table.strip().startswith("| ")
    ]


@BOTH
def test_the_guide_says_the_keys_of_a_table(gardens: Site, folder: str) -> None:
    told = read(gardens.packages["botanique"] / "data" / "familles.json")
    assert keys(folder, WHOLE) == [list(told)]
    assert told["format"] == 1
    assert list(told["columns"][0]) == ["name", "type", "title"]
    assert [column["name"] for column in told["columns"]] == list(told["rows"][0])


@BOTH
def test_the_guide_says_the_keys_of_the_index(gardens: Site, folder: str) -> None:
    told = read(gardens.folder / "api/v1/index.json")
    assert list(told) == ["format", "packages"]
    tables = [table for package in told["packages"] for table in package["tables"]]
    assert keys(folder, DATASETS) == [list(told["packages"][0]), max(map(list, tables), key=len)]
    for table in tables:
        for file in table["files"]:
            assert list(file) == ["format", "url", "size"]
            assert place(gardens, file["url"]).stat().st_size == file["size"]
        assert ("records" in table) == (gardens.folder / f"api/v1/{table['name']}/index.json").is_file()


@BOTH
def test_the_guide_says_the_keys_of_a_record(gardens: Site, folder: str) -> None:
    told = read(gardens.folder / "api/v1/plantes/index.json")
    assert list(told) == ["format", "table", "title", "records"]
    assert keys(folder, RECORDS) == [list(told["records"][0])]
    [tomato] = [line for line in told["records"] if line["key"] == {"id": "tomate"}]
    found = read(place(gardens, tomato["json"]))
    assert list(found) == ["format", "table", "name", "record"]
    record = found["record"]
    assert (record["famille"], record["famille_libelle"]) == ("solanacees", "Solanacées")
    assert record["_page"] == tomato["page"]
    nested = [name for name, value in record.items() if isinstance(value, list)]
    assert nested
    with speaking("en" if folder == ENGLISH else "fr"):
        column, rows, label = map(say, ("colonne", "liste", "_libelle"))
    assert keys(folder, RECORD)[0] == [f"<{column}>", f"<{column}>{label}", f"<{column}>_page", f"<{rows}>", "_page"]


def test_every_file_says_each_key_once(published: Site) -> None:
    found = [*published.folder.rglob("api/**/*.json"), *published.folder.glob("donnees/*/data/*.json")]
    tables = published.project.catalogue.tables.values()
    assert len(found) > sum(len(table.records) for table in tables if not table.resource.parent)
    for path in found:
        read(path)


def test_a_column_keeps_its_place_before_a_word_of_ours(tmp_path: Path) -> None:
    """A table with a key `famille` and a column `famille_libelle`, which is not the name of the family."""
    root = copy_base(tmp_path / "projet")
    column = "        - {name: famille, type: string, title: Famille"
    text = (root / FAMILIES).read_text(encoding="utf-8")
    [line] = [line for line in text.splitlines(keepends=True) if line.startswith(column)]
    own = "        - {name: famille_libelle, type: string, title: Ce qu’on lit}\n"
    replace(root, FAMILIES, line, line + own)
    replace(
        root,
        "content/botanique/plantes/tomate.yaml",
        "famille: solanacees\n",
        "famille: solanacees\nfamille_libelle: lu ici\n",
    )
    if checked(root):  # a flat table of it would have the name twice
        text = (root / FAMILIES).read_text(encoding="utf-8")
        write(root, {FAMILIES: re.sub(r"^    flat:.*\n(?:      .*\n)*", "", text, flags=re.MULTILINE)})
    site = publish(root, tmp_path / "site")
    assert read(site.folder / "api/v1/plantes/tomate.json")["record"]["famille_libelle"] == "lu ici"


# --- Identifiers -------------------------------------------------------------------------------------------------

HOSTILE = [
    "con", "CON", "nul.txt", "index", "INDEX", "A", "a", "é", "É", "avec une espace", "a/b", "a.b", "../../../evade", "..", ".",
    "x" * 300, "x" * 300 + "y", "~", "%2f", "C:\\x", "œuvre", "-", "lpt9", "b\u00a0c", "日本", "$(x)", "'", "&",
]  # fmt: skip


def with_families(root: Path, ids: Sequence[str]) -> Path:
    """The small project, whose families may have any identifier, with some more."""
    text = (root / FAMILIES).read_text(encoding="utf-8")
    start = text.index("  - name: familles\n")
    any_id = text[start:].replace(
        "{name: id, type: string", "{name: id, type: string, allow: [formulas], constraints: {pattern: '.+'}", 1
    )
    more = "".join(
        f"- {json.dumps({'id': name, 'nom': f'Famille {rank}'}, ensure_ascii=False)}\n" for rank, name in enumerate(ids)
    )
    content = (root / "content/botanique/familles.yaml").read_text(encoding="utf-8")
    return write(root, {FAMILIES: text[:start] + any_id, "content/botanique/familles.yaml": content + more})


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Site:
    place = tmp_path_factory.mktemp("hostile")
    return publish(with_families(copy_base(place / "projet"), HOSTILE), place / "site")


def test_each_identifier_has_its_file(hostile: Site) -> None:
    told = read(hostile.folder / "api/v1/familles/index.json")["records"]
    assert [line["key"]["id"] for line in told][-len(HOSTILE) :] == HOSTILE
    paths = [place(hostile, line["json"]) for line in told]
    assert len({path.as_posix().lower() for path in paths}) == len(told), "also where a disk is blind to case"
    for line, path in zip(told, paths, strict=True):
        assert path.parent == hostile.folder / "api/v1/familles"
        assert re.fullmatch(r"[a-z0-9_.~-]+\.json", path.name)
        assert len(path.name) <= LONGEST_NAME
        assert read(path)["record"]["id"] == line["key"]["id"]
    assert {path.name for path in (hostile.folder / "api/v1/familles").iterdir()} == {path.name for path in paths} | {
        "index.json"
    }


def test_nothing_leaves_the_folder(hostile: Site) -> None:
    above = hostile.folder.parent
    assert {path.name for path in above.iterdir()} == {"projet", "site"}
    assert not any("evade" in path.name for path in above.parent.iterdir())


def test_a_row_that_comes_changes_no_address(hostile: Site, tmp_path: Path) -> None:
    site = publish(with_families(copy_base(tmp_path / "projet"), ["A", "con"]), tmp_path / "site")
    few = {line["key"]["id"]: line["json"] for line in read(site.folder / "api/v1/familles/index.json")["records"]}
    many = {line["key"]["id"]: line["json"] for line in read(hostile.folder / "api/v1/familles/index.json")["records"]}
    assert few.items() <= many.items()


# --- Numbers, and what reads them --------------------------------------------------------------------------------

NUMBERS = ["0.1", "1.10", "-0.0000000001", "12345678901234567890.123456789", "100", "-2.50"]


def test_numbers_are_those_that_are_written(tmp_path: Path) -> None:
    root = copy_base(tmp_path / "projet")
    rows = "".join(f"n{rank},clos-vert,2020-02-{rank + 1:02},{number},\n" for rank, number in enumerate(NUMBERS))
    path = root / "content/jardins/releves.csv"
    path.write_bytes(path.read_bytes().rstrip(b"\r\n") + b"\n" + rows.encode())
    contract = root / "datapackages/jardins/datapackage.yaml"
    text = contract.read_text(encoding="utf-8")
    contract.write_text(
        re.sub(r"(name: temperature, type: number[^\n]*?), constraints: \{[^}]*\}", r"\1", text), encoding="utf-8"
    )
    site = publish(root, tmp_path / "site")
    written = (site.packages["jardins"] / "data/releves.json").read_text(encoding="utf-8")
    assert re.findall(r'"id": "n[0-9]+".*?"temperature": ([^,]+),', written) == NUMBERS
    found = {row["id"]: row["temperature"] for row in read(site.packages["jardins"] / "data/releves.json")["rows"]}
    assert [str(found[f"n{rank}"]) for rank in range(len(NUMBERS))] == [
        str(Decimal(n)) if "." in n else n for n in NUMBERS
    ]


def test_duckdb_reads_the_rows(published: Site) -> None:
    import duckdb

    for built in published.published.packages:
        for table in (*built.own, *built.flat):
            path = published.packages[built.package.name] / f"data/{table.sheet.name}.json"
            with duckdb.connect() as base:
                query = "SELECT len(rows) FROM read_json(?, maximum_object_size = 100000000)"
                [(number,)] = base.execute(query, [str(path)]).fetchall()
            assert number == table.sheet.count, path


# --- Archives ----------------------------------------------------------------------------------------------------


@pytest.mark.skipif(shutil.which("unzip") is None, reason="unzip absent")
def test_unzip_finds_every_archive_whole(published: Site) -> None:
    archives = sorted((published.folder / "donnees").rglob("*.zip"))
    assert (published.folder / "donnees/tout.zip") in archives
    for path in archives:
        done = subprocess.run(
            ("unzip", "-tqq", str(path)), capture_output=True, text=True, encoding="utf-8", check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.skipif(shutil.which("unzip") is None, reason="unzip absent")
def test_the_text_to_read_first_explains_every_column(published: Site) -> None:
    for built in published.published.packages:
        archive = published.packages[built.package.name] / f"{built.package.name}.zip"
        done = subprocess.run(("unzip", "-p", str(archive), "LISEZMOI.md"), capture_output=True, check=True)
        text = done.stdout.decode()
        for table in built.own:
            part = text.partition(f"\n### {table.sheet.name}\n")[2].partition("\n### ")[0]
            assert re.findall(r"^- `(.+?)` \(", part, re.MULTILINE) == [column.name for column in table.sheet.columns]


# --- Pages where a file is ---------------------------------------------------------------------------------------


def files() -> Iterator[str]:
    """A file of each kind that a site publishes beside its pages."""
    yield from ("robots.txt", "llms.txt", "donnees/tout.zip", f"donnees/{sums.NAME}", f"donnees/jardins/{sums.NAME}")
    yield from ("donnees/jardins/datapackage.json", "donnees/jardins/jardins.xlsx", "donnees/jardins/data/jardins.csv")
    yield from ("donnees/jardins/schemas/jardins.json", "plantes/donnees.xlsx", "Robots.TXT", "robots.txt/plus")


@pytest.mark.parametrize("path", list(files()))
def test_a_page_where_a_file_is_is_refused(tmp_path: Path, path: str) -> None:
    root = write(
        copy_base(tmp_path, theme=True), {f"content/pages/{path}.md": "---\ntitle: Une page\n---\nUne page.\n"}
    )
    project = checked_project(root)
    assert not project.faulty
    result = pipeline.build(project, "mkdocs", DATE, lambda stage, counts: None, validate=False)
    assert [(found.code, found.position.path) for found in result.diagnostics if found.severity == "erreur"] == [
        ("adresse-prise", f"content/pages/{path}.md")
    ]
    assert not (root / "site").exists()


def test_all_that_is_written_beside_the_packages_is_named(gardens: Site) -> None:
    there = {path.name for path in (gardens.folder / "donnees").iterdir() if path.is_file()}
    assert there == set(folder.all_files())
