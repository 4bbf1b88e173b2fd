"""Records that were renamed: who comes by an old address, or by an old anchor, arrives; who uses an old identifier is told the
new one.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from samples import DATE, checked, copy_base, replace, write

from generator.catalogue.addresses import Addresses
from generator.catalogue.former import Renamed, former_ids
from generator.commands.check import checked_project
from generator.commands.making.pipeline import build, write_pages
from generator.packages import folder
from generator.pages.markup import MARK, settle
from generator.site import engine, html

CHERRY = "content/botanique/plantes/tomate-cerise.yaml"
TOMATO = "content/botanique/plantes/tomate.yaml"


def rename(root: Path) -> Path:
    """The tomato becomes « pomme-d-or », its beefsteak variety « bœuf », and all that named them follows."""
    for path in root.glob("content/**/*"):
        if path.is_file():
            text = path.read_text(encoding="utf-8")
            text = re.sub(r"\btomate(?=\n|,|\)|/)", "pomme-d-or", text).replace("id: coeur-de-boeuf", "id: boeuf")
            path.write_bytes(text.replace("pomme-d-or/coeur-de-boeuf", "pomme-d-or/boeuf").encode())
    shutil.move(root / TOMATO, root / "content/botanique/plantes/pomme-d-or.yaml")
    card = "content/botanique/plantes/pomme-d-or.yaml"
    replace(root, card, "id: pomme-d-or\n", "id: pomme-d-or\nanciens_ids: tomate pomme-d-amour\n")
    replace(root, card, "anciens_ids: coeur\n", "anciens_ids: coeur-de-boeuf coeur\n")
    return root


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The small site after the renaming, by each engine. The build itself checks every link."""
    made = {}
    for name in engine.ENGINES:
        root = rename(copy_base(tmp_path_factory.mktemp(name) / "site", theme=True))
        result = build(checked_project(root), name, DATE, lambda stage, counts: None, validate=False)
        assert result.diagnostics == ()
        made[name] = root / "site"
    return made


@pytest.mark.parametrize("name", engine.ENGINES)
@pytest.mark.parametrize("old", ["tomate", "pomme-d-amour"])
def test_an_old_address_leads_to_the_new_one(sites: dict[str, Path], name: str, old: str) -> None:
    text = (sites[name] / "plantes" / old / "index.html").read_text(encoding="utf-8")
    head, _, body = text.partition("</head>")
    assert '<meta http-equiv="refresh" content="0; url=../pomme-d-or/">' in head
    assert "refresh" not in body
    page = html.read(sites[name] / "plantes" / old / "index.html")
    assert page.redirects
    assert ("a", "../pomme-d-or/") in {(link.element, link.url) for link in page.links}, "for who follows no refresh"
    assert page.headings[0].startswith("Tomate : nouvelle adresse")
    assert (sites[name] / "plantes" / old / ".." / "pomme-d-or" / "index.html").is_file()


@pytest.mark.parametrize("name", engine.ENGINES)
def test_an_old_address_is_not_searched(sites: dict[str, Path], name: str) -> None:
    searched = {
        path.parent.relative_to(sites[name]).as_posix()
        for path in sites[name].rglob("*.html")
        if "data-pagefind-body" in path.read_text(encoding="utf-8")
    }
    assert "plantes/pomme-d-or" in searched
    assert not searched & {"plantes/tomate", "plantes/pomme-d-amour", "plantes/cerisette"}


@pytest.mark.parametrize("name", engine.ENGINES)
def test_an_old_anchor_stands_beside_the_new_one(sites: dict[str, Path], name: str) -> None:
    place = sites[name] / "plantes" / "pomme-d-or" / "index.html"
    page = html.read(place)
    lines = dict(page.ids)
    assert lines["coeur"] == lines["coeur-de-boeuf"] == lines["boeuf"]
    assert re.search(
        r'<tr id="boeuf"><th scope="row"><span id="coeur-de-boeuf"></span><span id="coeur"></span>Cœur de bœuf',
        place.read_text(encoding="utf-8"),
    )
    assert MARK not in place.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", engine.ENGINES)
def test_old_identifiers_are_shown_to_nobody(sites: dict[str, Path], name: str) -> None:
    for page in ("plantes/pomme-d-or", "plantes/tomate-cerise", "plantes"):
        text = (sites[name] / page / "index.html").read_text(encoding="utf-8")
        shown = re.sub(r"<[^>]*>", " ", text)
        assert "Anciens identifiants" not in shown
        assert not re.search(r"\b(?:cerisette|pomme-d-amour|coeur-de-boeuf)\b", shown)


def test_every_old_address_has_its_page(tmp_path: Path) -> None:
    root = rename(copy_base(tmp_path))
    project = checked_project(root)
    assert project.diagnostics == ()
    built = folder.write(project.catalogue, project.settings, DATE, root / "build" / "packages")
    write_pages(project, built, (), root / "build" / "docs")
    places = Addresses(project.catalogue)
    old = {record.id: places.former(record) for record in project.catalogue.records() if former_ids(record)}
    assert old == {
        ("tomate-cerise",): ["plantes/cerisette/"],
        ("pomme-d-or",): ["plantes/tomate/", "plantes/pomme-d-amour/"],
        ("pomme-d-or", "boeuf"): [],
    }, "a row that is anchored had no page of its own"
    for pages in old.values():
        assert all((root / "build" / "docs" / page / "index.md").is_file() for page in pages)


