"""Claims of a prose in words: what each means, what is true of the numbers of records, and what follows when records change."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import pytest
from samples import checked, copy_base, replace, write

from generator.catalogue.addresses import Addresses
from generator.catalogue.project import Project, read_project
from generator.changes.followed import followed
from generator.changes.mentions import in_prose
from generator.commands.check import checked_project
from generator.documents.places import Files
from generator.prose.citations import Citations
from generator.prose.claims import LONGEST, claimed, words_of
from generator.prose.measures import SHARE, TIMES, measured
from generator.prose.targets import resolver

# Words, the interval of the ratio that they claim (« ] » and « [ »: without the end), and whether they tell an evolution
# (é), need two numbers (c) or are a percentage that is quoted rather than claimed (p).
MEANT = """
un tiers | [19/60 7/20]
environ un tiers des | [3/10 11/30]
à peu près le tiers | [3/10 11/30]
de l’ordre du tiers | [3/10 11/30]
près d’un tiers | [3/10 1/3[
un peu moins d’un tiers | [3/10 1/3[
plus d’un tiers | ]1/3 ∞]
un peu plus du tiers | ]1/3 11/30]
bien plus d’un tiers | ]11/30 ∞]
moins d’un tiers de | [0 1/3[
bien moins d’un tiers | [0 3/10[
au moins un tiers | [1/3 ∞]
au plus un tiers | [0 1/3]
la moitié | [19/40 21/40]
plus de la moitié | ]1/2 ∞]
les trois quarts | [57/80 63/80]
un sur quatre | [19/80 21/80]
une entrée sur trois | [19/60 7/20]
plus d’une entrée sur trois | ]1/3 ∞]
neuf établissements et services sur dix | [171/200 189/200]
2 personnes sur 3 | [19/30 7/10]
la majorité des | ]1/2 ∞]
la plupart | ]1/2 ∞]
une large majorité | ]11/20 ∞]
une minorité | [0 1/2[
presque tous les | [9/10 1[
presque entièrement | [9/10 1[
la quasi-totalité | [9/10 1[
a doublé | [19/10 21/10] é
a été doublée | [19/10 21/10] é
ont plus que doublé | ]2 ∞] é
a presque triplé | [27/10 3[ é
le double | [19/10 21/10] é
près du triple des | [27/10 3[ é
deux fois plus | [19/10 21/10] é
trois fois plus nombreux que | [57/20 63/20] é
plus de six fois celui | ]6 ∞] é
2,4 fois plus | [47/20 49/20] é
deux fois moins que | [10/21 10/19] é
a été divisé par deux | [10/21 10/19] é
a été multipliée par près de trois | [27/10 3[ é
a baissé | [0 1[ é
a augmenté | ]1 ∞] é
a baissé d’un quart | [59/80 61/80] é
a diminué de moitié | [19/40 21/40] é
a perdu plus d’un tiers | [0 2/3[ é
s’est réduit de moins d’un tiers | ]2/3 1] é
une hausse de 12,5 % | [2249/2000 2251/2000] é
a reculé de 39 % | [121/200 123/200] é
un tiers de moins que | [13/20 41/60] é
moitié moins | [19/40 21/40] é
40 % | [79/200 81/200] p
environ 40 pour cent | [9/25 11/25] p
plus | ]1 ∞] c
plus élevée que | ]1 ∞] c
un peu plus que | ]1 11/10] c
bien inférieure aux | [0 10/11[ c
moins nombreux que | [0 1[ c
autant que | [19/20 21/20] c
à peu près autant que | [9/10 11/10] c
voisine de | [9/10 11/10] c
"""


def _written(words: str) -> str:
    """The meaning of words, as it is written above."""
    claim = claimed(words)
    assert claim is not None
    interval = claim.interval
    high = "∞" if interval.high is None else str(interval.high)
    ends = f"{']['[not interval.low_open]}{interval.low} {high}{'[' if interval.high_open else ']'}"
    marks = "é" * claim.change + "c" * claim.compares + "p" * claim.figure
    return f"{ends} {marks}".strip()


@pytest.mark.parametrize("line", MEANT.strip().split("\n"))
def test_words_mean_an_interval(line: str) -> None:
    words, _, meaning = line.partition(" | ")
    assert _written(words) == meaning
    assert _written(words.upper().replace(" ", "\u202f").replace("’", "'")) == _written(words)


@pytest.mark.parametrize(
    "words",
    [
        *("", "trois", "un", "beaucoup", "culture", "fois", "zéro fois", "un sur zéro", "2/3", "350 000", "3 millions"),
        *("n’a pas doublé", "pas plus d’un tiers", "un tiers ou la moitié", "a doublé hier", "plus de tout"),
        "un tiers " * LONGEST,
    ],
)
def test_what_is_not_understood_whole_is_no_claim(words: str) -> None:
    assert claimed(words) is None


def test_no_ratio_is_both_of_two_neighbours() -> None:
    """What BARE was chosen for."""
    for one, other in (("un quart", "un tiers"), ("un tiers", "la moitié"), ("deux tiers", "trois quarts")):
        low, high = claimed(one), claimed(other)
        assert low is not None
        assert high is not None
        assert low.interval.high is not None
        assert low.interval.high < high.interval.low


@pytest.mark.parametrize(
    ("share", "words"),
    [
        ("1/3", "un tiers"),
        ("31/100", "près d’un tiers"),
        ("36/100", "plus d’un tiers"),
        ("47/100", "près de la moitié"),
        ("54/100", "plus de la moitié"),
        ("2/3", "deux tiers"),
        ("3/4", "trois quarts"),
        ("42/100", ""),
        ("1/100", ""),
    ],
)
def test_words_are_proposed_that_are_true(share: str, words: str) -> None:
    assert words_of(Fraction(share)) == words
    claim = claimed(words)
    assert claim is None if not words else claim and claim.interval.holds(Fraction(share))


# --- Records -----------------------------------------------------------------------------------------------------

CONTRACT = "datapackages/botanique/datapackage.yaml"
NUMBERS = """\
        - {name: jours_min, type: number, title: Jours au moins, unit: unite}
        - {name: bas, type: number, title: Bas, unit: unite}
        - {name: haut, type: number, title: Haut, unit: unite}
        - {name: dessus, type: integer, title: Numérateur}
        - {name: dessous, type: integer, title: Dénominateur}
        - {name: unite, type: string, title: Unité}
"""
RULE = """\
      rules:
        - {printed: nom, value: jours_min, between: [bas, haut], fraction: [dessus, dessous], question: true, message: Autre nombre.}
        - {order: [jours_min, jours_max]"""
ROWS = {
    "jours": "nom: 120 jours, jours_min: 120, unite: jours",
    "autres-jours": "nom: 60 jours, jours_min: 60, unite: jours",
    "entre": "nom: de 100 à 150 jours, bas: 100, haut: 150, unite: jours",
    "part": 'nom: 33 %, jours_min: 33, unite: "%"',
    "deux-tiers": "nom: deux tiers, dessus: 2, dessous: 3, unite: fraction",
    "hausse": 'nom: + 141 %, jours_min: 141, unite: "%"',
    "baisse": "nom: −38.9 %, jours_min: -38.9, unite: pour-cent",
    "fois": "nom: 2.41, jours_min: 2.41, unite: fois",
    "mots": "nom: trois sur quatre",
    "nul": "nom: 0 jour, jours_min: 0, unite: jours",
    "rien": "nom: sans nombre",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    copy_base(tmp_path)
    old = "        - {name: jours_min, type: integer, title: Jours au moins, constraints: {minimum: 1, maximum: 400}}\n"
    replace(tmp_path, CONTRACT, old, NUMBERS)
    replace(tmp_path, CONTRACT, "jours_max, type: integer", "jours_max, type: number")
    replace(tmp_path, CONTRACT, "      rules:\n        - {order: [jours_min, jours_max]", RULE)
    return tmp_path


def _with(root: Path, culture: str) -> Path:
    rows = "".join(f"  - {{id: {name}, {row}}}\n" for name, row in ROWS.items())
    plant = "id: navet\nnom: Navet\nfamille: solanacees\nsource: {ouvrage: manuel}\n"
    return write(root, {"content/botanique/plantes/navet.yaml": f"{plant}culture: >-\n  {culture}\nvarietes:\n{rows}"})


def _told(root: Path, sentences: Sequence[str]) -> list[str]:
    """What the check says of each sentence, each being a paragraph of a page: codes, none for a sentence that is right."""
    head = ["---", "title: Autre", "---"]
    write(_with(root, "Rien."), {"content/pages/autre.md": "\n".join([*head, *(f"{s}\n" for s in sentences)])})
    codes = {len(head) + 1 + 2 * rank: list[str]() for rank in range(len(sentences))}
    for found in checked_project(root).diagnostics:
        if found.position.path == "content/pages/autre.md":
            codes[found.position.line].append(found.code)
    return [" ".join(each) for each in codes.values()]


def _project(root: Path) -> Project:
    return read_project(_with(root, "Rien."))


@pytest.mark.parametrize(
    ("name", "low", "high", "unit"),
    [
        ("jours", "120", "120", "jours"),
        ("entre", "100", "150", "jours"),
        ("part", "33/100", "33/100", SHARE),
        ("deux-tiers", "2/3", "2/3", SHARE),
        ("baisse", "-389/1000", "-389/1000", SHARE),
        ("fois", "241/100", "241/100", TIMES),
        ("mots", "3/4", "3/4", SHARE),
    ],
)
def test_the_number_of_a_record(root: Path, name: str, low: str, high: str, unit: str) -> None:
    catalogue = _project(root).catalogue
    found = measured(catalogue.tables["varietes"].by_key["navet", name], catalogue)
    assert found is not None
    assert (found.low, found.high, found.unit) == (Fraction(low), Fraction(high), unit)


def test_a_record_without_a_number_has_none(root: Path) -> None:
    catalogue = _project(root).catalogue
    assert measured(catalogue.tables["varietes"].by_key["navet", "rien"], catalogue) is None


CLAIMS = [
    ("un tiers", "part", "", ""),
    ("près d’un tiers", "part", "", ""),
    ("plus d’un tiers", "part", "", "affirmation-fausse"),
    ("plus d’un tiers", "baisse", "", ""),
    ("a baissé de plus d’un tiers", "baisse", "", ""),
    ("a baissé de plus d’un tiers", "hausse", "", "affirmation-fausse"),
    ("a plus que doublé", "hausse", "", ""),
    ("a doublé", "hausse", "", "affirmation-fausse"),
    ("plus de deux fois", "fois", "", ""),
    ("trois quarts", "mots", "", ""),
    ("plus de la moitié", "deux-tiers", "", ""),
    ("un tiers", "jours", "", "affirmation"),
    ("plus élevée", "part", "", "affirmation"),
    ("un tiers", "rien", "", "citation-perimee"),
    ("34 %", "part", "", "citation-perimee"),
    ("environ 33 %", "part", "", "citation-perimee"),
    ("le double", "jours", "autres-jours", ""),
    ("50 % de moins", "autres-jours", "jours", ""),
    ("la moitié", "autres-jours", "jours", ""),
    ("le double", "autres-jours", "jours", "affirmation-fausse"),
    ("le double", "deux-tiers", "part", ""),
    ("plus", "entre", "autres-jours", ""),
    ("le double", "entre", "autres-jours", "affirmation-fausse"),
    ("le double", "jours", "part", "affirmation"),
    ("le double", "jours", "nul", "affirmation"),
    ("moins", "baisse", "hausse", "affirmation"),
    ("le double", "jours", "rien", "affirmation"),
    ("le doublement", "jours", "absente", "lien-casse"),
]


def test_claims_are_held_against_the_data(root: Path) -> None:
    sentences = []
    for words, one, other, _ in CLAIMS:
        against = f"?contre=variete:navet/{other}" if other else ""
        sentences.append(f"Dit [{words}](variete:navet/{one}{against}).")
    told = _told(root, sentences)
    assert list(zip(sentences, told, strict=True)) == [
        (sentence, code) for sentence, (*_, code) in zip(sentences, CLAIMS, strict=True)
    ]


def test_a_link_that_is_no_claim_is_a_link(root: Path) -> None:
    """An address of the web may have the same words; nothing is quoted of a book."""
    assert _told(root, ["[Le double](https://exemple.fr/?contre=variete:x).", "[La moitié](ouvrage:manuel)."]) == [
        "",
        "",
    ]


def test_nothing_is_blamed_on_a_number_that_could_not_be_read(root: Path) -> None:
    _with(root, "Dit [le triple](variete:navet/jours?contre=variete:navet/autres-jours).")
    replace(root, "content/botanique/plantes/navet.yaml", "jours_min: 60", "jours_min: soixante")
    assert [found.partition(" ")[0] for found in checked(root)] == ["valeur-du-mauvais-type"]


# --- What follows ------------------------------------------------------------------------------------------------

COMPARED = "[le double](variete:navet/jours?contre=variete:navet/autres-jours)"


def test_both_records_are_cited(root: Path) -> None:
    write(root, {"content/pages/autre.md": f"---\ntitle: Autre\n---\nDit {COMPARED}.\n"})
    project = _project(root)
    cited = Citations(project.catalogue, project.articles)
    for name in ("jours", "autres-jours"):
        record = project.catalogue.tables["varietes"].by_key["navet", name]
        assert [getattr(owner, "title", "") for owner in cited.of(record)] == ["Autre"]


@pytest.mark.parametrize("name", ["jours", "autres-jours"])
def test_a_renamed_record_is_followed_in_both_places(root: Path, name: str) -> None:
    write(root, {"content/pages/autre.md": f"---\ntitle: Autre\n---\nDit {COMPARED}.\n"})
    project = _project(root)
    record = project.catalogue.tables["varietes"].by_key["navet", name]
    change = followed(project.catalogue, record, "id", "neuf")
    edits = [edit for edit, _ in in_prose(project, change, Files(root, project.catalogue.contracts.manner))]
    assert [edit.text for edit in edits if edit] == [
        COMPARED[COMPARED.index("(") + 1 : -1].replace(f"navet/{name}", "navet/neuf")
    ]


def test_the_link_leads_to_the_first_record(root: Path) -> None:
    project = _project(root)
    lead = resolver(Addresses(project.catalogue), ())
    assert lead("variete:navet/jours?contre=variete:navet/autres-jours") == lead("variete:navet/jours") != ""
