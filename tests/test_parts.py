"""Pages that are cut: which part holds a row, where it then stands, what stays on the page that names all of them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from samples import copy_base, replace, write

from generator.catalogue.addresses import Addresses
from generator.catalogue.alphabet import letters
from generator.catalogue.records import Record
from generator.catalogue.related import Related
from generator.commands.check import checked_project
from generator.contracts.pages import Page
from generator.pages.all import Pages

ROOT = Path(__file__).resolve().parent.parent
SECOND = ROOT / "tests" / "second_site"
GARDENS = "datapackages/jardins/datapackage.yaml"
INDEX = "kind: index, path: jardins/, title: Jardins, description: Tous les jardins., resource: jardins, anchors: [jardins, releves]}"
FAMILY = 'kind: record, path: "jardins/{id}/", title: "{nom}", resource: jardins, anchors: [parcelles]}'


def cut(
    root: Path, parts: str, anchors: str = "[jardins, parcelles, releves]", copied: bool = False
) -> tuple[Addresses, Page]:
    """The small project, whose gardens have no page of their own but stand on a page that is cut; `copied`: it is there already."""
    if not copied:
        copy_base(root)
    made = INDEX.replace("kind: index", "kind: split").replace("[jardins, releves]}", f"{anchors}, parts: {parts}}}")
    replace(root, GARDENS, INDEX, made)
    replace(root, GARDENS, f"  - {{{FAMILY}\n", "")
    project = checked_project(root)
    assert project.diagnostics == (), [d.message for d in project.diagnostics]
    addresses = Addresses(project.catalogue)
    page = next(p for p in project.catalogue.contracts.packages["jardins"].pages if p.path == "jardins/")
    return addresses, page


def shown(addresses: Addresses, page: Page) -> dict[str, list[str]]:
    """The rows of each part, by its address under the page."""
    return {
        part.path.removeprefix(page.path): [row.label for row in part.rows] for part in addresses.divisions.of(page)
    }


@pytest.mark.parametrize(
    ("parts", "names"),
    [
        ("{by: letter, path: lettre/}", {"lettre/": str}),
        ("{by: column, columns: [statut]}", {"": str}),
        ("{by: year, columns: [annee, ouverture]}", {"": str}),
        ("{by: decade, columns: [annee, ouverture], path: annees/}", {"annees/": str}),
    ],
)
def test_each_row_has_a_part(tmp_path: Path, parts: str, names: dict[str, type]) -> None:
    addresses, page = cut(tmp_path, parts)
    rows = addresses.catalogue["jardins"]
    placed = shown(addresses, page)
    assert sorted(label for labels in placed.values() for label in labels) == sorted(row.label for row in rows)
    assert all(path.startswith(next(iter(names))) for path in placed)
    for row in rows:
        part = addresses.divisions.holding(page, row)[0]
        assert addresses.of(row) == f"{part.path}#{addresses.anchor(row)}"


def test_what_a_row_holds_stands_with_it(tmp_path: Path) -> None:
    addresses, page = cut(tmp_path, "{by: letter}")
    for parcel in addresses.catalogue["parcelles"]:
        assert parcel.parent is not None
        assert addresses.page_of(parcel) == addresses.page_of(parcel.parent) != page.path
    assert {addresses.page_of(row) for row in addresses.catalogue["releves"]} == {page.path}  # which no garden holds


def test_categories_come_in_their_order_and_absence_last(tmp_path: Path) -> None:
    copy_base(tmp_path)
    first = sorted((tmp_path / "content/jardins").glob("*.yaml"))[0]
    text = first.read_text(encoding="utf-8")
    lines = [line for line in text.splitlines(keepends=True) if not line.startswith(("statut:", "fermeture:"))]
    write(tmp_path, {first.relative_to(tmp_path).as_posix(): "".join(lines)})
    replace(
        tmp_path, GARDENS, INDEX, INDEX.replace("index", "split", 1)[:-1] + ", parts: {by: column, columns: [statut]}}"
    )
    project = checked_project(tmp_path)
    page = next(p for p in project.catalogue.contracts.packages["jardins"].pages if p.parts)
    slugs = [part.slug for part in Addresses(project.catalogue).divisions.of(page)]
    assert slugs[-1] == "autres"
    order = ["projet", "actif", "ferme", "autres"]
    assert slugs == sorted(slugs, key=order.index)


def test_a_part_that_is_full_is_continued(tmp_path: Path) -> None:
    addresses, page = cut(tmp_path, "{by: column, columns: [statut], most: 1}")
    parts = addresses.divisions.of(page)
    assert all(len(part.rows) == 1 for part in parts)
    assert len({part.path for part in parts}) == len(addresses.catalogue["jardins"])
    assert all(part.name.endswith("(2)") for part in parts if part.slug.endswith("-2"))


def test_only_some_values_make_a_part(tmp_path: Path) -> None:
    addresses, page = cut(tmp_path, "{by: column, columns: [statut], only: [projet]}")
    assert set(shown(addresses, page)) == {"projet/"}
    others = [row for row in addresses.catalogue["jardins"] if row["statut"] != "projet"]
    assert others
    assert {addresses.page_of(row) for row in others} == {page.path}


def test_a_path_goes_through_names_and_lists() -> None:
    project = checked_project(SECOND)
    addresses = Addresses(project.catalogue)
    pages = {p.path: p for p in project.catalogue.contracts.packages["orgues"].pages}
    places = shown(addresses, pages["par-commune/"])
    assert places
    assert sum(len(rows) for rows in places.values()) == len(addresses.catalogue["orgues"]) + len(
        addresses.catalogue["mesures"]
    )
    assert [part.name for part in addresses.divisions.of(pages["par-decennie/"])] == [
        "De 1690 à 1699",
        "De 2020 à 2029",
    ]


def test_the_index_keeps_anchors_and_leads_to_parts(tmp_path: Path) -> None:
    addresses, page = cut(tmp_path, "{by: letter, path: lettre/}")
    project = checked_project(tmp_path)
    made = {found.path: found.text for found in Pages(project).pages((), ())}
    for row in addresses.catalogue["jardins"]:
        address = addresses.of(row)
        part, _, anchor = address.partition("#")
        assert f'<li id="{anchor}"' in made[page.path]
        assert f'href="{address.removeprefix(page.path)}"' in made[page.path]
        assert f"{{#{anchor}}}" in made[part]
    for parcel in addresses.catalogue["parcelles"]:
        assert f'<span id="{addresses.anchor(parcel)}"></span>' in made[page.path]


@pytest.mark.parametrize(("gardens", "named"), [(100, True), (101, False)])
def test_the_page_of_a_part_does_not_grow_with_their_number(tmp_path: Path, gardens: int, named: bool) -> None:
    copy_base(tmp_path)
    model = sorted((tmp_path / "content/jardins").glob("*.yaml"))[0]
    text = model.read_text(encoding="utf-8")
    written = len(checked_project(tmp_path).catalogue["jardins"])
    for number in range(written, gardens):
        copied = re.sub(r"(?m)^(id|nom): (.*)", rf"\1: \2-{number}", text)
        model.with_stem(f"{model.stem}-{number}").write_text(copied, encoding="utf-8")
    addresses, page = cut(tmp_path, "{by: column, columns: [statut], most: 1}", copied=True)
    parts = addresses.divisions.of(page)
    assert len(parts) == gardens
    pages = {found.path: found.text for found in Pages(checked_project(tmp_path)).pages((), ())}
    own = pages[parts[50].path]
    led = {part.path for part in parts if f'href="../{part.path.removeprefix(page.path)}"' in own}
    assert led == ({part.path for part in parts} - {parts[50].path} if named else {parts[49].path, parts[51].path})
    assert ('<a href="../">Toutes les parties</a>' in own) is not named


def test_the_index_from_a_to_z_names_what_is_looked_up() -> None:
    addresses = Addresses(checked_project(SECOND).catalogue)
    found = {letter.name: [row.label for row in letter.rows] for letter in letters(addresses)}
    names = [row.label for table in ("orgues", "ouvrages") for row in addresses.catalogue[table]]
    assert sorted(label for labels in found.values() for label in labels) == sorted(names)
    assert list(found) == sorted(found)


def test_rows_that_name_the_same_are_related(tmp_path: Path) -> None:
    project = checked_project(copy_base(tmp_path))
    addresses = Addresses(project.catalogue)
    related = Related(addresses)

    def named(record: Record) -> set[int]:
        rows = [record, *(row for row in project.catalogue.records() if row.parent is record)]
        targets = (project.catalogue.target(row, key) for row in rows for key in row.resource.foreign_keys)
        return {id(target) for target in targets if target is not None}

    some = False
    for table in ("plantes", "jardins"):
        for record in project.catalogue[table]:
            for kin in related.of(record):
                some = True
                assert kin.row is not record
                assert kin.shared
                assert {id(row) for row in kin.shared} <= named(record) & named(kin.row)
    assert some


def test_a_text_of_a_record_is_a_text(tmp_path: Path) -> None:
    hostile = '</td><script>alert(1)</script>" onclick=x'
    copy_base(tmp_path)
    garden = sorted((tmp_path / "content/jardins").glob("*.yaml"))[0]
    text = garden.read_text(encoding="utf-8")
    lines = [f"nom: '{hostile}'\n" if line.startswith("nom:") else line for line in text.splitlines(keepends=True)]
    write(tmp_path, {garden.relative_to(tmp_path).as_posix(): "".join(lines)})
    parts = "parts: {by: column, columns: [statut], tables: [jardins], name: Statut}}"
    replace(tmp_path, GARDENS, INDEX, f"{INDEX}\n  - {{kind: split, path: statuts/, title: Statuts, {parts}")
    made = {page.path: page.text for page in Pages(checked_project(tmp_path)).pages((), ())}
    pages = [text for path, text in made.items() if path.startswith(("statuts/", "a-z/"))]
    assert any("&lt;script&gt;alert(1)" in text for text in pages)
    assert not [text for text in pages if "<script>" in text or 'onclick=x"' in text]
