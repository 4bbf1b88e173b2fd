"""Annotated templates: what is copied is read without a fault but those of its placeholders, holds only what is required,
and shows every key of every table; each has its place on the site.
"""

from __future__ import annotations

import html
import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from samples import BASE, DATE, GOLDEN, ROOT, compare, copy_base, write

from generator.authoring.asks import MOST, choices, rules
from generator.authoring.blank import Specimen, specimen
from generator.authoring.placeholders import values
from generator.catalogue.loading import load
from generator.catalogue.plan import make_plan
from generator.catalogue.project import Project, templates
from generator.catalogue.records import Catalogue
from generator.checks import check
from generator.commands.check import checked_project
from generator.commands.making.pipeline import write_pages
from generator.contracts.descriptors import read_contracts
from generator.contracts.model import Contracts, Resource
from generator.contracts.settings import Settings
from generator.diagnostics.finding import Diagnostic
from generator.documents.csv import parse_csv
from generator.documents.places import scalar
from generator.documents.yaml import parse_yaml
from generator.packages import folder
from generator.pages.figures.kinds import figure_kinds
from generator.pages.kinds import page_kinds

SCHEMAS = "https://jardins.exemple.fr/documentation/schemas/"  # where the small site has them
ROOTS = {"contenu": ROOT, "second-site": ROOT / "tests" / "second_site", "base": BASE}

# What the check says of a template that nobody has filled in: what stands for a value is not one.
PLACEHOLDERS = {"valeur-a-ecrire", "valeur-du-mauvais-type", "hors-liste"}


@cache
def contracts_of(name: str) -> Contracts:
    contracts, diagnostics = read_contracts(ROOTS[name])
    assert not diagnostics
    return contracts


CASES = [(root, name) for root in ROOTS for name, r in contracts_of(root).resources.items() if r.rows.in_files]


def alone(root: str, made: Specimen, text: str) -> tuple[Catalogue, list[Diagnostic]]:
    """The catalogue of one file, and what the whole check says of that file."""
    contracts, place = contracts_of(root), ROOTS[root]
    if made.path.endswith(".csv"):
        manner = contracts.manner(made.path)
        assert manner is not None
        assert manner.dialect.delimiter in text
        first = replace(manner, dialect=replace(manner.dialect, header_row=0))  # the template has no title above
        document, problems = parse_csv(made.path, text.encode(manner.encoding), first)
    else:
        document, problems = parse_yaml(made.path, text.encode())
    assert not problems, problems
    catalogue, found = load([document], contracts)
    found += check(Project(place, Settings(), catalogue, (), (), templates(place), ()), page_kinds(), figure_kinds())
    return catalogue, [d for d in found if d.position.path == made.path]


def brought_back(text: str) -> str:
    """The text when every « # » is taken off, those of nested lists too."""
    while True:
        once = re.sub(r"^( *)# (?!yaml-language-server:)", r"\1", text, flags=re.MULTILINE)
        if once == text:
            return text
        text = once


def family(resource: Resource, contracts: Contracts) -> list[Resource]:
    """A table and those that its records hold."""
    found = [resource]
    for each in found:
        found += contracts.children(each.name)
    return found


def test_a_template_reads_well() -> None:
    contracts = contracts_of("base")
    compare(GOLDEN / "gabarits" / "plantes.yaml", specimen(contracts.resources["plantes"], contracts).text)


@pytest.mark.parametrize(("root", "name"), CASES)
def test_a_template_is_read_as_it_is(root: str, name: str) -> None:
    contracts = contracts_of(root)
    resource = contracts.resources[name]
    made = specimen(resource, contracts)
    allowed = PLACEHOLDERS | ({"regle"} if any("formula" in rule.node.nodes for rule in resource.rules) else set())
    catalogue, found = alone(root, made, made.text)
    assert {d.code for d in found} <= allowed, found
    assert [len(catalogue[each.name]) for each in family(resource, contracts)] == [
        1,
        *(0 for _ in family(resource, contracts)[1:]),
    ]
    [record] = catalogue[name]
    refused = {(d.position.line, d.position.column) for d in found if d.code in PLACEHOLDERS}
    for column in resource.fields:
        place = record.at(column.name)
        if record.writes(column.name):
            assert (place.line, place.column) in refused, f"{column.name} passe pour une vraie valeur"
        if record.writes(column.name) and not column.required and made.path.endswith(".yaml"):
            without = re.sub(rf"^( *(?:- )?){column.key[-1]}: .*\n", "", made.text, count=1, flags=re.MULTILINE)
            codes = {d.code for d in alone(root, made, without)[1]}
            assert codes & {"regle", "reference-incomplete"}, f"{column.name} n’est pas demandé"


