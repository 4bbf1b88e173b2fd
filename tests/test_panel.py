"""The panel of `serve` in a real browser: faults over the page that is still there, and gone with them; nothing of a message is
ever HTML.
"""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from local import PATIENCE, served
from samples import replace
from test_browser_theme import CONTRASTS

from generator.diagnostics.finding import Diagnostic, Position, fault
from generator.diagnostics.panel import SHOWN, log, panel
from generator.site.board import Board
from generator.site.serving import Server

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

pytestmark = pytest.mark.navigateur
SITE = Path(__file__).resolve().parent / "second_site"
ABOUT = "content/pages/a-propos.md"
HOSTILE = '<img src=x onerror="document.title=1"></script><b>gras</b> \u202eabc'


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 360, "height": 800})
    opened = context.new_page()
    opened.set_default_timeout(PATIENCE * 1000)
    yield opened
    context.close()


class Shown:
    """A board, and a server of a site of one page that shows it."""

    def __init__(self, root: Path) -> None:
        self.root, self.board = root, Board()
        self.server = Server(root, self.board, 0)
        self.address = f"http://127.0.0.1:{self.server.server_port}/"
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def tell(self, *found: Diagnostic) -> None:
        self.board.tell("fault", f"{len(found)} erreurs", panel(found, self.root))

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()


@pytest.fixture
def shown(tmp_path: Path) -> Iterator[Shown]:
    policy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'"
    text = f'<!doctype html><html lang="fr"><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{policy}">'
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text(
        f"{text}<title>Avant</title><body><h1>Page</h1>{'<p>Un texte.</p>' * 60}<a href='./'>fin</a></body>",
        encoding="utf-8",
    )
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "a.yaml").write_text(f"a: {HOSTILE}\n" + "b: 1\n" * 40, encoding="utf-8")
    found = Shown(tmp_path)
    yield found
    found.stop()


def wrong(line: int = 1, text: str = HOSTILE) -> Diagnostic:
    place = Position("content/a.yaml", line, 4, 12)
    return fault(
        "valeur-du-mauvais-type", place, "« {text} » n’est pas un nombre.", "Corrigez « {text} ».", text, text=text
    )


def texts(found: Locator) -> list[str]:
    return [" ".join(text.split()) for text in found.all_inner_texts()]


def test_a_fault_is_over_the_page_until_it_is_mended(tmp_path: Path, page: Page, browser: Browser) -> None:
    root = Path(shutil.copytree(SITE, tmp_path / "site"))
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    with served(root) as local:
        local.wait_for_site(1)
        page.goto(f"{local.address}a-propos/")
        other = page.context.new_page()
        other.goto(local.address)
        page.locator("#state", has_text="À jour").wait_for()
        replace(root, ABOUT, "title: À propos\n", "titre: Tout à propos\n")
        for tab in (page, other):
            tab.locator("#panel .message", has_text="La clé « titre » est inconnue").wait_for()
            assert tab.locator("#panel h2").inner_text() == "1 erreur."  # not also that « title » is missing
        assert page.locator("h1").inner_text().startswith("À propos"), "the last good site is beneath"
        replace(root, ABOUT, "titre: Tout à propos\n", "title: Tout à propos\n")
        page.locator("h1", has_text="Tout à propos").wait_for()
        assert page.locator("#panel").is_hidden()
        other.locator("#state", has_text="À jour").wait_for()
        assert other.locator("#panel").is_hidden()
    page.locator("#state", has_text="Le serveur est arrêté").wait_for()
    replace(root, ABOUT, "title: Tout à propos\n", "title: Encore à propos\n")
    with served(root, local.port):
        page.locator("h1", has_text="Encore à propos").wait_for()
    stopped = ("ERR_CONNECTION_", "ERR_SOCKET_NOT_CONNECTED")  # what Chromium says of a server that is there no more
    assert [text for text in complaints if not any(name in text for name in stopped)] == []


def test_a_project_without_a_site_has_the_panel_and_then_the_site(tmp_path: Path, page: Page) -> None:
    root = Path(shutil.copytree(SITE, tmp_path / "site"))
    replace(root, ABOUT, "title: À propos\n", "titre: À propos\n")
    with served(root) as local:
        page.goto(f"{local.address}a-propos/")
        page.locator("#panel .message").first.wait_for()
        assert page.locator("body > p").inner_text() == "Pas encore de site."
        replace(root, ABOUT, "titre: À propos\n", "title: À propos\n")
        page.locator("h1", has_text="À propos").wait_for()


def test_a_message_is_text_whatever_it_holds(shown: Shown, page: Page) -> None:
    shown.tell(wrong())
    page.goto(shown.address)
    page.locator("#panel .message").wait_for()
    (message,) = texts(page.locator("#panel .message"))
    assert message == '« <img src=x onerror="document.title=1"></script><b>gras</b> \\u202eabc » n’est pas un nombre.'
    assert page.locator("#panel img, #panel script, #panel b").count() == 0
    assert texts(page.locator("#panel .place code")) == ["content/a.yaml:1:4"]
    assert texts(page.locator("#panel mark")) == ["<img src=x o"]
    assert page.locator("#panel pre").inner_text().startswith("1 | a: <img src=x onerror=")
    assert texts(page.locator("#panel li p"))[-1].startswith("Écrivez : <img")
    assert page.title() == "Avant"


