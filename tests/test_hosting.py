"""Where an error is told, from each record and row, and the addresses that GitHub's own CI gives when mkdocs.yml leaves them
out.
"""

from __future__ import annotations

import html
import os
import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from samples import ROOT, copy_base, replace, write
from test_golden import made

from generator.commands.check import checked_project
from generator.contracts.hosting import LONGEST_URL, hosted, issue_url
from generator.contracts.settings import read_settings
from generator.layout import FORM, FORM_FIELDS
from generator.pages.draft import ground
from generator.pages.renderer import Renderer
from generator.pages.reporting import link_to_write, report_url
from generator.prose.targets import record_of
from generator.site import gate
from generator.site.engine import ENGINES

# --- What the environment says ----------------------------------------------------------------------------------------

CI = {
    "GITHUB_ACTIONS": "true",
    "GITHUB_SERVER_URL": "https://github.com",
    "GITHUB_REPOSITORY": "Exemple/jardins.ouverts",
}


def test_the_host_says_both_addresses() -> None:
    assert hosted(CI) == {
        "repo_url": "https://github.com/Exemple/jardins.ouverts",
        "site_url": "https://exemple.github.io/jardins.ouverts/",
    }
    assert hosted(CI | {"GITHUB_REPOSITORY": "Exemple/exemple.GitHub.io"})["site_url"] == "https://exemple.github.io/"
    assert hosted(CI | {"GITHUB_SERVER_URL": "https://code.exemple.fr"}) == {
        "repo_url": "https://code.exemple.fr/Exemple/jardins.ouverts"
    }


@pytest.mark.parametrize(
    "spoilt",
    [
        {"GITHUB_ACTIONS": ""},
        {"GITHUB_ACTIONS": "1"},
        {"GITHUB_SERVER_URL": ""},
        {"GITHUB_SERVER_URL": "javascript:alert(1)"},
        {"GITHUB_SERVER_URL": "http://github.com"},
        {"GITHUB_SERVER_URL": "https://github.com/x"},
        {"GITHUB_SERVER_URL": "https://a@github.com"},
        {"GITHUB_SERVER_URL": "https://github.com\n"},
        {"GITHUB_REPOSITORY": ""},
        {"GITHUB_REPOSITORY": "jardins"},
        {"GITHUB_REPOSITORY": "exemple/.."},
        {"GITHUB_REPOSITORY": "exemple/jardins/plus"},
        {"GITHUB_REPOSITORY": "-exemple/jardins"},
        {"GITHUB_REPOSITORY": 'exemple/"><script>'},
        {"GITHUB_REPOSITORY": "exemple/jardins\n"},
        {"GITHUB_REPOSITORY": "exemple/" + "a" * 101},
    ],
)
def test_what_github_does_not_write_is_not_taken(spoilt: dict[str, str]) -> None:
    assert hosted(CI | spoilt) == {}


def test_what_mkdocs_says_prevails(tmp_path: Path) -> None:
    write(tmp_path, {"mkdocs.yml": "site_name: Essai\nsite_url: https://exemple.fr/\n"})
    settings, diagnostics = read_settings(tmp_path, hosted(CI))
    assert (settings.site_url, settings.repo_url) == (
        "https://exemple.fr/",
        "https://github.com/Exemple/jardins.ouverts",
    )
    assert settings.taken == ("repo_url",)
    assert [d.position.path for d in diagnostics] == ["mkdocs.yml"]  # the publisher, and nothing of the addresses
    assert "repo_url" not in str(diagnostics[0].message)


def test_the_commands_take_it_from_the_environment_and_say_so(tmp_path: Path) -> None:
    root = copy_base(tmp_path / "projet")
    replace(root, "mkdocs.yml", "repo_url: https://forge.exemple.fr/jardins/ouverts\n", "")
    for environment, warned in (({}, True), (CI, False)):
        done = subprocess.run(
            [sys.executable, "-m", "generator", "check", "-C", str(root)],
            cwd=ROOT, env={**os.environ, **environment}, capture_output=True, encoding="utf-8", check=True,
        )  # fmt: skip
        assert ("« repo_url »".replace("« ", "«\u202f").replace(" »", "\u202f»") in done.stdout) is warned
    told: list[tuple[str, str]] = []
    project = checked_project(root, lambda stage, counts: told.append((stage, counts)), hosted(CI))
    assert told[0] == ("réglages", "repo_url d’après GitHub")
    assert project.settings.for_engine()["repo_url"] == "https://github.com/Exemple/jardins.ouverts"


