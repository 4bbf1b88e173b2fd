"""The addresses of a site: all known before any page is made, each portable, and nothing written outside."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from samples import ROOT, copy_base

from generator.catalogue.sitemap import sitemap
from generator.commands.check import checked_project
from generator.commands.making.proving import proof
from generator.packages.folder import planned
from generator.pages.all import Pages
from generator.pages.kinds import page_kinds
from generator.prose.headings import headings, html_id
from generator.site import html
from generator.text.portable import fold, unportable

SITES = (pytest.param(ROOT, marks=pytest.mark.here), ROOT / "tests" / "second_site", None)


@pytest.mark.parametrize("site", SITES, ids=("contenu", "second", "base"))
def test_the_sitemap_knows_every_page_that_is_made(site: Path | None, tmp_path: Path) -> None:
    project = checked_project(site or copy_base(tmp_path))
    known = [
        address.path for address in sitemap(project.catalogue, project.names, page_kinds(), project.settings.guides)
    ]
    made = [draft.path for draft in Pages(project).drafts(planned(project.catalogue, project.settings), ())]
    assert sorted(known) == sorted(made)


@pytest.mark.parametrize("site", SITES, ids=("contenu", "second", "base"))
def test_a_site_without_fault_is_proven(site: Path | None, tmp_path: Path) -> None:
    assert list(proof(checked_project(site or copy_base(tmp_path)))) == []


def test_the_anchors_of_a_prose_page_are_those_of_its_headings(tmp_path: Path) -> None:
    project = checked_project(copy_base(tmp_path))
    pages = Pages(project)
    article = next(a for a in project.articles if a.name == "methode.md")
    draft = next(d for d in pages.drafts(planned(project.catalogue, project.settings), ()) if d.path == "methode/")
    rendered = pages.renderer.render(draft.template, draft.path, draft.names())
    anchors = {html_id(heading.anchor) for heading in headings(article.text)}
    assert anchors == {"compter_"}
    assert all(f"|{anchor}|" in rendered for anchor in anchors)
    assert not html.parse(rendered.encode()).anchors, "nothing else has an anchor"


@pytest.mark.parametrize(
    "name", ["a", "A-1", "v1.0", "île", "2A", "a_b", "œuvre", "x" * 100, "console", "com10", "index"]
)
def test_a_usual_name_is_portable(name: str) -> None:
    assert not unportable(name)


@pytest.mark.parametrize(
    "name",
    [
        *("", ".", "..", ".a", "a.", "a..b", "a/b", "a\\b", "a:b", "a?b", "a#b", "a%2Fb", "a&b", "a b", "a\nb", "a\0b"),
        *("<img>", '"', "'", "*", "|", "~", "$", "{id}", "a\u202eb", "a\u200bb", "\u3164", "\u00a0", "рath", "ａ", "²"),
        *("con", "CON", "nul.txt", "aux", "Com1", "lpt9.md", "index.html", "Index.MD", "x" * 101, "é" * 51),
        *(unicodedata.normalize("NFD", "é"), "\udce9", "\ud800"),
    ],
)
def test_any_other_is_not(name: str) -> None:
    assert str(unportable(name))


@pytest.mark.parametrize(
    ("one", "other"), [("a", "A"), ("é", unicodedata.normalize("NFD", "é")), ("ﬁ", "fi"), ("straße", "STRASSE")]
)
def test_twins_fold_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)
