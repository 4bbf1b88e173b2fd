"""The work of `check` grows no faster than the mistakes: steps are counted, so the answer is the same on any machine;
`python -m tests.bench --growth` measures the CPU time, up to thirty thousand.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest
from bench import growth
from samples import series
from steps import doubled, steps

from generator.commands.check import checked_project
from generator.diagnostics import suggestions
from generator.diagnostics.reports import as_json, as_text

SIZES = (100, 200, 400)


def told(root: Path) -> int:
    """What is said of a project, written in both ways; how many mistakes it is."""
    diagnostics = checked_project(root).diagnostics
    as_text(diagnostics, root)
    as_json(diagnostics, root)
    return sum(dict(d.message.values).get("n", 1) for d in diagnostics)  # one may be told for n


@pytest.mark.parametrize("kind", series(2, growth.KINDS))
def test_the_work_of_a_check_follows_the_number_of_mistakes(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(suggestions, "EFFORT", 0)  # what is spent on them has its limit, shown below
    for size in SIZES:
        growth.make(tmp_path / str(size), growth.KINDS[kind](size), growth.contract())
        assert told(tmp_path / str(size)) >= size or kind in growth.ONCE
    small, middle, large = (steps(partial(told, tmp_path / str(size))) for size in SIZES)
    assert doubled(small, middle, large), f"{kind} : {middle - small} pas, puis {large - middle} pour deux fois plus"


def test_what_is_counted_is_each_turn_of_what_python_does() -> None:
    def once(size: int) -> list[int]:
        return [len(str(number)) for number in range(size)]

    def pairs(size: int) -> int:
        return sum(1 for _ in range(size) for _ in range(size))

    assert steps(partial(once, 50)) == steps(partial(once, 50))
    assert doubled(*(steps(partial(once, size)) for size in SIZES))
    assert not doubled(*(steps(partial(pairs, size)) for size in SIZES))


def test_the_first_mistakes_have_their_suggestions_and_what_is_spent_on_them_is_bounded(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(suggestions, "EFFORT", 500_000)
    names = [f"cible-{n}" for n in range(1_000)]
    words = suggestions.Words(names)
    found = [words.nearest(f"cibel-{n}") for n in range(500)]
    assert found[:2] == ["cible-0", "cible-1"]
    assert found[-1] == ""
    assert words.nearest("Cible_999") == "cible-999"  # the same once folded: nothing is compared
    assert suggestions.Words(names).nearest("cibel-499") == "cible-499"  # another table, another check
