"""The JSON Schemas of the content files: an editor, which reads YAML 1.2 and not our text, underlines nothing that the check
takes, and underlines what is not a key or a value. The settings of the workspace are those that the contracts say.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from samples import BASE, ROOT, copy_base, replace, write

from generator.authoring import editors
from generator.authoring.forms import plain_kind
from generator.authoring.json_schema import MOST, schemas
from generator.catalogue.project import Project, read_project
from generator.commands.cli import main

ROOTS = {"contenu": ROOT, "second-site": ROOT / "tests" / "second_site", "base": BASE}
EACH = [pytest.param(name, marks=pytest.mark.here if root == ROOT else ()) for name, root in ROOTS.items()]

# --- YAML as an editor reads it ---------------------------------------------------------------------------------------

# The tags of plain scalars, « Core schema » (YAML 1.2.2, 10.3.2).
CORE: tuple[tuple[str, Callable[[str], Any]], ...] = (
    ("null|Null|NULL|~|", lambda text: None),
    ("true|True|TRUE", lambda text: True),
    ("false|False|FALSE", lambda text: False),
    ("[-+]?[0-9]+", int),
    ("0o[0-7]+", lambda text: int(text[2:], 8)),
    ("0x[0-9a-fA-F]+", lambda text: int(text, 16)),
    (r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", float),
    (r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)", lambda text: float(text.replace(".", ""))),
)


def meant(node: Node) -> Any:
    """A node as the value that an editor sees."""
    if isinstance(node, MappingNode):
        return {meant(key): meant(value) for key, value in node.value}
    if isinstance(node, SequenceNode):
        return [meant(item) for item in node.value]
    assert isinstance(node, ScalarNode)
    if node.style:  # between quotes, or a block
        return node.value
    return next((read(node.value) for written, read in CORE if re.fullmatch(written, node.value)), node.value)


def seen(text: str) -> Any:
    return meant(YAML(typ="safe", pure=True).compose(text))


# --- What an editor underlines ----------------------------------------------------------------------------------------


@cache
def project(name: str) -> Project:
    return read_project(ROOTS[name])


@cache
def drawn(name: str) -> dict[str, dict[str, Any]]:
    return schemas(project(name).catalogue)


def faults(schema: dict[str, Any], value: Any) -> list[str]:
    """What is underlined: the path of each place, and the word of the schema that says so."""
    found = jsonschema.Draft7Validator(schema).iter_errors(value)
    return sorted(f"{'/'.join(map(str, error.absolute_path))} {error.validator}" for error in found)


def files(name: str) -> Iterator[tuple[Path, str]]:
    """Every YAML file of the content of a project, and its table."""
    for resource in project(name).catalogue.contracts.resources.values():
        if resource.rows.kind in ("records", "list"):
            for path in sorted((ROOTS[name] / "content").glob(resource.rows.pattern)):
                yield path, resource.name


@pytest.mark.parametrize("name", EACH)
def test_nothing_of_a_valid_content_is_underlined(name: str) -> None:
    found = list(files(name))
    assert {table for _, table in found} == set(drawn(name))
    wrong = {}
    for path, table in found:
        told = faults(drawn(name)[table], seen(path.read_text(encoding="utf-8")))
        if told:
            wrong[path.name] = told
    assert wrong == {}


@pytest.mark.parametrize("name", EACH)
def test_every_schema_is_one(name: str) -> None:
    for table, schema in drawn(name).items():
        jsonschema.Draft7Validator.check_schema(schema)
        assert schema["title"]
        named = re.findall(r'"#/definitions/([^"]+)"', json.dumps(schema))
        assert set(named) == set(schema.get("definitions", {})), table


def within(schema: dict[str, Any], *steps: str) -> dict[str, Any]:
    """A part of a schema, through keys and lists."""
    for step in steps:
        schema = schema["items"] if step == "-" else schema["properties"][step]
    return schema


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("nom: Tomate", "non: Tomate", [" additionalProperties", " required"]),
        ("id: roma", "idd: roma", ["varietes/1 additionalProperties", "varietes/1 required"]),
        ("rusticite: gelive", "rusticite: gellive", ["rusticite enum"]),
        ("famille: solanacees", "famille: [solanacees]", ["famille anyOf"]),
    ],
)
def test_what_is_no_key_and_no_value_is_underlined(old: str, new: str, told: list[str]) -> None:
    text = (BASE / "content" / "botanique" / "plantes" / "tomate.yaml").read_text(encoding="utf-8")
    assert old in text
    assert faults(drawn("base")["plantes"], seen(text)) == []
    assert faults(drawn("base")["plantes"], seen(text.replace(old, new, 1))) == told


def test_values_and_references_come_with_their_labels() -> None:
    schema = drawn("base")["plantes"]
    hardy = within(schema, "rusticite")
    assert dict(zip(hardy["enum"], hardy["enumDescriptions"], strict=True))["gelive"] == "Gélive"
    known = schema["definitions"]["familles.id"]
    assert dict(zip(known["enum"], known["enumDescriptions"], strict=True)) == {
        "cucurbitacees": "Cucurbitacées",
        "solanacees": "Solanacées",
    }
    assert within(schema, "famille")["anyOf"][0] == {"$ref": "#/definitions/familles.id"}
    assert within(schema, "varietes")["defaultSnippets"][0]["body"]["id"] == "$1"


# --- Contracts of every sort ------------------------------------------------------------------------------------------

CONTRACT = """\
name: essai
title: Essai
description: Ce qu’un éditeur lit autrement que nous.
resources:
  - name: lieux
    title: Lieux
    description: Des lieux.
    content: {list: essai/lieux.yaml}
    schema:
      fields:
        - {name: code, type: string, title: Code, constraints: {required: true, pattern: "[0-9]{5}|2[AB][0-9]{3}"}}
      primaryKey: [code]
  - name: essais
    title: Essais
    description: Des essais.
    content: {list: essai/essais.yaml}
    schema:
      missingValues: ["", nd]
      fields:
        - {name: id, type: string, title: Identifiant}
        - {name: lieu, type: string, title: Lieu}
        - {name: niveau, type: string, title: Niveau, categories: [{value: "01", label: Un}, {value: "no", label: Non}, {value: "true", label: Vrai}]}
        - {name: rang, type: integer, title: Rang, categories: [{value: "1", label: Un}, {value: "2", label: Deux}]}
        - {name: pays, type: string, title: Pays, constraints: {enum: [NA, "null", FR]}}
        - {name: mesure, type: number, title: Mesure, constraints: {exclusiveMinimum: 0, maximum: 10}}
        - {name: oui, type: boolean, title: Oui}
        - {name: jour, type: date, title: Jour}
        - {name: an, type: year, title: An, constraints: {minimum: 2000}}
        - {name: mois, type: yearmonth, title: Mois}
        - {name: heure, type: time, title: Heure}
        - {name: site, type: string, format: uri, title: Site, missingValues: [nd]}
        - {name: chiffres, type: string, title: Chiffres, constraints: {pattern: "\\\\d+"}}
        - {name: note, type: string, title: Note, prose: true, constraints: {maxLength: 12}}
      primaryKey: [id]
      foreignKeys:
        - {fields: [lieu], reference: {resource: lieux, fields: [code]}}
