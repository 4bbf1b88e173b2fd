"""The time of `check` grows no faster than the mistakes: five times as many take no more than three times their share. Ratios of
CPU times are judged, never times; `python -m tests.bench --growth` measures the exponents up to thirty thousand.
"""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from bench import growth

from generator.commands.check import checked_project
from generator.diagnostics import suggestions
from generator.diagnostics.reports import as_json, as_text

SMALL, TIMES, SLACK = 200, 5, 3


def seconds(root: Path) -> float:
    started = time.process_time()
    diagnostics = checked_project(root).diagnostics
    assert sum(dict(d.message.values).get("n", 1) for d in diagnostics) >= SMALL // 2  # one may be told for n
    as_text(diagnostics, root)
    as_json(diagnostics, root)
    return time.process_time() - started


@pytest.mark.parametrize("kind", [kind for kind in growth.KINDS if "(fiches)" not in kind and "des pages" not in kind])
def test_the_time_of_a_check_follows_the_number_of_mistakes(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(suggestions, "EFFORT", 20_000)  # of both sizes: what is spent is then the same
    for name, count in (("small", SMALL), ("large", SMALL * TIMES)):
        growth.make(tmp_path / name, growth.KINDS[kind](count), growth.contract())
    for _ in range(3):
        ratio = seconds(tmp_path / "large") / seconds(tmp_path / "small")
        if ratio <= TIMES * SLACK:
            return
    raise AssertionError(f"{kind} : {TIMES} fois plus de fautes, {ratio:.0f} fois plus de temps")


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
