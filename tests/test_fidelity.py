"""The seeded draws: the same for the same seed, hardly moved by a row that is added; their verdicts, and what is to be read again."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from fidelity.drawing import Row, content, digest, drawn, facts, rows, units
from fidelity.verdicts import Draw, counted, key, mended, stale
from samples import copy_base, replace

from generator.catalogue.project import read_project
from generator.catalogue.records import Catalogue

PLANT = "content/botanique/plantes/tomate.yaml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return copy_base(tmp_path)


def catalogue(root: Path) -> Catalogue:
    return read_project(root).catalogue


def draw(root: Path, verdict: str = "juste") -> Draw:
    """Three rows of the small project, read."""
    every = rows(catalogue(root))
    told = drawn(every, "essai", 3)
    entries = tuple(
        {"ligne": "/".join(name), "empreinte": content(every[name]), "verdict": verdict, "corrige": n == 0}
        for n, name in enumerate(told)
    )
    return Draw("lignes-essai.yaml", "lignes", "essai", 3, entries)


def test_a_row_that_is_added_moves_few_of_those_that_were_drawn() -> None:
    some: list[Row] = [("table", str(n)) for n in range(500)]
    before, after = drawn(some, "essai", 50), drawn([*some, ("autre", "ligne")], "essai", 50)
    assert before == drawn(reversed(some), "essai", 50)
    assert len(set(before) & set(after)) >= 49
    assert set(before) != set(drawn(some, "autre", 50))


def test_what_was_read_is_counted(root: Path) -> None:
    told = draw(root)
    assert (counted(told), mended(told)) == (Counter(juste=3), 1)
    assert list(stale(told, rows(catalogue(root)))) == []


def test_a_row_that_says_something_else_is_to_be_read_again(root: Path) -> None:
    told = draw(root)
    table, name = key(str(told.entries[0]["ligne"]))
    changed = rows(catalogue(root))
    other = next(record for row, record in changed.items() if row[0] != table)
    changed[table, name] = other
    assert list(stale(told, changed)) == [f"{table}/{name} : changée depuis son verdict"]
    assert len(list(stale(draw(root, "a-lire"), rows(catalogue(root))))) == 3


def test_a_row_that_the_seed_now_draws_is_to_be_read(root: Path) -> None:
    told = draw(root)
    less = Draw(told.name, told.kind, told.seed, 4, told.entries)
    assert [line.split(" : ")[1] for line in stale(less, rows(catalogue(root)))] == ["tirée, à lire"]


def test_a_fact_names_rows_that_are_there(root: Path) -> None:
    fact = {"document": "flore", "numero": 1, "lignes": ["plantes/tomate", "plantes/navet"], "verdict": "exact"}
    told = Draw("faits.yaml", "faits", "essai", 1, (fact,))
    assert list(stale(told, rows(catalogue(root)))) == ["flore 1 : « plantes/navet » n’est plus une ligne"]


def test_the_day_of_a_verification_is_not_what_a_row_says(root: Path) -> None:
    before = content(rows(catalogue(root))["plantes", "tomate"])
    replace(root, PLANT, "nom: Tomate", "nom: Tomate ronde")
    assert content(rows(catalogue(root))["plantes", "tomate"]) != before


def test_the_units_of_a_text() -> None:
    text = "Un titre de partie\n\nUne phrase cou-\npée. Une autre phrase\nsuit.\n\n  • un premier point ;\n  • un second point.\n\nDeux mots"
    assert list(units(text)) == [
        "Un titre de partie",
        "Une phrase coupée.",
        "Une autre phrase suit.",
        "• un premier point ;",
        "• un second point.",
    ]


def test_facts_are_drawn_from_the_texts_that_the_documents_know(tmp_path: Path) -> None:
    import hashlib

    text = "Une phrase de trois mots.\n\nUne autre phrase encore."
    path = tmp_path / "texte.txt"
    path.write_text(text, encoding="utf-8")
    known = {hashlib.sha256(text.encode()).hexdigest(): "flore"}
    assert [(name, number) for name, number, _ in facts([path], known, "essai", 5)] == [("flore", 1), ("flore", 2)]


def test_a_digest_tells_texts_apart() -> None:
    assert len({digest("a", "b"), digest("ab"), digest("b", "a")}) == 3
