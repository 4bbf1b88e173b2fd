"""The numbers of French sentences: each line marks ‹so› those that the generator should find bare; all others say by
their form what they are. Unit: a sentence as somebody writes it.
"""

from __future__ import annotations

import re

import pytest

from generator.text.numerals import Numeral, digits, figures, forms, numerals
from generator.text.vocabulary import LONGEST, MOST, WORD, Vocabulary

BOUND = frozenset({"mesure", "nombre"})
NARROW = "\u202f"
VOCABULARY = Vocabulary(
    counted=("postes", "salarié", "lits", "places"), numbered=("proposition", "axe", "étapes", "objectif", "programme")
)

SENTENCES = """
# figures, whatever their unit, their sign and their place
Il manque ‹30 000› postes.
‹350 000› professionnels, dont ‹71 %› de femmes
‹71%› des élèves
‹4,7› milliards d’euros
‹1 500 000› €, soit ‹1,5› M€
‹3›M€ par an, puis ‹2,5›Md€
Une hausse de + ‹5 %› puis une baisse de -‹3› points, ou de −‹3 %›
Entre ‹10› et ‹15› jours, ou ‹10›-15 jours
‹10› à ‹15 %› des plantes
Les ‹55›-59 ans et les plus de ‹60› ans
Un jardin sur ‹3›
Plus d’‹1› million d’habitants
‹12› plantes (‹9› sauvages)
Il y en a ‹12›.
Il y en a ‹12›, dont ‹3›; puis ‹4›: fin
Total : ‹100 %›
C’est ‹2› fois plus en ‹10› ans
‹35› h de travail, ‹70› h par an
‹12› h de formation
# amounts of four digits are no years
‹1800› euros en 1800
‹2000› postes en 2000
‹2 000› postes en 2000
En 2023, ‹1950› salariés et ‹2000›€
En 2022 ‹350› jardins
# years, periods and dates
Depuis 1975, puis entre 2013 et 2018.
Les années 1990 et 2000
La période 2025-2030, l’année 2024/2025 ou 2024/25
Le 12 mars 2024, le 1er avril et en mai 2023
Du 3 au 12 mars, les 5 et 6 juin, le 3 ou le 4 juillet
On en comptait ‹45› au 31 décembre 2022
Le 12/03/2024, le 12/03/24, le 2024-03-12, en 12/2024
En 2018, ‹12 %› ; en 2019, ‹13 %›
D’ici 2030 : ‹50 %›
Au XXIe siècle, dans les années 2000
# hours
À 14 h 30, à 8h30, vers 18 h et à 9 heures
Ouvert 24 h/24 et 7 j/7
Payé ‹12› heures
# places in a text
Page 12, p. 5, note 2
(p. 5-6 et 9)
Pages 12, 13 et 14, puis notes 3 et 4
Voir p. 5, 9, 12.
Chapitre 3, section 4.1.2, partie 2.1, tableau 3 et figure 12
À la page 5, ‹12› plantes sont citées
Selon la note 3, ‹71 %› des jardins
La proposition 3, ‹350 000› plantes
Proposition 12, propositions 1, 2 et 5
Les axes 1 et 2, l’étape 2, le niveau 5, les niveaux 3 et 4
L’objectif ‹12 000› plantes
n° 3, N°12, nº 4, nos 5 et 6, § 7
# law
La loi n° 2002-2 du 2 janvier 2002, la loi 83-8 et l’ordonnance 2005-10
La loi 70-1318, le décret n° 2024-166 du 29 février 2024
L’article 51, les articles 1 à 4, art. 45
L’article L. 312-1, l’article L312-1, les articles L. 312-1 et R. 314-5, L. 312-1 et 312-2
La directive 2003/88/CE et le règlement (UE) 2016/679
Le programme 157, les programmes 157 et 304, la convention 66
De ‹60›-100 lits
# ordinals
Le 3e axe, la 2ème année, la 1re page, le 1er mai, la 2nde
Les 2, 3 et 4e rangs
# acronyms and names
La CCN 66, les CCN 51 et 66, la CCN 51, 65 et 66
Dans la CCN 66, ‹350 000› salariés
La CCN 66 et ‹12› salariés
Les EHPAD ‹7 000› places, la DREES ‹71 %›
CO2, 5G, P157, Covid-19, ISO 9001, NF X50-056
Python 3.11, version 2, CSV 1.0.0
# titles between guillemets, but no quotation
Le plan « 1 jeune 1 solution » et le plan « 10 000 jardins »
« France 2030 », «12 propositions»
Il dit : « ‹12› plantes ont gelé. »
Il dit : « Nous avons perdu ‹12› salariés »
Il dit « au moins ‹12› »
Elle attend « ‹71 %› »
# lists, headings, code, links, addresses
1. Premier
2) Second, avec ‹3› plantes
## 3. Une partie
> 4. Une citation
`12` et `x = 3`
https://exemple.fr/12 et <https://exemple.fr/?a=13>
[12](nombre:) jours, [71 %](mesure:m1) des [‹14› cas](ouvrage:a/15)
[La loi n° 2002-2](https://exemple.fr/2(3)) et [l’[‹5›]](ouvrage:a)
| 2022 | ‹12› |
""".strip().split("\n")


