"""What the pages of this content show of themselves to others, and of the day when they were verified."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

import pytest
from test_sharing import made, properties, texts

from generator.catalogue.freshness import due
from generator.catalogue.project import Project
from generator.catalogue.records import Catalogue
from generator.pages.page import Page


@pytest.fixture(scope="module")
def real(project: Project) -> tuple[dict[str, Page], dict[str, str]]:
    return made(project)


def records(pages: dict[str, Page], folder: str) -> Iterator[dict[str, str]]:
    return (properties(page) for path, page in pages.items() if re.fullmatch(f"{folder}/[^/]+/", path))


def test_a_proposal_names_its_programme_and_is_described_by_what_it_asks(
    real: tuple[dict[str, Page], dict[str, str]],
) -> None:
    pages, _ = real
    titles = [told["title"] for told in records(pages, "propositions")]
    assert len(titles) == 21
    assert all(re.match(r"(Humanifest|Livre blanc) [0-9]+ – ", title) for title in titles)
    assert not any(told["description"].startswith("Selon Nexem") for told in records(pages, "propositions"))


def test_a_figure_is_shared_as_it_is_printed(
    catalogue: Catalogue, real: tuple[dict[str, Page], dict[str, str]]
) -> None:
    _, drawings = real
    found = [f"statistiques/{record['id']}/partage.png" for record in catalogue["indicateurs"]]
    assert len(found) > 50
    for path in found:
        shown = texts(drawings[path])
        source = next(text for text in shown if text.startswith("Source"))
        assert source.endswith(")"), "with its date, or « sans date »"


def test_no_short_form_of_a_source_lacks_its_date(real: tuple[dict[str, Page], dict[str, str]]) -> None:
    pages, _ = real
    short = re.compile(
        r'<a href="[^"]*sources/[a-z-]+/">([A-ZÀ-Ü][^<]*, (?:manifeste|livre blanc|page web)[^<]*)</a>', re.IGNORECASE
    )
    found = [name for page in pages.values() for name in short.findall(page.text)]
    assert len(found) > 900
    assert [name for name in found if not name.endswith(")")] == []


def test_a_source_without_address_says_how_to_find_it(
    catalogue: Catalogue, real: tuple[dict[str, Page], dict[str, str]]
) -> None:
    pages, _ = real
    for record in catalogue["documents"]:
        asked = "aucune n’est devinée" in pages[f"sources/{record['id']}/"].text
        assert asked is (record["url"] is None), record["id"]


def test_the_real_content_says_when_its_figures_were_verified(catalogue: Catalogue) -> None:
    """The second reading of every document, which the versions of 22 November 2026 tell."""
    found = due(catalogue, datetime.date(2026, 11, 28))
    assert (found.overdue, found.undated, found.dead) == ((), (), ())
    assert [record.id[0] for record in found.passed] == [
        "places-de-formation",
        "croissance-de-la-population",
        "departs-en-retraite",
        "departs-en-retraite",
        "emplois-a-creer-nexem",
        "places-de-formation-supplementaires",
        "recrutements-remplacement-retraites",
    ]
