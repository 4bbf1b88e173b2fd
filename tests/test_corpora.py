"""Content of other publishers, as it is: four made-up twins of public corpora pass under contracts alone, lose no text, and make a site."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from corpora.compared import lost
from samples import DATE, ROOT, shown

from generator.commands.check import checked_project
from generator.commands.making.pipeline import build
from generator.packages import folder as packages
from generator.site.engine import ENGINES

CORPORA = ROOT / "tests" / "corpora"
TWINS = ("endoflife", "legislators", "obofoundry", "openfisca")


@pytest.mark.parametrize("name", TWINS)
def test_every_text_of_a_twin_is_in_its_packages(name: str, tmp_path: Path) -> None:
    project = checked_project(CORPORA / name)
    faults = [each for each in project.diagnostics if each.severity == "erreur"]
    assert not faults, shown(faults, CORPORA / name)
    packages.write(project.catalogue, project.settings, DATE, tmp_path)
    missing, texts = lost(CORPORA / name / "content", tmp_path)
    assert texts > 30
    assert not missing


def test_a_text_that_no_package_holds_is_told(tmp_path: Path) -> None:
    root = shutil.copytree(CORPORA / "endoflife", tmp_path / "twin")
    project = checked_project(root)
    packages.write(project.catalogue, project.settings, DATE, tmp_path / "packages")
    product = root / "content" / "products" / "saucer.md"
    product.write_text(product.read_text(encoding="utf-8").replace("flat", "deep"), encoding="utf-8")
    missing, _ = lost(root / "content", tmp_path / "packages")
    assert dict(missing) == {"deep": 1}


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("name", TWINS)
def test_a_twin_makes_a_site_with_nothing_but_its_contract(name: str, engine: str, tmp_path: Path) -> None:
    root = shutil.copytree(CORPORA / name, tmp_path / name)
    result = build(checked_project(root), engine, DATE, lambda stage, counts: None, validate=False)
    assert result.pages, shown(result.diagnostics, root)
    assert (root / "site" / "index.html").is_file()