# --- Where an error is told -------------------------------------------------------------------------------------------

VALUES = {
    "paquet": "jardins",
    "table": "parcelles",
    "ligne": "clos-vert/nord",
    "champ": "surface",
    "valeur": "20 % & « plus »\n",
}


def fields(url: str) -> dict[str, str]:
    return {name: value for name, [value] in parse_qs(urlsplit(url).query, strict_parsing=True).items()}


def test_the_form_of_github_is_filled_in() -> None:
    url = issue_url("https://github.com/exemple/jardins/", "bonjour@exemple.fr", "Erreur", VALUES)
    assert url.startswith("https://github.com/exemple/jardins/issues/new?template=")
    assert fields(url) == {"template": FORM, "title": "Erreur", **VALUES}
    assert set(VALUES) < set(FORM_FIELDS)
    assert re.fullmatch(r"[!-~]+", url)
    assert not re.search(r"[\"'<>\s\\]", url)


def test_an_issue_of_gitlab_is_filled_in() -> None:
    url = issue_url("https://gitlab.exemple.fr/groupe/jardins", "", "Erreur", VALUES)
    assert url.startswith(
        "https://gitlab.exemple.fr/groupe/jardins/-/issues/new?issue%5Btitle%5D=Erreur&issue%5Bdescription%5D="
    )
    told = fields(url)["issue[description]"]
    assert "Ligne\u202f: clos-vert/nord\nChamp\u202f: surface\n" in told
    assert told.endswith("Source\u202f: ")


def test_elsewhere_a_message_is_sent_to_the_publisher_or_nothing_is_made_up() -> None:
    url = issue_url("https://forge.exemple.fr/jardins", "bonjour+site@exemple.fr", "Erreur", VALUES)
    assert url.startswith("mailto:bonjour%2Bsite@exemple.fr?subject=Erreur&body=Paquet%E2%80%AF:%20jardins%0A")
    assert "+" not in url
    assert issue_url("", "bonjour@exemple.fr", "Erreur", VALUES).startswith("mailto:bonjour@exemple.fr?")
    assert issue_url("https://forge.exemple.fr/jardins", "", "Erreur", VALUES) == ""
    assert issue_url("", "", "Erreur", VALUES) == ""


@pytest.mark.parametrize("text", ["x", "é", "😀", "\u202f", '"'])
@pytest.mark.parametrize(
    "repository", ["https://github.com/a/b", "https://gitlab.com/a/b", "", "https://github.com/" + "a" * 1900]
)
def test_an_address_is_never_too_long(text: str, repository: str) -> None:
    url = issue_url(repository, "bonjour@exemple.fr", text * 9_000, dict.fromkeys(FORM_FIELDS, text * 9_000))
    assert len(url) < LONGEST_URL
    parse_qs(urlsplit(url).query, errors="strict")  # no character is cut in two


# --- On the pages -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def second(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("orgues")
    made(ROOT / "tests" / "second_site", out)
    return out / "docs"


def reports(text: str) -> list[dict[str, str]]:
    """The fields of the addresses where an error is told, on a page."""
    return [fields(html.unescape(url)) for url in re.findall(r'"(https://github\.com/[^"]*issues/new[^"]*)"', text)]


def test_each_record_and_each_row_has_its_report(second: Path) -> None:
    [page] = sorted((second / "orgues").glob("*/index.md"))[:1]
    found = reports(page.read_text(encoding="utf-8"))
    head, *rows = found
    assert (head["paquet"], head["table"], head["ligne"]) == ("orgues", "orgues", page.parent.name)
    assert {row["template"] for row in rows} == {FORM}
    [own] = [row for row in rows if row["table"] == "orgues"]
    assert own["champ"] == "provenance_ouvrage"
    assert own["valeur"]
    assert {row["table"] for row in rows if row is not own} == {"projetes"}  # of the years that its projections compute


