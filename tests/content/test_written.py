"""Writing in this content with the commands: a figure that sentences quote, rows that others name, a row that is asked for."""

from __future__ import annotations

import re

import pytest
from copies import Copy
from samples import ROOT, replace
from test_authoring import Ask, ask, edited  # noqa: F401 (a fixture)
from test_fix import fix

from generator.catalogue.project import Project
from generator.changes.copies import new_ones
from generator.changes.renaming import renaming
from generator.commands.trial import tried
from generator.documents.places import Files


def test_a_quoted_figure_is_one_edit_one_fix_one_green_check(copy: Copy, capsys: pytest.CaptureFixture[str]) -> None:
    """The figure that the most sentences and calculations of the content start from."""
    place = "content/statistiques/postes-non-pourvus.yaml"
    edited = "    valeur: 19000\n    valeur_imprimee: près de 19 000 postes non pourvus\n"
    text = (copy.folder / place).read_text(encoding="utf-8")
    found = re.search(r"    valeur: 18000\n    valeur_imprimee: près de 18\s000 postes non pourvus\n", text)
    if found is None:
        pytest.fail("the figure has changed: take another one")
    replace(copy.folder, place, found[0], edited.replace("19 000", "19\u202f000"))
    before = copy.checked()
    assert before.faulty
    assert fix(copy.folder, "--oui") == 0
    assert not copy.checked().faulty
    shown = capsys.readouterr().out
    for line in (
        "+   valeur: 4043",
        "+   valeur: 29.2",
        "[près de 19\u202f000](chiffre:postes-non-pourvus/adherents-nexem)",
    ):
        assert line in shown


@pytest.mark.parametrize(
    "table", ["indicateurs", "observations", "acteurs", "documents", "territoires", "propositions", "derivations"]
)
def test_rows_of_the_content_are_renamed(project: Project, table: str) -> None:
    """Tables of this content: a row that others name, and nothing new for the check to say."""
    files = Files(ROOT, project.catalogue.contracts.manner)
    made = [renaming(project, record, "zz-autre-nom", files) for record in project.catalogue[table][:3]]
    best = max(made, key=lambda one: one.references + one.links)
    assert best.edits
    with tried(ROOT, edited(project, best, files), pages=False) as found:
        assert new_ones(project.diagnostics, found.diagnostics) == []


def test_an_observation_is_added_without_looking_up_an_identifier(copy: Copy, ask: Ask) -> None:  # noqa: F811
    """The answers are labels, parts of labels or numbers of lists, never an identifier."""
    lines = (
        *(
            "Dépenses d’action sanitaire et sociale",
            "40 % des postes",
            "",
            "sans qualif",
            "part",
            "pour cent",
            "postes",
        ),
        *("secteur médico", "France", "nommé par", "inconnue", "valeur normale", "40", "enquête", "aucune"),
        *("Évaluation territoriale", "p. 4"),
    )
    code, out, err = ask("new", "-C", copy.folder, "observations", "--oui", lines=lines)
    assert code == 0, out[-1500:] + err
    assert "  - id: des-postes\n    valeur: 40\n    valeur_imprimee: 40 % des postes\n" in (
        copy.folder / "content/statistiques/action-sociale-des-oss.yaml"
    ).read_text(encoding="utf-8")
