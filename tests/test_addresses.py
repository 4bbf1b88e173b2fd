"""The addresses of a site: all known before any page is made, each portable, and nothing written outside."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path
from urllib.parse import urljoin

import pytest
from samples import ROOT, copy_base, write

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


_PLACES = """name: lieux
title: Lieux
description: Des lieux.
resources:
  - name: lieux
    title: Lieux
    content: {records: lieux/*.%s}
    schema: {fields: [{name: id, type: string, title: Identifiant}], primaryKey: [id]}
"""
_CHOSEN = """name: choisis
title: Choisis
description: Des lieux choisis.
resources:
  - name: choisis
    title: Choisis
    derive: {selected: {of: lieux, where: {id: [a]}}}
    schema: {fields: [{name: id, type: string, title: Identifiant}], primaryKey: [id]}
"""
_PAGES = """pages:
  - {kind: index, path: %(name)s/, title: Tous, description: Tous., resource: %(name)s}
  - {kind: record, path: "%(name)s/{id}/", title: "{id}", resource: %(name)s}
"""


_CONTRACT, _CHOICE = "datapackages/lieux/datapackage.yaml", "datapackages/choisis/datapackage.yaml"
_EMPTY = {_CONTRACT: _PLACES % "yaml" + _PAGES % {"name": "lieux"}}
_JSON = {_CONTRACT: _PLACES % "json" + _PAGES % {"name": "lieux"}, "content/lieux/a.json": '{"id": "a"}'}
_ALONE = {_CONTRACT: _PLACES % "yaml", _CHOICE: _CHOSEN + _PAGES % {"name": "choisis"}, "content/lieux/a.yaml": "id: a"}


@pytest.mark.parametrize(("files", "many"), [(_EMPTY, 0), (_JSON, 1), (_ALONE, 1)], ids=("vide", "json", "choisies"))
def test_every_address_that_a_page_names_is_one_of_the_site(files: dict[str, str], many: int, tmp_path: Path) -> None:
    project = checked_project(write(tmp_path, files | {"mkdocs.yml": "site_name: Lieux\n"}))
    assert {d.code for d in project.diagnostics} <= {"contenu-vide", "reglage-absent"}
    pages = Pages(project)
    drafts = list(pages.drafts(planned(project.catalogue, project.settings), ()))
    known = {f"/{draft.path}" for draft in drafts}
    assert sum(draft.path in ("lieux/a/", "choisis/a/") for draft in drafts) == many
    for draft in drafts:
        rendered = pages.renderer.render(draft.template, draft.path, draft.names())
        for href in re.findall(r'href="([^"#?:]+/)["#?]', rendered):
            assert urljoin(f"/{draft.path}", href) in known, (draft.path, href)
