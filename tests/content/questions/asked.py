"""The questions: in French, with the file that answers, the command, and what is expected."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from .content import figures, labels, names, rows

Answer = list[tuple[Any, ...]]


@dataclass(frozen=True)
class Question:
    """A question, the file of a package that answers it, the `tool` that reads this file (DuckDB: an SQL query, SQLite: one
    on a view of the database, pandas: an expression of `table`), and what makes the answer from the content alone.
    """

    asked: str
    file: str
    tool: str
    command: str
    expected: Callable[[], Answer]


def adherents() -> Answer:
    documents = names("sources/documents/*.yaml", "titre")
    return [
        (f["indicateur"]["libelle"], f["valeur_imprimee"], documents[f["document"]], f["localisation"])
        for f in figures()
        if f["perimetre"] == "adherents-nexem"
    ]


def by_theme() -> Answer:
    themes = names("referentiels/themes.yaml")
    counts = Counter(themes[f["indicateur"]["theme"]] for f in figures())
    return sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))


def large_shares() -> Answer:
    shares = (f for f in figures() if f["nature"] == "part" and f["unite"] == "pour-cent")
    found = [(f["indicateur"]["libelle"], f["valeur"]) for f in shares if f.get("valeur", 0) > 50]
    return sorted(found, key=lambda pair: (-pair[1], pair[0]))


def quoted_producers() -> Answer:
    producers = {r["id"]: r.get("producteur") for r in rows("sources/references.yaml")}
    counts = Counter(producers[f["reference"]] for f in figures() if f.get("reference"))
    return sorted(((name, count) for name, count in counts.items() if name), key=lambda pair: (-pair[1], pair[0]))


def without_source() -> Answer:
    authors = {d["id"]: d.get("auteur") for d in rows("sources/documents/*.yaml")}
    own = [f for f in figures() if authors[f["document"]] == "nexem"]
    return [(len(own), sum(f["reference_statut"] == "non-citee" for f in own))]


def today() -> list[str]:
    return [s["id"] for s in rows("financement/scenarios.yaml") if s["statut"] == "actuel"]


def who_finances() -> Answer:
    actors, sectors = names("acteurs/*.yaml", "nom"), names("referentiels/secteurs.yaml")
    flows = [f for f in rows("financement/flux/*.yaml") if f["scenario"] in today() and f.get("secteur")]
    return sorted({(sectors[f["secteur"]], actors[f["financeur"]]) for f in flows})


def printed_amounts() -> Answer:
    printed = {(f["indicateur"]["id"], f["id"]): f["valeur_imprimee"] for f in figures()}
    actors = names("acteurs/*.yaml", "nom")
    return [
        (actors[f["financeur"]], printed[f["montant_indicateur"], f["montant_observation"]])
        for f in rows("financement/flux/*.yaml")
        if f.get("montant_observation")
    ]


def who_controls() -> Answer:
    actors = names("acteurs/*.yaml", "nom")
    powers = [c for c in rows("financement/competences/*.yaml") if c["role"] == "controle" and c["scenario"] in today()]
    return sorted({(actors[c["acteur"]],) for c in powers})


def proposals_on_money() -> Answer:
    known = labels("suivi", "statut")
    return sorted(
        (p["titre"], " ; ".join(known[s["statut"]] for s in p["suivi"]))
        for p in rows("propositions/fiches/*.yaml")
        if "financement" in p["themes"]
    )


def how_actions_are_asked() -> Answer:
    modes = labels("actions", "modalite")
    asked = (e for p in rows("propositions/fiches/*.yaml") for e in p["elements"] if e["type"] == "action")
    return sorted(Counter(modes[e["modalite"]] for e in asked).items(), key=lambda pair: (-pair[1], pair[0]))


def contradictions() -> Answer:
    found = {(f["indicateur"]["id"], f["id"]): f for f in figures()}
    documents = names("sources/documents/*.yaml", "titre")
    pairs = []
    for relation in rows("relations/*.yaml"):
        a = found[relation["indicateur_a"], relation["observation_a"]]
        b = found[relation["indicateur_b"], relation["observation_b"]]
        if relation["type"] == "contradiction" and a["document"] != b["document"]:
            told = (f"{each['valeur_imprimee']} ({documents[each['document']]})" for each in (a, b))
            pairs.append((a["indicateur"]["libelle"], *told))
    return sorted(pairs)


def measures_on_pay() -> Answer:
    actors = names("acteurs/*.yaml", "nom")
    dated = (
        (str(m["periode"]), m["libelle"], actors.get(m.get("porteur", "")))
        for m in rows("chronologie/mesures/*.yaml")
        if m["levier"] == "remunerations" and str(m.get("periode", "")) >= "2020"
    )
    return sorted(dated, key=lambda each: each[:2])


def most_named() -> Answer:
    found = (
        (a["nom"], {a["source"]["document"], *(m["source"]["document"] for m in a.get("mentions", []))})
        for a in rows("acteurs/*.yaml")
    )
    return sorted((name, len(documents)) for name, documents in found if len(documents) >= 3)


STATISTICS = "statistiques/data/observations_a_plat.csv"

QUESTIONS = (
    Question(
        "Quels chiffres portent sur les adhérents de Nexem, dans quel document et à quel endroit se lisent-ils ?",
        STATISTICS,
        "pandas",
        'table[table.perimetre == "adherents-nexem"]'
        '[["indicateur_libelle", "valeur_imprimee", "source_document_libelle", "source_localisation"]]',
        adherents,
    ),
    Question(
        "Combien de chiffres y a-t-il sous chaque thème ?",
        STATISTICS,
        "DuckDB",
        "SELECT indicateur_theme_libelle, count(*) AS chiffres FROM '{file}' GROUP BY ALL ORDER BY chiffres DESC, 1",
        by_theme,
    ),
    Question(
        "Quelles parts dépassent la moitié, de la plus forte à la plus faible ?",
        STATISTICS,
        "DuckDB",
        "SELECT indicateur_libelle, valeur FROM '{file}' WHERE nature = 'part' AND unite = 'pour-cent' AND valeur > 50 ORDER BY valeur DESC, 1",
        large_shares,
    ),
    Question(
        "Quels producteurs d’enquêtes et d’études les sources citent-elles à l’appui de leurs chiffres, et combien de fois ?",
        STATISTICS,
        "DuckDB",
        "SELECT reference_producteur, count(*) AS chiffres FROM '{file}' WHERE reference_producteur IS NOT NULL"
        " GROUP BY ALL ORDER BY chiffres DESC, 1",
        quoted_producers,
    ),
    Question(
        "Combien de chiffres de Nexem ne citent aucune source ?",
        STATISTICS,
        "DuckDB",
        "SELECT count(*) AS chiffres, count(*) FILTER (reference_statut = 'non-citee') AS sans_source FROM '{file}'"
        " WHERE source_document_auteur = 'nexem'",
        without_source,
    ),
    Question(
        "Qui finance aujourd’hui chaque secteur, d’après les sources ?",
        "financement/financement.sqlite",
        "SQLite",
        "SELECT DISTINCT secteur_libelle, financeur_libelle FROM flux_a_plat WHERE scenario_statut = 'actuel'"
        " AND secteur IS NOT NULL ORDER BY 1, 2",
        who_finances,
    ),
    Question(
        "Quels financements ont un montant imprimé, et lequel ?",
        "financement/data/flux_a_plat.csv",
        "pandas",
        'table[table.montant_observation != ""][["financeur_libelle", "montant_observation_libelle"]]',
        printed_amounts,
    ),
    Question(
        "Qui contrôle aujourd’hui les établissements et les services ?",
        "financement/financement.sqlite",
        "SQLite",
        "SELECT DISTINCT acteur_libelle FROM competences_a_plat WHERE role = 'controle' AND scenario_statut = 'actuel' ORDER BY 1",
        who_controls,
    ),
    Question(
        "Quelles propositions touchent au financement, et quelles suites leur connaît-on ?",
        "propositions/data/propositions_a_plat.csv",
        "DuckDB",
        "SELECT titre, suivi_statut_libelle FROM '{file}' WHERE list_contains(string_split(themes_theme, ' ; '), 'financement')"
        " ORDER BY ALL",
        proposals_on_money,
    ),
    Question(
        "Sur quel mode les actions demandées le sont-elles : exigées, proposées, au conditionnel ?",
        "propositions/data/actions_a_plat.csv",
        "pandas",
        'table[table.type == "action"].groupby("modalite_libelle").size().reset_index(name="actions")'
        '.sort_values(["actions", "modalite_libelle"], ascending=[False, True])',
        how_actions_are_asked,
    ),
    Question(
        "Quels chiffres se contredisent d’un document à l’autre ?",
        "statistiques/data/relations_observations_a_plat.csv",
        "DuckDB",
        "SELECT indicateur_a_libelle, observation_a_libelle || ' (' || observation_a_source_document_libelle || ')' AS a,"
        " observation_b_libelle || ' (' || observation_b_source_document_libelle || ')' AS b FROM '{file}'"
        " WHERE type = 'contradiction' AND observation_a_source_document <> observation_b_source_document ORDER BY ALL",
        contradictions,
    ),
    Question(
        "Quelles mesures salariales datent de 2020 ou d’après, et qui les porte ?",
        "chronologie/data/mesures_a_plat.csv",
        "DuckDB",
        "SELECT periode, libelle, porteur_libelle FROM '{file}' WHERE levier = 'remunerations' AND periode >= '2020' ORDER BY 1, 2",
        measures_on_pay,
    ),
    Question(
        "Quels acteurs sont nommés dans trois documents au moins ?",
        "acteurs/data/acteurs_a_plat.csv",
        "DuckDB",
        "SELECT nom, len(list_distinct(list_append(string_split(coalesce(mentions_source_document, source_document), ' ; '),"
        " source_document))) AS documents FROM '{file}' WHERE documents >= 3 ORDER BY 1",
        most_named,
    ),
)
