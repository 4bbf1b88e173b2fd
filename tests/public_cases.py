# ruff: noqa: E501
"""`python -m tests.public_cases`: situations met by neighbouring projects (their public reports), each as its smallest input,
and what a person expects to be told of it. One table `lignes` in a CSV file, or one of records where YAML is the matter.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parent))

from samples import write

from generator.commands.check import checked_project, proven
from generator.diagnostics.causes import causes
from generator.diagnostics.finding import Diagnostic

SETTINGS = """site_name: Essai
site_url: https://exemple.fr/
repo_url: https://github.com/exemple/essai
extra:
  publication:
    producteur: {nom: Essai}
    licence_donnees: {nom: etalab-2.0, titre: Licence Ouverte 2.0, url: "https://www.etalab.gouv.fr/licence-ouverte-open-licence"}
"""
CONTRACT = """name: essai
title: Essai
description: Une table, ou des fiches.
resources:
  - name: lignes
    title: Lignes
    content: {csv: essai/lignes.csv}
    schema:
      fields:
        - {name: code, type: string, title: Code, constraints: {pattern: "[A-Za-z0-9]+"}}
        - {name: libelle, type: string, title: Libellé}
        - {name: montant, type: number, title: Montant}
        - {name: releve, type: datetime, title: Relevé}
        - {name: heure, type: time, title: Heure}
        - {name: mois, type: yearmonth, title: Mois}
      primaryKey: [code]
  - name: livres
    title: Livres
    content: {records: essai/livres/*.yaml}
    scheme: livre
    label: intitule
    schema:
      fields:
        - {name: id, type: string, title: Identifiant}
        - {name: intitule, type: string, title: Intitulé}
        - {name: avis, type: string, title: Avis, prose: true}
      primaryKey: [id]
pages:
  - {kind: record, path: "lignes/{code}/", title: "{code}", resource: lignes}
  - {kind: record, path: "livres/{id}/", title: "{intitule}", resource: livres}
"""
BOOK = "id: a\nintitule: Un livre\n"
HEADER = "code,libelle,montant,releve,heure,mois\n"
PAGE = "---\ntitle: Une page\n---\n"
BASE = {
    "mkdocs.yml": SETTINGS,
    "datapackages/essai/datapackage.yaml": CONTRACT,
    "content/essai/lignes.csv": HEADER + "a,Un,1,,,\n",
    "content/essai/livres/a.yaml": BOOK,
}
CSV, LIVRE, P = "content/essai/lignes.csv", "content/essai/livres/a.yaml", "content/pages/p.md"
YAML = "datapackages/essai/datapackage.yaml"


@dataclass(frozen=True)
class Situation:
    """An input, laid over the base, and what is expected: for each message, its place and words that it must (and must not)
    hold. No message at all: the input is right.
    """

    kind: str
    files: dict[str, str]
    told: tuple[tuple[str, str], ...] = ()  # place, pattern of the message, the hint and the suggestion together
    never: str = ""  # what no message may say
    contract: tuple[str, str] = field(default=("", ""))  # a text of the contract, and another


def row(text: str) -> dict[str, str]:
    """The table with this row."""
    return {CSV: HEADER + text}


def avis(text: str) -> dict[str, str]:
    """The record with this line."""
    return {LIVRE: BOOK + text}


CLE, LIGNES = 'constraints: {pattern: "[A-Za-z0-9]+"}', "{csv: essai/lignes.csv}"
SITUATIONS = (
    Situation("adresse faite d’une donnée", {CSV: HEADER + "../../../evil,Un,1,,,\n"}, ((f"{CSV}:2:1", "adresse"),), contract=(CLE, 'constraints: {pattern: ".+"}')),
    Situation("mot pris pour une absence, permis par un motif", row("NA,Namibie,1,,,\n"), contract=(CLE, 'constraints: {pattern: "[A-Z]{2}"}')),
    Situation("mot pris pour une absence", row("b,NA,1,,,\n"), ((f"{CSV}:2:3", "missingValues|cellule vide"),), never="[Ss]upprimez la ligne"),
    Situation("phrases de YAML sur un CSV : espace insécable", row("\u00a0b,Un,1,,,\n"), ((f"{CSV}:2:1", "espace"),), never="YAML|retrait"),
    *(Situation(f"phrases de YAML sur un CSV : {word}", row(f"b,Un,{word},,,\n"), ((f"{CSV}:2:6", "cellule vide"),), never="YAML|ligne : absent") for word in ("NA", "null", "-")),
    *(Situation(f"séparateur {sep!r}", {CSV: f'code{sep}libelle{sep}montant\n1{sep}"un{sep} deux"{sep}2\n'}, ((f"{CSV}:1:5", f"{name}.*dialect|dialect.*{name}"),)) for sep, name in ((";", "points-virgules"), ("\t", "tabulations"), ("|", "barres"))),
    Situation("séparateur annoncé", {CSV: "sep=,\n" + HEADER + "a,Un,1,,,\n"}, ((f"{CSV}:1:1", "sep=|en-tête"),)),
    Situation("séparateur déclaré", {CSV: 'code;libelle;montant\n1;"un; deux";2\n'}, contract=(LIGNES, LIGNES + '\n    dialect: {delimiter: ";"}')),
    Situation("texte coupé au dièse", {LIVRE: "id: a\nintitule: Rapport (tome #3)\n"}, ((f"{LIVRE}:2:25", "#"),)),
    Situation("contrainte et type", {}, ((f"{YAML}:12:", "pattern"),), contract=("type: number, title: Montant", 'type: integer, title: Montant, constraints: {pattern: "[0-9]{4}"}')),
    Situation("format par défaut", {}, contract=("type: number, title: Montant", "type: number, format: default, title: Montant")),
    Situation("titre donné deux fois", {P: PAGE + "## Suite\n\nUn.\n\n## Suite\n\nDeux.\n"}, ((f"{P}:8:1", "Suite"),)),
    Situation("titre de page dans une page", {P: PAGE + "# Titre\n\nUn.\n"}, ((f"{P}:4:1", "##"),)),
    Situation("titre vide", {LIVRE: "id: a\navis: Bon.\n"}),
    *(Situation(f"texte qui commence comme du YAML : {text}", avis(f"avis: {text}\n"), ((f"{LIVRE}:3:", 'guillemets.*avis: ["\']'),)) for text in ("[12,50 €](livre:a) le volume", "{A} suite", '"Titre" et suite', "!important")),
    Situation("liste perdue", avis("avis: >-\n  Il faut :\n\n  - un\n  - deux\n"), ((f"{LIVRE}:7:", r"\|-"),)),
    Situation("liste gardée", avis("avis: |-\n  - un\n  - deux\n")),
    Situation("liste perdue dans un paragraphe", avis("avis: >-\n  Il faut :\n  - un\n  - deux\n"), ((f"{LIVRE}:5:", r"\|-"),)),
    Situation("tableau perdu", avis("avis: >-\n  Voici :\n\n  | a | b |\n  |---|---|\n  | 1 | 2 |\n"), ((f"{LIVRE}:6:", r"\|-"),)),
    *(Situation(f"presque un lien : {text}", avis(f"avis: |-\n  Voir {text} ici.\n"), ((f"{LIVRE}:4:", "lien|livre:a"),)) for text in ("[le] (livre:a)", "[le](livre: a)", "(le)[livre:a]", "[le](livre:a")),
    *(Situation(f"reste d’Excel : {word}", row(f"b,{word},1,,,\n"), ((f"{CSV}:2:3", "tableur"),)) for word in ("#REF!", "#DIV/0!", "#NOM?", "#####")),
    Situation("table disparue", {CSV: ""}, ((CSV, "aucune ligne"),)),
    Situation("table sans en-tête", {CSV: "a,Un,1,,,\n"}, ((f"{CSV}:1:1", "en-tête"),)),
    Situation("une cause, une ligne par pays", {CSV: "code,libelle\n" + "".join(f"{chr(65 + n // 26)}{chr(65 + n % 26)},Pays\n" for n in range(600))}, ((f"{CSV}:2:1", "pattern.*600 places"),), contract=(", " + CLE, "")),
    *(Situation(f"première ligne : {first}", {CSV: f"{first}\n{HEADER}a,Un,1,,,\n"}, ((f"{CSV}:1:1", "en-tête"),)) for first in ("Comptes de 2022", "# commentaire", "Comptes de 2022,,,,,")),
    Situation("décalage horaire", row("b,Un,1,2022-10-18T12:35:49+0000,,\n"), ((f"{CSV}:2:8", "2022-10-18T12:35:49Z"),)),
    Situation("heure sans secondes", row("b,Un,1,,12:30,\n"), ((f"{CSV}:2:9", "12:30:00"),)),
    Situation("mois à la française", row("b,Un,1,,,01/2026\n"), ((f"{CSV}:2:10", "2026-01"),)),
    Situation("zéro négatif", row("b,Un,-0,,,\n")),
)  # fmt: skip


def judged(situation: Situation, folder: Path) -> tuple[list[str], tuple[Diagnostic, ...]]:
    """What is not as expected of a situation, and what was told."""
    write(folder, BASE | situation.files)  # type: ignore[arg-type]
    old, new = situation.contract
    contract = (folder / YAML).read_text(encoding="utf-8")
    assert old in contract, old
    write(folder, {YAML: contract.replace(old, new, 1) if old else contract})
    found = proven(checked_project(folder)).diagnostics
    wrong = []
    told = causes(found)
    texts = (f"{c.first.message} {c.first.hint} {c.first.suggestion} {len(c.places)} places" for c in told)
    said = [(str(cause.first.position), text.replace("\u202f", " ")) for cause, text in zip(told, texts, strict=True)]
    for place, pattern in situation.told:
        if not any(where.startswith(place) and re.search(pattern, text, re.DOTALL) for where, text in said):
            wrong.append(f"attendu en {place} : {pattern}")
    if len(told) != len(situation.told):
        wrong.append(f"{len(told)} messages pour {len(situation.told)}")
    if situation.never and any(re.search(situation.never, text) for _, text in said):
        wrong.append(f"dit ce qu’il ne faut pas : {situation.never}")
    return wrong, found


def judgements() -> Iterator[tuple[Situation, list[str], tuple[Diagnostic, ...]]]:
    """Each situation judged in a folder of its own."""
    for situation in SITUATIONS:
        with tempfile.TemporaryDirectory() as folder:
            yield situation, *judged(situation, Path(folder))


def main() -> int:
    """Print what is not as expected, and the figure."""
    right = 0
    for situation, wrong, found in judgements():
        right += not wrong
        if wrong:
            print(f"{situation.kind} : {' ; '.join(wrong)}")
            for d in found[:3]:
                print(f"    {d.position} [{d.code}] {d.message} — {d.hint} — {d.suggestion}")
    print(f"{right} situations sur {len(SITUATIONS)} dites comme une personne l’attend.")
    return 0 if right == len(SITUATIONS) else 1


if __name__ == "__main__":
    sys.exit(main())
