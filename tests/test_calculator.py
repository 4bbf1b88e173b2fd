"""Pages that compute: what they hold, the same results as the build in a browser, and what is said when there is nothing to compute."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from browser import Visit
from calculators import SEED, built, differences, scripted, trials

from generator.catalogue.project import read_project
from generator.commands.check import checked_project
from generator.commands.making.pipeline import build
from generator.pages.all import Pages
from generator.site import engine

Visiting = Callable[..., Visit]
SECOND = Path(__file__).resolve().parent / "second_site"
EVIL = '"><img src=x onerror=alert(1)>'


def test_the_build_the_script_and_a_spreadsheet_print_the_same() -> None:
    all = trials(read_project(SECOND).catalogue.contracts, 40, SEED)
    assert list(differences(all)) == []


def test_the_script_prints_as_the_build_whatever_the_numbers() -> None:
    all = trials(read_project(SECOND).catalogue.contracts, 1000, SEED + 1)
    assert scripted(all) == [built(trial) for trial in all]


def test_the_page_holds_what_the_calculation_starts_from_and_how_it_goes() -> None:
    draft = next(d for d in Pages(read_project(SECOND)).drafts((), ()) if d.path == "projeter/")
    names = draft.names()
    model = json.loads(names["modele"])  # type: ignore[arg-type]
    assert [entry["nom"] for entry in model["blocs"][0]["entrees"]] == ["depart", "debut", "fin", "taux_pct", "pas"]
    assert model["blocs"][0]["entrees"][0]["exemple"] == ["415"]
    assert [series["nom"] for series in model["series"]] == ["projetes"]
    told = dict(names["formules"])  # type: ignore[call-overload]
    assert told["Diapason en hertz, au départ"] == "diapason de départ"
    assert draft.more["script"] == "calculer"


@pytest.fixture(scope="module", params=engine.ENGINES)
def organs(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The second site by each engine in turn; the author of its projection means harm."""
    root = tmp_path_factory.mktemp(request.param) / "site"
    shutil.copytree(SECOND, root)
    path = root / "content/orgues/projections.yaml"
    text = path.read_text(encoding="utf-8").replace("Une accordeuse", json.dumps(EVIL))
    path.write_text(text, encoding="utf-8")
    build(checked_project(root), request.param, "2026-01-02", lambda stage, counts: None, validate=False)
    return root / "site"


def values(visit: Visit) -> list[str]:
    """The values of the series that are shown."""
    return [
        text.replace("\u202f", "") for text in visit.page.locator("table[data-serie] tbody td.nombre").all_inner_texts()
    ]


@pytest.mark.navigateur
def test_without_a_script_the_example_is_there(organs: Path, page: Visiting) -> None:
    visit = page(organs, "projeter/", javascript=False, width=360)
    assert values(visit) == ["415,0", "419,2", "423,3", "427,6"]
    assert visit.page.locator(".calcul input").count() == 0
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= 360


@pytest.mark.navigateur
def test_with_it_the_example_gives_the_same_then_one_s_own_numbers_give_theirs(organs: Path, page: Visiting) -> None:
    visit = page(organs, "projeter/")
    assert values(visit) == ["415,0", "419,2", "423,3", "427,6"]
    visit.page.get_by_label("Diapason de départ").fill("1 000,5")
    visit.page.get_by_label("Fin").fill("2027")
    assert values(visit) == ["1000,5", "1010,5"]
    visit.page.wait_for_url("**depart*")  # what is written is in the address
    visit.page.reload()
    assert values(visit) == ["1000,5", "1010,5"]
    assert (
        "2027 ; 1" in visit.page.locator(".calcul__etat").inner_text()
        or visit.page.get_by_label("Fin").input_value() == "2027"
    )
    visit.page.get_by_role("button", name="Remettre l’exemple").click()
    assert len(values(visit)) == 4
    with visit.page.expect_download() as download:
        visit.page.get_by_role("button", name="Télécharger le résultat").click()
    text = download.value.path().read_text(encoding="utf-8-sig")
    assert '"2029";"427,6"' in text


@pytest.mark.navigateur
def test_what_is_wrong_is_said_beside_the_field_and_stops_what_follows(organs: Path, page: Visiting) -> None:
    visit = page(organs, "projeter/")
    field = visit.page.get_by_label("Diapason de départ")
    field.fill("quatre")
    assert field.get_attribute("aria-invalid") == "true"
    assert visit.page.locator(".calcul .erreur:visible").inner_text().startswith("Écrivez un nombre")
    assert values(visit) == []
    assert visit.page.locator("table[data-serie] tbody").inner_text().count("Rien à calculer") == 1
    visit.page.get_by_role("status").filter(has_text="À corriger : Diapason de départ").wait_for()
    field.fill("415")
    visit.page.get_by_label("Fin").fill("9999")
    assert visit.page.locator("table[data-serie] tbody").inner_text().count("Pas plus de") == 1
    end = visit.page.get_by_label("Fin")
    end.fill("2020")
    assert end.get_attribute("aria-invalid") == "true"
    assert visit.page.locator(".calcul .erreur:visible").inner_text() == "Une projection finit après avoir commencé."
    assert values(visit) == []
    assert visit.page.locator("img").count() == 0  # the name of who supposes is a text
