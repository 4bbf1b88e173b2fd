"""How a mistake is tried (tests/mistakes), on the small project: what is told as it was awaited, in part, not at all, or wrongly."""

from __future__ import annotations

from pathlib import Path

import pytest
from mistakes.judging import Trial
from mistakes.reading import StaleError, read
from samples import BASE

TOMATO = "content/botanique/plantes/tomate.yaml"
GLUED = ("nom: Tomate\nfamille", "nom:Tomate\nfamille")
NAMED = ("nom: Tomate\nfamille", "nom: Tomate ronde\nfamille")
RIGHT = f"lieu: {TOMATO} « nom:Tomate »\ncause: espace / deux-points|:\ncorriger: nom: Tomate"
CASES = {
    "juste": (GLUED, RIGHT),
    "partie": (GLUED, RIGHT.replace("cause: espace", "cause: virgule")),
    "muet": (NAMED, RIGHT),
    "alerte": (GLUED, "rien"),
    "périmé": (("ce texte n’y est pas", "autre"), "rien"),
}


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Trial:
    return Trial(BASE, tmp_path_factory.mktemp("jardins"))


@pytest.mark.parametrize("kind", CASES)
def test_a_mistake_is_judged_by_what_was_awaited(kind: str, trial: Trial, tmp_path: Path) -> None:
    (before, after), awaited = CASES[kind]
    edit = f"```remplace {TOMATO}\n{before}\n=>\n{after}\n```\n"
    (tmp_path / "essai.md").write_text(f"## cas\n\n{edit}\n```attendu\n{awaited}\n```\n", encoding="utf-8")
    [mistake] = read(tmp_path / "essai.md")
    verdict = trial.judge(mistake)
    assert (mistake.name, verdict.kind) == ("essai/cas", kind), "\n".join((*verdict.why, verdict.told))
    assert (trial.folder / TOMATO).read_bytes() == (BASE / TOMATO).read_bytes()  # undone


def test_a_mistake_that_is_badly_written_is_a_fault_of_ours(tmp_path: Path) -> None:
    (tmp_path / "essai.md").write_text("## sans-attendu\n\n```ajoute mkdocs.yml\nx\n```\n", encoding="utf-8")
    with pytest.raises(ValueError, match="sans-attendu"):
        list(read(tmp_path / "essai.md"))
    assert StaleError.__doc__
