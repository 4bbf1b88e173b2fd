"""Easy French: what its rule says of a sentence, what names a person, the second page of a row, and that the content says in easy
words nothing that its records do not say.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from samples import ROOT, replace

from generator.catalogue.addresses import Addresses
from generator.catalogue.project import read_project
from generator.commands.check import checked_project
from generator.packages.extracts import extracts
from generator.pages.all import Pages
from generator.text import easy, persons

SECOND = ROOT / "tests" / "second_site"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("L’État aide 350 000 personnes.", 4),
        ("Il y a 9,3 millions de pauvres.", 7),
        ("", 0),
    ],
)
def test_words_are_counted_as_one_hears_them(line: str, said: int) -> None:
    assert easy.words(line) == said


def test_what_is_hard_to_read_is_found() -> None:
    assert easy.several("Une phrase. Une autre.")
    assert not easy.several("Le n. 4 suit, p. 3 aussi.")
    assert [easy.ended(line) for line in ("Fini.", "Il dit « non. »", "Pas fini")] == [True, True, False]
    assert (easy.spelled("Il y a Trois lieux."), easy.spelled("Une neuve.")) == ("Trois", "")
    assert (easy.sign("Un (deux)"), easy.sign("L’Île-de-France, oui.")) == ("(", "")
    assert easy.denied_twice("On ne dit pas que ce n’est pas vrai.")
    assert easy.denied_twice("Il ne vient pas sans elle.")
    assert not easy.denied_twice("On ne le dit pas.")
    assert easy.passive("La loi est votée par le Parlement.") == "est votée par"
    assert easy.passive("Elle est là par hasard.") == ""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Une habitante dit que M. Dupont ment.", "M. Dupont"),
        ("Selon Marie Durand, non.", "Marie Durand"),
        ("Jean-Paul D. parle.", "Jean-Paul D."),
        ("Écrivez à a.b@exemple.fr.", "a.b@exemple.fr"),
        ("Appelez le 06 12 34 56 78.", "06 12 34 56 78"),
        ("<b>Mme X</b>\u202e", "Mme X"),
        ("En Moselle, à La Rochelle et en Île-de-France, le RSA est bas.", ""),
        ("Les EHPAD aussi. Elles disent non.", ""),
        ("x" * 50_000 + "@" * 50_000, ""),
    ],
)
def test_what_names_a_person_is_found(text: str, found: str) -> None:
    said = persons.mail(text) or persons.phone(text) or persons.named(text) or persons.alike(text)
    assert said.startswith(found) if found else said == ""


def test_an_acronym_needs_its_words_in_the_same_text(tmp_path: Path) -> None:
    root = tmp_path / "site"
    shutil.copytree(SECOND, root)
    column = "        - {name: annee, type: year, title: Année}"
    roles = "        - {name: sigle, type: string, title: Sigle, search: acronym}\n"
    roles += "        - {name: developpe, type: string, title: Ce qu’il veut dire, search: expansion}"
    replace(root, "datapackages/bibliographie/datapackage.yaml", column, f"{column}\n{roles}")
    book = "  titre: Carnet d’un accordeur"
    replace(
        root, "content/bibliographie/ouvrages.yaml", book, f"{book}\n  sigle: CDA\n  developpe: carnets d’accordeurs"
    )
    organ = "content/orgues/instruments/saint-leu.yaml"
    replace(root, organ, "  Cet orgue joue.", "  Le CDA le dit.\n  Le XYZ aussi.")
    said = [str(d.hint) for d in checked_project(root).diagnostics if d.code == "question"]
    assert len(said) == 2
    assert "« CDA » n’est pas expliqué : écrivez aussi « carnets d’accordeurs »" in said[0].replace("\u202f", " ")
    assert "« XYZ » n’est pas expliqué : écrivez ses mots" in said[1].replace("\u202f", " ")
    replace(root, organ, "  Le XYZ aussi.", "  C’est le carnet d’accordeur.")
    assert [d for d in checked_project(root).diagnostics if d.code == "question"] == []


def test_a_second_page_of_a_row_takes_neither_its_address_nor_its_words_nor_its_files() -> None:
    second = read_project(SECOND)
    row = next(row for row in second.catalogue["orgues"] if row["id"] == "saint-leu")
    assert Addresses(second.catalogue).of(row) == "orgues/saint-leu/"
    found = extracts(second.catalogue)
    assert "orgues/saint-leu/" in found
    assert "facile/saint-leu/" not in found
    pages = {page.path: page.text for page in Pages(second).pages([], [])}
    first, other = pages["orgues/saint-leu/"], pages["facile/saint-leu/"]
    assert "tribune ; soufflets" in first
    assert "tribune ; soufflets" not in other
    assert 'genre: "Texte facile"' in other.replace("'", '"')
