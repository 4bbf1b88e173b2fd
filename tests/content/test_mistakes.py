"""Mistakes of the real content, each written with what should be told before it was tried (mistakes/): what is told rightly stays
so. `make mistakes` tries them all and prints the share; here, one in TRIED, another part at each size of the list.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from mistakes.judging import Trial
from mistakes.reading import Mistake, read
from samples import ROOT

TRIED = 50
HERE = ROOT / "tests" / "content" / "mistakes"
# Those that are not told as was awaited, each with why: what is told is judged right, or it is a limit that is known.
KNOWN = {line.split(" : ")[0] for line in (HERE / "ecarts.txt").read_text(encoding="utf-8").splitlines() if line}
ALL = [mistake for path in sorted(HERE.glob("*.md")) for mistake in read(path)]
SAMPLE = [mistake for mistake in ALL if mistake.name not in KNOWN][::TRIED]


@pytest.fixture(scope="module")
def trial(tmp_path_factory: pytest.TempPathFactory) -> Trial:
    return Trial(ROOT, tmp_path_factory.mktemp("contenu"))


@pytest.mark.parametrize("mistake", SAMPLE, ids=lambda mistake: mistake.name)
def test_what_is_told_rightly_stays_so(mistake: Mistake, trial: Trial) -> None:
    """An edit of a text that the content does not hold any more says nothing: `make mistakes` counts these."""
    verdict = trial.judge(mistake)
    assert verdict.kind in ("juste", "périmé"), "\n".join((*verdict.why, verdict.told))


def test_enough_is_told_rightly() -> None:
    mistakes = [mistake for mistake in ALL if mistake.expected]
    wrong = [mistake for mistake in mistakes if mistake.name in KNOWN]
    assert len(wrong) * 20 <= len(mistakes)  # 95 % at least
    assert {mistake.name for mistake in ALL} >= KNOWN


def test_no_right_edit_is_among_those_that_are_told() -> None:
    assert not [mistake.name for mistake in ALL if not mistake.expected and mistake.name in KNOWN]


def test_an_edit_that_is_stale_is_said(tmp_path: Path, trial: Trial) -> None:
    stale = Mistake("essai/perime", (("remplace", "mkdocs.yml", "ce texte n’y est pas\n=>\nautre"),), ())
    assert trial.judge(stale).kind == "périmé"
