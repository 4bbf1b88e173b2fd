"""Easy French: what its rule says of a sentence, what names a person, the second page of a row, and that the content says in easy
words nothing that its records do not say.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from samples import ROOT, replace

from generator.catalogue.addresses import Addresses
from generator.catalogue.project import Project, read_project
from generator.catalogue.records import Record
from generator.catalogue.relations import Relations
from generator.commands.check import checked_project
from generator.packages.extracts import extracts
from generator.pages.all import Pages
from generator.prose.markdown import links
from generator.text import easy, persons
from generator.text.french import fold
from generator.text.links import without_links
from generator.text.numerals import NUMBER, digits
from generator.text.quantities import quantities

SECOND = ROOT / "tests" / "second_site"


@pytest.fixture(scope="module")
def own() -> Project:
    return read_project(ROOT)


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


# --- The content ---


def texts(own: Project) -> list[Record]:
    return [row for table in ("propositions", "indicateurs") for row in own.catalogue[table]]


def test_every_proposal_and_every_indicator_is_told_in_easy_french(own: Project) -> None:
    assert len(own.catalogue["propositions"]) == 21
    assert [row.label for row in texts(own) if not row["en_clair"]] == []


def test_none_is_said_to_be_read_again_before_it_is(own: Project) -> None:
    """A date and a group, or neither: see the rules of the contracts."""
    assert [
        row.label for row in texts(own) if (row["en_clair_relu_le"] is None) != (row["en_clair_relu_par"] is None)
    ] == []


PRINTED = {"titre", "libelle", "valeur", "valeur_imprimee", "periode", "periode_imprimee", "ventilation"}


def _said(row: Record, relations: Relations) -> set[str]:
    """The numbers of a record, in digits or in letters, and those of the rows that it holds."""
    held = [row]
    for record in held:
        for child in relations.catalogue.contracts.children(record.resource.name):
            held += relations.children(record, child.name)
    columns = [str(one[field.name]) for one in held for field in one.resource.fields
               if one[field.name] is not None and field.name != "en_clair" and (field.prose or field.name in PRINTED)]  # fmt: skip
    words = [without_links(text) for text in columns]
    found = {digits(number.group()) for text in words for number in NUMBER.finditer(text)}
    pieces = (piece for text in words for piece in re.findall(r"\w+ [^\s]+ [^\s]+|\w+", text))
    found |= {str(int(each.value)) for piece in pieces for each in quantities(piece) if each.value == int(each.value)}
    return found | {
        str(amount)
        for word, amount in {"decennie": 10, "double": 2, "deux": 2}.items()
        if word in fold(" ".join(words))
    }


COUNTED = re.compile(r"\[[0-9]\]\(nombre:\) (?:choses|chiffres)\b")  # of what the easy text itself lists


def test_an_easy_text_gives_no_number_that_its_record_does_not_give(own: Project) -> None:
    relations = Relations(own.catalogue)
    wrong = []
    for row in texts(own):
        text, known = COUNTED.sub("", str(row["en_clair"])), _said(row, relations)
        for number in NUMBER.finditer(without_links(text)):
            if digits(number.group()) not in known:
                wrong.append(f"{row.id[0]} : {number.group()}")
    assert wrong == []


def test_an_easy_text_links_only_to_its_own_figures(own: Project) -> None:
    wrong = []
    for row in own.catalogue["indicateurs"]:
        for link in links(str(row["en_clair"])):
            if link.target.startswith("chiffre:") and not link.target.startswith(f"chiffre:{row.id[0]}/"):
                wrong.append(link.target)
    assert wrong == []
