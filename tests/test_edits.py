"""What is made again after an edit is what a clean build makes, byte for byte: seeded edits of a small site (`make edits` makes two
hundred of the real content). And the judge itself: it sees a byte, and each kind of edit is what it says.
"""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from samples import SECOND, series

from generator.commands.check import checked_project
from generator.diagnostics.finding import Position, fault
from tests.edits import declared, edits
from tests.edits.here import state
from tests.edits.judge import Clean, copied, differences, prints, verdict
from tests.edits.report import times
from tests.edits.series import Series, Step
from tests.edits.sessions import WARM, Made, Reference, opened

SESSION = WARM
# The pages of this site are all named by others, and it has no joined file.
FIRST: dict[edits.Maker, edits.Maker] = {
    declared.page_removed: declared.page_added,
    declared.file_changed: declared.file_added,
    declared.file_removed: declared.file_added,
}
KINDS = [maker for makers in (edits.SOUND | edits.FAULTY).values() for maker in makers]


@pytest.mark.parametrize(("engine", "number", "seed"), series(2, [("mkdocs", 12, 1), ("zensical", 4, 2)]))
def test_what_is_made_again_is_what_a_clean_build_makes(tmp_path: Path, engine: str, number: int, seed: int) -> None:
    root = copied(SECOND, tmp_path / "ici")
    reference = Reference(tmp_path / "neuf", tmp_path / "cache", engine)
    series = Series(root, engine, opened(SESSION), reference, seed)
    for step in series.run(number):
        assert not step.wrong, f"{step.said}\n" + "\n".join(step.wrong)
    assert len([step for step in series.steps if step.family in edits.FAMILIES]) == number


@pytest.mark.parametrize("maker", KINDS, ids=lambda maker: maker.__name__)
def test_each_kind_of_edit_applies_and_is_valid_unless_it_is_meant_not_to_be(
    tmp_path: Path, maker: edits.Maker
) -> None:
    root = copied(SECOND, tmp_path / "ici")
    if maker in FIRST:
        edits.make(root, FIRST[maker], Random(1))
    before = state(root)
    made = edits.make(root, maker, Random(1))
    assert made is not None
    faulty = maker in edits.FAULTY["faute"]
    if maker.__name__ != "broken_template":  # which a build alone sees
        assert checked_project(root).faulty == faulty, made[0]
    assert (state(root) != before) == (maker.__name__ != "touched")
    edits.back(root, before, "")
    assert state(root) == before


def test_the_same_seed_gives_the_same_edits(tmp_path: Path) -> None:
    found = []
    for name in ("a", "b"):
        root = copied(SECOND, tmp_path / name)
        edits.burst(root, Random(3))
        found.append(state(root))
    assert found[0] == found[1]
    assert found[0] != state(SECOND)


def small(root: Path) -> Path:
    """What three published folders may hold."""
    for path in ("site/index.html", "build/docs/index.md", "build/packages/a/a.csv"):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(b"une ligne\nune autre\n")
    return root


@pytest.mark.parametrize("path", ["site/index.html", "build/docs/index.md", "build/packages/a/a.csv"])
def test_the_judge_sees_one_byte(tmp_path: Path, path: str) -> None:
    made, wanted = small(tmp_path / "a"), small(tmp_path / "b")
    assert differences(made, wanted) == []
    (made / path).write_bytes(b"une ligne\nune_autre\n")
    (told,) = differences(made, wanted)
    assert told.startswith(f"{path} : ligne 2, octet 13\n")
    assert "une_autre" in told
    (made / path).write_bytes(b"une ligne\nune autre\n\n")
    assert "octet 20" in differences(made, wanted)[0]


def test_the_judge_sees_a_file_too_many_and_one_that_is_not_there(tmp_path: Path) -> None:
    made, wanted = small(tmp_path / "a"), small(tmp_path / "b")
    (made / "site/index.html").rename(made / "site/autre.html")
    assert differences(made, wanted) == ["site/autre.html : en trop", "site/index.html : manque"]


def test_the_judge_sees_another_message_and_a_site_that_a_fault_has_changed(tmp_path: Path) -> None:
    made, wanted = small(tmp_path / "a"), small(tmp_path / "b")
    one, other = (fault("cle-inconnue", Position("a.yaml", line, 1), "x", "y") for line in (1, 2))
    clean, before = Clean(wanted, (one,), True), prints(made)
    assert verdict(made, (one,), True, before, clean) == []
    assert len(verdict(made, (other,), True, before, clean)) == 2
    assert len(verdict(made, (one,), False, before, clean)) == 1
    (made / "site/index.html").write_bytes(b"")
    assert verdict(made, (one,), True, before, clean) == ["site/index.html : changé malgré une faute"]


def _step(family: str, seconds: float) -> Step:
    made = Made((), False, (), (), {"contrôle": 0.1, "vu": seconds - 0.1, "indexé": 1.0})
    return Step(family, "", {}, {}, (), True, made)


def test_times_are_told_beside_what_is_asked(tmp_path: Path) -> None:
    steps = [_step("valeur", 0.3), _step("valeur", 0.5), _step("modèle", 1.2)]
    told, missed = times(steps, 300, held=True)
    assert "atteint      page vue, médiane : 0,50 s (moins de 0,60)" in told
    assert "NON ATTEINT  genre le plus long (modèle) : 1,20 s (moins de 1,00)" in told
    assert missed == 1
    assert times(steps, 3000, held=True)[1] == 0
    assert times(steps, 300, held=False)[1] == 0
