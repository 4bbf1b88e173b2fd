"""Hypotheses of the content: refused without an author, a start or an end; recomputed year by year; their gap when the value is known."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import pytest
from samples import ROOT, replace

from generator.catalogue.project import read_project
from generator.commands.check import checked_project

FILE = "content/prospective/hypotheses/entrees-en-formation-2027.yaml"
REFUSED = (
    ("suppose_par: L’observatoire\n", "", "2:1 Une hypothèse a un auteur : écrivez dans « suppose_par » l’organisme"),
    ("valeur_de_depart: 19560\n", "", "2:1 Il manque « valeur_de_depart » (Valeur de départ)."),
    ("annee_de_depart: 2017\n", "", "2:1 Il manque « annee_de_depart » (Année de départ)."),
    ("horizon: 2027\n", "", "2:1 Il manque « horizon » (Horizon)."),
    ("horizon: 2027\n", "horizon: 2016\n", "« Trajectoires » finit (2016) avant d’avoir commencé (2017)."),
    ("depart: 19560", "depart: 19650", "La valeur de départ n’est pas celle du chiffre nommé."),
    ("depart: 19560", "depart: beaucoup", "« beaucoup » n’est pas un nombre."),
    ("pct: -2", "pct: -2\n    pas_par_an: 3", "Une variante suppose un taux par an, ou un pas par an : un seul des deux."),
    ("horizon: 2027\n", "horizon: 2027\nvaleur_observee: 17000\n", "Une valeur constatée dit où elle se lit."),
)  # fmt: skip


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for folder in ("content", "datapackages"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    shutil.copyfile(ROOT / "mkdocs.yml", tmp_path / "mkdocs.yml")
    return tmp_path


@pytest.mark.parametrize(("old", "new", "said"), REFUSED)
def test_a_hypothesis_that_does_not_say_enough_is_refused(copy: Path, old: str, new: str, said: str) -> None:
    replace(copy, FILE, old, new)
    found = [d for d in checked_project(copy).diagnostics if d.severity == "erreur"]
    assert {d.position.path for d in found} == {FILE}
    told = [f"{d.position.line}:{d.position.column} {d.message}".replace("\u202f", " ") for d in found]
    assert any(said in each for each in told), told


def test_each_variant_is_recomputed_from_its_start_to_its_end() -> None:
    catalogue = read_project(ROOT).catalogue
    for variant in catalogue["variantes"]:
        steps = [row for row in catalogue["trajectoires"] if row.parent is variant]
        value = Decimal(19560)
        for year, step in zip(range(2017, 2028), steps, strict=True):
            assert (step["annee"], step["valeur_supposee"]) == (year, round(value, 1))
            value *= 1 + variant["taux_annuel_pct"] / Decimal(100)
    assert len(catalogue["resultats_a_l_horizon"]) == len(catalogue["variantes"])


def test_the_gap_is_computed_when_the_value_is_known(copy: Path) -> None:
    before = read_project(copy).catalogue["resultats_a_l_horizon"]
    assert {row["ecart_observe"] for row in before} == {None}
    replace(copy, FILE, "horizon: 2027\n", "horizon: 2027\nvaleur_observee: 17000\nobservee_dans: Une base\n")
    after = read_project(copy).catalogue["resultats_a_l_horizon"]
    assert [row["ecart_observe"] for row in after] == [17000 - row["valeur_supposee"] for row in after]


def test_a_projection_is_the_figure_that_it_names() -> None:
    for row in read_project(ROOT).catalogue["projections"]:
        assert row["valeur_prevue"] is not None
        assert row["ecart_observe"] is None, "no document tells the outcome"
