"""What others show of a page: its title, its description, its picture, its JSON-LD; the pictures have the same bytes anywhere, and
text of a record is text in all of them.
"""

from __future__ import annotations

import hashlib
import json
import os
import struct
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest
from clients import programs
from lxml import etree
from samples import DATE, ROOT, copy_base, replace

from generator.catalogue.project import Project
from generator.commands.check import checked_project
from generator.commands.making.pipeline import build
from generator.commands.making.proving import proof
from generator.pages.all import Pages
from generator.pages.cards import HEIGHT, WIDTH, Card, drawing
from generator.pages.page import Page
from generator.site import images
from generator.site.engine import ENGINES
from generator.site.letters import bold, regular

SITE = "https://jardins.exemple.fr/"
SVG = "{http://www.w3.org/2000/svg}"
RECORD = 'path: "plantes/{id}/", title: "{nom}", resource: plantes, anchors: [varietes]'
SHARED = (
    'path: "plantes/{id}/", title: "{nom} ({famille.nom}, {rusticite})", resource: plantes, anchors: [varietes], '
    'description: "{culture} Voir {source_ouvrage}.", about: Product, card: {figure: varietes.jours_min}'
)
# What a contributor may write, of signs that the font draws.
HOSTILE = '</text><script>alert(1)</script> "l\'ail" & <b onload=x> ]]> &amp; [x](y) {{ 7*7 }} {nom} \\ %s --> #'


# --- Letters -----------------------------------------------------------------------------------------------------


def test_the_font_knows_the_letters_of_french_and_its_neighbours() -> None:
    text = "ÀÂÆÇÉÈÊËÎÏÔŒÙÛÜŸàâæçéèêëîïôœùûüÿ «» ’ – — … € % ‰ × ≥ ≤ → ² ³ ° 0123456789\u00a0 ñßøłşğ ΑΩω Жя"
    assert regular().draws(text)
    assert bold().draws(text)
    assert not regular().draws("中")


def test_a_text_is_cut_at_its_spaces_within_its_room() -> None:
    letters = regular()
    found = letters.lines("un deux trois quatre cinq six sept", 20, 80, 3)
    assert all(letters.width(line, 20) <= 80 for line in found)
    assert len(found) == 3
    assert found[-1].endswith("…")
    assert letters.lines("un deux", 20, 120, 3) == ["un deux"]
    assert letters.lines("", 20, 120, 3) == []
    assert "".join(letters.lines("a" * 40, 20, 120, 9)) == "a" * 40, "a word that is too long is cut"
    assert letters.lines("un\u00a0deux\u00a0trois quatre", 20, 140, 2)[0] == "un\u00a0deux\u00a0trois"


# --- Cards -------------------------------------------------------------------------------------------------------


def texts(svg: str) -> list[str]:
    return [text.text or "" for text in etree.fromstring(svg).iter(f"{SVG}text")]


def test_a_card_says_the_figure_its_source_and_its_date() -> None:
    svg = drawing(
        Card(
            "Le site",
            "Chiffres",
            "Postes",
            "71\u202f%",
            "et 2 autres valeurs",
            "Sept sur dix.",
            "Source : X (sans date)",
            "v 1",
        )
    )
    assert texts(svg) == [
        "Le site",
        "71\u00a0%",
        "et 2 autres valeurs",
        "Postes",
        "Sept sur dix.",
        "Source : X (sans date)",
        "v 1",
    ]


@pytest.mark.parametrize("field", ["site", "section", "title", "figure", "beside", "text", "source", "version"])
def test_text_is_text_in_a_card(field: str) -> None:
    root = etree.fromstring(
        drawing(Card(**{"site": "Le site", "figure": "1" if field == "beside" else "", field: HOSTILE}))
    )
    assert {element.tag for element in root.iter()} <= {f"{SVG}{name}" for name in ("svg", "rect", "text")}
    assert "<" in "".join(text.text or "" for text in root.iter(f"{SVG}text"))