def test_a_value_is_in_the_report_of_its_row() -> None:
    project = checked_project(ROOT / "tests" / "second_site")
    record = next(r for r in project.catalogue.records() if r.resource.name == "orgues")
    column = next(f.name for f in record.resource.fields if f.name == "etat" and record[f.name])
    assert fields(report_url(project.settings, record, column))["champ"] == column
    assert fields(report_url(project.settings, record, column))["valeur"] == str(record[column])


@pytest.mark.parametrize(
    "root",
    [
        pytest.param(ROOT, marks=pytest.mark.here),
        ROOT / "tests" / "second_site",
        ROOT / "tests" / "diagnostics" / "_base",
    ],
)
def test_a_link_to_write_leads_back_to_its_row_and_quotes_it(root: Path, tmp_path: Path) -> None:
    from generator.checks import quotations
    from generator.prose.markdown import links as links_of

    project = checked_project(root)
    count = 0
    for record in project.catalogue.records():
        written = link_to_write(record, project.catalogue)
        assert bool(written) == bool(record.resource.scheme)
        for link in links_of(written):
            count += 1
            assert record_of(link.target, project.catalogue) is record
            assert quotations.drifted(link.text, link.target, project.catalogue, frozenset()) is None, written
    assert count == sum(
        len(project.catalogue[r.name]) for r in project.catalogue.contracts.resources.values() if r.scheme
    )


def test_what_templates_are_given_is_neither_searched_nor_unsafe() -> None:
    project = checked_project(ROOT / "tests" / "diagnostics" / "_base")
    renderer = Renderer(ground(project))
    for record in project.catalogue.records():
        view = renderer.views.of(record)
        for made_of in (renderer.see_line(view), renderer.link_to_write(view)):
            assert not made_of or "data-pagefind-ignore" in made_of
            assert "<du>" not in made_of
    said = renderer.see_line(view)
    assert 'href="mailto:bonjour@exemple.fr?' in said
    assert "sur «\u202f" in said


@pytest.mark.parametrize("engine", ENGINES)
def test_the_theme_keeps_the_addresses_whole(engine: str, tmp_path: Path) -> None:
    """What the theme prints under a page, with a repository, with a contact alone, with neither."""
    from generator.commands.making import pipeline

    wanted = {
        "repo_url: https://github.com/exemple/jardins\n": "https://github.com/exemple/jardins/issues/new?",
        "": "mailto:bonjour@exemple.fr?",
        None: "",
    }
    for number, (line, start) in enumerate(wanted.items()):
        root = copy_base(tmp_path / str(number), theme=True)
        replace(root, "mkdocs.yml", "repo_url: https://forge.exemple.fr/jardins/ouverts\n", line or "")
        if line is None:
            replace(root, "mkdocs.yml", "      contact: bonjour@exemple.fr\n", "")
        result = pipeline.build(checked_project(root), engine, "2026-01-02", lambda stage, counts: None, validate=False)
        assert result.pages, result.diagnostics
        text = (root / "site" / "plantes" / "tomate" / "index.html").read_text(encoding="utf-8")
        foot = html.unescape(text[text.index('class="fichier"') :].partition("</p>")[0])
        named = [html.unescape(url) for url in re.findall(r'href="([^"]*)"[^>]*>Signaler une erreur', text)]
        if start:
            assert len(named) == 2
            assert all(url.startswith(start) and "&amp;" not in url for url in named)
            assert "tomate" in named[0]
            assert not line or "tomate/roma" in {row["ligne"] for row in reports(text)}
        else:
            assert named == []
            assert "signaler une erreur" not in text
            assert '<a href="https://jardiniers.exemple.fr/">Les jardiniers</a>' in foot
        assert "[Tomate](plante:tomate)" in foot
        assert gate.settle(root / "site") == ()