@pytest.mark.parametrize("line", [line for line in SENTENCES if not line.startswith("# ")])
def test_sentence(line: str) -> None:
    text = re.sub("[‹›]", "", line)
    found = [(n.text, n.offset) for n in figures(text, BOUND, VOCABULARY)]
    marked = []
    for mark in re.finditer("‹([^›]*)›", line):
        marked.append((mark[1], mark.start() - 2 * len(marked)))
    assert [text[offset:].startswith(said) for said, offset in found] == [True] * len(found)
    assert found == marked


def test_there_are_enough_sentences() -> None:
    assert sum(not line.startswith("# ") for line in SENTENCES) >= 60


@pytest.mark.parametrize("space", ["\u00a0", "\u2009", "\u202f"])
def test_narrow_spaces_are_spaces(space: str) -> None:
    text = "Le 12 mars, p. 5, CCN 66 : 350 000 postes et 71 % à 14 h 30".replace(" ", space)
    assert [n.text for n in figures(text, BOUND, VOCABULARY)] == [f"350{space}000", f"71{space}%"]
    assert [digits(n.text) for n in figures(text, BOUND, VOCABULARY)] == ["350000", "71"]


@pytest.mark.parametrize(
    "text", ["Le 12\nmars 2024", "Selon l’article\n51", "à la page\n  5", "la CCN\n66", "en mars\n2024"]
)
def test_a_line_may_end_within_a_form(text: str) -> None:
    assert list(figures(text, BOUND, VOCABULARY)) == []


@pytest.mark.parametrize("text", ["page\n\n5", "page\n- 5", "page\n| 5 |", "Le 12\n\nmars", "12\n350"])
def test_a_paragraph_a_list_or_a_table_may_not(text: str) -> None:
    assert [n.text for n in figures(text, BOUND, VOCABULARY)] == re.findall("[0-9]+", text)


def test_bound_numbers_are_not_counted_and_recognised_ones_are() -> None:
    found = list(numerals("[12](nombre:) plantes en 2022, dont 3", BOUND, VOCABULARY))
    assert [(n.text, known) for n, known in found] == [("2022", True), ("3", False)]
    assert list(numerals("Rien à compter", BOUND, VOCABULARY)) == []
    assert list(figures("[12](nombre:)", frozenset(), VOCABULARY)) == [Numeral("12", 1)], (
        "only the given schemes are bound"
    )


def test_every_form_recognises_something() -> None:
    text = "\n".join(SENTENCES)
    assert [name for name, form in forms(VOCABULARY).items() if not form.search(text)] == []


