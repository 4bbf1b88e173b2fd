"""What readers ask of this site: the questions that `make readers` and the search are measured with, and the words of its search."""

from __future__ import annotations

from collections import Counter

from readers import answers
from readers.places import drafted
from samples import ROOT
from search.asking import questions

from generator.catalogue.acronyms import acronyms
from generator.catalogue.project import read_project
from generator.pages.searching import kinds_asked


def test_the_questions_are_forty_of_five_persons_and_their_pages_exist() -> None:
    asked = answers.questions()
    assert Counter(question.person for question in asked) == dict.fromkeys(dict.fromkeys(q.person for q in asked), 8)
    assert len(asked) == len({question.asked for question in asked}) == 40
    known = {address for _, address in drafted(ROOT)}
    assert [question.page for question in asked if question.page.partition("#")[0] not in known] == []


def test_the_sixty_questions_name_pages_that_exist() -> None:
    asked = questions()
    assert len(asked) == 60
    assert len({question.text for question in asked}) == 60
    assert all(question.pages for question in asked)


def test_acronyms_and_the_words_that_call_for_a_kind_are_those_of_the_contracts() -> None:
    own = read_project(ROOT).catalogue
    assert ("ARS", "agences régionales de santé") in set(acronyms(own))
    assert kinds_asked(own.contracts)["combien"] == "Chiffre"
