"""Social investment and the data that operators are asked for: what the sources list is there, whole, and apart from the tools."""

from __future__ import annotations

from collections import Counter

import pytest
from samples import ROOT

from generator.catalogue.records import Catalogue
from generator.commands.check import checked_project
from generator.contracts.model import Resource

LISTED = {  # how many the sources list of each, and so the rows
    "definitions": 2,
    "mecanismes": 3,
    "chaines_d_effets": 11,
    "budgets": 7,
    "difficultes_de_mesure": 4,
    "demandeurs_de_donnees": 7,
}
EXPECTED = {"frein": 2, "objectif": 3, "exigence": 4}
TOOLS = ("fiches_d_impact", "variantes_d_impact", "variables_demandees", "couts_de_collecte")


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return checked_project(ROOT).catalogue


@pytest.mark.parametrize(("name", "number"), LISTED.items())
def test_each_thing_that_the_sources_list_is_a_row(name: str, number: int, catalogue: Catalogue) -> None:
    assert len(catalogue[name]) == number


def test_what_hinders_and_what_is_awaited_of_data(catalogue: Catalogue) -> None:
    assert Counter(str(row["nature"]) for row in catalogue["attentes_sur_les_donnees"]) == EXPECTED


def test_no_chain_is_quantified(catalogue: Catalogue) -> None:
    assert {str(row["chiffrage"]) for row in catalogue["chaines_d_effets"]} == {"aucun"}


def test_a_budget_is_touched_by_a_chain(catalogue: Catalogue) -> None:
    touched = {row["budget"] for row in catalogue["effets"] if row["budget"]}
    assert touched == {row["id"] for row in catalogue["budgets"]}


def test_a_requester_that_pays_is_the_one_that_the_source_gives_as_an_example(catalogue: Catalogue) -> None:
    paying = {row["id"] for row in catalogue["demandeurs_de_donnees"] if row["indemnisation"] != "non-dit"}
    assert paying == {"atih"}


def test_no_fact_leads_to_a_tool(catalogue: Catalogue) -> None:
    def named(resource: Resource) -> set[str]:
        return {key.resource for key in resource.foreign_keys}

    leading = {name for name, each in catalogue.contracts.resources.items() if named(each) & set(TOOLS)}
    assert leading == {"variantes_d_impact"}


def test_an_example_says_who_chose_it_and_leads_to_no_fact(catalogue: Catalogue) -> None:
    for name, who in (
        ("fiches_d_impact", "suppose_par"),
        ("variables_demandees", "releve_par"),
        ("couts_de_collecte", "suppose_par"),
    ):
        for row in catalogue[name]:
            if row["nature"] == "exemple":
                assert row[who] == "L’observatoire"
                assert not [key for key in row.resource.foreign_keys if row.key(key.fields) != (None,)]


def test_the_examples_are_computed(catalogue: Catalogue) -> None:
    told = {str(row["cas"]): (row["cout_evite_eur"], row["solde_eur"]) for row in catalogue["variantes_d_impact"]}
    assert told == {"basse": (20000, -10000), "centrale": (50000, 20000), "haute": (80000, 50000)}
    (cost,) = catalogue["couts_de_collecte"]
    names = ("heures_totales", "cout_eur", "cout_en_double_eur", "reste_a_charge_eur")
    assert [cost[name] for name in names] == [50, 2000, 800, 1500]


def test_what_several_ask_for_is_told_once(catalogue: Catalogue) -> None:
    asked = {
        str(row["variable"]): (row["demandes"], row["demandes_avec_liste"])
        for row in catalogue["variables_et_demandes"]
    }
    assert asked == {"places-occupees": (2, 2), "emplois-vacants": (1, 0)}
    assert [(row["liste_de_codes"], row["demandes"]) for row in catalogue["listes_de_codes"]] == [
        ("types-de-places", 2)
    ]
    pairs = [(row["payeur"], row["epargnant"], row["fiches"]) for row in catalogue["payeurs_et_epargnants"]]
    assert pairs == [("Financeur A", "Financeur B", 1)]
