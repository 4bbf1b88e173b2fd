"""Flat tables: which columns one has and in which order, where their values come from, what is said of paths that lead nowhere; and
that the view of the same name says the same.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from samples import DATE, checked, copy_base, replace, write

from generator.catalogue.project import Project
from generator.commands.check import checked_project
from generator.contracts.flats import plan
from generator.packages import folder
from generator.packages.flat import Flattener
from generator.packages.table_schema import sheet_schema
from generator.values.types import canonical

RADISH = "id: radis\nnom: Radis\nfamille: solanacees\nsource: {ouvrage: manuel}\n"
PLANTS, GARDENS = "datapackages/botanique/datapackage.yaml", "datapackages/jardins/datapackage.yaml"
PARCELS = "flat: {with: [jardin.departement, plante.rusticite, plante.famille]}"
SITE = "site_url: https://jardins.exemple.fr/\n"
COMPANIONS = "flat: {with: [compagnes.compagne]}"


def flat(root: Path, table: str) -> list[dict[str, str]]:
    """The rows of a flat table of a project that has no fault, as its CSV holds them."""
    project = checked_project(root)
    assert [d for d in project.diagnostics if d.severity == "erreur"] == []
    sheet = Flattener(project.catalogue, project.settings).sheet(project.catalogue.contracts.resources[table])
    names = [column.name for column in sheet.columns]
    return [dict(zip(names, map(canonical, row), strict=True)) for row in sheet.rows()]


def with_paths(root: Path, written: str, paths: str) -> Path:
    replace(copy_base(root), PLANTS if written == COMPANIONS else GARDENS, written, f"flat: {{with: [{paths}]}}")
    return root


def test_labels_stand_beside_their_codes_what_is_brought_at_the_end_and_the_address_last(tmp_path: Path) -> None:
    (first, *_) = flat(copy_base(tmp_path), "parcelles")
    assert list(first) == [
        *("jardin", "jardin_libelle", "id", "plante", "plante_libelle", "variete", "variete_libelle", "en_repos"),
        *("legumes_pct", "fruits_pct", "total_pct", "avant_plante", "avant_plante_libelle", "avant_variete"),
        *("avant_variete_libelle", "jardin_departement", "plante_rusticite", "plante_rusticite_libelle"),
        *("plante_famille", "plante_famille_libelle", "adresse_stable"),
    ]


def test_a_code_a_key_and_what_a_key_leads_to_have_their_words(tmp_path: Path) -> None:
    rows = flat(copy_base(tmp_path), "parcelles")
    full = next(row for row in rows if row["variete"])
    assert full["plante_libelle"] == "Tomate"
    assert full["variete_libelle"]  # of a key of two columns
    assert (full["plante_famille"], full["plante_famille_libelle"]) == ("solanacees", "Solanacées")
    assert (full["plante_rusticite"], full["plante_rusticite_libelle"]) == ("gelive", "Gélive")


def test_the_first_columns_of_a_long_key_have_their_words_too(tmp_path: Path) -> None:
    """`avant_plante` has no key of its own: that of the variety which it begins leads to the plant."""
    replace(copy_base(tmp_path), GARDENS, PARCELS, "flat: {with: [avant_plante.famille]}")
    row = next(row for row in flat(tmp_path, "parcelles") if row["avant_plante"])
    names = {row["id"]: row["nom"] for row in flat(tmp_path, "plantes")}
    assert row["avant_plante_libelle"] == names[row["avant_plante"]]
    assert row["avant_plante_famille_libelle"]


def test_what_leads_nowhere_is_empty(tmp_path: Path) -> None:
    resting = next(row for row in flat(copy_base(tmp_path), "parcelles") if row["en_repos"] == "true")
    assert {resting[name] for name in resting if name.startswith("plante")} == {""}


def test_the_rows_of_a_list_share_a_cell_in_which_their_columns_keep_the_same_ranks(tmp_path: Path) -> None:
    """A value that is absent leaves its place, one for all is no text; what separates stands in none of them."""
    with_paths(tmp_path, COMPANIONS, "varietes.nom, varietes.code, varietes.jours_min")
    write(
        tmp_path,
        {
            "content/botanique/plantes/radis.yaml": RADISH
            + "varietes:\n- {id: rond, nom: Rond ; rose, code: RO001}\n- {id: long, nom: Long, jours_min: 30}\n"
        },
    )
    rows = {row["id"]: row for row in flat(tmp_path, "plantes")}
    radish = rows["radis"]
    assert radish["varietes_nom"].split(" ; ") == ["Rond\u202f; rose", "Long"]
    assert radish["varietes_code"].split(" ; ") == ["RO001", "–"]
    assert radish["varietes_jours_min"].split(" ; ") == ["–", "30"]
    without = next(row for row in rows.values() if row["id"] not in ("radis", "tomate"))
    assert without["varietes_jours_min"] == ""


def test_a_way_goes_through_keys_before_and_after_a_list(tmp_path: Path) -> None:
    with_paths(tmp_path, COMPANIONS, "parente.compagnes.compagne, parente.compagnes.compagne.rusticite")
    write(tmp_path, {"content/botanique/plantes/radis.yaml": RADISH + "parente: tomate\n"})
    plants = {row["id"]: row for row in flat(tmp_path, "plantes")}
    told = plants["radis"]["parente_compagnes_compagne"].split(" ; ")
    assert plants["radis"]["parente_compagnes_compagne_libelle"].split(" ; ") == [plants[each]["nom"] for each in told]
    hardy = plants["radis"]["parente_compagnes_compagne_rusticite_libelle"].split(" ; ")
    assert hardy == [plants[each]["rusticite_libelle"] or "–" for each in told]


def test_what_is_brought_says_what_it_is_and_asks_nothing(tmp_path: Path) -> None:
    """A list is a text with a separator; a column that is brought has its title after those of its way, and no constraint."""
    project = checked_project(with_paths(tmp_path, COMPANIONS, "varietes.jours_min, source_ouvrage.annee"))
    resource = project.catalogue.contracts.resources["plantes"]
    fields = {shown.field.name: shown.field for shown in plan(resource, project.catalogue.contracts)}
    several, one = fields["varietes_jours_min"], fields["source_ouvrage_annee"]
    assert (several.type, several.separator, several.title) == ("string", " ; ", "Variétés\u202f: Jours au moins")
    assert (one.type, one.separator, one.title, one.required) == ("year", "", "Ouvrage\u202f: Année", False)
    schema = sheet_schema(Flattener(project.catalogue, project.settings).sheet(resource))
    assert "foreignKeys" not in schema
    assert schema["primaryKey"] == ["id"]


def test_a_number_that_is_brought_keeps_its_unit_when_this_is_brought_too(tmp_path: Path) -> None:
    with_paths(tmp_path, PARCELS, "plante.hauteur, plante.unite, variete.jours_min")
    replace(
        tmp_path, PLANTS, "        - {name: culture,",
        "        - {name: hauteur, type: number, title: Hauteur, unit: unite}\n        - {name: unite, type: string, title: Unité}\n"
        "        - {name: culture,",
    )  # fmt: skip
    project = checked_project(tmp_path)
    resource = project.catalogue.contracts.resources["parcelles"]
    units = {shown.field.name: shown.field.unit for shown in plan(resource, project.catalogue.contracts)}
    assert units["plante_hauteur"] == "plante_unite"
    assert units["variete_jours_min"] == ""


def test_a_prose_that_is_brought_keeps_its_words_alone(tmp_path: Path) -> None:
    with_paths(tmp_path, PARCELS, "plante.culture")
    told = [row["plante_culture"] for row in flat(tmp_path, "parcelles")]
    written = (tmp_path / "content/botanique/plantes/tomate.yaml").read_text(encoding="utf-8")
    assert "](" in written
    assert any(told)
    assert not any("](" in text for text in told)


@pytest.mark.parametrize("site", ["", "https://exemple.org/plantes/"])
def test_an_address_is_whole_when_the_site_has_one(tmp_path: Path, site: str) -> None:
    replace(copy_base(tmp_path), "mkdocs.yml", SITE, f"site_url: {site}\n" if site else "")
    assert {row["adresse_stable"].startswith(f"{site}plantes/") for row in flat(tmp_path, "plantes")} == {True}


def test_a_row_without_an_address_has_that_of_the_row_that_holds_it(tmp_path: Path) -> None:
    replace(
        copy_base(tmp_path),
        PLANTS,
        "    content: {within: plantes, key: compagnes}\n",
        "    content: {within: plantes, key: compagnes}\n    flat: {}\n",
    )
    assert {row["adresse_stable"] for row in flat(tmp_path, "compagnes")} <= {
        row["adresse_stable"] for row in flat(tmp_path, "plantes")
    }


def test_the_identifiers_that_rows_had_are_left_out(tmp_path: Path) -> None:
    assert "anciens_ids" not in flat(copy_base(tmp_path), "plantes")[0]


def test_a_column_brought_twice_is_told(tmp_path: Path) -> None:
    """`compagnes.compagne` and a column of that name would be one."""
    with_paths(tmp_path, COMPANIONS, "source_ouvrage.annee")
    replace(
        tmp_path, PLANTS, "        - {name: culture,",
        "        - {name: source_ouvrage_annee, type: year, title: Année}\n        - {name: culture,",
    )  # fmt: skip
    assert [each.split()[0] for each in checked(tmp_path)] == ["contrat-faux"]


def views(project: Project, into: Path) -> list[tuple[str, list[str], list[str]]]:
    """Of each flat table of a project: its name, its rows by its CSV's reader and those of the view, as texts."""
    found = []
    for built in folder.write(project.catalogue, project.settings, DATE, into):
        with closing(sqlite3.connect(built.folder / f"{built.package.name}.sqlite")) as base:
            for table in built.flat:
                kinds = [column.type for column in table.sheet.columns]
                rows = [
                    [_text(value, kind) for value, kind in zip(row, kinds, strict=True)] for row in table.sheet.rows()
                ]
                held = base.execute(f'SELECT * FROM "{table.sheet.name}"').fetchall()
                seen = [[_text(value, kind) for value, kind in zip(row, kinds, strict=True)] for row in held]
                found.append((table.sheet.name, sorted(map(str, rows)), sorted(map(str, seen))))
    return found


def _text(value: object, kind: str) -> str:
    if value is None:
        return ""
    if kind == "number":
        return repr(float(str(value)))
    if kind == "boolean":
        return "true" if value else "false"
    return str(value)


def test_the_view_of_the_same_name_says_the_same(tmp_path: Path) -> None:
    lists = "parente.compagnes.compagne, compagnes.compagne.rusticite, varietes.nom, varietes.code, parente.varietes.jours_min"
    root = with_paths(tmp_path / "projet", COMPANIONS, lists)
    write(root, {"content/botanique/plantes/radis.yaml": RADISH + "parente: tomate\n"})
    for name, rows, seen in views(checked_project(root), tmp_path / "paquets"):
        assert seen == rows, name
