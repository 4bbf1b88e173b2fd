"""What a reader meets, in a real browser, for both engines: no other host, no script needed, phones, keyboard, colours."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from browser import Visit

pytestmark = pytest.mark.navigateur

Visiting = Callable[..., Visit]
PAGES = ("", "riche/", "recherche/?q=maieutique", "404.html")

# Waits in the page, frame by frame (Playwright's own wait needs eval, which the policy refuses).
UNTIL = "new Promise((done) => { const look = () => (CONDITION) ? done() : requestAnimationFrame(look); look(); })"

# Contrast of every visible text against what is behind it (WCAG 1.4.3), computed from what the browser shows.
CONTRASTS = """() => {
  const parse = (c) => { const m = c.match(/[\\d.]+/g).map(Number); return m.length < 4 ? [...m, 1] : m; };
  const light = ([r, g, b]) => [r, g, b].map((v) => v / 255).map((v) => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
  const behind = (e) => {
    for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor); if (c[3] === 1) return c; }
    return [255, 255, 255, 1];
  };
  const bad = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let n = walker.nextNode(); n; n = walker.nextNode()) {
    const e = n.parentElement;
    if (!n.textContent.trim() || e.closest("script, style, noscript")) continue;
    if (!e.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    const style = getComputedStyle(e), size = parseFloat(style.fontSize), large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
    const [a, b] = [light(parse(style.color)), light(behind(e))].sort((x, y) => y - x);
    const ratio = (a + .05) / (b + .05);
    if (ratio < (large ? 3 : 4.5)) bad.push(`${ratio.toFixed(2)} ${e.tagName}.${e.className}: ${n.textContent.trim().slice(0, 40)}`);
  }
  return bad;
}"""


@pytest.mark.parametrize("address", PAGES)
def test_no_request_leaves_and_the_policy_stops_nothing(site: Path, page: Visiting, address: str) -> None:
    visit = page(site, address)
    assert visit.foreign == []
    assert visit.complaints == []
    assert visit.page.locator("h1").count() == 1


def test_the_policy_is_in_force(site: Path, page: Visiting) -> None:
    visit = page(site, "riche/")
    visit.page.evaluate(
        "new Promise((done) => { document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"document.title=1\">');"
        " document.body.lastChild.addEventListener('error', done); })"
    )
    visit.page.evaluate(
        "() => { const s = document.createElement('script'); s.text = 'document.title = 2'; document.body.append(s); }"
    )
    assert visit.page.title().startswith("Œuvre")
    assert len([words for words in visit.complaints if "Content Security Policy" in words]) == 2


@pytest.mark.parametrize("question", ["maieutique", "œuvre", "oeuvres", "ECOLE", "l'ecole", "de l’État"])
def test_search_finds_words_whatever_the_accents(site: Path, page: Visiting, question: str) -> None:
    visit = page(site)
    visit.page.get_by_role("searchbox").fill(question)
    visit.page.get_by_role("button", name="Rechercher").click()
    visit.page.wait_for_selector(".resultats a")
    assert re.search(r"/recherche/\?q=", visit.page.url)
    assert visit.page.locator("#recherche-etat").inner_text().startswith("1 page trouvée")
    assert visit.page.locator("#recherche-etat").get_attribute("role") == "status"
    link = visit.page.locator(".resultat__titre a")
    assert link.inner_text() == "Œuvre & <b>maïeutique</b>"  # text, never markup
    assert "’ " not in visit.page.locator(".resultats").inner_text()  # no trace of how elisions are indexed
    link.click()
    visit.page.wait_for_url("**/riche/")
    assert visit.complaints == []
    assert visit.foreign == []


def test_search_without_an_answer_says_so_and_what_is_typed_is_text(site: Path, page: Visiting) -> None:
    visit = page(site, "recherche/?q=%3Cb%3Exyzw%3C%2Fb%3E")
    state = visit.page.locator("#recherche-etat")
    state.filter(has_text="Aucune page").wait_for()
    assert "<b>xyzw</b>" in state.inner_text()
    assert state.locator("b").count() == 0


def test_search_works_under_a_sub_folder(site: Path, page: Visiting) -> None:
    visit = page(site, "recherche/?q=maieutique", prefix="/depot/")
    assert visit.page.locator(".resultat__titre a").get_attribute("href") == f"{visit.root}riche/"
    assert visit.foreign == []


@pytest.mark.parametrize("how", ["at once", "slowly", "without Enter"])
def test_back_goes_back_to_the_question_before(site: Path, page: Visiting, how: str) -> None:
    visit = page(site, "recherche/?q=maieutique")
    visit.page.locator("#recherche-etat", has_text="1 page").wait_for()
    visit.page.locator("#recherche-champ").fill("xyzw")
    if how != "at once":
        visit.page.locator("#recherche-etat", has_text="Aucune page").wait_for()
        visit.page.locator("#recherche-champ").fill("xyzwv")
        visit.page.wait_for_url("**/?q=xyzwv")
    if how != "without Enter":
        visit.page.locator("#recherche-champ").press("Enter")
    visit.page.locator("#recherche-etat", has_text="Aucune page").wait_for()
    visit.page.go_back()
    visit.page.locator("#recherche-etat", has_text="1 page").wait_for()
    assert visit.page.locator("#recherche-champ").input_value() == "maieutique"


def test_everything_is_there_without_javascript(site: Path, page: Visiting) -> None:
    visit = page(site, "riche/", javascript=False)
    assert visit.page.locator("h1").is_visible()
    assert visit.page.locator("#ligne-1 td").first.is_visible()
    assert visit.page.get_by_role("navigation", name="Menu principal").get_by_role("link").count() > 1
    visit.page.get_by_role("searchbox").fill("mot")
    visit.page.get_by_role("button", name="Rechercher").click()
    visit.page.wait_for_url("**/recherche/?q=mot")
    assert visit.page.locator("noscript").inner_text().startswith("Sans JavaScript")


@pytest.mark.parametrize("address", PAGES)
def test_no_page_scrolls_sideways_and_every_text_has_contrast(site: Path, page: Visiting, address: str) -> None:
    visit = page(site, address)
    for width in (320, 360, 768, 1280):
        visit.page.set_viewport_size({"width": width, "height": 800})
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= width
    for scheme in ("light", "dark"):
        visit.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        assert visit.page.evaluate(CONTRASTS) == [], scheme


def test_the_colours_follow_the_system_without_javascript(site: Path, page: Visiting) -> None:
    colours = [
        page(site, "riche/", scheme=scheme, javascript=False).page.evaluate(
            "getComputedStyle(document.body).backgroundColor"
        )
        for scheme in ("light", "dark")
    ]
    assert colours[0] == "rgb(255, 255, 255)"
    assert colours[1] != colours[0]


@pytest.mark.parametrize("width", [360, 1280])
def test_an_error_is_told_from_the_page_and_from_its_row(site: Path, page: Visiting, width: int) -> None:
    visit = page(site, "riche/", width=width, javascript=False)
    told = visit.page.get_by_role("link", name="Signaler une erreur", exact=True)
    hrefs = {link.get_attribute("href") for link in told.all() if link.is_visible()}
    assert hrefs == {"https://exemple.fr/issues/new?ligne=x&valeur=71%20%25"}
    row = visit.page.get_by_role("link", name="signaler une erreur sur « 71 % »")
    assert row.get_attribute("href") == "https://exemple.fr/issues/new?a=1&b=2"
    box = row.bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= width
    row.focus()
    assert row.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"
    visit.page.emulate_media(media="print")
    assert not row.is_visible()
    assert not any(link.is_visible() for link in told.all())


@pytest.mark.parametrize("width", [360, 1280])
def test_the_link_to_write_is_chosen_whole(site: Path, page: Visiting, width: int) -> None:
    visit = page(site, "riche/", width=width)
    visit.page.locator(".lien-a-ecrire summary").press("Enter")
    for code in (visit.page.locator(".lien-a-ecrire code"), visit.page.locator("code.a-copier")):
        code.click()
        chosen = visit.page.evaluate("getSelection().toString()")
        assert chosen.strip() == code.inner_text()
        assert chosen.startswith("[71 %](chiffre:")
        assert code.evaluate("e => e.getBoundingClientRect().right") <= width
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= width
    assert visit.complaints == []


def test_a_wide_table_scrolls_in_its_own_region_which_the_keyboard_reaches(site: Path, page: Visiting) -> None:
    visit = page(site, "riche/", width=360)
    region = visit.page.get_by_role("region", name="Douze années")
    assert region.evaluate("e => e.scrollWidth > e.clientWidth")
    region.focus()
    visit.page.keyboard.press("ArrowRight")
    visit.page.evaluate(UNTIL.replace("CONDITION", "document.querySelector('.tableau').scrollLeft > 0"))
    assert region.evaluate("e => getComputedStyle(e).outlineStyle") == "solid"


def test_links_in_text_are_underlined(site: Path, page: Visiting) -> None:
    visit = page(site, "riche/")
    plain = visit.page.evaluate(
        "[...document.querySelectorAll('article :is(p, dd, td, li) a:not(.headerlink, .bouton, .sommaire-replie a)')]"
        ".filter((a) => !getComputedStyle(a).textDecorationLine.includes('underline')).map((a) => a.outerHTML)"
    )
    assert plain == []


def test_the_keyboard_goes_first_to_the_content_link_and_shows_where_it_is(site: Path, page: Visiting) -> None:
    visit = page(site, "riche/")
    visit.page.keyboard.press("Tab")
    assert visit.page.evaluate("document.activeElement.textContent.trim()") == "Aller au contenu"
    visit.page.evaluate(UNTIL.replace("CONDITION", "getComputedStyle(document.activeElement).opacity === '1'"))
    visit.page.keyboard.press("Enter")
    visit.page.evaluate(UNTIL.replace("CONDITION", "location.hash !== ''"))
    visit.page.keyboard.press("Tab")
    focused = visit.page.evaluate(
        "[!!document.activeElement.closest('article'), getComputedStyle(document.activeElement).outlineStyle]"
    )
    assert focused == [True, "solid"]


def test_every_control_has_a_name_and_every_landmark_its_own(site: Path, page: Visiting) -> None:
    for address in PAGES:
        visit = page(site, address, width=360)
        nameless = visit.page.evaluate(
            "[...document.querySelectorAll('input:not([type=checkbox]), select, textarea')]"
            ".filter((e) => !e.labels.length && !e.ariaLabel).map((e) => e.outerHTML)"
        )
        assert nameless == [], address
        names = visit.page.evaluate(
            "[...document.querySelectorAll('nav')].filter((e) => e.checkVisibility())"
            ".map((e) => e.ariaLabel ?? document.getElementById(e.getAttribute('aria-labelledby')).textContent)"
        )
        assert len(names) == len(set(names)), address


def test_the_contents_list_is_beside_the_text_or_folded_above_it_never_both(site: Path, page: Visiting) -> None:
    for width, beside in ((1280, True), (360, False)):
        visit = page(site, "riche/", width=width)
        assert visit.page.locator("nav.sommaire").is_visible() is beside
        assert visit.page.locator("details.sommaire-replie").is_visible() is not beside
        assert visit.page.locator("nav.sommaire a").all_text_contents() == ["Le tableau", "Détail", "Fin"]


def test_the_file_of_the_page_is_one_link_away(site: Path, page: Visiting) -> None:
    visit = page(site, "riche/")
    link = visit.page.get_by_role("link", name="Corriger cette fiche").first
    assert link.get_attribute("href") == "https://exemple.fr/edit/main/content/x.yaml"
    assert visit.page.locator(".fichier > code").inner_text() == "content/x.yaml"


@pytest.mark.parametrize("prefix", ["/", "/depot/"])
def test_a_lost_address_at_any_depth_leads_back_to_the_site(site: Path, page: Visiting, prefix: str) -> None:
    visit = page(site, "riche/perdu/tout/au-fond", prefix=prefix)
    visit.page.evaluate(
        UNTIL.replace("CONDITION", f"document.querySelector('main a').pathname === '{prefix}recherche/'")
    )
    visit.page.locator("main a").first.click()
    visit.page.wait_for_url(f"**{prefix}recherche/")
    assert visit.foreign == []


def test_on_paper_there_is_text_and_no_menu(site: Path, page: Visiting) -> None:
    visit = page(site, "riche/", scheme="dark")
    visit.page.emulate_media(media="print")
    assert not visit.page.get_by_role("navigation", name="Menu principal").is_visible()
    assert not visit.page.locator(".entete__recherche").is_visible()
    assert visit.page.locator("#ligne-1").is_visible()
    assert visit.page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


@pytest.mark.parametrize(("anchor", "shown"), [("replie", "Ce qui en est dit"), ("dedans", "Une ligne")])
def test_an_address_shows_what_is_folded(site: Path, page: Visiting, anchor: str, shown: str) -> None:
    folded = page(site, "riche/", javascript=False).page.get_by_text(shown)
    assert not folded.is_visible()
    assert page(site, f"riche/#{anchor}", javascript=False).page.get_by_text(shown).is_visible()
    paper = page(site, "riche/").page
    paper.emulate_media(media="print")
    assert paper.get_by_text(shown).is_visible()
