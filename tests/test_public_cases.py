"""Situations met by neighbouring projects are told as a person expects it (`make situations` prints the figure)."""

from __future__ import annotations

from pathlib import Path

import pytest
from public_cases import SITUATIONS, Situation, judged


@pytest.mark.parametrize("situation", SITUATIONS, ids=lambda situation: situation.kind)
def test_a_situation_is_told_as_expected(situation: Situation, tmp_path: Path) -> None:
    wrong, found = judged(situation, tmp_path)
    assert not wrong, [f"{d.position} [{d.code}] {d.message}" for d in found]
