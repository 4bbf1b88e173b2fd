"""The measures of tests/readers, on the sample site and both engines: what is asked of every page is asked of these at each change; and
each measure finds the fault that it is there for. `python -m tests.readers` measures the real site.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.clients.programs import modules
from tests.readers import answers, keyboard, layout, rules, visiting, weight
from tests.readers.places import LOST, Place, heaviest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.navigateur

PLACES = [
    Place("accueil", ""),
    Place("riche", "riche/"),
    Place("recherche", "recherche/?q=maieutique"),
    Place(LOST, LOST),
]


@pytest.fixture
def seen(site: Path, browser: Browser) -> Iterator[visiting.Window]:
    with visiting.served(site) as root:
        yield visiting.Window(site, root, browser)


@pytest.fixture
def rich(seen: visiting.Window) -> Iterator[Page]:
    with seen.page(visiting.PHONE) as page:
        page.goto(f"{seen.root}riche/")
        yield page


def test_axe_finds_nothing(seen: visiting.Window) -> None:
    modules()
    assert rules.measure(seen, PLACES).lines == ("16 pages lues, 0 violations",)


def test_axe_finds_a_fault(rich: Page) -> None:
    modules()
    rich.evaluate(
        "document.querySelector('article').insertAdjacentHTML('beforeend', '<img src=\"data:,\"><div role=region tabindex=0></div>')"
    )
    assert "image-alt : img" in rules.violations(rich)


def test_the_keyboard_walks_to_the_end(seen: visiting.Window) -> None:
    report = keyboard.measure(seen, PLACES)
    assert report.lines[1:] == ()
    assert report.reached


def test_the_keyboard_meets_what_helps_before_the_article(rich: Page) -> None:
    parts = [stop.part for stop in keyboard.walk(rich)]
    assert list(dict.fromkeys(parts)) == ["evitement", "entete", "sommaire", "article", "pied"]


def test_a_stop_that_is_not_seen_is_found(rich: Page) -> None:
    rich.locator(".entete__nom").evaluate("e => e.setAttribute('hidden', '')")
    assert keyboard.faults(keyboard.walk(rich)) == []
    rich.locator("#detail").evaluate("e => { e.tabIndex = 0; e.style.outline = '0'; }")
    rich.locator("body").evaluate("e => e.focus()")
    rich.reload()
    rich.locator("#detail").evaluate("e => { e.tabIndex = 0; e.style.outline = 'none'; }")
    assert [fault for fault in keyboard.faults(keyboard.walk(rich)) if "Détail" in fault]


@pytest.mark.parametrize("name", ["sommaire", "menu", "recherche", "pied"])
@pytest.mark.parametrize("size", [visiting.PHONE, visiting.DESK])
def test_every_skip_link_leads_where_it_says(seen: visiting.Window, name: str, size: tuple[int, int]) -> None:
    with seen.page(size) as page:
        page.goto(f"{seen.root}riche/")
        link = page.locator(f".evitement a[href='#__{name}']")
        link.focus()
        assert link.evaluate("e => e.getBoundingClientRect().height") >= layout.TARGET
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        assert page.evaluate(f"!!document.activeElement.closest('#__{name}')")


def test_nothing_overflows_and_every_target_can_be_touched(seen: visiting.Window) -> None:
    assert layout.zoom(seen, PLACES).lines == ("4 pages lues, 0 défauts",)


def test_what_overflows_and_what_is_too_small_are_found(rich: Page) -> None:
    rich.locator("article").evaluate(
        "e => e.insertAdjacentHTML('beforeend', '<p><a href=#a>a</a> <a href=#b>b</a></p>')"
    )
    assert [told.split()[-2] for told in rich.evaluate(layout._TARGETS, layout.TARGET)] == ["a", "b"]
    rich.locator("h1").evaluate("e => { e.style.width = '400px'; }")
    assert rich.evaluate(layout._WIDE) > 0


def test_nothing_moves_while_a_page_loads(seen: visiting.Window) -> None:
    assert layout.shifts(seen, PLACES[:2], []).lines == ("4 pages lues, 0 où quelque chose bouge",)


def test_a_first_visit_is_light(seen: visiting.Window) -> None:
    found = weight.measure(seen, [*PLACES[:2], Place("recherche", "recherche/"), PLACES[3]])
    assert found.lines[0] == "4 pages, 0 au-delà de 60 ko (80 avec dessins)"


def test_the_menu_of_a_phone_is_folded_and_opens_over_the_page(rich: Page) -> None:
    menu, heading = rich.locator(".entete__plie"), rich.locator("h1")
    before = heading.bounding_box()
    assert not menu.locator("nav").is_visible()
    menu.locator("summary").press("Enter")
    assert menu.locator("nav a").first.is_visible()
    assert heading.bounding_box() == before
    assert rich.evaluate(layout._WIDE) <= 0
    assert rules.violations(rich) == []


def test_the_menu_of_a_phone_has_its_place_before_it_is_read(rich: Page) -> None:
    """On a slow machine, a page is shown when only a part of it is there."""
    box = rich.locator(".entete__rubriques")
    whole = box.bounding_box()
    rich.evaluate("document.querySelector('.entete__plie').remove()")
    assert box.bounding_box() == whole


def test_a_desk_has_the_menu_in_a_line_and_a_field_to_search(seen: visiting.Window) -> None:
    with seen.page(visiting.DESK) as page:
        page.goto(f"{seen.root}riche/")
        assert page.get_by_role("navigation", name="Menu principal").count() == 1
        assert not page.locator(".entete__plie").is_visible()
        assert page.get_by_role("searchbox").is_visible()


def test_a_sheet_of_paper_says_what_it_is_and_unfolds_what_is_folded(rich: Page) -> None:
    assert not rich.locator(".imprime").is_visible()
    rich.emulate_media(media="print")
    said = rich.locator(".imprime").inner_text()
    assert "«\u202fŒuvre & <b>maïeutique</b>\u202f»" in said
    assert said.endswith("/riche/")
    assert not rich.locator(".pied, .entete__rubriques, .entete__chercher, .evitement").first.is_visible()
    rich.locator("article").evaluate(
        "e => e.insertAdjacentHTML('beforeend', '<details id=plie><summary>plus</summary><p>le reste</p></details>')"
    )
    assert rich.locator("#plie p").is_visible()


@pytest.mark.parametrize(
    ("answer", "found"),
    [("71 % des lieux", True), ("Douze années", True), ("pour citer", False), ("soixante-douze", False)],
)
def test_the_depth_of_an_answer_is_that_of_what_is_shown(seen: visiting.Window, answer: str, found: bool) -> None:
    with seen.page(visiting.PHONE) as page:
        top = answers.depth(page, seen.root, answers.Question("", "", "riche/", answer))
        assert (top is not None) is found
        if top is not None:
            box = page.get_by_text(answer.split(" des ")[0], exact=True).first.bounding_box()
            assert box is not None
            assert abs(top * visiting.PHONE[1] - box["y"] - box["height"]) < 60


def test_of_each_kind_the_heaviest_page_is_the_first() -> None:
    found = [Place("a", "a/1/"), Place("a", "a/2/"), Place("b", "")]
    assert heaviest(found) == [found[0], found[2]]
