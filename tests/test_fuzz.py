"""A short part of `make fuzz`, always the same: hostile inputs of each kind, and what must hold whatever they are."""

from __future__ import annotations

from collections import Counter

import pytest
from fuzz.__main__ import run
from fuzz.properties import PROPERTIES, Property

INPUTS = 3  # of each kind, times its share


@pytest.mark.parametrize("each", PROPERTIES, ids=lambda each: each.name)
def test_nothing_hostile_gets_through(each: Property) -> None:
    counted = Counter[str]()
    assert run(each, INPUTS * each.share, None, counted) == ""
    assert counted[each.name]