# What a site declares of organs, and what is read without it: a sentence, its figures with and without.
ORGANS = Vocabulary(
    counted=("tuyau", "jeux", "mètres carrés", "demi-ton", "rangs d'anches"),
    numbered=("buffets", "clavier", "jeu d’anches"),
)
DECLARED = {
    "En 1890, 1890 tuyaux": (["1890"], []),
    "1890 tuyau, 2000\njeu": (["1890", "2000"], []),
    "2024 salariés et 2024 personnes": (["2024"], ["2024"]),
    "1900 mètres carrés, 1901 mètre carré, 1902 mètres": (["1900", "1901"], []),
    "1900 demi-tons, 1901 demi": (["1900"], []),
    "1900 rangs d’anches, 1901 rang d'anche": (["1900", "1901"], []),
    "1890 tuyauteries": ([], []),
    "Le buffet 3, les buffets 1 et 2, Clavier 4": ([], ["3", "1", "2", "4"]),
    "La page 3, la loi 12": ([], []),
    "Le jeu d’anches 5, les jeux d'anches 6 et 7": ([], ["5", "6", "7"]),
    "La proposition 3": (["3"], ["3"]),
    "Le claviériste 3": (["3"], ["3"]),
    "Le buffet 12 tuyaux": (["12"], ["12"]),
    "Le titre « 1890 tuyaux »": (["1890"], []),
}


@pytest.mark.parametrize("text", DECLARED)
def test_declared_words_are_added_to_those_of_any_text(text: str) -> None:
    found = [n.text for n in figures(text, BOUND, ORGANS)], [n.text for n in figures(text, BOUND, Vocabulary())]
    assert found == DECLARED[text]


@pytest.mark.parametrize(
    "word", ["tuyau", "demi-ton", "ETP", "jeu d’anches", "rangs d'anches", "mètres carrés", "œuvre"]
)
def test_what_may_be_declared(word: str) -> None:
    assert WORD.fullmatch(word)


@pytest.mark.parametrize(
    "word", ["", " ", "a ", " a", "a  b", "m2", "a_b", "a.", ".*", "(a", "a|b", "-a", "a-", "a\nb", "%", "a b c d e f"]
)
def test_what_may_not(word: str) -> None:
    assert not WORD.fullmatch(word)


FLOODS = ["1, ", "1.", "[", "[a](", "[a](b", "<https:", "« 1", "p. 1, ", "A1 ", "1 et ", "le 1, ", "`", "12 000 ", "A"]


@pytest.mark.parametrize("piece", FLOODS)
def test_floods_come_to_an_end(piece: str) -> None:
    """A page may hold a million characters: none of these is read more than a few times."""
    text = piece * (300_000 // len(piece))
    assert isinstance(list(figures(text + "a", BOUND, VOCABULARY)), list)


@pytest.mark.parametrize("piece", ["a ", "aaaaaaaaa ", "aaaaaaaaas\n", "1 aaaaaaaaa ", "aaaa", "1, "])
def test_as_many_long_words_as_may_be_declared_come_to_an_end(piece: str) -> None:
    ends = [chr(ord("a") + n // 10) + chr(ord("a") + n % 10) for n in range(MOST)]
    long, short = (
        tuple("aaaaaaaaa " * 3 + "a" * (LONGEST - 32) + end for end in ends),
        tuple("a a a a " + end for end in ends),
    )
    assert all(WORD.fullmatch(word) and len(word) <= LONGEST for word in (*long, *short))
    text = piece * (50_000 // len(piece)) + "1"
    assert isinstance(list(figures(text, BOUND, Vocabulary(long, short))), list)
    assert isinstance(list(figures(text, BOUND, Vocabulary(short, long))), list)


@pytest.mark.parametrize(
    ("text", "plain"),
    [("350 000", "350000"), (f"1{NARROW}500,5{NARROW}%", "1500.5"), ("4,7", "4.7"), ("2.1.3", "2.1.3")],
)
def test_digits(text: str, plain: str) -> None:
    assert digits(text) == plain