"""
LIEUX = "- code: 01234\n- code: 2A004\n"
ACCEPTED = (
    "lieu: 01234", "lieu: '01234'", "lieu: 2A004", "niveau: 01", 'niveau: "01"', "niveau: no", "niveau: true", "rang: 1", "rang: '2'",
    "pays: NA", "pays: null", "pays: 'null'", "mesure: 0.0000000000000000001", "mesure: 1.50", 'mesure: "3"', "mesure: nd", "oui: true",
    "oui: 'false'", "jour: 2024-02-29", "an: 2024", 'an: "2024"', "mois: 2024-01", "heure: 12:30:00", "site: HTTPS://exemple.fr/",
    "chiffres: ٣٤", "chiffres: 12", "note: '[douze](https://exemple.fr/tres/long)'", "note: 12", "note: true", "rang: nd", "niveau: nd",
    "note: |-\n    a\n    b", "jour: nd", "an: nd", "note: 2024-01-01", "note: 1e5", "note: 0x1F", "note: .inf", "note: []",
    "lieu:", "note: ~", "mesure: {}", "jour: null", "rang: ''",
)  # fmt: skip
REFUSED = (
    "lieu: [01234]", "niveau: deux", "rang: trois", "pays: DE", "mesure: 71 %", "mesure: 11", "mesure: -1", "oui: oui", "jour: 3 mai",
    "an: 24", "an: 1999", "mois: 2024-13", "heure: midi", "site: exemple.fr", "note: {a: b}", "site: []", "autre: 1", "site:", "site: ~",
)  # fmt: skip


@pytest.fixture(scope="module")
def essai(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("essai")
    return write(
        root,
        {
            "datapackages/essai/datapackage.yaml": CONTRACT,
            "content/essai/lieux.yaml": LIEUX,
            "mkdocs.yml": "site_name: Essai\n",
        },
    )


def told_of(root: Path, line: str) -> tuple[list[str], list[str]]:
    """What the reading says of a row that has this line, and what an editor does."""
    text = f"- id: a\n  {line}\n"
    write(root, {"content/essai/essais.yaml": text})
    found = read_project(root)
    ours = [d.code for d in found.diagnostics if d.position.path.startswith("content/") and d.severity == "erreur"]
    assert not [d for d in found.diagnostics if d.position.path.startswith("datapackages/")], found.diagnostics
    return ours, faults(schemas(found.catalogue)["essais"], seen(text))


@pytest.mark.parametrize("line", ACCEPTED)
def test_what_the_check_takes_is_never_underlined(essai: Path, line: str) -> None:
    assert told_of(essai, line) == ([], [])


@pytest.mark.parametrize("line", REFUSED)
def test_what_is_underlined_is_refused_by_the_check(essai: Path, line: str) -> None:
    ours, theirs = told_of(essai, line)
    assert ours
    assert theirs


def test_an_identifier_that_was_added_since_is_not_underlined(essai: Path) -> None:
    write(essai, {"content/essai/essais.yaml": "- {id: a}\n"})
    schema = schemas(read_project(essai).catalogue)["essais"]
    assert schema["definitions"]["lieux.code"]["enum"] == ["01234", "2A004"]
    assert faults(schema, [{"id": "a", "lieu": "59000"}]) == []


def test_a_list_that_nobody_reads_is_left_out(essai: Path) -> None:
    write(essai, {"content/essai/lieux.yaml": "".join(f"- code: '{n:05}'\n" for n in range(MOST + 1))})
    try:
        assert "definitions" not in schemas(read_project(essai).catalogue)["essais"]
    finally:
        write(essai, {"content/essai/lieux.yaml": LIEUX})


@pytest.mark.parametrize(
    "text",
    [
        "1",
        "-1",
        "+1",
        "01",
        "1.5",
        ".5",
        "1.",
        "1e5",
        "0x1F",
        "0o7",
        ".inf",
        "~",
        "Null",
        "TRUE",
        "no",
        "1_000",
        "12:30",
        "2024-01-01",
        "a",
    ],
)
def test_what_stands_without_quotes_is_read_as_yaml_1_2_does(text: str) -> None:
    kind = {type(None): "null", bool: "boolean", int: "number", float: "number", str: "string"}[type(seen(text))]
    assert plain_kind(text) == kind


# --- The command and the workspace ------------------------------------------------------------------------------------


def test_what_is_made_for_an_editor_can_be_kept_in_git() -> None:
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert {f"!{editors.SETTINGS}", f"!{editors.EXTENSIONS}"} <= set(ignored)


def test_the_command_writes_schemas_and_settings_and_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = copy_base(tmp_path / "projet")
    replace(
        root, "content/botanique/plantes/tomate.yaml", "rusticite: gelive", "rusticite: gellive"
    )  # a fault of the content
    for _ in range(2):
        assert main(["schemas", "-C", str(root), "--vscode"]) == 0
        assert "6 schémas dans build/schemas/." in capsys.readouterr().out
        assert json.loads((root / "build/schemas/plantes.json").read_text(encoding="utf-8"))["type"] == "object"
    said = json.loads((root / editors.SETTINGS).read_text(encoding="utf-8"))
    assert said["yaml.schemas"]["build/schemas/plantes.json"] == ["content/botanique/plantes/*.yaml"]
    assert sorted(path.name for path in (root / ".atelier").iterdir()) == [".gitignore", "verrou"]


def test_settings_that_are_there_are_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = write(
        copy_base(tmp_path / "projet"), {editors.SETTINGS: '{"editor.wordWrap": "on", "yaml.schemas": {"x": []}}'}
    )
    assert main(["schemas", "-C", str(root), "--vscode"]) == 0
    said = json.loads((root / editors.SETTINGS).read_text(encoding="utf-8"))
    assert said["editor.wordWrap"] == "on"
    assert "x" not in said["yaml.schemas"]
    write(root, {editors.SETTINGS: "{\n  // à moi\n}\n"})
    capsys.readouterr()
    assert main(["schemas", "-C", str(root), "--vscode"]) == 1
    shown = capsys.readouterr()
    assert ".vscode/settings.json n’est pas un fichier JSON sans commentaire" in shown.err
    assert '"build/schemas/plantes.json"' in shown.out
    assert (root / editors.SETTINGS).read_text(encoding="utf-8") == "{\n  // à moi\n}\n"


@pytest.mark.parametrize("text", ["[" * 100_000, "[]", '"x"', "{", "\ufffe", '{"yaml.schemas": 1' + "}" * 3])
def test_settings_that_are_none_are_left_as_they_are(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str
) -> None:
    root = write(copy_base(tmp_path / "projet"), {editors.SETTINGS: text})
    assert main(["schemas", "-C", str(root), "--vscode"]) == 1
    assert (root / editors.SETTINGS).read_text(encoding="utf-8") == text
    (root / editors.SETTINGS).unlink()
    os.mkfifo(root / editors.SETTINGS)
    assert main(["schemas", "-C", str(root), "--vscode"]) == 1
    assert (root / editors.SETTINGS).is_fifo()


def test_nothing_is_written_outside_or_over_what_is_not_ours(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root, away = copy_base(tmp_path / "projet"), tmp_path / "ailleurs"
    away.mkdir()
    (root / "build").symlink_to(away)
    assert main(["schemas", "-C", str(root)]) == 1
    (root / "build").unlink()
    (root / "build").mkdir()
    (root / "build" / "mien.txt").write_text("x", encoding="utf-8")
    assert main(["schemas", "-C", str(root)]) == 1
    (root / "build" / "mien.txt").unlink()
    assert main(["schemas", "-C", str(root)]) == 0
    (root / "build" / "schemas").rename(tmp_path / "vieux")
    (root / "build" / "schemas").symlink_to(away)
    assert main(["schemas", "-C", str(root)]) == 1
    (root / ".vscode").symlink_to(away)
    (root / "build" / "schemas").unlink()
    assert main(["schemas", "-C", str(root), "--vscode"]) == 1
    assert list(away.iterdir()) == []
    assert "build est un lien symbolique" in capsys.readouterr().err


def test_a_contract_with_faults_gives_no_schema(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = copy_base(tmp_path / "projet")
    contract = "datapackages/botanique/datapackage.yaml"
    write(root, {contract: (root / contract).read_text(encoding="utf-8").replace("type: integer", "type: entier", 1)})
    assert main(["schemas", "-C", str(root)]) == 1
    assert "corrigez d’abord les contrats" in capsys.readouterr().err
    assert not (root / "build").exists()