def test_an_anchor_follows_what_holds_it(tmp_path: Path) -> None:
    """On a page that shows several plants, the anchor of a variety starts with its plant: both may have been renamed."""
    root = rename(copy_base(tmp_path))
    name = "datapackages/botanique/datapackage.yaml"
    replace(root, name, "anchors: [plantes, familles, ouvrages]", "anchors: [plantes, familles, ouvrages, varietes]")
    replace(root, name, "resource: plantes, anchors: [varietes]}", "resource: plantes}")
    project = checked_project(root)
    places = Addresses(project.catalogue)
    record = next(r for r in project.catalogue["varietes"] if r["id"] == "boeuf")
    assert places.of(record) == "plantes/#varietes-pomme-d-or-boeuf"
    assert places.former_anchors(record) == [
        "varietes-pomme-d-or-coeur-de-boeuf",
        "varietes-pomme-d-or-coeur",
        "varietes-tomate-boeuf",
        "varietes-tomate-coeur-de-boeuf",
        "varietes-tomate-coeur",
        "varietes-pomme-d-amour-boeuf",
        "varietes-pomme-d-amour-coeur-de-boeuf",
        "varietes-pomme-d-amour-coeur",
    ]


@pytest.mark.parametrize(
    ("key", "new"),
    [
        (("tomate",), ("pomme-d-or",)),
        (("pomme-d-or",), None),  # its name today
        (("radis",), None),
        (("tomate", "boeuf"), ("pomme-d-or", "boeuf")),
        (("tomate", "coeur"), ("pomme-d-or", "boeuf")),
        (("pomme-d-or", "coeur"), ("pomme-d-or", "boeuf")),
        (("courge", "coeur"), None),
        (("tomate", "boeuf", "rouge"), None),
        (("",), None),
    ],
)
def test_who_had_a_key(tmp_path: Path, key: tuple[str, ...], new: tuple[str, ...] | None) -> None:
    catalogue = checked_project(rename(copy_base(tmp_path))).catalogue
    found = Renamed(catalogue).find("plantes" if len(key) == 1 else "varietes", key)
    assert (found and found.id) == new


def test_who_uses_an_old_name_is_told_the_new_one(tmp_path: Path) -> None:
    root = rename(copy_base(tmp_path))
    page = "content/pages/methode.md"
    write(root, {page: "---\ntitle: M\n---\n[a](plante:tomate) [70](variete:tomate/coeur) [b](plante:pomme-d-or)\n"})
    replace(root, CHERRY, "parente: pomme-d-or", "parente: tomate")
    assert [(d.code, d.suggestion) for d in checked_project(root).diagnostics] == [
        ("reference-introuvable", "pomme-d-or"),
        ("lien-casse", "plante:pomme-d-or"),
        ("lien-casse", "variete:pomme-d-or/boeuf"),
    ]


def test_the_same_old_name_twice_is_one_address(tmp_path: Path) -> None:
    root = copy_base(tmp_path)
    replace(root, CHERRY, "anciens_ids: cerisette", "anciens_ids: cerisette  cerisette")
    assert checked(root) == []
    record = next(r for r in checked_project(root).catalogue["plantes"] if r.id == ("tomate-cerise",))
    assert former_ids(record) == ("cerisette",)


def test_an_address_without_the_identifier_has_no_old_one(tmp_path: Path) -> None:
    root = copy_base(tmp_path)
    replace(root, "datapackages/botanique/datapackage.yaml", 'path: "plantes/{id}/"', 'path: "plantes/{nom}/"')
    catalogue = checked_project(root).catalogue
    places = Addresses(catalogue)
    assert [places.former(record) for record in catalogue["plantes"]] == [[], [], []]


SETTLED = {
    f'<li id="a{MARK}b{MARK}c">x</li>': '<li id="a"><span id="b"></span><span id="c"></span>x</li>',
    f'<tr id="a{MARK}b"><td>x</td></tr>': '<tr id="a"><td><span id="b"></span>x</td></tr>',
    f'<tr id="a{MARK}b" class="y">\n  <th scope="row">x</th></tr>': (
        '<tr id="a" class="y">\n  <th scope="row"><span id="b"></span>x</th></tr>'
    ),
    f'<a href="#a{MARK}b">x</a> <a href="../p/#a{MARK}b{MARK}c">y</a>': '<a href="#a">x</a> <a href="../p/#a">y</a>',
    f'<p aria-labelledby="a{MARK}b c">x</p>': '<p aria-labelledby="a c">x</p>',
    "<p>rien</p>": "<p>rien</p>",
}


@pytest.mark.parametrize("written", SETTLED, ids=lambda text: text.replace(MARK, "+")[:30])
def test_anchors_are_settled_in_any_html(written: str) -> None:
    assert settle(written) == SETTLED[written]
