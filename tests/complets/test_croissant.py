"""mlcroissant, the reader of those who made Croissant: it accepts every description, and finds the rows."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from clients.programs import ran, said
from clients.published import Site
from complets.prepare import MLCROISSANT

from generator.packages.metadata import croissant

READ = """
import itertools, json, sys
import mlcroissant
dataset = mlcroissant.Dataset(sys.argv[1], mapping=json.loads(sys.argv[2]))
rows = [dict(row) for row in dataset.records(sys.argv[3])]
print(json.dumps([{name: value.decode() if isinstance(value, bytes) else str(value) for name, value in row.items()} for row in rows]))
"""


def ready() -> None:
    if not MLCROISSANT.ready:
        pytest.skip("MLCROISSANT ABSENT : « make test-complet » l’installe")


def validated(path: Path) -> list[str]:
    """What it says of a description that it refuses."""
    ready()
    return said(ran(MLCROISSANT.program("mlcroissant"), "validate", "--jsonld", path))


def test_it_accepts_every_description(published: Site) -> None:
    for name, place in published.packages.items():
        assert validated(place / croissant.FILE) == [], name


def test_it_sees_a_column_of_which_nothing_says_the_file(gardens: Site, tmp_path: Path) -> None:
    text = (gardens.packages["jardins"] / croissant.FILE).read_text(encoding="utf-8")
    path = tmp_path / croissant.FILE
    path.write_text(text.replace('"@id": "data/releves.csv"', '"@id": "data/perdu.csv"', 1), encoding="utf-8")
    assert any("releves" in line for line in validated(path))


def test_it_reads_the_rows(gardens: Site, tmp_path: Path) -> None:
    ready()
    place = Path(shutil.copytree(gardens.packages["botanique"], tmp_path / "botanique"))
    [table] = [table for table in gardens.tables("botanique") if table.name == "familles"]
    files = {
        file["@id"]: str(place / file["@id"])
        for file in json.loads((place / croissant.FILE).read_bytes())["distribution"]
    }
    done = ran(MLCROISSANT.program("python"), "-c", READ, place / croissant.FILE, json.dumps(files), table.name)
    assert done.returncode == 0, done.stderr
    rows = [[row[f"{table.name}/{name}"] for name in table.fields] for row in json.loads(done.stdout)]
    assert rows == table.texts()[1:]
