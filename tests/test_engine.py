"""Both engines build the same pages from the same mkdocs.yml, and nothing that is left out goes unsaid."""

from __future__ import annotations

import json
import re
from pathlib import Path
from urllib.parse import urljoin

import pytest
from browser import build_sample, fragment, markdown, prepare
from samples import DATE, copy_base, replace, write

from generator import layout
from generator.commands.check import checked_project, proven
from generator.commands.making.pipeline import build
from generator.site import engine, gate, html
from generator.site.links import Finding

EPOCH = 1_700_000_000


@pytest.fixture
def staging(tmp_path: Path) -> Path:
    prepare(tmp_path)
    return tmp_path


def configure(staging: Path, **more: str) -> None:
    """Say more to the engine than the project does."""
    configuration = json.loads((staging / "mkdocs.yml").read_text(encoding="utf-8"))
    (staging / "mkdocs.yml").write_text(json.dumps(configuration | more), encoding="utf-8", newline="")


def checked(site: Path) -> tuple[Finding, ...]:
    """The broken links of a site, once the manifest is there, to which every page leads."""
    (site / layout.words().manifest).write_text("{}", encoding="utf-8", newline="")
    return gate.settle(site)


@pytest.mark.parametrize("name", engine.ENGINES)
def test_every_page_comes_out_whole_and_every_link_leads_somewhere(staging: Path, name: str) -> None:
    made = engine.build(staging, name, EPOCH)
    assert made.site == staging / "build/site"
    assert made.pages == len(list((staging / layout.DOCS).rglob("*.md")))
    text = (made.site / "riche/index.html").read_text(encoding="utf-8")
    assert "\ttabulation   gardée\n\n\n  et lignes vides</code>" in text
    page = html.read(made.site / "riche/index.html")
    assert page.title == "Œuvre & <b>maïeutique</b> - Les ateliers du papier"
    assert page.headings == ("Œuvre & <b>maïeutique</b>#",)
    assert {"titre", "tableau", "detail", "fin", "ligne-1"} <= page.anchors
    assert page.language == "fr"
    assert any(link.url == "https://exemple.fr/edit/main/content/x.yaml" for link in page.links)
    assert checked(made.site) == ()


@pytest.mark.parametrize("name", engine.ENGINES)
def test_pages_carry_no_script_and_the_site_no_unused_one(staging: Path, name: str) -> None:
    site = engine.build(staging, name, EPOCH).site
    scripts = {
        (path.relative_to(site).as_posix(), link.url)
        for path in site.rglob("*.html")
        for link in html.read(path).links
        if link.element == "script"
    }
    assert scripts == {("recherche/index.html", "../assets/recherche.js")}
    assert sorted(path.name for path in (site / "assets").glob("*.js")) == [
        "calculer.js",
        "decimales.js",
        "explorer.js",
        "parcourir.js",
        "parquet.js",
        "plages.js",
        "question.js",
        "recherche.js",
        "vue.js",
    ]
    assert sorted({path.parent.name for path in site.rglob("*.js")}) == ["assets", "fzstd-0.1.1", "hyparquet-1.33.0"]
    assert list(site.glob("sitemap*")) == []  # it would list nothing as long as site_url is unknown


@pytest.mark.parametrize("name", engine.ENGINES)
def test_with_an_address_and_a_repository(staging: Path, name: str) -> None:
    configure(staging, site_url="https://exemple.fr/depot/", repo_url="https://github.com/exemple/x")
    site = engine.build(staging, name, EPOCH).site
    sitemap = (site / "sitemap.xml").read_text(encoding="utf-8")
    assert "<loc>https://exemple.fr/depot/riche/</loc>" in sitemap
    assert "404" not in sitemap
    lost = [link.url for link in html.read(site / "404.html").links if link.element == "a"]
    assert lost[0] == "https://exemple.fr/depot/"
    home = [link.url for link in html.read(site / "index.html").links]
    assert "https://github.com/exemple/x" in home
    assert not [url for url in home if "api.github" in url]
    assert checked(site) == ()


def test_the_engines_give_the_same_links_and_ids(tmp_path: Path) -> None:
    sites = []
    for name in engine.ENGINES:
        (tmp_path / name).mkdir()
        sites.append(build_sample(tmp_path / name, name))
    first, second = sites
    names = sorted(path.relative_to(first).as_posix() for path in first.rglob("*.html"))
    assert names == sorted(path.relative_to(second).as_posix() for path in second.rglob("*.html"))
    for name in names:
        pages = [html.read(folder / name) for folder in sites]
        assert pages[0].title == pages[1].title
        assert pages[0].anchors == pages[1].anchors, name
        followed = [
            [urljoin(f"http://x/{name}", link.url) for link in page.links if link.element in {"a", "form"}]
            for page in pages
        ]
        skip = [f"http://x/{name}#titre", f"http://x/{name}#__skip"]  # each engine has its own "skip to content"
        assert [url for url in followed[0] if url not in skip] == [url for url in followed[1] if url not in skip], name