@pytest.mark.parametrize(
    ("root", "name"), [case for case in CASES if contracts_of(case[0]).resources[case[1]].rows.kind != "csv"]
)
def test_a_template_shows_every_key(root: str, name: str) -> None:
    """Once all that is optional is brought back, one record of each nested table, each column written once, all refused."""
    contracts = contracts_of(root)
    made = specimen(contracts.resources[name], contracts)
    catalogue, found = alone(root, made, brought_back(made.text))
    assert {d.code for d in found} <= PLACEHOLDERS | {"regle"}, found
    for resource in family(contracts.resources[name], contracts):
        [record] = catalogue[resource.name]
        for column in resource.fields:
            assert column.filled or record.writes(column.name), f"{resource.name}.{column.name}"
        text = re.sub(r"\s+(?:[# ]*## )?", "", made.text)
        for said in (resource.title, resource.description, *rules(resource)):
            assert re.sub(r"\s+", "", said) in text.replace("\u202f", ""), said


@pytest.mark.parametrize("root", ROOTS)
def test_examples_are_what_their_columns_take_and_placeholders_are_not(root: str) -> None:
    contracts = contracts_of(root)
    for resource in contracts.resources.values():
        plan = make_plan(resource, contracts)
        texts = values(plan)
        for name, convert in plan.readers.items():
            example = resource.field(name).example
            assert not example or convert(example)[1] is None, f"{resource.name}.{name} : {example}"
            assert convert(texts[name])[1] is not None, f"{resource.name}.{name} : {texts[name]}"


@pytest.mark.parametrize(("root", "name"), CASES)
def test_lines_are_short(root: str, name: str) -> None:
    contracts = contracts_of(root)
    text = specimen(contracts.resources[name], contracts).text
    assert not [line for line in text.splitlines() if "##" in line and len(line) > 104]
    assert text == re.sub(r"[ \t]+$", "", text, flags=re.MULTILINE)


def test_the_template_of_a_nested_table_is_that_of_the_file() -> None:
    contracts = contracts_of("second-site")
    made = [specimen(contracts.resources[name], contracts) for name in ("orgues", "claviers", "jeux")]
    assert made[0] == made[1] == made[2]
    assert made[0].path == "content/orgues/instruments/identifiant-a-choisir.yaml"


def test_a_csv_file_holds_no_comment_but_its_columns_are_explained() -> None:
    contracts = contracts_of("base")
    made = specimen(contracts.resources["releves"], contracts)
    assert made.path == "content/jardins/releves.csv"
    assert made.text == "id,jardin,jour,temperature,remarque\nidentifiant-a-choisir,…,AAAA-MM-JJ,,\n"
    assert [column for column, _ in made.notes] == ["id", "jardin", "jour", "temperature", "remarque"]
    assert "Au moins -40, au plus 60." in dict(made.notes)["temperature"][0]


CONTRACT = """\
name: vergers
title: Vergers
description: Des arbres.
groups:
  - name: greffe
    fields:
      - {name: porte, type: string, title: Porte-greffe}
      - {name: jour, type: date, title: Jour}
      - {name: main, type: string, title: Main}
resources:
  - name: arbres
    title: Arbres
    content: {records: vergers/arbre-*.yaml}
    schema:
      fields:
        - {name: id, type: string, title: Identifiant, example: pommier}
        - {name: devise, type: string, title: Devise, example: "Pomme : verte, # ou rouge", constraints: {required: true}}
        - {name: sol, type: integer, title: Sol, categories: [%s], constraints: {required: true}}
        - {name: etat, type: string, title: État, categories: [{value: mort, label: Mort}, {value: vif, label: Vif}]}
        - {name: abattu, type: date, title: Abattu le}
        - {name: note, type: string, title: Note, example: à voir, prose: true}
        - {group: greffe}
      primaryKey: [id]
      rules:
        - {require_one: [etat, note], message: On sait quelque chose de l’arbre.}
        - {when: {etat: mort}, require: [abattu], message: Un arbre mort est abattu.}
        - {together: [greffe_porte, greffe_jour], message: La greffe dit le porte-greffe et le jour.}
"""


