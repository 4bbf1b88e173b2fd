"""What the sources list of the law on several years and of the territorial actor is all there, each item a row with its place; what is
counted from their parameters has their values.
"""

from __future__ import annotations

import pytest
from samples import ROOT

from generator.catalogue.records import Catalogue
from generator.commands.check import checked_project

LISTED = {
    "contenu_de_la_loi": 9,
    "limites_de_la_loi": 3,
    "outils_pluriannuels": 4,
    "rythmes": 6,
    "politiques_concernees": 7,
    "criteres_territoriaux": 7,
    "sujets_evalues": 3,
    "criteres_evalues": 6,
    "lectures_evaluation": 18,
    "pieces_jointes": 12,
    "niveaux": 5,
}
BLANK = ("lignes_de_programmation", "experimentations", "grilles_territoriales")


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return checked_project(ROOT).catalogue


def test_every_item_that_the_sources_list_has_a_row(catalogue: Catalogue) -> None:
    assert {name: len(catalogue[name]) for name in LISTED} == LISTED
    assert [name for name in BLANK if catalogue[name]] == []


def test_what_is_derived_follows_from_what_is_written(catalogue: Catalogue) -> None:
    """Deadlines are counted from the year that somebody supposes; combinations and cells are all there."""
    deadlines: dict[object, list[int]] = {}
    for row in catalogue["echeances"]:
        deadlines.setdefault(row["rythme"], []).append(int(str(row["annee"])))
    assert deadlines == {
        "adoption": [2027],
        "credits-prevus": [2028, 2029, 2030],
        "actualisation": [2028, 2029, 2030, 2031, 2032],
        "terme-de-la-loi": [2032],
        "revision-des-investissements": [2032],
        "horizon-des-investissements": [2037],
    }
    assert len(catalogue["scenarios_territoriaux"]) == 4 * 4
    assert len(catalogue["evaluation_territoriale"]) == 3 * 6 * 2


def test_each_subject_is_read_by_each_criterion(catalogue: Catalogue) -> None:
    pairs = {(row["sujet_evalue"], row["critere_evalue"]) for row in catalogue["lectures_evaluation"]}
    subjects, criteria = ({row["id"] for row in catalogue[name]} for name in ("sujets_evalues", "criteres_evalues"))
    assert pairs == {(subject, criterion) for subject in subjects for criterion in criteria}
    unread = [row for row in catalogue["lectures_evaluation"] if row["portee"] == "non-depouille"]
    found = {row["lecture"] for row in catalogue["constats_lus"]}
    assert {row["id"] for row in unread} == {row["id"] for row in catalogue["lectures_evaluation"]} - found


def test_a_level_is_a_code_and_says_who_says_it(catalogue: Catalogue) -> None:
    levels = {row["id"] for row in catalogue["niveaux"]}
    for row in catalogue["competences"]:
        assert {row["niveau_territorial"], row["second_niveau"]} - {None} <= levels
        assert (row["niveau_territorial"] is None) == (row["niveau_statut"] is None)
