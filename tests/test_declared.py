"""A text of a contract, a setting or a template that changes makes again the pages where it is read, and no others."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from jinja2 import DictLoader
from readings import Readings
from samples import SECOND, replace

from generator.catalogue.declaring import declared
from generator.catalogue.difference import NOTHING, Difference, difference
from generator.catalogue.project import read_project
from generator.catalogue.reads import Memo, Reads, note, noting
from generator.commands.making.warm import Session
from generator.contracts import saying
from generator.contracts.descriptors import read_contracts
from generator.pages.templates import environment
from tests.edits.judge import copied, differences
from tests.edits.sessions import DATE, Reference

CONTRACT = "datapackages/orgues/datapackage.yaml"
TEXT = re.compile(r"(?:^|[ {,-])(?:title|description|example): +\"?(?=[^\s>|])", re.MULTILINE)
VERSION = """- version: 1.0.1
  date: 2026-01-03
  resume: D’autres mots.
  changements: [{table: orgues, ligne: chapelle, colonne: mots, avant: petit orgue, apres: orgue}]
"""
SOME = 8  # texts that are tried: all of them take forty seconds


@pytest.fixture(scope="module")
def readings(tmp_path_factory: pytest.TempPathFactory) -> Readings:
    return Readings(copied(SECOND, tmp_path_factory.mktemp("lectures") / "ici"))


# --- What differs --------------------------------------------------------------------------------------------------------


def changed(tmp_path: Path, path: str, old: str, new: str) -> Difference | None:
    root = copied(SECOND, tmp_path / "ici")
    before = read_project(root)
    replace(root, path, old, new)
    return declared(before, read_project(root), NOTHING)


def test_a_text_of_a_contract_is_told_by_its_place(tmp_path: Path) -> None:
    found = changed(tmp_path, CONTRACT, "title: Élève de", "title: Formé par")
    assert found is not None
    assert found.facts == {(("resources", "facteurs", "fields", 2), "title")}
    assert (found.declared, found.whole) == (True, False)


def test_where_a_contract_is_written_counts_for_nothing(tmp_path: Path) -> None:
    found = changed(tmp_path, CONTRACT, "title: Orgues\ndescription", "# Une ligne.\ntitle: Orgues\ndescription")
    assert found == NOTHING


def test_a_setting_is_told_by_its_name(tmp_path: Path) -> None:
    found = changed(tmp_path, "mkdocs.yml", "site_name: Orgues du Val d’Ombre", "site_name: Orgues")
    assert found is not None
    assert found.facts == {(("settings",), "site_name")}


def test_another_column_changes_the_rows_of_its_table(tmp_path: Path) -> None:
    column = "        - {name: mort, type: year, title: Mort}\n"
    found = changed(tmp_path, CONTRACT, column, column + "        - {name: ville, type: string, title: Ville}\n")
    assert found is not None
    assert (("resources", "facteurs"), "fields") in found.facts
    assert {table for table, _ in found.said} == {"facteurs"}
    assert not found.whole


def test_a_column_may_come_with_what_it_names(tmp_path: Path) -> None:
    root = copied(SECOND, tmp_path / "ici")
    before, column = read_project(root), "        - {name: mort, type: year, title: Mort}\n"
    replace(root, CONTRACT, column, column + "        - {name: ville, type: string, title: Ville}\n")
    key = "        - {fields: [maitre], reference: {fields: [id]}}\n"
    town = "        - {fields: [ville], reference: {package: lieux, resource: communes, fields: [code]}}\n"
    replace(root, CONTRACT, key, key + town)
    after = read_project(root)
    assert not after.faulty
    rows = difference(before.catalogue, after.catalogue)
    assert {table for table, _ in rows.said} == {"facteurs"}
    found = declared(before, after, rows)
    assert found is not None
    assert found.whole


def test_a_rule_changes_all_pages(tmp_path: Path) -> None:
    found = changed(tmp_path, CONTRACT, "Un facteur d’orgues meurt après être né.", "Un facteur naît avant de mourir.")
    assert found is not None
    assert found.whole


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("mkdocs.yml", "guides: true", "guides: false"),
        ("mkdocs.yml", "site_url: https://orgues.exemple.fr/val/", "site_url: https://orgues.exemple.fr/"),
        ("datapackages/orgues/versions.yaml", "{version: 1.0.0", "{version: 0.9.0"),
    ],
)
def test_what_decides_of_other_pages_or_files_is_no_difference(tmp_path: Path, path: str, old: str, new: str) -> None:
    assert changed(tmp_path, path, old, new) is None


def test_each_declaration_has_a_place_where_it_is_found_again() -> None:
    contracts = read_contracts(SECOND)[0]
    found = saying.places(contracts)
    assert len(found) > 100
    for place in found.values():
        assert id(saying.at(contracts, place)) in found


# --- The pages that are made again -----------------------------------------------------------------------------------------


def texts(root: Path) -> Iterator[tuple[Path, str, int]]:
    """The contracts of a project, with the place of each text that people read."""
    for path in sorted(root.glob("datapackages/*/datapackage.yaml")):
        text = path.read_text(encoding="utf-8")
        yield from ((path, text, found.end()) for found in TEXT.finditer(text))


def test_each_text_of_a_contract_makes_again_the_pages_that_tell_it(readings: Readings) -> None:
    tried = 0
    for path, text, at in Random(1).sample(list(texts(readings.root)), 2 * SOME):
        path.write_text(f"{text[:at]}Zz {text[at:]}", encoding="utf-8")
        project = readings.read()
        found = declared(readings.project, project, NOTHING)
        if project.faulty or found is None or found.whole:
            path.write_text(text, encoding="utf-8")
            continue
        made = readings.again()
        assert readings.texts() == readings.whole(), text[at - 20 : at + 40]
        assert len(made) < len(readings.texts()) / 2, text[at - 20 : at + 40]
        path.write_text(text, encoding="utf-8")
        readings.again()
        tried += 1
    assert tried >= SOME


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("site_name: Orgues du Val d’Ombre", "site_name: Orgues"),
        ("site_description: L’inventaire", "site_description: Un inventaire"),
        ("repo_url: https://github.com/exemple/orgues", "repo_url: https://github.com/exemple/val"),
        ("branche: principale", "branche: essais"),
        ("producteur: {nom: Les amis", "producteur: {nom: Des amis"),
        ("titre: Licence Ouverte 2.0", "titre: Licence Ouverte"),
    ],
)
def test_each_setting_makes_again_the_pages_that_tell_it(readings: Readings, old: str, new: str) -> None:
    replace(readings.root, "mkdocs.yml", old, new)
    readings.again()
    assert readings.texts() == readings.whole()
    replace(readings.root, "mkdocs.yml", new, old)
    readings.again()


def test_what_was_made_while_nobody_noted_is_made_again_for_who_notes() -> None:
    memo: Memo[str, str] = Memo()

    def make() -> str:
        note("lu")
        return "fait"

    assert memo("", make) == "fait"
    for _ in range(2):
        reads = Reads()
        with noting(reads):
            assert memo("", make) == "fait"
        assert reads.facts == {"lu"}


def test_what_a_template_exports_is_read_by_all_who_import_it(tmp_path: Path) -> None:
    """Even when the first to import it noted nothing."""
    templates = environment(tmp_path, [])
    templates.loader = DictLoader({"a.html": "{% set n = f() %}", "b.html": "{% import 'a.html' as a %}{{ a.n }}"})
    templates.globals["f"] = lambda: (note("lu"), "fait")[1]
    assert templates.get_template("b.html").render() == "fait"
    for _ in range(2):
        reads = Reads()
        with noting(reads):
            assert templates.get_template("b.html").render() == "fait"
        assert "lu" in reads.facts


# --- What is published -----------------------------------------------------------------------------------------------------


def test_a_session_publishes_what_a_clean_build_would(tmp_path: Path) -> None:
    root, reference = copied(SECOND, tmp_path / "ici"), Reference(tmp_path / "neuf", tmp_path / "cache", "mkdocs")
    session, column = Session(root, "mkdocs", date=DATE), "        - {name: mort, type: year, title: Mort}\n"
    try:
        session.round()
        for path, old, new, whole in (
            (CONTRACT, "title: Élève de", "title: Formé par", ""),
            ("mkdocs.yml", "nav:\n", 'theme: {palette: {primary: "#1b4d3e"}}\nnav:\n', "le site entier est reconstruit"),
            ("mkdocs.yml", "#1b4d3e", "#5a2a6b", ""),
            (CONTRACT, column, column + "        - {name: ville, type: string, title: Ville}\n", ""),
            ("datapackages/bibliographie/datapackage.yaml", "path: a-relire/", "path: a-revoir/", "tout est refait"),
        ):  # fmt: skip
            replace(root, path, old, new)
            found = session.round()
            assert not found.faulty
            assert bool(found.whole) == bool(whole), found.whole
            assert whole in " ".join(found.whole)
            assert differences(root, reference(root).root) == [], (path, new)
    finally:
        session.close()


def test_a_title_told_by_the_history_of_a_row_is_published_anew(tmp_path: Path) -> None:
    root = copied(SECOND, tmp_path / "ici")
    replace(root, "datapackages/orgues/versions.yaml", "- {version: 1.0.0", VERSION + "- {version: 1.0.0")
    replace(root, CONTRACT, "    template: orgue.html\n", "")
    page, session = root / "build/docs/orgues/chapelle/index.md", Session(root, "mkdocs", date=DATE)
    try:
        assert not session.round().faulty
        assert "<td>Mots des lecteurs</td>" in page.read_text(encoding="utf-8")
        replace(root, CONTRACT, "title: Mots des lecteurs,", "title: Mots de tous,")
        assert not session.round().faulty
        assert "<td>Mots de tous</td>" in page.read_text(encoding="utf-8")
    finally:
        session.close()