def test_rules_bring_back_what_they_ask_for_and_lists_are_cut(tmp_path: Path) -> None:
    soils = ", ".join(f"{{value: {n}, label: Sol {n}}}" for n in range(1, MOST + 3))
    write(tmp_path, {"datapackages/vergers/datapackage.yaml": CONTRACT % soils})
    contracts, diagnostics = read_contracts(tmp_path)
    assert not diagnostics
    made = specimen(contracts.resources["arbres"], contracts)
    assert made.path == "content/vergers/arbre-identifiant-a-choisir.yaml"
    keys = [line for line in made.text.splitlines() if line and not re.match("[# ]*##", line)]
    assert keys == [
        "# yaml-language-server: $schema=../../build/schemas/arbres.json",
        "id: arbre-identifiant-a-choisir",
        "devise: …",
        "sol: …",
        "etat: …",
        "# abattu: AAAA-MM-JJ",
        "# note: >-",
        "#   …",
        "# greffe:",
        "#   porte: …",
        "#   jour: AAAA-MM-JJ",
        "#   # main: …",
    ]
    assert "## État (une règle le demande). L’une de ces valeurs\u202f: mort, vif.\netat: …" in made.text
    assert "## Devise. Par exemple Pomme : verte, # ou rouge.\n" in made.text
    told = list(choices(contracts.resources["arbres"].field("sol")))
    assert told[-2:] == ["  12\u202f: Sol 12", "  … (2 de plus dans le dictionnaire de la table)"]


@pytest.mark.parametrize(
    "text",
    [
        "a: b",
        "a #b",
        "- a",
        "-",
        "-3",
        "12:30",
        "« a »",
        "a:",
        "[a]",
        "{a",
        "%",
        "@a",
        '"a"',
        "'a",
        "a, b",
        "& a",
        "? a",
        "#",
        "a\nb",
        "2A",
    ],
)
def test_a_text_is_written_so_that_it_is_read_again(text: str) -> None:
    for line in (f"a: {scalar(text)}\n", f"a: [{scalar(text, flow=True)}]\n"):
        document, problems = parse_yaml("a.yaml", line.encode())
        assert not problems
        value = document.root.nodes["a"]
        assert getattr(value, "items", [value])[0].text == text


# --- On the site -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("gabarits")
    project = checked_project(copy_base(out / "projet"))
    built = folder.write(project.catalogue, project.settings, DATE, out / "packages")
    write_pages(project, built, (), out / "docs")
    return out / "docs"


def text_of(page: Path) -> str:
    return (page / "index.md").read_text(encoding="utf-8")


def test_every_template_is_on_the_page_of_its_package(pages: Path) -> None:
    contracts = contracts_of("base")
    for package in contracts.packages.values():
        page = text_of(pages / "documentation" / "gabarits" / package.name)
        shown = [
            html.unescape(re.sub("<[^>]+>", "", code))
            for code in re.findall("<pre[^>]*><code>(.*?)</code>", page, re.S)
        ]
        wanted = [r for name in package.resources if (r := contracts.resources[name]).rows.in_files]
        assert shown == [specimen(resource, contracts, SCHEMAS).text for resource in wanted]
        assert all(f"{{#{resource.name}_}}" in page for resource in wanted)


def test_templates_are_linked_from_where_they_are_looked_for(pages: Path) -> None:
    index = text_of(pages / "documentation" / "gabarits")
    assert re.findall(r'<dt><a href="([^"]+)">([^<]+)<', index) == [
        ("botanique/#familles_", "Familles"),
        ("botanique/#ouvrages_", "Ouvrages"),
        ("botanique/#plantes_", "Plantes"),
        ("botanique/#plantes_", "Variétés"),
        ("botanique/#plantes_", "Plantes compagnes"),
        ("jardins/#jardins_", "Jardins"),
        ("jardins/#jardins_", "Parcelles"),
        ("jardins/#releves_", "Relevés"),
        ("jardins/#bilans_", "Bilans"),
        ("jardins/#bilans_", "Termes"),
        ("jardins/#voisinages_", "Voisinages"),
    ]
    assert 'href="gabarits/"' in text_of(pages / "documentation")
    assert 'href="../gabarits/"' in text_of(pages / "documentation" / "fiches")
    package = text_of(pages / "donnees" / "botanique")
    links = re.findall(r'<a href="\.\./\.\./documentation/gabarits/botanique/#(\w+)_">Ajouter une ligne', package)
    assert links == ["familles", "ouvrages", "plantes", "plantes", "plantes"]