def test_a_card_never_leaves_its_frame() -> None:
    long = "Un très long titre de page, avec beaucoup de mots et de très nombreuses précisions " * 6
    svg = drawing(Card(long, long, long, "65 000 postes " * 6, long, long, long, long))
    for text in etree.fromstring(svg).iter(f"{SVG}text"):
        letters = bold() if text.get("font-weight") == "700" else regular()
        assert 72 + letters.width(text.text or "", float(text.get("font-size", ""))) <= WIDTH - 72 + 1
        assert 0 < int(text.get("y", "")) < HEIGHT


def test_a_figure_is_printed_whole() -> None:
    figure = "près de 18\u202f000 postes non pourvus en équivalent temps plein, chez les adhérents"
    shown = texts(drawing(Card("Le site", title="Postes", figure=figure)))
    assert " ".join(shown[1:-1]).replace("\u00a0", "\u202f") == figure
    assert drawing(Card("Le site", title="Postes", figure="mot " * 80)) == "", "a text is no figure"


def test_a_card_that_the_font_cannot_write_is_not_drawn() -> None:
    assert drawing(Card("Le site", title="Tomate 🍅")) == ""
    assert drawing(Card("Le site", title="גן")) == ""
    assert drawing(Card("Le site", title="Deux\nlignes\tet \u200bdes blancs")) != ""


# --- Images ------------------------------------------------------------------------------------------------------

CARD = Card("Le site", "Chiffres", "Postes « non pourvus »", "65\u202f000", "", "Œuvre, à l’été.", "Source : X")

SCRIPT = """
import hashlib, sys
from generator.site.images import png
print(hashlib.sha256(png(sys.stdin.read())).hexdigest())
"""


