"""A site to be opened from the disk, without a server: read in Chromium under file://, made by each engine."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import pytest
from samples import DATE, copy_base

from generator.commands import cli
from generator.site import html, preview
from generator.site.policy import SELF_CONTAINED

if TYPE_CHECKING:
    from playwright.sync_api import Browser

MESSAGE = "La recherche a besoin d’un serveur"


@pytest.fixture
def folder(site: Path, tmp_path: Path) -> Path:
    """The sample, made to be opened from the disk, in a folder whose name has an accent and a space."""
    copy = tmp_path / "mon aperçu"
    shutil.copytree(site, copy)
    assert preview.apply(copy) > 10
    return copy


def test_every_link_names_a_file(folder: Path) -> None:
    wrong = []
    for path in folder.rglob("*.html"):
        for link in html.read(path).links:
            parts = urlsplit(link.url)
            if parts.scheme or parts.netloc or not parts.path:
                continue
            if not (path.parent / unquote(parts.path)).is_file():
                wrong.append(f"{path.relative_to(folder)} → {link.url}")
    assert not wrong


def test_nothing_else_of_the_pages_changes(site: Path, folder: Path) -> None:
    for path in folder.rglob("*.html"):
        before, after = html.read(site / path.relative_to(folder)), html.read(path)
        assert after.headings == before.headings
        assert after.anchors >= before.anchors - {"entete-q", "recherche-champ"}
        outside = [link.url for link in before.links if urlsplit(link.url).scheme]
        assert [link.url for link in after.links if urlsplit(link.url).scheme] == outside
    assert not (folder / SELF_CONTAINED).exists()


@pytest.mark.navigateur
def test_it_is_read_from_the_disk(browser: Browser, folder: Path) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("requestfailed", lambda request: complaints.append(request.url))
    page.goto((folder / "index.html").as_uri())
    seen = [page.url]
    for selector in (
        ".entete__menu li:nth-child(2) a",
        ".entete__menu li:nth-child(3) a",
        ".entete__nom",
        ".pied nav li:last-child a",
    ):
        with page.expect_navigation(wait_until="load"):
            page.locator(selector).first.click()
        seen.append(page.url)
        assert page.url.startswith("file://")
        assert page.url.endswith("/index.html")
        assert page.locator("h1").count() == 1
        assert page.locator(f"text={MESSAGE}").first.is_visible()
        assert page.evaluate("getComputedStyle(document.querySelector('.pied')).fontFamily") != "Times New Roman"
    assert len(set(seen)) == 4  # the third click leads back to the first page
    assert complaints == []
    context.close()


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("./", "./index.html"),
        ("../", "../index.html"),
        ("..", "../index.html"),
        (".", "./index.html"),
        ("a/?q=x#y", "a/index.html?q=x#y"),
        ("a/t.csv", "a/t.csv"),
        ("#y", "#y"),
        ("", ""),
        ("https://exemple.fr/", "https://exemple.fr/"),
        ("mailto:a@exemple.fr", "mailto:a@exemple.fr"),
        ("//exemple.fr/", "//exemple.fr/"),
    ],
)
def test_an_address(url: str, told: str) -> None:
    assert preview.leading(url) == told


def test_a_page() -> None:
    text = (
        "<!-- <a href='x/'> --><a class=b href='é/&amp;/'>é</a>\n"
        '<script src="../assets/recherche.js"></script><script>"<a href=y/>"</script>\n'
        '<form role="search" action="r/"><a href="z/">z</a></form><meta http-equiv="refresh" content="0; url=../x/">'
    )
    assert preview.from_disk(text) == (
        "<!-- <a href='x/'> --><a class=b href=\"é/&amp;/index.html\">é</a>\n"
        '<script>"<a href=y/>"</script>\n'
        f'<p class="note" role="note">{MESSAGE}\u202f: dans cet aperçu, passez par le menu.</p>'
        '<meta http-equiv="refresh" content="0; url=../x/index.html">'
    )


def test_the_command_makes_one(tmp_path: Path) -> None:
    root = copy_base(tmp_path, theme=True)
    assert cli.main(["build", "-C", str(root), "--date", DATE, "--apercu", "--sans-frictionless"]) == 0
    text = (root / "site" / "index.html").read_text(encoding="utf-8")
    assert "jardins/index.html" in text
    assert MESSAGE in text