def test_the_page_that_was_edited_is_one_step_away(shown: Shown, page: Page) -> None:
    page.goto(shown.address)
    shown.board.tell("busy", "Reconstruction…", pages=["fiches/l’été/", "autre/"])
    link = page.locator("#edited", has_text="Voir la page modifiée")
    link.wait_for()
    assert link.evaluate("e => decodeURI(e.getAttribute('href'))") == "/fiches/l’été/"
    shown.board.tell("busy", pages=["autre/", ""])  # this very page shows it
    link.wait_for(state="hidden")
    shown.board.tell("busy", pages=["autre/"])
    link.wait_for()
    shown.tell(wrong())
    link.wait_for(state="hidden")


def test_a_page_is_read_again_when_it_changed_and_not_for_another(shown: Shown, page: Page) -> None:
    page.goto(shown.address)
    page.locator("#state").wait_for(state="attached")
    page.evaluate("document.body.dataset.stays = 'oui'")
    shown.board.published(["autre/index.html"])
    shown.tell(wrong())
    page.locator("#panel").wait_for()
    assert page.locator("body[data-stays]").count() == 1
    assert shown.board.looked() == [""]
    shown.board.published(["index.html"])
    shown.board.tell("busy")
    page.locator("body:not([data-stays])").wait_for(state="attached")


def test_the_panel_covers_a_part_and_moves_nothing(shown: Shown, page: Page) -> None:
    page.goto(shown.address)
    page.locator("#state", has_text="").wait_for(state="attached")
    before = page.evaluate("[document.documentElement.scrollHeight, document.documentElement.scrollWidth]")
    shown.tell(*(wrong(line, f"{HOSTILE} {line} {'x' * 300}") for line in range(1, SHOWN + 6)))
    page.locator("#panel").wait_for()
    assert page.evaluate("[document.documentElement.scrollHeight, document.documentElement.scrollWidth]") == before
    box = page.locator("#panel").bounding_box()
    assert box is not None
    assert (box["x"], box["width"]) == (0, 360)
    assert box["height"] <= 0.6 * 800
    assert round(box["y"] + box["height"]) == 800
    body = page.locator("#panel .body")
    assert body.evaluate("e => e.scrollHeight > e.clientHeight && e.scrollWidth === e.clientWidth")
    assert page.locator("#panel li").count() == SHOWN
    assert texts(page.locator("#panel .body > .others")) == ["5 autres messages ne sont pas montrés"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_its_colours_can_be_read(shown: Shown, page: Page, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    shown.tell(wrong(), wrong(2))
    page.goto(shown.address)
    page.locator("#panel").wait_for()
    inside = CONTRASTS.replace(
        "document.body, NodeFilter", 'document.querySelector("panneau-local").shadowRoot, NodeFilter'
    )
    assert page.evaluate(inside) == []


def test_it_is_read_and_closed_from_the_keyboard(shown: Shown, page: Page) -> None:
    shown.tell(wrong())
    page.goto(shown.address)
    page.locator("#panel").wait_for()
    assert page.locator("[role=alert]").inner_text() == "1 erreurs"
    assert page.evaluate("document.activeElement === document.body"), "it takes no focus"
    page.locator("a", has_text="fin").focus()
    page.keyboard.press("Tab")
    assert page.get_by_role("button", name="Fermer (Échap)").evaluate("e => e.matches(':focus-visible')")
    page.keyboard.press("Tab")
    assert page.get_by_role("region", name="1 erreur.").evaluate("e => e.matches(':focus-visible')")
    page.keyboard.press("Escape")
    assert page.locator("#panel").is_hidden()
    state = page.get_by_role("button", name="1 erreurs")
    assert state.evaluate("e => e.matches(':focus')")
    assert state.get_attribute("aria-expanded") == "false"
    page.reload()
    page.locator("#state", has_text="1 erreurs").wait_for()
    assert page.locator("#panel").is_hidden(), "what was closed stays so on the next page"
    page.locator("#state").press("Enter")
    assert page.locator("#panel").is_visible()
    page.keyboard.press("Escape")
    shown.tell(wrong(2))
    page.locator("#panel .place", has_text="content/a.yaml:2:4").wait_for()


def test_warnings_are_folded_and_a_failed_build_is_told_whole(shown: Shown, page: Page) -> None:
    warning = fault("reglage-absent", Position("mkdocs.yml"), "« {key} » n’est pas renseigné.", key="repo_url")
    shown.tell(wrong(), warning)
    page.goto(shown.address)
    page.locator("#panel").wait_for()
    assert page.locator("details").get_attribute("open") is None
    assert page.locator("summary").inner_text() == "1 avertissement"
    shown.board.tell("warning", "À jour, 1 avertissement", panel([warning], shown.root))
    page.locator("#state", has_text="À jour").click()
    assert texts(page.locator("details[open] .message")) == ["« repo_url » n’est pas renseigné."]
    shown.board.tell("fault", "La reconstruction a échoué", log("La reconstruction a échoué.", HOSTILE))
    page.locator("#panel .log").wait_for()
    assert "</script><b>gras</b> \\u202eabc" in page.locator("#panel .log").inner_text()