def test_an_image_is_of_the_size_that_networks_take() -> None:
    image = images.png(drawing(CARD))
    assert image[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", image[16:24]) == (WIDTH, HEIGHT)
    assert images.png(drawing(CARD)) == image


@pytest.mark.parametrize(
    "place",
    [
        {},
        {"TZ": "Pacific/Auckland", "LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "1", "HOME": "/", "PYTHONHASHSEED": "7"},
        {"TZ": "America/Nome", "LC_ALL": "fr_FR.ISO-8859-1", "PYTHONUTF8": "1", "FONTCONFIG_PATH": "/nulle-part"},
    ],
    ids=["here", "elsewhere", "another zone"],
)
def test_an_image_has_the_same_bytes_anywhere(place: dict[str, str], tmp_path: Path) -> None:
    folder = tmp_path / "un autre dossier"
    folder.mkdir()
    path = os.pathsep.join((str(ROOT), *sys.path[1:]))
    done = subprocess.run(
        (sys.executable, "-c", SCRIPT), cwd=folder, env={**os.environ, "PYTHONPATH": path, **place},
        input=drawing(CARD), capture_output=True, encoding="utf-8", check=True,
    )  # fmt: skip
    assert done.stdout.strip() == hashlib.sha256(images.png(drawing(CARD))).hexdigest()


def test_an_image_that_does_not_change_is_not_made_again(tmp_path: Path) -> None:
    drawings = {"a/partage.png": drawing(CARD), "partage.png": drawing(CARD), "b/partage.png": drawing(Card("Autre"))}
    kept, again = tmp_path / "kept", tmp_path / "again"
    assert images.write(drawings, tmp_path / "site", kept, tmp_path / "nothing") == 2
    assert images.write(drawings, tmp_path / "other", again, kept) == 0
    for path in drawings:
        assert (tmp_path / "site" / path).read_bytes() == (tmp_path / "other" / path).read_bytes()
    assert {path.name for path in kept.iterdir()} == {path.name for path in again.iterdir()}
    assert images.write({"c.png": drawing(Card("Neuf"))}, tmp_path / "third", tmp_path / "new", kept) == 1
    assert len(list((tmp_path / "new").iterdir())) == 1, "what no page names any more is not kept"


# --- What a contract says ----------------------------------------------------------------------------------------


def shared(folder: Path, contract: str = SHARED, **changed: str) -> Project:
    """The small project, whose plants are shared as a contract says."""
    copy_base(folder)
    replace(folder, "datapackages/botanique/datapackage.yaml", RECORD, contract)
    for old, new in changed.items():
        replace(folder, "content/botanique/plantes/tomate.yaml", f"{old}: ", f"{old}: {new}\nancien_{old}: ")
    project = checked_project(folder)
    assert not project.faulty, [str(found.message) for found in project.diagnostics]
    return project


def made(project: Project, pictured: bool = True) -> tuple[dict[str, Page], dict[str, str]]:
    """The pages of a project and the drawings that they name."""
    pages = Pages(project, pictured=pictured)
    return {page.path: page for page in pages.pages((), ())}, pages.heads.drawings


def properties(page: Page) -> dict[str, str]:
    """The front matter of a page."""
    lines = page.text.split("---\n")[1].splitlines()
    return {name: json.loads(value) for name, _, value in (line.partition(": ") for line in lines)}


def graph(page: Page) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(properties(page)["donnees"])["@graph"]
    return found


def test_titles_and_descriptions_follow_ways(tmp_path: Path) -> None:
    pages, _ = made(shared(tmp_path))
    told = properties(pages["plantes/tomate/"])
    assert told["title"] == "Tomate (Solanacées, Gélive)"
    assert (
        told["description"]
        == "Semer au chaud, repiquer en mai ; voir le manuel et la courge. Voir Le manuel : semer, planter."
    )


def test_the_picture_shows_the_figure_as_printed_with_its_source(tmp_path: Path) -> None:
    _, drawings = made(shared(tmp_path))
    shown = texts(drawings["plantes/tomate/partage.png"])
    assert shown[:3] == ["Jardins ouverts", "70", "Tomate (Solanacées, Gélive)"]
    assert shown[-2:] == [
        "Source\u00a0: Éditions {du} Clos & fils, 100 % plein air, Le manuel : semer… (1998)",
        "Données\u00a0: version\u00a01.1.0 du 1er mai 2026",
    ]


def test_several_values_are_said(tmp_path: Path) -> None:
    card = SHARED.replace("varietes.jours_min", "varietes.id")
    _, drawings = made(shared(tmp_path, card))
    assert "et 1 autre valeur" in texts(drawings["plantes/tomate/partage.png"])


def test_a_page_without_a_picture_has_that_of_the_page_above(tmp_path: Path) -> None:
    pages, drawings = made(shared(tmp_path))
    assert properties(pages["jardins/clos-vert/"])["image"] == f"{SITE}jardins/partage.png"
    assert properties(pages["methode/"])["image"] == f"{SITE}partage.png"
    named = {properties(page)["image"] for page in pages.values()}
    assert named == {f"{SITE}{path}" for path in drawings}, "no picture is missing, none is made for nothing"


def test_no_page_takes_the_place_of_a_picture(tmp_path: Path) -> None:
    copy_base(tmp_path)
    (tmp_path / "content/pages/partage.png.md").write_text("---\ntitle: Partage\n---\n\nUn texte.\n", encoding="utf-8")
    assert [found.code for found in proof(checked_project(tmp_path))] == ["adresse-prise"]


def test_without_the_library_no_page_names_a_picture(tmp_path: Path) -> None:
    pages, drawings = made(shared(tmp_path), pictured=False)
    assert drawings == {}
    assert not any("image" in properties(page) for page in pages.values())


def test_json_ld_says_what_a_page_is_and_the_way_to_it(tmp_path: Path) -> None:
    pages, _ = made(shared(tmp_path))
    page, trail = graph(pages["plantes/tomate/"])
    assert (page["@type"], page["mainEntity"]["@type"], page["mainEntity"]["name"]) == ("WebPage", "Product", "Tomate")
    assert (page["version"], page["dateModified"]) == ("1.1.0", "2026-05-01")
    assert page["isBasedOn"][0]["datePublished"] == "1998"
    assert [step["name"] for step in trail["itemListElement"]] == ["Accueil", "Plantes", "Tomate (Solanacées, Gélive)"]
    assert [step["item"] for step in trail["itemListElement"]] == [SITE, f"{SITE}plantes/", f"{SITE}plantes/tomate/"]


def test_google_accepts_what_pages_hold(tmp_path: Path) -> None:
    pages, _ = made(shared(tmp_path))
    for path in ("", "plantes/", "plantes/tomate/", "methode/"):
        assert programs.shacl(json.loads(properties(pages[path])["donnees"]), programs.GOOGLE_SHAPES) == [], path


def test_the_types_of_schema_org_are_those_of_schema_org(tmp_path: Path) -> None:
    pages, _ = made(shared(tmp_path))
    page, trail = graph(pages["plantes/tomate/"])
    assert programs.schema_dts("WebPage", page, tmp_path) == []
    assert programs.schema_dts("BreadcrumbList", trail, tmp_path) == []


# --- The head of a page, by each engine --------------------------------------------------------------------------


@pytest.fixture(scope="module", params=ENGINES)
def hostile(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of a plant whose name and text would break what is not careful."""
    root = copy_base(tmp_path_factory.mktemp("partage"), theme=True)
    replace(root, "datapackages/botanique/datapackage.yaml", RECORD, SHARED)
    written = json.dumps(HOSTILE.replace("[x](y)", "[x]"), ensure_ascii=False)
    replace(root, "content/botanique/plantes/courge.yaml", "nom: Courge\n", f"nom: {written}\n")
    project = checked_project(root)
    assert not project.faulty, [str(found.message) for found in project.diagnostics]
    assert not build(project, request.param, DATE, lambda *told: None, validate=False).diagnostics
    return root / "site"


def metas(page: Path) -> dict[str, str]:
    """The properties that the head of a page says, by name."""
    found = etree.fromstring(page.read_bytes(), etree.HTMLParser(encoding="utf-8")).find("head")
    assert found is not None
    canonical = {link.get("rel", ""): link.get("href", "") for link in found.iter("link")}
    named = {m.get("property") or m.get("name") or "": m.get("content") or "" for m in found.iter("meta")}
    return named | {"canonical": canonical.get("canonical", "")}


def test_the_head_says_what_is_shared(hostile: Path) -> None:
    told = metas(hostile / "plantes/tomate/index.html")
    assert told["og:url"] == told["canonical"] == f"{SITE}plantes/tomate/"
    assert told["og:title"] == "Tomate (Solanacées, Gélive)"
    assert told["og:description"] == told["description"]
    assert (told["og:type"], told["og:locale"], told["og:site_name"]) == ("article", "fr_FR", "Jardins ouverts")
    assert (told["og:image:width"], told["og:image:height"], told["twitter:card"]) == (
        "1200",
        "630",
        "summary_large_image",
    )
    assert metas(hostile / "index.html")["og:type"] == "website"


def test_every_picture_that_a_page_names_is_there(hostile: Path) -> None:
    pages = [page for page in hostile.rglob("index.html") if "refresh" not in page.read_text(encoding="utf-8")]
    assert len(pages) > 20
    for page in pages:
        there = urljoin(SITE + page.relative_to(hostile).parent.as_posix() + "/", metas(page)["og:image"])
        image = (hostile / there.removeprefix(SITE)).read_bytes()
        assert struct.unpack(">II", image[16:24]) == (WIDTH, HEIGHT), page


def test_text_is_text_in_the_head(hostile: Path) -> None:
    page = hostile / "plantes/courge/index.html"
    told = metas(page)
    name = HOSTILE.replace("[x](y)", "[x]")
    assert told["og:title"].startswith(name)
    assert name in told["og:image:alt"]
    head = etree.fromstring(page.read_bytes(), etree.HTMLParser(encoding="utf-8")).find("head")
    assert head is not None
    [held] = list(head.iter("script"))
    assert json.loads(held.text or "")["@graph"][0]["mainEntity"]["name"] == name
