"""The blank frames of the content: what a contributor writes badly is refused with a sentence at its line, and nothing else is."""

from __future__ import annotations

import pytest
from copies import Copy

LINE = """\
- id: places
  programmation: Contrat de l’association des Tilleuls
  nature: engagement
  objectif: Accueillir plus près de chez eux
  mesure_de_l_objectif: Places ouvertes
  unite: places
  valeur_de_depart: 12
  annee_de_depart: 2025
  source_du_depart: Rapport d’activité de l’année
  cible_a_cinq_ans: 20
  debut: 2027
  fin: 2031
  moyens_annee_1: 10
  moyens_annee_2: 10
  moyens_annee_3: 10
  moyens_annee_4: 10
  moyens_annee_5: 10
  moyens_total: 50
  unite_des_moyens: euros
  financeur: ars
  financeur_nomme: Une agence
  niveau_territorial: regional
  ecrit_par: L’association des Tilleuls
  ecrit_le: 2026-11-28
"""
TRIAL = """\
- id: essai
  libelle: Un essai
  nature: imagine
  porteur_regional: p-prefet-de-region-strategie
  porteur_infra: p-metropoles-offre
  territoire_nomme: Un département
  debut: 2027
  politiques_confiees: Le handicap.
  equite: Les délais, de commune en commune.
  simplicite: Le nombre de dossiers à remplir.
  avis_des_personnes: Une réunion, en juin 2026.
  non_dit: Ce que cela coûte.
  ecrit_par: L’association des Tilleuls
  ecrit_le: 2026-11-28
"""
GRID = """\
- id: case
  territoire_nomme: Un département
  sujet_evalue: insertion
  critere_evalue: lisibilite
  appreciation: partielle
  ce_qui_est_constate: Trois guichets pour une même aide.
  preuve_du_constat: Une enquête
  avis_des_personnes: Une réunion, en juin 2026
  observe_en: 2026
  ecrit_par: L’association des Tilleuls
  ecrit_le: 2026-11-28
"""
PROGRAMME, TRIALS, GRIDS = (
    "content/programmation/lignes.yaml",
    "content/territoires/experimentations.yaml",
    "content/territoires/grilles.yaml",
)
GOOD = ((PROGRAMME, LINE), (TRIALS, TRIAL), (GRIDS, GRID))
BAD = (
    (PROGRAMME, LINE, "unite: places\n", "unite: lits\n", "6:10 Unité : « lits » n’existe pas dans la table « Unités »."),
    (PROGRAMME, LINE, "depart: 12\n", "depart: douze\n", "7:21 Valeur de départ : « douze » n’est pas un nombre."),
    (PROGRAMME, LINE, "total: 50\n", "total: 60\n", "18:17 Les moyens des cinq années ne font pas le total."),
    (PROGRAMME, LINE, "fin: 2031\n", "fin: 2026\n", "12:8 La programmation finit après avoir commencé."),
    (PROGRAMME, LINE, "debut: 2027\n", "debut: 2024\n", "11:10 La valeur de départ est observée avant le début, ou la même année."),
    (PROGRAMME, LINE, "  financeur_nomme: Une agence\n", "", "1:3 Un engagement nomme exactement qui paie."),
    (PROGRAMME, LINE, "  ecrit_par: L’association des Tilleuls\n", "", "1:3 Il manque « ecrit_par » (Écrit par)."),
    (TRIALS, TRIAL, "  avis_des_personnes: Une réunion, en juin 2026.\n", "", "1:3 Il manque « avis_des_personnes » (Avis des personnes)."),
    (TRIALS, TRIAL, "p-metropoles-offre", "p-cns-collecte", "5:18 Porteur infra-territorial : « p-cns-collecte » n’existe pas"),
    (TRIALS, TRIAL, "nature: imagine\n", "nature: fini\n", "1:3 Un essai fini dit sa dernière année et ce qui a été constaté."),
    (GRIDS, GRID, "  preuve_du_constat: Une enquête\n", "", "1:3 Une appréciation se prouve : dites la preuve, l’avis des personnes et l’année."),
)  # fmt: skip


def faults(copy: Copy, name: str) -> list[str]:
    """What the check refuses in a file, each after its line and its column."""
    found = [d for d in copy.checked().diagnostics if d.severity == "erreur" and d.position.path == name]
    return [f"{d.position.line}:{d.position.column} {d.message}".replace("\u202f", " ") for d in found]


def test_a_frame_that_is_filled_well_is_received(copy: Copy) -> None:
    for name, text in GOOD:
        (copy.folder / name).write_text(text, encoding="utf-8")
    assert [d.message for d in copy.checked().diagnostics if d.severity == "erreur"] == []


@pytest.mark.parametrize(("name", "text", "old", "new", "said"), BAD)
def test_what_a_frame_cannot_receive_is_said_at_its_line(
    copy: Copy, name: str, text: str, old: str, new: str, said: str
) -> None:
    assert text.count(old) == 1
    (copy.folder / name).write_text(text.replace(old, new), encoding="utf-8")
    assert any(each.startswith(said) for each in faults(copy, name))
