"""The shapes in which others write their rows, each read as its contract declares, every value at its place; what has another shape
is said there.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from guides import BOTH, ENGLISH, read
from samples import write
from test_schemas import faults, seen

from generator.authoring.blank import specimen
from generator.authoring.json_schema import schemas
from generator.catalogue.project import Project, read_project
from generator.contracts.meanings import is_plain
from generator.values.types import TYPES, canonical

HEAD = """\
name: parc
title: Parc
description: Des bateaux, inventés.
resources:
"""
BOATS = """\
- name: bateaux
  title: Bateaux
  content: {list: parc/bateaux.yaml%s}
  schema:
    fields:
    - {name: id, type: string, title: Identifiant}
%s
    primaryKey: [id]
"""


def boats(columns: str, content: str = "", missing: str = "") -> str:
    """The contract of a table of boats with these columns, one a line."""
    lines = "\n".join(f"    - {{{line}}}" for line in columns.splitlines())
    return BOATS % (content, lines) + (f"    missingValues: {missing}\n" if missing else "")


def within(
    name: str, content: str, columns: str, key: str, parent: str = "bateaux", above: str = "bateau", missing: str = ""
) -> str:
    """The contract of a table nested in another; `above`: its columns of the key to what holds it."""
    keys = above.split(", ")
    held = {"bateaux": "id"}.get(parent, ", ".join(["bateau", *keys[1:]]))
    lines = [
        *(f"name: {each}, type: {'integer' if each == 'rang' else 'string'}, title: {each}" for each in keys),
        *columns.splitlines(),
    ]
    fields = "\n".join(f"    - {{{line}}}" for line in lines)
    return (
        f"- name: {name}\n  title: {name.capitalize()}\n  content: {{within: {parent}, {content}}}\n  schema:\n    fields:\n{fields}\n"
        f"    primaryKey: [{key}]\n    foreignKeys:\n    - {{fields: [{above}], reference: {{resource: {parent}, fields: [{held}]}}}}\n"
        + (f"    missingValues: {missing}\n" if missing else "")
    )


def project(root: Path, contract: str, content: str, path: str = "parc/bateaux.yaml") -> Project:
    write(
        root,
        {
            "datapackages/parc/datapackage.yaml": HEAD + contract,
            f"content/{path}": content,
            "mkdocs.yml": "site_name: Parc\n",
        },
    )
    return read_project(root)


def rows(found: Project, table: str) -> list[str]:
    """The rows of a table, their values one after the other."""
    return [" ".join("-" if v is None else canonical(v) for v in row.values) for row in found.catalogue[table]]


def told(found: Project) -> list[str]:
    return [f"{d.position} {d.code}" for d in found.diagnostics if d.severity == "erreur" and "reglage" not in d.code]


REST = "object" if "object" in TYPES else "string"
NAME = "name: nom, type: string, title: Nom"
ID = "- id: ida\n"


def test_a_column_has_the_key_that_is_written_or_a_way_to_it(tmp_path: Path) -> None:
    contract = boats(
        "name: port, type: string, title: Port, from: Port d’attache\nname: ville, type: string, title: Ville, from: [lieu, adresse, Ville]"
    )
    found = project(tmp_path, contract, ID + "  Port d’attache: Brest\n  lieu: {adresse: {Ville: Crozon}}\n")
    assert told(found) == []
    assert rows(found, "bateaux") == ["ida Brest Crozon"]
    record = found.catalogue["bateaux"][0]
    assert [str(record.at(name)) for name in ("port", "ville")] == [
        "content/parc/bateaux.yaml:2:19",
        "content/parc/bateaux.yaml:3:27",
    ]


def test_an_unknown_key_in_a_deep_group_is_said_there(tmp_path: Path) -> None:
    contract = boats("name: ville, type: string, title: Ville, from: [lieu, adresse, ville]")
    found = project(tmp_path, contract, ID + "  lieu: {adresse: {vile: Crozon}}\n")
    assert [(str(d.position), d.suggestion) for d in found.diagnostics if d.code == "cle-inconnue"] == [
        ("content/parc/bateaux.yaml:2:20", "ville")
    ]


def test_a_list_stands_in_groups(tmp_path: Path) -> None:
    contract = boats(NAME) + within("codes", "key: [ids, mer]", "name: code, type: string, title: Code", "bateau, code")
    found = project(tmp_path, contract, ID + "  nom: Ida\n  ids: {mer: [m1, m2]}\n- {id: eva, nom: Eva}\n")
    assert told(found) == []
    assert rows(found, "codes") == ["ida m1", "ida m2"]
    assert str(found.catalogue["codes"][1].at("code")) == "content/parc/bateaux.yaml:3:19"


def test_a_map_gives_its_keys_to_a_column(tmp_path: Path) -> None:
    contract = boats(NAME) + within(
        "prix",
        "key: prix, keys: jour",
        "name: jour, type: date, title: Jour\nname: montant, type: integer, title: Montant",
        "bateau, jour",
    )
    found = project(tmp_path, contract, ID + "  prix:\n    2020-01-01: {montant: 3}\n    2021-01-01: 4\n")
    assert told(found) == []
    assert rows(found, "prix") == ["ida 2020-01-01 3", "ida 2021-01-01 4"]
    record = found.catalogue["prix"][0]
    assert {str(record.at(name)) for name in ("", "bateau", "jour")} == {"content/parc/bateaux.yaml:3:5"}
    assert str(record.at("montant")) == "content/parc/bateaux.yaml:3:27"


def test_the_key_of_a_map_that_is_no_value_is_said_at_the_key(tmp_path: Path) -> None:
    contract = boats(NAME) + within(
        "prix",
        "key: prix, keys: jour",
        "name: jour, type: date, title: Jour\nname: montant, type: integer, title: Montant",
        "bateau, jour",
    )
    found = project(tmp_path, contract, ID + "  prix:\n    2020-01: {montant: 3}\n    2021-01-01:\n")
    assert told(found) == [
        "content/parc/bateaux.yaml:3:5 valeur-du-mauvais-type",
        "content/parc/bateaux.yaml:4:5 valeur-vide",
    ]


def test_a_file_may_be_a_map(tmp_path: Path) -> None:
    found = project(
        tmp_path, boats(NAME, ", keys: id"), "ida: {nom: Ida}\neva: {nom: Eva, id: eva}\nleo: {id: lea, nom: Léo}\n"
    )
    assert told(found) == ["content/parc/bateaux.yaml:3:11 valeur-et-place"]
    assert rows(found, "bateaux") == ["ida Ida", "eva Eva", "leo Léo"]


def test_under_a_key_several_rows_may_stand(tmp_path: Path) -> None:
    contract = boats(NAME) + within(
        "notes", "key: notes, keys: jour, rank: rang, value: titre",
        "name: jour, type: date, title: Jour\nname: rang, type: integer, title: Rang\n"
        "name: titre, type: string, title: Titre\nname: lien, type: string, title: Lien",
        "bateau, rang",
    )  # fmt: skip
    found = project(
        tmp_path,
        contract,
        ID + "  notes:\n    2020-01-01: [{titre: a, lien: l}, b]\n    2021-01-01: c\n    2022-01-01: {titre: d}\n",
    )
    assert told(found) == []
    assert rows(found, "notes") == [
        "ida 2020-01-01 1 a l",
        "ida 2020-01-01 2 b -",
        "ida 2021-01-01 3 c -",
        "ida 2022-01-01 4 d -",
    ]


def test_one_object_alone_or_several_in_a_list(tmp_path: Path) -> None:
    contract = boats(NAME) + within(
        "voiles",
        "key: voile, single: true, rank: rang",
        "name: rang, type: integer, title: Rang\nname: surface, type: integer, title: Surface",
        "bateau, rang",
    )
    found = project(
        tmp_path, contract, ID + "  voile: {surface: 3}\n- id: eva\n  voile: [{surface: 4}, {surface: 5}]\n"
    )
    assert told(found) == []
    assert rows(found, "voiles") == ["ida 1 3", "eva 1 4", "eva 2 5"]


def test_two_tables_of_one_key_take_each_its_shape(tmp_path: Path) -> None:
    columns = "name: titre, type: string, title: Titre\nname: lien, type: string, title: Lien"
    contract = (
        boats("name: source, type: string, title: Source")
        + within(
            "sources",
            "key: source, single: true, rank: rang",
            "name: rang, type: integer, title: Rang\n" + columns,
            "bateau, rang",
        )
        + within(
            "sources_datees",
            "key: source, keys: jour",
            "name: jour, type: date, title: Jour\n" + columns,
            "bateau, jour",
        )
    )
    text = "- {id: a, source: Vu}\n- {id: b, source: {titre: t}}\n- {id: c, source: [{titre: u}]}\n- {id: d, source: {2020-01-01: {titre: v}}}\n"
    found = project(tmp_path, contract, text)
    assert told(found) == []
    assert rows(found, "bateaux") == ["a Vu", "b -", "c -", "d -"]
    assert rows(found, "sources") == ["b 1 t -", "c 1 u -"]
    assert rows(found, "sources_datees") == ["d 2020-01-01 v -"]


def test_a_row_may_be_a_list_read_by_places(tmp_path: Path) -> None:
    contract = boats(NAME) + within(
        "escales",
        "key: escales, rank: rang",
        'name: rang, type: integer, title: Rang\nname: port, type: string, title: Port, from: "1"\n'
        'name: jours, type: integer, title: Jours, from: "2"',
        "bateau, rang",
    )
    found = project(tmp_path, contract, ID + "  escales: [[Brest, 3], [Vannes, deux]]\n")
    assert told(found) == ["content/parc/bateaux.yaml:2:34 valeur-du-mauvais-type"]
    assert rows(found, "escales") == ["ida 1 Brest 3", "ida 2 Vannes -"]


def test_a_list_of_lists_is_a_table_in_a_table(tmp_path: Path) -> None:
    contract = (
        boats(NAME)
        + within("rangees", "key: bancs, rank: rang", "name: rang, type: integer, title: Rang", "bateau, rang")
        + within(
            "places",
            "key: [], rank: place",
            "name: place, type: integer, title: Place\nname: nom, type: string, title: Nom",
            "bateau, rang, place",
            "rangees",
            "bateau, rang",
        )
    )
    found = project(tmp_path, contract, ID + "  bancs: [[Ana, Bob], [], [Cid]]\n")
    assert told(found) == []
    assert rows(found, "rangees") == ["ida 1", "ida 2", "ida 3"]
    assert rows(found, "places") == ["ida 1 1 Ana", "ida 1 2 Bob", "ida 3 1 Cid"]


def test_unknown_keys_may_be_the_rows(tmp_path: Path) -> None:
    contract = boats(NAME) + within(
        "mesures",
        "key: [], keys: annee",
        "name: annee, type: year, title: Année\nname: cote, type: integer, title: Cote",
        "bateau, annee",
    )
    found = project(tmp_path, contract, ID + "  nom: Ida\n  2020: {cote: 1}\n  2021: {cote: 2}\n")
    assert told(found) == []
    assert rows(found, "mesures") == ["ida 2020 1", "ida 2021 2"]


def test_four_tables_deep(tmp_path: Path) -> None:
    contract = boats(NAME)
    above, parent = "bateau", "bateaux"
    for name in ("ponts", "cabines", "lits", "draps"):
        own = name[:-1]
        contract += within(
            name, f"key: {name}", f"name: {own}, type: string, title: {own}", f"{above}, {own}", parent, above
        )
        above, parent = f"{above}, {own}", name
    text = ID + "  ponts: [{pont: p, cabines: [{cabine: c, lits: [{lit: l, draps: [d, e]}]}]}]\n"
    found = project(tmp_path, contract, text)
    assert told(found) == []
    assert rows(found, "draps") == ["ida p c l d", "ida p c l e"]


def test_unknown_keys_are_refused_ignored_or_kept(tmp_path: Path) -> None:
    text = ID + "  nom: Ida\n  autre: {a: [1, 'x', null]}\n  lieu: {port: Brest, quai: 3}\n"
    columns = f"{NAME}\nname: port, type: string, title: Port, from: [lieu, port]"
    assert told(project(tmp_path, boats(columns), text)) == [
        "content/parc/bateaux.yaml:3:3 cle-inconnue", "content/parc/bateaux.yaml:4:23 cle-inconnue"
    ]  # fmt: skip
    assert told(project(tmp_path, boats(columns, ", ignore: true"), text)) == []
    assert told(project(tmp_path, boats(columns, ", ignore: [autre]"), text)) == [
        "content/parc/bateaux.yaml:4:23 cle-inconnue"
    ]
    found = project(tmp_path, boats(f"{columns}\nname: reste, type: {REST}, title: Reste", ", rest: reste"), text)
    assert told(found) == []
    assert found.catalogue["bateaux"][0]["reste"] == '{"autre":{"a":[1,"x",null]},"lieu":{"quai":3}}'


EMPTY = ("", " ''", " []", " {}", " null", " ~")


@pytest.mark.parametrize("written", EMPTY)
def test_what_is_empty_is_an_absence_where_the_contract_says_so(tmp_path: Path, written: str) -> None:
    columns = (
        f"{NAME}\nname: port, type: string, title: Port, from: [lieu, port]\nname: poids, type: integer, title: Poids"
    )
    nested = ("voiles", "key: voiles", "name: voile, type: string, title: Voile", "bateau, voile")
    text = f"{ID}  nom:{written}\n  lieu:{written}\n  poids:{written}\n  voiles:{written}\n"
    found = project(tmp_path, boats(columns, missing='[""]') + within(*nested), text)
    assert told(found) == []
    assert (rows(found, "bateaux"), rows(found, "voiles")) == (["ida - - -"], [])
    assert told(project(tmp_path, boats(columns) + within(*nested), text)) != []


def test_a_quoted_null_is_a_text(tmp_path: Path) -> None:
    contract = boats('name: nom, type: string, title: Nom, constraints: {enum: ["null", a]}', missing='["", néant]')
    found = project(tmp_path, contract, "- {id: a, nom: 'null'}\n- {id: b, nom: null}\n- {id: c, nom: néant}\n")
    assert told(found) == []
    assert rows(found, "bateaux") == ["a null", "b -", "c -"]


def test_files_in_any_folders_are_named_by_their_place(tmp_path: Path) -> None:
    contract = boats(f"{NAME}\nname: chemin, type: string, title: Chemin").replace(
        "list: parc/bateaux.yaml", "records: parc/**/*.yaml, file: id, path: chemin"
    )
    write(tmp_path, {"content/parc/mer/nord/ida.yaml": "nom: Ida\n", "content/parc/eva.yaml": "{nom: Eva, id: eva}\n"})
    found = project(tmp_path, contract, "{id: lea, nom: Léo}\n", "parc/leo.yaml")
    assert told(found) == ["content/parc/leo.yaml:1:6 valeur-et-place"]
    assert sorted(rows(found, "bateaux")) == ["eva Eva eva", "ida Ida mer/nord/ida", "leo Léo leo"]


def test_two_files_of_one_name_are_two_rows_of_one_key(tmp_path: Path) -> None:
    contract = boats(NAME).replace("list: parc/bateaux.yaml", "records: parc/**/*.yaml, file: id")
    write(tmp_path, {"content/parc/mer/ida.yaml": "nom: Ida\n"})
    found = project(tmp_path, contract, "nom: Eva\n", "parc/lac/ida.yaml")
    assert [line.split(" ", 1)[1] for line in told(found)] == ["cle-primaire-en-double"]


def test_the_name_of_a_file_that_is_no_value_is_said_of_the_file(tmp_path: Path) -> None:
    contract = boats(f"{NAME}\nname: an, type: year, title: An").replace("parc/bateaux.yaml", "parc/*.yaml, file: an")
    found = project(tmp_path, contract, "[{id: ida, nom: Ida}]\n", "parc/hier.yaml")
    assert told(found) == ["content/parc/hier.yaml valeur-du-mauvais-type"]


def examples(folder: str = "") -> list[tuple[str, dict[str, str]]]:
    """The contracts of the guide that show a shape, each with the files that follow it."""
    found: list[tuple[str, dict[str, str]]] = []
    for block in re.findall(r"^```yaml\n# (.*?)^```$", read(f"{folder}contrats.md"), re.MULTILINE | re.DOTALL):
        name, _, body = block.partition("\n")
        if name in ("contrat", "contract"):
            found.append((body, {}))
        elif name.startswith("content/"):
            found[-1][1][name] = body
    return found


@BOTH
@pytest.mark.parametrize("place", range(3))
def test_the_shapes_of_the_guide_are_read_whole(tmp_path: Path, place: int, folder: str) -> None:
    contract, files = examples(folder)[place]
    write(tmp_path, {"datapackages/parc/datapackage.yaml": HEAD + contract, "mkdocs.yml": "site_name: Parc\n", **files})
    found = read_project(tmp_path)
    assert told(found) == []
    assert files
    assert all(found.catalogue[table] for table in found.catalogue.tables)
    assert len(examples(folder)) == 3


@BOTH
def test_an_editor_takes_the_shapes_of_the_guide_and_underlines_others(tmp_path: Path, folder: str) -> None:
    for place, (contract, written) in enumerate(examples(folder)):
        root = write(
            tmp_path / str(place),
            {"datapackages/parc/datapackage.yaml": HEAD + contract, "mkdocs.yml": "site_name: Parc\n", **written},
        )
        drawn = schemas(read_project(root).catalogue)
        told = [faults(schema, seen(text)) for text in written.values() for schema in list(drawn.values())[:1]]
        assert told == [[]] * len(written)
    name = "calls" if folder == ENGLISH else "escales"
    assert faults(drawn["voyages"], [{"id": "a", name: {"b": 1}}]) == [f"0/{name} type"]


def test_templates_show_the_shapes(tmp_path: Path) -> None:
    contract, written = examples()[1]
    root = write(
        tmp_path, {"datapackages/parc/datapackage.yaml": HEAD + contract, "mkdocs.yml": "site_name: Parc\n", **written}
    )
    contracts = read_project(root).catalogue.contracts
    made = specimen(contracts.resources["tarifs"], contracts)
    assert "# valeurs:\n#   AAAA-MM-JJ:\n" in made.text
    assert "# source:\n#   AAAA-MM-JJ: …" in made.text
    assert not is_plain(contracts.resources["montants"], contracts)