@pytest.mark.parametrize("name", engine.ENGINES)
def test_two_builds_give_the_same_bytes(tmp_path: Path, name: str) -> None:
    contents = []
    for number in "12":
        (tmp_path / number).mkdir()
        site = build_sample(tmp_path / number, name)
        contents.append({p.relative_to(site).as_posix(): p.read_bytes() for p in site.rglob("*") if p.is_file()})
    assert contents[0] == contents[1]


def test_a_warning_of_mkdocs_is_a_failure_and_is_quoted(staging: Path) -> None:
    (staging / "build/docs/riche/index.md").write_text("# T\n\n[x](absent.md)\n", encoding="utf-8", newline="")
    with pytest.raises(engine.EngineError, match=r"(?s)mkdocs a refusé.*absent\.md"):
        engine.build(staging, "mkdocs", EPOCH)


@pytest.mark.parametrize("name", engine.ENGINES)
def test_a_fault_of_the_generator_stops_the_build(staging: Path, name: str) -> None:
    (staging / "build/docs/riche/index.md").write_text("# T\n<!--fragment-->\n", encoding="utf-8", newline="")
    with pytest.raises(engine.EngineError, match="a fragment is never closed"):
        engine.build(staging, name, EPOCH)


def test_a_page_left_out_is_named(staging: Path) -> None:
    configure(staging, exclude_docs="riche/")
    with pytest.raises(engine.EngineError, match=r"1 page\(s\) de côté\u202f:\nriche/index\.md → riche/index\.html"):
        engine.build(staging, "mkdocs", EPOCH)


def test_two_pages_for_one_address_are_refused(staging: Path) -> None:
    (staging / "build/docs/Riche").mkdir()
    (staging / "build/docs/Riche/index.md").write_text(markdown("T", fragment("<p>")), encoding="utf-8", newline="")
    with pytest.raises(engine.EngineError, match="donneraient la même adresse"):
        engine.build(staging, "mkdocs", EPOCH)


def test_a_symbolic_link_is_refused(staging: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8", newline="")
    (staging / "build/docs/fuite.txt").symlink_to(tmp_path / "secret.txt")
    with pytest.raises(engine.EngineError, match="lien symbolique"):
        engine.build(staging, "mkdocs", EPOCH)


def test_a_page_that_is_not_an_index_is_refused(staging: Path) -> None:
    (staging / "build/docs/seule.md").write_text("# T\n", encoding="utf-8", newline="")
    with pytest.raises(engine.EngineError, match=r"seule\.md\u202f: une page s’appelle index\.md"):
        engine.build(staging, "zensical", EPOCH)


def test_an_unknown_engine_is_refused(tmp_path: Path) -> None:
    with pytest.raises(engine.EngineError, match="moteurs\u202f: mkdocs, zensical"):
        engine.build(tmp_path, "hugo", EPOCH)


@pytest.mark.parametrize("name", engine.ENGINES)
@pytest.mark.parametrize("menu", ["", "nav: []\n"])
def test_a_site_without_a_menu_and_texts_that_look_like_links(tmp_path: Path, name: str, menu: str) -> None:
    """Zensical looks for the links of Markdown everywhere, code, attributes and front matter too."""
    root = copy_base(tmp_path)
    settings = (root / "mkdocs.yml").read_text(encoding="utf-8")
    write(root, {"mkdocs.yml": re.sub(r"(?s)nav:\n.*?(?=validation:)", menu, settings)})
    head = '---\ntitle: "M [a](b.md)"\ndescription: Suite de [b](c.md).\n---\n'
    write(root, {"content/pages/code.md": f"{head}```\n[a](b.md)\n[s]: x.md\n```\n\nEt `[a](b.md)`.\n"})
    replace(root, "datapackages/jardins/datapackage.yaml", "title: Début de saison", 'title: "Début [l](x.md)"')
    write(root, {"datapackages/jardins/templates/recoltes.html": "<p>[l](x.md)</p>[l](y.md)\n[s]: z.md"})
    project = proven(checked_project(root))
    assert project.diagnostics == ()
    assert build(project, name, DATE, lambda stage, counts: None, validate=False).diagnostics == ()
    text = (root / "site" / "code" / "index.html").read_text(encoding="utf-8")
    assert html.parse(text.encode()).title == "M [a](b.md) - Jardins ouverts"
    assert "[a]&#40;b.md)" in text
