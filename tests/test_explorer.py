"""Lists of rows in a real browser, for both engines: read without a script; with it filtered, sorted, compared, downloaded, shared."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from browser import Visit, moved_by

from generator.commands.check import checked_project
from generator.commands.making.pipeline import build
from generator.site import engine

pytestmark = pytest.mark.navigateur

Visiting = Callable[..., Visit]
SECOND = Path(__file__).resolve().parent / "second_site"
LIST = "par-commune/01040/"
EVIL = '</td><script>x", y'
MORE = f"""m4,saint-leu,grand-orgue,441,441 Hz,,inventaire,
m5,saint-leu,positif,,"{EVIL.replace('"', '""')}",,inventaire,
"""


@pytest.fixture(scope="module", params=engine.ENGINES)
def organs(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The second site by each engine in turn, with a measure whose text means harm."""
    root = tmp_path_factory.mktemp(request.param) / "site"
    shutil.copytree(SECOND, root)
    with (root / "content/orgues/mesures.csv").open("a", encoding="utf-8", newline="") as file:
        file.write(MORE)
    build(checked_project(root), request.param, "2026-01-02", lambda stage, counts: None, validate=False)
    return root / "site"


def visible(visit: Visit) -> list[str]:
    """The names of the rows that are shown in the table of measures."""
    return visit.page.locator("table[data-table=mesures] tbody tr:visible th").all_inner_texts()


def test_the_lists_are_there_without_a_script(organs: Path, page: Visiting) -> None:
    visit = page(organs, LIST, javascript=False, width=360)
    assert visit.page.locator("details.explorer__table").count() == 2
    assert not visit.page.locator(".explorer__filtre").is_visible()
    visit.page.locator("summary", has_text="Mesures").click()
    assert len(visible(visit)) == 4
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= 360


def test_words_filter_and_the_address_keeps_them(organs: Path, page: Visiting) -> None:
    visit = page(organs, LIST)
    visit.page.get_by_label("Mots de la ligne").fill("441")
    assert len(visible(visit)) == 1
    assert "q=441" in visit.page.url
    assert visit.page.locator(".explorer__etat").inner_text().startswith("1 ligne sur ")
    visit.page.reload()
    assert len(visible(visit)) == 1
    visit.page.get_by_label("Mots de la ligne").fill("introuvable")
    assert visit.page.locator(".explorer__etat").inner_text().startswith("Aucune ligne sur ")
    visit.page.get_by_role("button", name="Tout montrer").click()
    visit.page.wait_for_url("**/01040/")  # a form is emptied after what its button says
    assert visit.page.locator("table[data-table=mesures] tbody tr:not([hidden])").count() == 4
    assert visit.complaints == []


def test_a_column_sorts_numbers_as_numbers(organs: Path, page: Visiting) -> None:
    visit = page(organs, LIST)
    visit.page.locator("summary", has_text="Mesures").click()
    head = visit.page.get_by_role("button", name="Diapason")
    numbers = "table[data-table=mesures] tbody tr td:nth-of-type(1)"
    head.click()
    up = visit.page.locator(numbers).all_inner_texts()
    head.click()
    down = visit.page.locator(numbers).all_inner_texts()
    assert up == sorted(up, key=lambda text: (text == "", float(text.replace(",", ".") or 0)))
    assert [text for text in down if text] == [text for text in up if text][::-1]
    assert down[-1] == up[-1] == "" or "" not in up
    assert "tri=mesures" in visit.page.url


def test_on_paper_there_is_nothing_to_choose(organs: Path, page: Visiting) -> None:
    visit = page(organs, LIST)
    visit.page.locator("summary", has_text="Mesures").click()
    boxes = visit.page.locator("table[data-table=mesures] input[type=checkbox]")
    assert boxes.first.is_visible()
    visit.page.emulate_media(media="print")
    assert len(visible(visit)) == boxes.count() == 4
    assert not any(box.is_visible() for box in boxes.all())


def choose(visit: Visit, *names: str) -> None:
    for name in names:
        visit.page.get_by_role("checkbox", name=name).check()


def test_two_rows_are_compared_unless_what_they_measure_differs(organs: Path, page: Visiting) -> None:
    visit = page(organs, LIST)
    visit.page.locator("summary", has_text="Mesures").click()
    choose(visit, "441", "quinze")
    face = visit.page.locator(".explorer__face")
    assert face.locator("thead th").all_inner_texts()[0] == "Attribut"
    assert face.locator("tbody tr").count() >= 2
    assert "comparer=" in visit.page.url
    visit.page.reload()
    assert face.locator("thead th").count() == 3
    choose(visit, "415,5")
    assert "ne se comparent pas" in face.inner_text()
    assert "Clavier" in face.inner_text()


def test_what_is_shown_is_downloaded_and_nothing_is_executed(organs: Path, page: Visiting, tmp_path: Path) -> None:
    visit = page(organs, LIST)
    visit.page.locator("summary", has_text="Mesures").click()
    visit.page.get_by_label("Mots de la ligne").fill("script")
    with visit.page.expect_download() as download:
        visit.page.locator(".explorer__csv:visible").click()
    download.value.save_as(tmp_path / "vue.csv")
    rows = list(csv.reader((tmp_path / "vue.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert [row[0] for row in rows] == ["Nom", EVIL]
    assert rows[1][-1].startswith("http")
    assert visit.foreign == []
    assert visit.complaints == []


def test_nothing_moves_when_the_script_comes(organs: Path, page: Visiting) -> None:
    visit = page(organs, width=360)
    assert moved_by(visit, "explorer", LIST) == []
