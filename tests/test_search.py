"""The search: what a question is read with, on both sides; what the theme and the index are told of a page."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from browser import Visit
from clients.programs import node_program, ran
from samples import replace

from generator.catalogue.acronyms import acronyms
from generator.catalogue.project import Project, read_project
from generator.pages.all import Pages
from generator.pages.searching import kinds_asked
from generator.site import search
from generator.text.query import for_script, singular, tokens

ROOT = Path(__file__).resolve().parent.parent
SCRIPT = ROOT / "generator/theme/assets/question.js"

AMOUNTS = {
    "7 milliards": "n7000000000",
    "environ 7\u202fMds\u00a0€": "n7000000000",
    "7 000 000 000 euros": "n7000000000",
    "600 M€": "n600000000",
    "600 millions d’euros": "n600000000",
    "deux millions de salariés": "n2000000",
    "9,3 millions": "n9300000",
    "9.3 millions": "n9300000",
    "71 %": "n71pct",
    "71 pour cent": "n71pct",
    "14,70 %": "n14v7pct",
    "18000 postes": "n18000",
    "18\u202f000 postes": "n18000",
    "1041 euros": "n1041",
    "en 2017": "",
    "page 12": "",
    "12 mois": "",
    "deux mois": "",
}


def in_node(expression: str) -> object:
    """The value of an expression that sees what the script exports, as JSON."""
    program = f"import * as q from {json.dumps(SCRIPT.as_uri())}; console.log(JSON.stringify({expression}))"
    done = ran(node_program(), "--input-type=module", "-e", program)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_amounts_are_read_alike_in_pages_and_in_questions() -> None:
    assert {text: " ".join(tokens(text)) for text in AMOUNTS} == AMOUNTS
    lexicon, texts = json.dumps(for_script()), json.dumps(list(AMOUNTS))
    read = in_node(f"{texts}.map((text) => q.montants(text, {lexicon}).jetons.join(' '))")
    assert read == list(AMOUNTS.values())


MISTYPED = {"aprentissage": "apprentissage", "handicappé": "handicapé", "ehpda": "ehpad", "mna": "", "zzzzzzzz": ""}


def test_a_word_that_no_page_has_is_read_as_the_nearest_of_the_site() -> None:
    known = [{"connu": word, "plie": word.replace("é", "e"), "pages": 3} for word in MISTYPED.values() if word]
    read = in_node(f"{json.dumps(list(MISTYPED))}.map((word) => q.corriger(word, {json.dumps(known)}))")
    assert read == list(MISTYPED.values())


GENDERS = {
    "éducatrice": ["éducatrice", "éducateur"],
    "moniteur": ["moniteur", "monitrice", "moniteuse"],  # what is no word is found nowhere
    "aide-soignant": ["aide-soignant"],
    "infirmières": ["infirmières", "infirmier"],
    "peur": ["peur"],  # too short to be a trade
    "œuvre": ["œuvre", "oeuvre"],
}


def test_a_word_is_looked_for_in_both_genders() -> None:
    read = in_node(f"{json.dumps(list(GENDERS))}.map((word) => q.variantes(word, {json.dumps(for_script())}))")
    assert [set(words) for words in read] == [set(words) for words in GENDERS.values()]  # type: ignore[attr-defined]


def test_words_are_folded_alike_on_both_sides() -> None:
    words = ["Œuvre", "ÉCOLES", "rôle", "naïf", "taux", "ans"]
    assert in_node(f"{json.dumps(words)}.map((word) => q.singulier(q.plier(word)))") == [singular(w) for w in words]


@pytest.fixture(scope="module")
def second() -> Project:
    return read_project(ROOT / "tests/second_site")


def drafts(project: Project) -> dict[str, dict[str, str]]:
    return {draft.path: dict(draft.more) for draft in Pages(project).drafts((), ())}


def test_a_page_says_its_kind_what_it_belongs_to_its_figures_its_source_and_the_words_of_readers(
    second: Project,
) -> None:
    told = drafts(second)
    page = told["orgues/saint-leu/"]
    kept = {key: page[key] for key in ("genre", "contexte", "chiffres", "selon", "mots", "poids")}
    assert kept == {
        "genre": "Orgue",
        "contexte": "Saint-Leu, le Vieux",
        "chiffres": "51",
        "selon": "Inventaire des orgues de la vallée",
        "mots": "tribune ; soufflets",
        "poids": "",
    }
    assert told["mesures/"]["poids"] == "0.8"
    assert told["orgues/"]["mots"] == "tribune ; soufflets"  # of the rows that it shows


def test_a_second_page_of_rows_leaves_their_words_to_the_first_and_has_its_own(second: Project) -> None:
    told = drafts(second)
    whole = {key: told["par-decennie/"][key] for key in ("genre", "mots", "poids")}
    assert whole == {"genre": "Époque", "mots": "ancienneté", "poids": "0.3"}
    parts = {path: more for path, more in told.items() if path.startswith("par-decennie/decennie/")}
    assert {(more["genre"], more["poids"]) for more in parts.values()} == {("Époque", "0.5")}
    assert {more["mots"] for more in parts.values()} == {""}


def test_a_part_on_which_rows_stand_has_their_words(tmp_path: Path) -> None:
    root = Path(shutil.copytree(ROOT / "tests/second_site", tmp_path / "site"))
    column = "        - {name: mots, type: string, title: Mots, search: words}\n"
    anchor = "        - {name: annee, type: year, title: Année}\n"
    replace(root, "datapackages/bibliographie/datapackage.yaml", anchor, column + anchor)
    replace(root, "content/bibliographie/ouvrages.yaml", "  annee: 1987\n", "  mots: registre\n  annee: 1987\n")
    told = drafts(read_project(root))
    words = {path: more.get("mots") for path, more in told.items() if path.startswith("ouvrages/")}
    assert words["ouvrages/lettre/i/"] == "registre"
    assert set(words.values()) == {"registre", ""}  # neither the page that names the letters, nor the other letters


def test_acronyms_and_the_words_that_call_for_a_kind_come_from_the_contracts(second: Project) -> None:
    assert list(acronyms(second.catalogue)) == []
    assert kinds_asked(second.catalogue.contracts)["instrument"] == "Orgue"


def test_the_index_has_the_words_of_readers_the_amounts_and_no_word_of_what_is_apart(tmp_path: Path) -> None:
    article = '<article data-pagefind-body data-genre="{}"{}><h1>{}</h1><p>{}</p></article>'
    for name, apart, text in (("a", "", "environ 7 Mds €"), ("b", " data-a-part", "contrat")):
        body = article.format("Chiffre", f' data-chiffres="7 Mds €"{apart}', name, text)
        (tmp_path / f"{name}.html").write_text(f'<!doctype html><html lang="fr"><body>{body}', encoding="utf-8")
    assert search.index(tmp_path, [("ARS", "agence")], {"combien": "Chiffre"}) == 2
    lexicon = json.loads((tmp_path / "pagefind" / search.LEXICON).read_text(encoding="utf-8"))
    assert (lexicon["sigles"], lexicon["genres"]) == ([["ARS", "agence"]], {"combien": "Chiffre"})
    assert json.loads((tmp_path / "pagefind" / search.WORDS).read_text(encoding="utf-8")) == {"environ": 1}


def test_the_same_pages_give_the_same_index(tmp_path: Path) -> None:
    for name in "ab":
        (tmp_path / name).mkdir()
        text = '<!doctype html><html lang="fr"><body><article data-pagefind-body><p>école, 12 %, budget</p></article>'
        (tmp_path / name / "p.html").write_text(text, encoding="utf-8")
        search.index(tmp_path / name)
    made = [{p.name: p.read_bytes() for p in (tmp_path / n / "pagefind").rglob("*") if p.is_file()} for n in "ab"]
    assert made[0] == made[1]


# --- In the browser ---

SHIFTS = """() => new Promise((done) => {
  let sum = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) sum += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
  requestAnimationFrame(() => requestAnimationFrame(() => done(sum)));
})"""


@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_moves_when_the_answers_come(page: Callable[..., Visit], site: Path, width: int) -> None:
    visit = page(site, "recherche/?q=maieutique", width=width)
    assert visit.page.locator(".resultats li").count() == 1
    assert visit.page.evaluate(SHIFTS) == 0


def test_a_question_is_relaxed_and_says_it(page: Callable[..., Visit], site: Path) -> None:
    visit = page(site, "recherche/?q=quelle+maieutique+inconnuissime")
    told = visit.page.locator("#recherche-etat").inner_text()
    assert told.startswith("Aucun résultat avec tous les mots.")
    assert visit.page.locator(".resultat__titre a").count() == 1


def test_a_fault_of_spelling_is_mended_and_said(page: Callable[..., Visit], site: Path) -> None:
    visit = page(site, "recherche/?q=maïeutiqe")
    assert (
        "Aucune page n’a « maïeutiqe » : voici pour « maïeutique »."
        in visit.page.locator("#recherche-etat").inner_text()
    )
    assert visit.page.locator(".resultat__titre a").count() == 1


@pytest.mark.parametrize("short", ["ma", "m", "zq"])
def test_one_or_two_letters_answer_nothing_by_accident(page: Callable[..., Visit], site: Path, short: str) -> None:
    visit = page(site, "recherche/")
    visit.page.locator("#recherche-champ").fill(short)
    visit.page.locator("#recherche-champ").press("Enter")
    visit.page.locator("#recherche-etat", has_text="Aucune page").wait_for()


def test_a_result_says_its_kind_what_it_belongs_to_its_figure_and_its_source(
    page: Callable[..., Visit], site: Path
) -> None:
    result = page(site, "recherche/?q=maieutique").page.locator(".resultats li").first
    assert result.locator(".resultat__chemin").inner_text() == "Essai · <b>Suite</b>"
    assert result.locator(".resultat__chiffre").inner_text() == "71 % Source : Une étude"


def test_the_kind_is_a_filter_and_stands_in_the_address(page: Callable[..., Visit], site: Path) -> None:
    visit = page(site, "recherche/?q=texte")
    assert visit.page.locator(".resultat__titre a").count() > 1
    assert visit.page.locator("#recherche-genre option").all_inner_texts()[:2] == ["Tout", "Essai (1)"]
    visit.page.locator("#recherche-genre").select_option("Essai")
    visit.page.locator("#recherche-etat", has_text="1 page").wait_for()
    assert visit.page.url.endswith("?q=texte&genre=Essai")
    assert visit.page.locator(".resultat__titre a").count() == 1


def test_what_is_apart_is_in_no_answer_unless_it_is_asked_for(page: Callable[..., Visit], site: Path) -> None:
    assert page(site, "recherche/?q=coulisses").page.locator(".resultat__titre a").count() == 0
    assert page(site, "recherche/?q=coulisses&genre=Guide").page.locator(".resultat__titre a").count() == 1


def test_a_hostile_question_is_only_text(page: Callable[..., Visit], site: Path) -> None:
    visit = page(site, "recherche/?q=%22%3E%3Cimg+src%3Dx%3E+(maieutique")
    assert visit.page.locator("#recherche-reponse img").count() == 0
    assert visit.page.locator(".resultat__titre a").count() == 1


def test_without_javascript_the_question_stays_and_the_ways_in_are_there(
    page: Callable[..., Visit], site: Path
) -> None:
    visit = page(site, "recherche/?q=mot", javascript=False)
    assert visit.page.url.endswith("?q=mot")
    assert visit.page.locator("noscript a").count() > 0
    assert not visit.page.locator("#recherche-reponse").is_visible()
