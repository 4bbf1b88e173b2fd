"""The machine names nothing that only this content has: no file of generator/ holds a name of its contracts or a word of its subject."""

from __future__ import annotations

import re

import pytest
from samples import ROOT

from generator.contracts.descriptors import read_contracts

# Names of this content that are also ordinary words of the generator: where they come from.
ORDINARY = {
    "id description type url date pages parent source sources reference references role documents": (
        "words of Data Package, HTML or Python"
    ),
    "actions chiffre elements instruments liens note": "classes of the style sheet, and what they are for",
    "champ periode rang texte theme titre valeur": "functions, filters and words offered to templates and contracts",
    "contexte element evenement formule libelle mots niveau nom numero variantes": "variables of templates and of the search script",
    "producteur resume": "keys of mkdocs.yml and versions.yaml",
    "passages present relation section": "words of English and of HTML",
    "projection scenario verdict": "ordinary words of English",
    "personnes sections sigle sigles": "words that go with a number in any French text",
    "demande reponse": "ordinary words of sentences, and of scripts",
    "annee condition exemple exemples horizon methode pourquoi sujet variante": "ordinary words of sentences, and of the examples of the guides",
    "cas debut dernier fiche fiches fin force genre ici imprime lecture niveaux piece premier quantite raison terme variable": (
        "ordinary words of sentences, of scripts and of the examples of the guides"
    ),
    "cadre projections": "a frame that people fill in, and an ordinary word of the examples of the guides",
    "calendrier definitions demandes echeances organisme recueil scenarios": "ordinary words of the examples of the guides",
    "calcul commentaire termes definition droits famille flux fonction fonctions programme sens statut suivi voix": "ordinary words of sentences",
    "champs mentions qualificatif observation precision enonce acteur auteur nature mesure unite territoire personne themes": (
        "words that people use one for another in any contract, and ordinary words of sentences"
    ),
    "comptage objet vue": "ordinary words of sentences, and of the examples of the guides",
}
ALLOWED = {word for words in ORDINARY for word in words.split()}


def content_names() -> dict[str, str]:
    """Every name that the contracts of this repository give: name → what it names."""
    contracts, _ = read_contracts(ROOT)
    names = {}
    for resource in contracts.resources.values():
        names.update({field.name: "une colonne" for field in resource.fields})
        names.update({key: "une clé ou un schéma" for key in (*resource.rows.key, resource.scheme) if key})
    names.update(dict.fromkeys(contracts.resources, "une table"))
    names.update(dict.fromkeys(contracts.packages, "un paquet"))
    return names


def test_no_file_of_the_generator_names_this_content() -> None:
    names = {name: kind for name, kind in content_names().items() if name not in ALLOWED}
    assert len(names) > 50
    wrong = []
    for path in sorted((ROOT / "generator").rglob("*")):
        if path.is_file() and path.suffix in {".py", ".html", ".css", ".js", ".md"}:
            text = path.read_text(encoding="utf-8")
            if names.keys().isdisjoint(re.findall(r"[a-z0-9_]+", text)):
                continue
            for number, line in enumerate(text.splitlines(), 1):
                for word in sorted(set(re.findall(r"[a-z0-9_]+", line)) & names.keys()):
                    wrong.append(f"{path.relative_to(ROOT)}:{number} : « {word} » est {names[word]} de ce contenu.")
    assert not wrong, "\n".join(wrong)


# Words of this content that the machine may not know, whatever their case: mkdocs.yml declares those that go with a number.
MACHINE = sorted((ROOT / "generator").rglob("*"))
KEPT = (*sorted((ROOT / ".github").rglob("*")), ROOT / "Makefile", ROOT / ".ci" / "run")
PROGRAM = re.compile(r"\baxe\b")  # one that judges pages
SECTOR = re.compile(
    r"\b(?:solidarités|livre blanc|salariée?s?|propositions?|axes?|ETP|bénévoles?|lits|établissements?|(?:médico|medico)\w*)\b",
    re.IGNORECASE,
)
STEMS = (
    *("solidarité", "livre blanc", "salarié", "proposition", "axe", "etp", "bénévole", "lits", "établissement"),
    *("médico", "medico"),
)  # what any of these words holds: most lines need no more


def test_no_file_of_the_machine_holds_a_word_of_this_subject() -> None:
    """Comments, docstrings, templates and guides too, without any exception; nor in what a fork keeps as it is: workflows, forms and
    commands.
    """
    wrong = []
    for path in (*MACHINE, *KEPT):
        if path.is_file() and (path in KEPT or path.suffix in {".py", ".html", ".css", ".js", ".md"}):
            for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
                low = line.lower()
                if not any(stem in low for stem in STEMS):
                    continue
                said = SECTOR.findall(line if path in MACHINE else PROGRAM.sub("", line))
                wrong += [f"{path.relative_to(ROOT)}:{number} : « {word} »" for word in said]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    "word",
    [
        "Solidarités",
        "LIVRE BLANC",
        "salarié",
        "salariées",
        "proposition",
        "Axes",
        "ETP",
        "Bénévoles",
        "Établissements",
        "médico-social",
    ],
)
def test_a_word_of_this_subject_is_seen(word: str) -> None:
    assert SECTOR.search(f"un {word}.")
    assert any(stem in word.lower() for stem in STEMS)


def test_no_allowed_word_is_idle() -> None:
    """An allowed word that names nothing of this content any more would hide the next fault."""
    assert content_names().keys() >= ALLOWED


def test_the_theme_names_nothing_of_the_content() -> None:
    packages = {path.name for path in (ROOT / "datapackages").iterdir()}
    for path in (ROOT / "generator/theme").rglob("*"):
        if path.is_file():
            words = set(path.read_text(encoding="utf-8").replace("/", " ").replace('"', " ").split())
            assert not words & packages - {"sources"}, path
